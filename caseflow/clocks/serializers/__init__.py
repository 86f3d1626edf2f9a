from caseflow.clocks.serializers.absences import (
    AbsenceSerializer,
    AskedForSerializer,
    NewAbsenceSerializer,
    PersonAwaySerializer,
)
from caseflow.clocks.serializers.clocks import (
    ClockFileSerializer,
    DeadlineRuleSerializer,
    EscalationSerializer,
    ExtensionSerializer,
    NewTermSerializer,
    OverdueFilterSerializer,
    OverdueSerializer,
    PauseSerializer,
    PreviewSerializer,
    TermSerializer,
)
from caseflow.clocks.serializers.duty import (
    DutyCallSerializer,
    DutyShiftSerializer,
    NewShiftSerializer,
    TakenSerializer,
)

__all__ = [
    "AbsenceSerializer",
    "AskedForSerializer",
    "ClockFileSerializer",
    "DeadlineRuleSerializer",
    "DutyCallSerializer",
    "DutyShiftSerializer",
    "EscalationSerializer",
    "ExtensionSerializer",
    "NewAbsenceSerializer",
    "NewShiftSerializer",
    "NewTermSerializer",
    "OverdueFilterSerializer",
    "OverdueSerializer",
    "PauseSerializer",
    "PersonAwaySerializer",
    "PreviewSerializer",
    "TakenSerializer",
    "TermSerializer",
]
