from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.stream, name="stream"),
    path("bell/", views.bell, name="bell"),
    path("seen/", views.seen, name="seen"),
]
