"""Looking at the duties of agencies; every look is logged."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.clocks.services import numbers_of
from caseflow.directory.actors import Actor
from caseflow.duties.rules.bodies import Body, NoBodyError
from caseflow.duties.selectors.desk import BodyRow, Desk, Duty, desk_of, duties_of
from caseflow.duties.selectors.owing import Owing, Reach, owing, reach_of


@dataclass(frozen=True, slots=True)
class BodyFile:
    """One body with everything it owes."""

    row: BodyRow
    duties: tuple[Duty, ...]


@transaction.atomic
def open_desk(actor: Actor, now: datetime | None = None) -> Desk:
    """Everything overdue within the actor's reach. Raises NoBodyError for somebody who reaches nothing."""
    moment = now or timezone.now()
    reach = _reach(actor)
    record(action="read_duties", actor_id=actor.user.pk, role=actor.role, obj=f"region {reach.region.pk}")
    return desk_of(reach, owing(actor, reach, moment), moment)


@transaction.atomic
def open_body(actor: Actor, code: str, now: datetime | None = None) -> BodyFile:
    """What one body owes, by number; numbers are drawn for what has none yet. Raises NoBodyError out of reach."""
    moment = now or timezone.now()
    body, reach = Body.named(code), _reach(actor)
    found = owing(actor, reach, moment)
    desk = desk_of(reach, found, moment)
    row = next((row for row in (*desk.rows, *desk.silent) if row.body == body), None)
    if row is None:
        raise NoBodyError(code)
    record(action="read_duties", actor_id=actor.user.pk, role=actor.role, obj=f"body {body.code}")
    return BodyFile(row, tuple(duties_of(body, found, _numbers(body, found), moment)))


def _numbers(body: Body, found: list[Owing]) -> dict[UUID, str]:
    return numbers_of(one.clock for one in found if one.body == body and not one.number)


def _reach(actor: Actor) -> Reach:
    reach = reach_of(actor)
    if reach is None:
        raise NoBodyError
    return reach
