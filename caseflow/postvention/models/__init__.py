from caseflow.postvention.models.events import LossEvent, LossStep
from caseflow.postvention.models.messages import LossMessage, MessageTemplate
from caseflow.postvention.models.people import Affected, DeathRecord

__all__ = ["Affected", "DeathRecord", "LossEvent", "LossMessage", "LossStep", "MessageTemplate"]
