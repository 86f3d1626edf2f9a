"""The pages without sign-in, at short addresses. `caseflow.nameless` knows them by their beginning."""

from django.urls import path

from caseflow.incidents.views.anonymous import public

app_name = "anonymous"
urlpatterns = [
    path("answers/", public.answers, name="answers"),
    path("answers/talk/", public.talk, name="talk"),
    path("<str:token>/", public.report, name="report"),
]
