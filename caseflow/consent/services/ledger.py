"""The one place that writes lines of the ledger."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from caseflow.audit.services import record
from caseflow.consent.enums import Channel, EventKind
from caseflow.consent.models import ConsentEvent
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil

TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes a line, in which role, by which channel; when only for what was decided before it was written."""

    user_id: int
    role: str
    channel: Channel
    at: datetime | None = None


def author(actor: Actor, channel: Channel) -> Author:
    return Author(actor.user.pk, actor.role, channel)


def lock_ledger(pupil_id: UUID) -> Pupil:
    """The pupil, locked until the caller's transaction ends: lines of one pupil are written one after another."""
    # A plain lock would also stop whoever writes a row that refers to the pupil while holding the school, for good.
    locked = Pupil.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("school__district", "data_key").get(pk=pupil_id)


def append(by: Author, kind: EventKind, pupil: Pupil, **content: Any) -> ConsentEvent:
    """Write a line and its audit entry in the caller's transaction, later than every line of this pupil.

    `pupil` comes from `lock_ledger`. The audit entry names the purpose, never the guardian: it is read by others.
    """
    event = ConsentEvent.objects.create(
        at=_next_moment(pupil, by.at),
        kind=kind,
        pupil=pupil,
        by_id=by.user_id,
        role=by.role,
        channel=by.channel,
        **content,
    )
    record(
        action=f"consent.{kind.value}",
        actor_id=by.user_id,
        role=by.role,
        obj=f"consent.ConsentEvent/{event.pk}",
        pupil_id=pupil.pk,
        detail={"purpose": event.purpose},
    )
    return event


def _next_moment(pupil: Pupil, at: datetime | None) -> datetime:
    wanted = at or timezone.now()
    last = ConsentEvent.objects.filter(pupil=pupil).order_by("-at").values_list("at", flat=True).first()
    return max(wanted, last + TICK) if last else wanted
