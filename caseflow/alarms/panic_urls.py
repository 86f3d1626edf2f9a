from django.urls import path

from caseflow.alarms.views import button_calls, panic

app_name = "panic"
urlpatterns = [
    path("", panic.panic, name="panic"),
    path("join/<str:token>/", panic.join, name="join"),
    path("press/", panic.press_button, name="press"),
    path("button/press/", button_calls.press, name="button-press"),
    path("button/heartbeat/", button_calls.heartbeat, name="button-heartbeat"),
    path("alarms/<uuid:pk>/", panic.progress, name="progress"),
    path("alarms/<uuid:pk>/needed/", panic.needed, name="needed"),
    path("alarms/<uuid:pk>/real/", panic.real, name="real"),
    path("alarms/<uuid:pk>/word/", panic.word, name="word"),
    path("manifest.webmanifest", panic.manifest, name="manifest"),
    path("worker.js", panic.worker, name="worker"),
]
