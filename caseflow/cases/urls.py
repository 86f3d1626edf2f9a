from django.urls import path

from caseflow.cases.views import changes, lists, moving, pages

app_name = "cases"
urlpatterns = [
    path("", lists.cases, name="list"),
    path("break-glass/", lists.break_glass_for, name="break-glass"),
    path("tasks/", lists.tasks, name="tasks"),
    path("tasks/<uuid:pk>/", lists.complete, name="complete"),
    path("open/<uuid:pupil>/", changes.open_for, name="open"),
    path("of/<uuid:pupil>/", lists.of_pupil, name="of-pupil"),
    path("<uuid:pk>/", pages.detail, name="detail"),
    path("<uuid:pk>/assessments/", pages.assessments, name="assessments"),
    path("<uuid:pk>/openings/", pages.openings, name="openings"),
    path("<uuid:pk>/phone/<uuid:guardian>/", pages.phone, name="phone"),
    path("<uuid:pk>/note/", changes.note, name="note"),
    path("<uuid:pk>/note/<uuid:entry>/correct/", changes.correct, name="correct"),
    path("<uuid:pk>/risk/", changes.risk, name="risk"),
    path("<uuid:pk>/task/", changes.task, name="task"),
    path("<uuid:pk>/move/", moving.move, name="move"),
    path("<uuid:pk>/close/", moving.close, name="close"),
    path("<uuid:pk>/close/ask/", moving.ask_closing, name="ask-closing"),
    path("<uuid:pk>/close/agree/", moving.agree, name="agree-closing"),
    path("<uuid:pk>/close/return/", moving.return_closing, name="return-closing"),
    path("<uuid:pk>/close/take-back/", moving.take_back, name="take-back-closing"),
    path("<uuid:pk>/reopen/", changes.reopen, name="reopen"),
    path("<uuid:pk>/assign/", changes.assign, name="assign"),
]
