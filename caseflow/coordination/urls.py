from django.urls import path

from caseflow.coordination import views

app_name = "coordination"
urlpatterns = [
    path("", views.reports, name="list"),
    path("new/", views.create, name="create"),
    path("<uuid:pk>/", views.report, name="report"),
    path("<uuid:pk>/pdf/", views.pdf, name="pdf"),
]
