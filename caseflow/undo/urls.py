from django.urls import path

from caseflow.undo import views

app_name = "undo"
urlpatterns = [path("", views.undo, name="undo")]
