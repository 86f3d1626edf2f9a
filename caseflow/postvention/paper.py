"""A message on paper, in its own language, with nothing on it but the message."""

from django.conf import settings
from django.utils.translation import gettext, override

from caseflow.documents.pdf import render_pdf
from caseflow.postvention.selectors.messages import MessageView

TEMPLATE = "postvention/message.typ"


def message_pdf(view: MessageView) -> bytes:
    """The message as it was approved; the same version has the same bytes."""
    row = view.row
    with override(row.language):
        data = {
            "language": row.language,
            "demo": gettext("All names and events are invented") if settings.DEMO else "",
            "title": str(row.template.get_audience_display()),
            "school": row.event.school.names.get(row.language, ""),
            "paragraphs": [block.strip() for block in view.text.split("\n") if block.strip()],
        }
    return render_pdf(TEMPLATE, data, made_at_epoch_s=int(row.saved_at.timestamp()))
