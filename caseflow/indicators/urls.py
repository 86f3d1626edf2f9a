from django.urls import path

from caseflow.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("new/", views.add, name="add"),
    path("<slug:code>/end/", views.end, name="end"),
]
