from caseflow.attachments.services.attaching import Sent, attach
from caseflow.attachments.services.removing import remove_attachment

__all__ = ["Sent", "attach", "remove_attachment"]
