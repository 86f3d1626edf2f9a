from analytics.models.cameras import CameraHealth, CameraLink
from analytics.models.clips import ClipEvent, IncidentClip
from analytics.models.evaluations import ModelEvaluation
from analytics.models.plans import Seat, SeatConfirmation, SeatPlan, SeatState, WaitingStill
from analytics.models.runs import AiUse, AnalysisRun, RunSeat, Upload, Window
from analytics.models.series import DayValue, Series, Signal
from analytics.models.switches import FeatureSwitch, ModelCard

__all__ = [
    "AiUse",
    "AnalysisRun",
    "CameraHealth",
    "CameraLink",
    "ClipEvent",
    "DayValue",
    "FeatureSwitch",
    "IncidentClip",
    "ModelCard",
    "ModelEvaluation",
    "RunSeat",
    "Seat",
    "SeatConfirmation",
    "SeatPlan",
    "SeatState",
    "Series",
    "Signal",
    "Upload",
    "WaitingStill",
    "Window",
]
