"""A pupil leaves one school and is taken in at another. The case stays behind until it is handed over; what was
gathered on a consent given to the former school stays there."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from caseflow.accounts.rules import Count
from caseflow.accounts.services.throttle import TooManyTriesError, take_try
from caseflow.audit.services import record
from caseflow.cases.services.handing import note_leaving, note_staying
from caseflow.consent.services.lapsing import ask_anew
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.directory.services.name_keys import write_name_keys
from caseflow.directory.services.roll_changes import national_number_of
from caseflow.schoolyear.errors import (
    bad_day,
    leaving_already,
    not_waiting,
    not_yet,
    number_taken,
    same_school,
    too_many_tries,
)
from caseflow.schoolyear.models import SchoolMove
from caseflow.schoolyear.rules import normal_code
from caseflow.schoolyear.selectors.moves import moves_from, open_classes, other_schools, waiting_moves

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH, GROUP = 12, 4  # 60 bits, of use only at the one school it was made for, and counted there
ATTEMPTS = 10  # in a quarter of an hour by one person
LATEST, AHEAD = timedelta(days=60), timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Leaving:
    """From which day a pupil is no longer here, and where to: a school of the installation, or in words."""

    day: date
    to_school: int | None = None
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the new school enters: the code that the family brought or the national number, and the place here."""

    code: str
    national_number: str
    school_class: int
    number: str


@transaction.atomic
def record_leaving(actor: Actor, pupil_id: UUID, leaving: Leaving) -> tuple[SchoolMove, str]:
    """Record that a pupil leaves. Returns the code for the family, told this once; "" where it is another system's.

    The open case says so, and whoever leads it gets a task. Raises Pupil.DoesNotExist, YearRefused.
    """
    found = actor.pupils().select_for_update(of=("self",), no_key=True)
    pupil = found.select_related("school_class", "school").get(pk=pupil_id)
    today = timezone.localdate()
    if not today - LATEST <= leaving.day <= today + AHEAD:
        raise bad_day()
    if leaving.to_school is not None and not other_schools(actor).filter(pk=leaving.to_school).exists():
        raise same_school()
    open_moves = SchoolMove.objects.filter(pupil=pupil, taken_at=None)
    if pupil.left_on is not None and open_moves.filter(from_school=pupil.school_id).exists():
        raise leaving_already()
    code = _new_code() if leaving.to_school else ""
    open_moves.exclude(to_school=None).delete()  # the pupil never went: the list of the school has them back
    move = SchoolMove.objects.create(
        pupil=pupil,
        from_school=pupil.school,
        from_class=str(pupil.school_class or ""),
        from_number=pupil.number,
        day=leaving.day,
        to_school_id=leaving.to_school,
        elsewhere="" if leaving.to_school else leaving.elsewhere.strip(),
        code_hash=_keyed(normal_code(code)) if code else "",
        recorded_by=actor.user,
        recorded_at=timezone.now(),
    )
    Pupil.objects.filter(pk=pupil.pk).update(left_on=leaving.day)
    note_leaving(actor.user, [pupil.pk], pupil.school, day=leaving.day)
    _log(actor, "pupil.leaves", move)
    return move, code


@transaction.atomic
def take_leaving_back(actor: Actor, move_id: UUID) -> Pupil:
    """The pupil stays after all; a code that was handed out works no more, the case says so, and the task that the
    leaving gave is withdrawn. Raises SchoolMove.DoesNotExist."""
    move = moves_from(actor).filter(taken_at=None).select_for_update(of=("self",)).get(pk=move_id)
    Pupil.objects.filter(pk=move.pupil_id, school=move.from_school_id).update(left_on=None)
    note_staying(actor.user, move.pupil_id, move.from_school)
    _log(actor, "pupil.stays", move)
    move.delete()
    return move.pupil


def take_in(actor: Actor, arrival: Arrival) -> Pupil:
    """Take in a pupil who was said to come here, found by the code or the national number.

    Guardians come with the pupil, consents do not: they were given to the former school, and are asked anew. The name
    is found here from now on, and no longer there. Raises YearRefused; a miss is counted and stands in the access log.
    """
    try:
        take_try((Count(_keyed(f"takes in {actor.user.pk}"), ATTEMPTS),))
    except TooManyTriesError as error:
        raise too_many_tries() from error
    found = _found(actor, arrival)
    if found is None:
        record(action="pupil.not_found_in_moves", actor_id=actor.user.pk, role=actor.role, obj="schoolyear.SchoolMove")
        raise not_waiting()
    with transaction.atomic():
        return _take(actor, found, arrival)


def _take(actor: Actor, found: SchoolMove, arrival: Arrival) -> Pupil:
    move = SchoolMove.objects.select_for_update(of=("self",)).filter(taken_at=None, pk=found.pk).first()
    if move is None:
        raise not_waiting()
    if move.day > timezone.localdate():
        raise not_yet(date_format(move.day - timedelta(days=1), "SHORT_DATE_FORMAT"))
    school_class = open_classes(actor).get(pk=arrival.school_class)
    number = arrival.number.strip()
    if Pupil.objects.filter(school=school_class.school_id, number=number).exclude(pk=move.pupil_id).exists():
        raise number_taken()
    pupil = Pupil.objects.select_for_update(of=("self",), no_key=True).get(pk=move.pupil_id)
    pupil.school, pupil.school_class, pupil.number, pupil.left_on = school_class.school, school_class, number, None
    pupil.save(update_fields=["school", "school_class", "number", "left_on"])
    write_name_keys([pupil])
    move.to_class, move.taken_by, move.taken_at = str(school_class), actor.user, timezone.now()
    move.code_hash = ""
    move.save(update_fields=["to_class", "taken_by", "taken_at", "code_hash"])
    ask_anew([pupil.pk], school_class.school)
    _log(actor, "pupil.taken_in", move)
    return pupil


def _found(actor: Actor, arrival: Arrival) -> SchoolMove | None:
    waiting = waiting_moves(actor)
    code = normal_code(arrival.code)
    if code:
        return waiting.filter(code_hash=_keyed(code)).first()
    if not arrival.national_number:
        return None
    wanted = arrival.national_number.encode()
    return next((m for m in waiting if hmac.compare_digest(national_number_of(m.pupil).encode(), wanted)), None)


def _new_code() -> str:
    signs = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(signs[i : i + GROUP] for i in range(0, CODE_LENGTH, GROUP))


def _keyed(content: str) -> str:
    """HMAC-SHA256 (hex): who steals the table cannot use the codes."""
    return hmac.new(f"school move {settings.SECRET_KEY}".encode(), content.encode(), "sha256").hexdigest()


def _log(actor: Actor, action: str, move: SchoolMove) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"schoolyear.SchoolMove/{move.pk}",
        pupil_id=move.pupil_id,
        detail={"from": move.from_school_id, "to": move.to_school_id},
    )
