from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.stream, name="stream"),
    path("bell/", views.bell, name="bell"),
    path("seen/", views.seen, name="seen"),
    path("unseen/", views.unseen, name="unseen"),
    path("waiting/", views.waiting, name="waiting"),
    path("channels/", views.channels, name="channels"),
    path("channels/push/", views.enter_browser, name="enter-browser"),
    path("channels/push/forget/", views.forget_browser, name="forget-browser"),
]
