from caseflow.plans.serializers.safety import (
    SafetyCountersignSerializer,
    SafetyDraftSerializer,
    SafetySeenSerializer,
    SafetySerializer,
    SafetySignSerializer,
    SafetyVersionSerializer,
)
from caseflow.plans.serializers.support import (
    EndSupportGoalSerializer,
    NewSupportGoalSerializer,
    NewSupportMeasureSerializer,
    SupportGoalSerializer,
    SupportPlanLineSerializer,
    SupportPlanSerializer,
)

__all__ = [
    "EndSupportGoalSerializer",
    "NewSupportGoalSerializer",
    "NewSupportMeasureSerializer",
    "SafetyCountersignSerializer",
    "SafetyDraftSerializer",
    "SafetySeenSerializer",
    "SafetySerializer",
    "SafetySignSerializer",
    "SafetyVersionSerializer",
    "SupportGoalSerializer",
    "SupportPlanLineSerializer",
    "SupportPlanSerializer",
]
