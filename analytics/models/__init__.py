from analytics.models.cameras import CameraHealth, CameraLink
from analytics.models.clips import ClipEvent, IncidentClip
from analytics.models.disturbances import CameraDay, CameraMotion, Disturbance, DisturbanceEvent, DisturbanceTerms
from analytics.models.evaluations import ModelEvaluation
from analytics.models.plans import Seat, SeatConfirmation, SeatPlan, SeatState, WaitingStill
from analytics.models.runs import AiUse, AnalysisRun, RunSeat, Upload, Window
from analytics.models.series import DayValue, Series, Signal
from analytics.models.switches import FeatureSwitch, ModelCard, ModelChoice

__all__ = [
    "AiUse",
    "AnalysisRun",
    "CameraDay",
    "CameraHealth",
    "CameraLink",
    "CameraMotion",
    "ClipEvent",
    "DayValue",
    "Disturbance",
    "DisturbanceEvent",
    "DisturbanceTerms",
    "FeatureSwitch",
    "IncidentClip",
    "ModelCard",
    "ModelChoice",
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
