"""A school goes over to the next school year: prepared ahead, confirmed once, carried out on the first day."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.selectors import employees_of
from caseflow.schoolyear.enums import TurnState
from caseflow.schoolyear.errors import bad_class, no_year, not_staff, turned, unsettled
from caseflow.schoolyear.models import ClassTurn, PupilTurn, YearTurn
from caseflow.schoolyear.rules import Target, promoted, target_of
from caseflow.schoolyear.selectors.turns import (
    class_teachers,
    old_classes,
    preview_of,
    pupils_of_class,
    turns_of,
    year_ahead,
)
from caseflow.schoolyear.services.applying import apply_turn

WITH_CLASS = "class"
REPEATS = "repeats"


@dataclass(frozen=True, slots=True)
class ClassSaid:
    """What becomes of a class, as it is typed: «8Б», or nothing where its pupils leave; who leads it."""

    target: str
    teacher: int | None


@transaction.atomic
def prepare_turn(actor: Actor) -> YearTurn:
    """Begin to prepare the next school year, or go on: every class goes up with its class teacher, the last one leaves.

    What was said before stays; classes that came since are added. Raises YearRefused (no next year is entered).
    """
    school = actor.schools().select_related("district").get()
    year = year_ahead(school)
    if year is None:
        raise no_year()
    fresh = {"prepared_by": actor.user, "prepared_at": timezone.now()}
    turn, made = YearTurn.objects.get_or_create(school=school, year=year, defaults=fresh)
    if turn.state != TurnState.APPLIED:
        _add_classes(turn)
    if made:
        log_turn(actor.user, actor.role, "year.prepared", turn)
    return turn


@transaction.atomic
def say_classes(actor: Actor, turn_id: UUID, said: Mapping[int, ClassSaid], *, carries_timetable: bool) -> YearTurn:
    """Say what becomes of the classes. What was confirmed is to be confirmed again.

    Raises YearTurn.DoesNotExist, YearRefused (done already, no class, nobody of the staff).
    """
    turn = _changing(actor, turn_id)
    staff = set(employees_of(turn.school).values_list("pk", flat=True))
    for each in turn.classes.filter(pk__in=list(said)):
        _say_class(each, said[each.pk], staff)
    YearTurn.objects.filter(pk=turn.pk).update(carries_timetable=carries_timetable)
    turn.carries_timetable = carries_timetable
    return turn


@transaction.atomic
def say_pupils(actor: Actor, class_turn_id: int, said: Mapping[UUID, str]) -> ClassTurn:
    """Say who does not go with the class: `REPEATS`, a class, "" for whoever leaves; `WITH_CLASS` takes it back.

    Raises ClassTurn.DoesNotExist, YearRefused (done already, no class).
    """
    found, rows = pupils_of_class(actor, class_turn_id)
    turn = _changing(actor, found.turn_id)
    for row in rows:
        answer = said.get(row.pupil.pk)
        if answer is not None:
            _say_pupil(turn, row.pupil.pk, answer, Target(found.old_class.grade, found.old_class.letter))
    return found


@transaction.atomic
def place_pupil(actor: Actor, turn_id: UUID, pupil_id: UUID, target: str) -> None:
    """Say where a pupil without a class goes. Raises YearTurn.DoesNotExist, Pupil.DoesNotExist, YearRefused."""
    turn = _changing(actor, turn_id)
    pupil = actor.pupils().get(pk=pupil_id, school=turn.school_id)
    _say_pupil(turn, pupil.pk, target, None)


@transaction.atomic
def confirm_turn(actor: Actor, turn_id: UUID) -> YearTurn:
    """Have the turn carried out on the first day of the year; at once where that day has come.

    Raises YearTurn.DoesNotExist, YearRefused (done already, pupils of whom nobody said where they go).
    """
    turn = _changing(actor, turn_id)
    homeless = preview_of(turn).homeless
    if homeless:
        raise unsettled([pupil.short_name for pupil in homeless])
    YearTurn.objects.filter(pk=turn.pk).update(state=TurnState.CONFIRMED, prepared_by=actor.user)
    log_turn(actor.user, actor.role, "year.confirmed", turn)
    apply_turn(turn.pk)
    turn.refresh_from_db()
    return turn


def log_turn(by: User, role: str, action: str, turn: YearTurn) -> None:
    record(action=action, actor_id=by.pk, role=role, obj=f"turn {turn.pk}", detail={"year": str(turn.year)})


def _changing(actor: Actor, turn_id: UUID) -> YearTurn:
    """The turn, locked, back in preparation until it is confirmed again."""
    turns_of(actor).get(pk=turn_id)
    turn = YearTurn.objects.select_for_update(of=("self",)).select_related("school__district", "year").get(pk=turn_id)
    if turn.state == TurnState.APPLIED:
        raise turned()
    if turn.state == TurnState.CONFIRMED:
        turn.state = TurnState.PREPARED
        YearTurn.objects.filter(pk=turn.pk).update(state=turn.state)
    return turn


def _add_classes(turn: YearTurn) -> None:
    known = set(turn.classes.values_list("old_class", flat=True))
    new = [each for each in old_classes(turn) if each.pk not in known]
    leading = class_teachers([each.pk for each in new])
    for each in new:
        target = promoted(each.grade, each.letter)
        teacher = leading.get(each.pk) if target else None
        row = ClassTurn(turn=turn, old_class=each, teacher_id=teacher)
        row.grade, row.letter = target or (None, "")
        row.save()


def _say_class(row: ClassTurn, said: ClassSaid, staff: set[int]) -> None:
    if said.teacher is not None and said.teacher not in staff:
        raise not_staff()
    target = _typed(said.target)
    row.grade, row.letter = target or (None, "")
    row.teacher_id = said.teacher if target else None
    row.save()


def _say_pupil(turn: YearTurn, pupil_id: UUID, answer: str, its: Target | None) -> None:
    if answer == WITH_CLASS:
        turn.exceptions.filter(pupil=pupil_id).delete()
        return
    target = its if answer == REPEATS else _typed(answer)
    grade, letter = target or (None, "")
    PupilTurn.objects.update_or_create(turn=turn, pupil_id=pupil_id, defaults={"grade": grade, "letter": letter})


def _typed(text: str) -> Target | None:
    try:
        return target_of(text)
    except ValueError as error:
        raise bad_class(text) from error
