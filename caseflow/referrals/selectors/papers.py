"""A letter that was sent, as a paper: its head, its fields and who printed it, in the languages that were chosen."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from caseflow.directory.actors import Actor
from caseflow.documents.bilingual import in_tongues
from caseflow.documents.enums import Tongue
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import Letter

Data = dict[str, Any]


def letter_data(actor: Actor, referral: Referral, letter: Letter, tongue: Tongue, at: datetime) -> Data:
    """The paper as JSON knows it, each text alone or by language."""

    def compose() -> Data:
        return {
            "demo": gettext("All names and events are invented") if settings.DEMO else "",
            "title": referral.get_kind_display(),
            "facts": _facts(referral),
            "lines": [
                {"key": str(place), "name": line.heading, "value": line.shown}
                for place, line in enumerate(letter.lines)
            ],
            "mark": {"reader": actor.user.short_name, "at": _moment(at)},
            "words": {
                "care": gettext("Confidential. For the receiver named here alone."),
                "digest": gettext("Digest of the text"),
            },
            "digest": referral.letter_sha256,
        }

    return {"language": tongue.codes[0], **in_tongues(tongue.codes, compose)}


def _facts(referral: Referral) -> list[Data]:
    """From whom it comes, to whom it goes, when it was sent."""
    sender = referral.sent_by.short_name if referral.sent_by else ""
    facts = [
        ("from", pgettext("of a letter", "From"), f"{referral.from_school}, {sender}"),
        ("to", pgettext("of a letter", "To"), str(referral.receiver)),
        ("sent", gettext("Sent"), _moment(referral.sent_at)),
        ("urgent", gettext("Urgency"), gettext("Urgent: it has to be accepted today") if referral.urgent else ""),
    ]
    return [{"key": key, "name": name, "value": value} for key, name, value in facts if value]


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y %H:%M}" if moment else ""
