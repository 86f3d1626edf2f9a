from caseflow.attachments.services.attaching import NO_ROOM, Sent, attach, look_through, refuse_full_disk
from caseflow.attachments.services.removing import remove_attachment

__all__ = ["NO_ROOM", "Sent", "attach", "look_through", "refuse_full_disk", "remove_attachment"]
