from django.urls import path

from caseflow.keys import views

app_name = "keys"
urlpatterns = [path("keys/", views.keys, name="keys")]
