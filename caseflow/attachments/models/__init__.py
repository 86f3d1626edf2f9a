from caseflow.attachments.models.attachments import Attachment

__all__ = ["Attachment"]
