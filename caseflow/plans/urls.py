from django.urls import path

from caseflow.plans.views import pages, safety, signing, support

app_name = "plans"
urlpatterns = [
    path("", pages.support_plans, name="list"),
    path("tasks/<uuid:pk>/", pages.readers_of_task, name="task-readers"),
    path("<uuid:pk>/", pages.case_plans, name="case"),
    path("<uuid:pk>/support/", pages.support_page, name="support"),
    path("<uuid:pk>/safety/", safety.edit, name="safety"),
    path("<uuid:pk>/safety/begin/", safety.begin, name="begin"),
    path("<uuid:pk>/safety/drop/", safety.drop, name="drop"),
    path("<uuid:pk>/safety/share/", safety.share, name="share"),
    path("<uuid:pk>/safety/unshare/", safety.unshare, name="unshare"),
    path("<uuid:pk>/safety/sign/", signing.sign, name="sign"),
    path("<uuid:pk>/safety/countersign/", signing.countersign, name="countersign"),
    path("<uuid:pk>/safety/<int:number>/", pages.version, name="version"),
    path("<uuid:pk>/safety/<int:number>/paper/", pages.paper, name="paper"),
    path("<uuid:pk>/goals/", support.goal, name="goal"),
    path("<uuid:pk>/goals/<uuid:goal>/measure/", support.measure, name="measure"),
    path("<uuid:pk>/goals/<uuid:goal>/end/", support.end, name="end-goal"),
]
