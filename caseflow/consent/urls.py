from django.urls import path

from caseflow.consent.views import guardianships, office, protection

app_name = "consent"
urlpatterns = [
    path("", office.office, name="office"),
    path("classes/<int:pk>/", office.roll, name="roll"),
    path("pupils/<uuid:pk>/paper/", office.paper, name="paper"),
    path("entries/<uuid:pk>/", office.answer, name="answer"),
    path("scans/<uuid:pk>/", office.scan, name="scan"),
    path("guardians/<uuid:pk>/work/", office.staff_account, name="staff-account"),
    path("guardianships/<int:pk>/", guardianships.guardianship, name="guardianship"),
    path("guardianships/<int:pk>/end/", guardianships.end, name="end-guardianship"),
    path("guardianships/<int:pk>/resume/", guardianships.resume, name="resume-guardianship"),
    path("codes/guardian/<uuid:pk>/", office.invite, {"who": "guardian"}, name="invite-guardian"),
    path("codes/pupil/<uuid:pk>/", office.invite, {"who": "pupil"}, name="invite-pupil"),
    path("pupils/<uuid:pk>/panel/", protection.panel, name="panel"),
    path("pupils/<uuid:pk>/protection/", protection.protection, name="protection"),
    path("pupils/<uuid:pk>/word/", protection.say, name="say"),
    path("pupils/<uuid:pk>/exclude/", protection.exclude, name="exclude"),
    path("exclusions/", protection.exclusions, name="exclusions"),
    path("exclusions/<uuid:pk>/", protection.answer_exclusion, name="answer-exclusion"),
    path("exclusions/<uuid:pk>/<uuid:guardian_pk>/readmit/", protection.readmit, name="readmit"),
]
