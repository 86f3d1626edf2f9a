from caseflow.plans.services.drafting import begin_draft, drop_draft, save_draft
from caseflow.plans.services.goals import add_measure, end_goal, set_goal
from caseflow.plans.services.sharing import end_sharing, share_plan
from caseflow.plans.services.signing import Given, countersign, sign_plan

__all__ = [
    "Given",
    "add_measure",
    "begin_draft",
    "countersign",
    "drop_draft",
    "end_goal",
    "end_sharing",
    "save_draft",
    "set_goal",
    "share_plan",
    "sign_plan",
]
