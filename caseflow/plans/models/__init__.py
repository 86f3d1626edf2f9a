from caseflow.plans.models.safety import SafetyPlan, SafetyPlanVersion, Signature
from caseflow.plans.models.sharing import SharedReading, Sharing
from caseflow.plans.models.support import Goal, Measure

__all__ = ["Goal", "Measure", "SafetyPlan", "SafetyPlanVersion", "SharedReading", "Sharing", "Signature"]
