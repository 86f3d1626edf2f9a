"""The one place that writes lines of the ledger."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from caseflow.audit.services import record
from caseflow.consent.enums import Channel, EventKind
from caseflow.consent.following import decided
from caseflow.consent.models import ConsentEvent
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.records.vault import seal, unseal, where

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
    decided(pupil.pk, event.purpose)
    return event


def append_sealed(by: Author, kind: EventKind, pupil: Pupil, reason: str, **content: Any) -> ConsentEvent:
    """`append` with a reason under the pupil's key."""
    pk = uuid4()
    sealed = seal(pupil.data_key, reason, _reason_place(pk))
    return append(by, kind, pupil, id=pk, reason_sealed=sealed, **content)


def reason_of(event: ConsentEvent) -> str:
    """Why a line was written; `event` with its pupil and the pupil's key."""
    return unseal(event.pupil.data_key, event.reason_sealed, _reason_place(event.pk))


def _next_moment(pupil: Pupil, at: datetime | None) -> datetime:
    wanted = at or timezone.now()
    last = ConsentEvent.objects.filter(pupil=pupil).order_by("-at").values_list("at", flat=True).first()
    return max(wanted, last + TICK) if last else wanted


def _reason_place(event_id: UUID) -> str:
    return where("consent.ConsentEvent", event_id, "reason")
