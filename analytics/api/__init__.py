"""Perception under /api/v1/: the same services, selectors, scopes and log entries as the pages."""

from rest_framework.viewsets import ViewSetMixin

from analytics.api.cameras import CameraHealthViewSet
from analytics.api.climate import ClimateViewSet
from analytics.api.runs import RunViewSet, VideoViewSet
from analytics.api.seats import ConfirmationViewSet, SeatPlanViewSet
from analytics.api.signals import AiUseViewSet, MoodViewSet, SignalViewSet
from analytics.api.switches import CardViewSet, SwitchViewSet

API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("videos", VideoViewSet, "video"),
    ("runs", RunViewSet, "run"),
    ("signals", SignalViewSet, "signal"),
    ("moods", MoodViewSet, "mood"),
    ("climates", ClimateViewSet, "climate"),
    ("ai-uses", AiUseViewSet, "ai-use"),
    ("seat-plans", SeatPlanViewSet, "seat-plan"),
    ("confirmations", ConfirmationViewSet, "confirmation"),
    ("camera-health", CameraHealthViewSet, "camera-health"),
    ("cards", CardViewSet, "card"),
    ("switches", SwitchViewSet, "switch"),
]
