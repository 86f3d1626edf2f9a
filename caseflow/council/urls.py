from django.urls import path

from caseflow.council.views import decisions, pages, register, sessions

app_name = "council"
urlpatterns = [
    path("", pages.home, name="home"),
    path("members/", pages.members, name="members"),
    path("members/new/", pages.seat, name="seat"),
    path("members/<int:pk>/end/", pages.unseat, name="unseat"),
    path("setup/", pages.setup, name="setup"),
    path("sessions/new/", sessions.call, name="call"),
    path("sessions/<uuid:pk>/", sessions.session, name="session"),
    path("sessions/<uuid:pk>/change/", sessions.change, name="change"),
    path("sessions/<uuid:pk>/call-off/", sessions.call_off, name="call-off"),
    path("sessions/<uuid:pk>/open/", sessions.open_now, name="open"),
    path("sessions/<uuid:pk>/close/", sessions.close, name="close"),
    path("sessions/<uuid:pk>/attendance/", sessions.attendance, name="attendance"),
    path("sessions/<uuid:pk>/items/", sessions.add_item, name="add-item"),
    path("sessions/<uuid:pk>/minutes/", register.minutes_file, name="minutes"),
    path("sessions/<uuid:pk>/decide/", decisions.draft, name="draft"),
    path("items/<uuid:pk>/", sessions.item, name="item"),
    path("items/<uuid:pk>/heard/", sessions.heard, name="heard"),
    path("items/<uuid:pk>/<slug:way>/", sessions.move_item, name="move-item"),
    path("decisions/", register.register, name="register"),
    path("decisions/file/", register.register_file, name="register-file"),
    path("decisions/<uuid:pk>/", decisions.decision, name="decision"),
    path("decisions/<uuid:pk>/change/", decisions.change, name="change-draft"),
    path("decisions/<uuid:pk>/drop/", decisions.drop, name="drop"),
    path("decisions/<uuid:pk>/move/<slug:move>/", decisions.move, name="move"),
    path("evidence/<uuid:pk>/", decisions.evidence, name="evidence"),
]
