from django.urls import path

from caseflow.dossier import views

app_name = "dossier"
urlpatterns = [
    path("<uuid:pk>/profile/", views.profile, name="profile"),
    path("<uuid:pk>/chronology/", views.chronology, name="chronology"),
]
