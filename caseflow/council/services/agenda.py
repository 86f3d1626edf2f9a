"""The agenda of a session, and what its minutes say of each point."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext

from caseflow.council.enums import SessionState
from caseflow.council.limits import LONGEST_TEXT, LONGEST_TITLE
from caseflow.council.models import AgendaItem, Decision, Session
from caseflow.council.rules import CouncilRefused
from caseflow.council.selectors.scope import agencies_of
from caseflow.council.services.holding import hold_session, log, said
from caseflow.directory.actors import Actor

OPEN = (SessionState.PLANNED, SessionState.HELD)


@dataclass(frozen=True, slots=True)
class Point:
    """What is spoken of, and who reports: a body (its id) or somebody by name."""

    title: str
    agency: int | None = None
    speaker: str = ""


@transaction.atomic
def add_item(actor: Actor, session_id: UUID, point: Point) -> AgendaItem:
    """Put a point at the end. Raises Session.DoesNotExist, CouncilRefused (no title, a body of another region)."""
    session = hold_session(actor, session_id, *OPEN)
    last = AgendaItem.objects.filter(session=session).aggregate(last=Max("place"))["last"] or 0
    item = AgendaItem.objects.create(session=session, place=last + 1, **_facts(session, point))
    log(actor, "council_agenda_changed", session, item=str(item.pk))
    return item


@transaction.atomic
def change_item(actor: Actor, item_id: UUID, point: Point) -> AgendaItem:
    """Say it otherwise. Raises AgendaItem.DoesNotExist, CouncilRefused."""
    item, session = _held(actor, item_id, *OPEN)
    for name, value in _facts(session, point).items():
        setattr(item, name, value)
    item.save(update_fields=["title", "agency_id", "speaker"])
    log(actor, "council_agenda_changed", session, item=str(item.pk))
    return item


@transaction.atomic
def move_item(actor: Actor, item_id: UUID, *, up: bool) -> AgendaItem:
    """Let it change places with its neighbour; the first goes no further up, the last no further down.

    Raises AgendaItem.DoesNotExist, CouncilRefused.
    """
    item, session = _held(actor, item_id, *OPEN)
    beside = AgendaItem.objects.filter(session=session)
    other = beside.filter(place__lt=item.place).last() if up else beside.filter(place__gt=item.place).first()
    if other is not None:
        item.place, other.place = other.place, item.place
        _save_places(item, other)
        log(actor, "council_agenda_changed", session, item=str(item.pk))
    return item


@transaction.atomic
def remove_item(actor: Actor, item_id: UUID) -> Session:
    """Take it off; those behind it move up. Raises AgendaItem.DoesNotExist, CouncilRefused (decisions belong to it)."""
    item, session = _held(actor, item_id, *OPEN)
    if Decision.objects.filter(item=item).exists():
        raise CouncilRefused(gettext("Decisions belong to this point. Move or drop them first."))
    place = item.place
    item.delete()
    behind = AgendaItem.objects.filter(session=session, place__gt=place)
    for one in behind.order_by("place"):
        AgendaItem.objects.filter(pk=one.pk).update(place=F("place") - 1)
    log(actor, "council_agenda_changed", session, removed=place)
    return session


@transaction.atomic
def write_heard(actor: Actor, item_id: UUID, words: str) -> AgendaItem:
    """What the minutes say of a point. Raises AgendaItem.DoesNotExist, CouncilRefused (not while it is held)."""
    item, session = _held(actor, item_id, SessionState.HELD)
    item.heard = said(words, LONGEST_TEXT, gettext("Write what was heard."))
    item.save(update_fields=["heard"])
    log(actor, "council_minutes_written", session, item=str(item.pk))
    return item


def _held(actor: Actor, item_id: UUID, *states: SessionState) -> tuple[AgendaItem, Session]:
    item = AgendaItem.objects.only("session_id").get(pk=item_id)
    try:
        session = hold_session(actor, item.session_id, *states)
    except Session.DoesNotExist:
        raise AgendaItem.DoesNotExist from None
    return AgendaItem.objects.get(pk=item_id), session


def _facts(session: Session, point: Point) -> dict[str, object]:
    if point.agency is not None and not agencies_of(session.council).filter(pk=point.agency).exists():
        raise CouncilRefused(gettext("This body is not of the region."))
    title = said(point.title, LONGEST_TITLE, gettext("Say what is spoken of."))
    return {"title": title, "agency_id": point.agency, "speaker": point.speaker.strip()}


def _save_places(*items: AgendaItem) -> None:
    """By way of free places: no two items of a session are at one, not even in between."""
    free = AgendaItem.objects.filter(session=items[0].session).aggregate(last=Max("place"))["last"]
    for number, item in enumerate(items, start=1):
        AgendaItem.objects.filter(pk=item.pk).update(place=free + number)
    for item in items:
        AgendaItem.objects.filter(pk=item.pk).update(place=item.place)
