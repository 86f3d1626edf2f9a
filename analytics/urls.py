from datetime import date

from django.urls import path, register_converter

from analytics.views import (
    cameras,
    cards,
    climate,
    clips,
    confirmations,
    deciding,
    disturbances,
    panels,
    runs,
    seat_plans,
    signals,
    switches,
    uploads,
    videos,
)


class DayConverter:
    """A day in an address, as 2026-11-17."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, text: str) -> date:
        """Raises ValueError for a day that no calendar has: the address is not found."""
        return date.fromisoformat(text)

    def to_url(self, day: date) -> str:
        return day.isoformat()


register_converter(DayConverter, "day")

app_name = "analytics"
urlpatterns = [
    path("videos/", videos.page, name="videos"),
    path("videos/runs/", videos.run_list, name="runs"),
    path("videos/own/", videos.own_videos, name="own-videos"),
    path("videos/uploads/", uploads.begin, name="uploads"),
    path("videos/uploads/<uuid:pk>/", uploads.piece, name="upload"),
    path("videos/uploads/<uuid:pk>/check/", videos.check, name="upload-check"),
    path("videos/uploads/<uuid:pk>/lessons/", videos.lessons, name="upload-lessons"),
    path("videos/uploads/<uuid:pk>/analyse/", videos.analyse, name="upload-analyse"),
    path("videos/uploads/<uuid:pk>/remove/", videos.remove, name="upload-remove"),
    path("runs/<uuid:pk>/", runs.page, name="run"),
    path("runs/<uuid:pk>/progress/", runs.progress, name="run-progress"),
    path("runs/<uuid:pk>/cancel/", runs.cancel, name="run-cancel"),
    path("seat-plans/", seat_plans.overview, name="seat-plans"),
    path("seat-plans/<int:camera>/<int:school_class>/", seat_plans.plan, name="seat-plan"),
    path("seat-plans/<int:camera>/<int:school_class>/save/", seat_plans.save, name="seat-plan-save"),
    path("seat-plans/<int:camera>/<int:school_class>/preview/", seat_plans.preview, name="seat-plan-preview"),
    path("seat-plans/<int:camera>/<int:school_class>/still/", seat_plans.upload_still, name="seat-still-upload"),
    path("seat-plans/stills/<uuid:pk>/", seat_plans.still, name="seat-still"),
    path("seat-plans/versions/<uuid:pk>/", seat_plans.version, name="seat-plan-version"),
    path("seat-plans/versions/<uuid:pk>/still/", seat_plans.version_still, name="seat-plan-still"),
    path("seat-plans/versions/<uuid:pk>/seen/", seat_plans.version_preview, name="seat-plan-seen"),
    path("lessons/", confirmations.lessons, name="confirmations"),
    path("lessons/<int:slot>/<day:day>/<int:camera>/", confirmations.confirm, name="confirm"),
    path("signals/", signals.page, name="signals"),
    path("signals/<uuid:pk>/", signals.review, name="signal"),
    path("signals/<uuid:pk>/decide/", deciding.decide, name="signal-decide"),
    path("climate/", climate.classes, name="climate"),
    path("climate/<int:pk>/", climate.page, name="class-climate"),
    path("mood/<uuid:pupil>/", panels.mood, name="mood-panel"),
    path("ai-use/<uuid:pupil>/", panels.ai_use, name="ai-use"),
    path("cards/<slug:slug>/", cards.page, name="card"),
    path("clips/of/<uuid:pk>/", clips.page, name="clips"),
    path("clips/of/<uuid:pk>/list/", clips.listed, name="clip-list"),
    path("clips/of/<uuid:pk>/uploads/", uploads.begin_clip, name="clip-upload"),
    path("clips/of/<uuid:pk>/uploads/<uuid:upload>/add/", clips.add, name="clip-add"),
    path("clips/of/<uuid:pk>/uploads/<uuid:upload>/remove/", clips.drop, name="clip-drop"),
    path("clips/<uuid:pk>/", clips.clip, name="clip"),
    path("clips/<uuid:pk>/file/", clips.covered, name="clip-file"),
    path("clips/<uuid:pk>/sharp/", clips.sharp, name="clip-sharp"),
    path("clips/<uuid:pk>/sharp/<str:given>/", clips.uncovered, name="clip-sharp-file"),
    path("clips/<uuid:pk>/remove/", clips.remove, name="clip-remove"),
    path("cameras/", cameras.page, name="cameras"),
    path("cameras/list/", cameras.listed, name="camera-list"),
    path("cameras/<int:pk>/", cameras.camera, name="camera"),
    path("cameras/<int:pk>/health/", cameras.health, name="camera-health"),
    path("cameras/<int:pk>/link/", cameras.link, name="camera-link"),
    path("cameras/<int:pk>/switch/", cameras.switch, name="camera-switch"),
    path("motion/", disturbances.cameras, name="disturbance-cameras"),
    path("motion/<uuid:pk>/", disturbances.one, name="disturbance"),
    path("motion/<uuid:pk>/answer/", disturbances.answer, name="disturbance-answer"),
    path("motion/<uuid:pk>/send/", disturbances.send, name="disturbance-send"),
    path("motion/<uuid:pk>/sent/", disturbances.sent, name="disturbance-sent"),
    path("motion/<uuid:pk>/file/", disturbances.covered, name="disturbance-file"),
    path("motion/<uuid:pk>/sharp/", disturbances.sharp, name="disturbance-sharp"),
    path("motion/<uuid:pk>/sharp/<str:given>/", disturbances.uncovered, name="disturbance-sharp-file"),
    path("switch/", switches.page, name="switch"),
    path("switch/everything/", switches.everything, name="switch-everything"),
    path("switch/<int:school>/", switches.turn, name="switch-school"),
]
