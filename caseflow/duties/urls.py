from django.urls import path

from caseflow.duties import views

app_name = "duties"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("<slug:code>/", views.body, name="body"),
]
