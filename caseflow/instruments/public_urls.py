"""The pages of somebody who fills in a questionnaire by a code, at a short address."""

from django.urls import path

from caseflow.instruments.views import respondent

app_name = "questions"
urlpatterns = [
    path("", respondent.code, name="code"),
    path("fill/", respondent.fill, name="fill"),
]
