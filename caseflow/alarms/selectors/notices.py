from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from caseflow.alarms.models import Notice
from caseflow.alarms.sendable import fragment_of, title_of
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role

CLOSED_SHOWN = timedelta(hours=12)  # as of alarms
SHOWN = 50


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What a school sent, as the operator sees it; `fragment` is the address of what it is about."""

    notice: Notice
    title: str
    fragment: str


def scoped_notices(actor: Actor) -> QuerySet[Notice]:
    """What was sent to the operator's centre; nobody else has any."""
    if actor.role != Role.POLICE_OPERATOR:
        return Notice.objects.none()
    sent = Notice.objects.filter(centre__agency=actor.membership.agency_id)
    return sent.select_related("school__district", "room", "centre", "sent_by", "opened_by", "closed_by")


def refs_sent_to(actor: Actor, kind: str) -> QuerySet[Notice, UUID]:
    """The ids of the things of this kind that were sent to the operator's centre and are not closed."""
    return scoped_notices(actor).filter(kind=kind, closed_at=None).order_by().values_list("ref", flat=True)


def listed_notices(actor: Actor) -> tuple[NoticeView, ...]:
    """What waits, the oldest first, then what was closed in the last twelve hours (one query)."""
    sent = scoped_notices(actor).exclude(closed_at__lt=timezone.now() - CLOSED_SHOWN)
    rows = sorted(sent.order_by("-sent_at")[:SHOWN], key=lambda notice: (notice.closed_at is not None, notice.sent_at))
    return tuple(notice_view(notice) for notice in rows)


def notice_view(notice: Notice) -> NoticeView:
    return NoticeView(notice, title_of(notice), fragment_of(notice))
