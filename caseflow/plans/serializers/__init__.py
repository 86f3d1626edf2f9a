from caseflow.plans.serializers.safety import (
    CountersignSerializer,
    DraftSerializer,
    SafetySerializer,
    SeenSerializer,
    SignSerializer,
    VersionSerializer,
)
from caseflow.plans.serializers.support import (
    EndGoalSerializer,
    GoalSerializer,
    NewGoalSerializer,
    NewMeasureSerializer,
    SupportPlanLineSerializer,
    SupportPlanSerializer,
)

__all__ = [
    "CountersignSerializer",
    "DraftSerializer",
    "EndGoalSerializer",
    "GoalSerializer",
    "NewGoalSerializer",
    "NewMeasureSerializer",
    "SafetySerializer",
    "SeenSerializer",
    "SignSerializer",
    "SupportPlanLineSerializer",
    "SupportPlanSerializer",
    "VersionSerializer",
]
