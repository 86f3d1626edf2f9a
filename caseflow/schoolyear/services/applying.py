"""The first day of the school year: one transaction, once; done again it changes nothing."""

import logging
from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.cases.services.handing import note_leaving, settle_class_tasks
from caseflow.consent.services.lapsing import ask_anew
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot, Membership, Pupil, SchoolClass
from caseflow.directory.rules import goes_on
from caseflow.directory.services.members import end_membership
from caseflow.schoolyear.enums import TurnState
from caseflow.schoolyear.models import ClassTurn, YearTurn
from caseflow.schoolyear.rules import Target
from caseflow.schoolyear.selectors.turns import roll_of_turn, said_of

logger = logging.getLogger(__name__)


def apply_due_turns() -> int:
    """Carry out the confirmed turns whose first day has come. Returns how many."""
    due = YearTurn.objects.filter(state=TurnState.CONFIRMED, year__starts_on__lte=timezone.localdate())
    return sum(_apply_or_leave(pk) for pk in due.values_list("pk", flat=True))


def _apply_or_leave(turn_id: UUID) -> bool:
    """What fails at one school holds up no other one, and is tried again."""
    try:
        return apply_turn(turn_id)
    except DatabaseError:
        logger.exception("The school year of %s did not turn", turn_id)
        return False


@transaction.atomic
def apply_turn(turn_id: UUID) -> bool:
    """Carry the turn out if it is confirmed and its first day has come; False otherwise, and when it is done.

    Pupils go into the classes of the new year or leave, class teachers with them; who joined a class since the
    confirmation goes with the class. Families are told that consents are to be given anew, and whoever leads the case
    of a pupil who leaves gets a task. What a pupil without a class is in stays open.
    """
    today = timezone.localdate()
    due = YearTurn.objects.filter(pk=turn_id, state=TurnState.CONFIRMED, year__starts_on__lte=today)
    if not due.update(state=TurnState.APPLIED, applied_at=timezone.now()):
        return False
    turn = YearTurn.objects.select_related("school__district", "year", "prepared_by").get(pk=turn_id)
    said = list(turn.classes.select_related("old_class"))
    leavers, staying = _move_pupils(turn)
    for each in said:
        _move_teachers(each, turn, today)
        if turn.carries_timetable:
            _carry_timetable(each, turn)
    note_leaving(turn.prepared_by, leavers, turn.school, day=turn.year.starts_on)
    settle_class_tasks()
    ask_anew(staying, turn.school)
    detail = {"year": str(turn.year), "pupils": len(staying), "leavers": len(leavers)}
    record(action="year.turned", actor_id=turn.prepared_by_id, role="", obj=f"turn {turn.pk}", detail=detail)
    return True


def class_of(turn: YearTurn, target: Target) -> SchoolClass:
    """The class of the new year, made where there is none."""
    new_class, _made = SchoolClass.objects.get_or_create(
        school=turn.school, year=turn.year, grade=target.grade, letter=target.letter
    )
    return new_class


def _move_pupils(turn: YearTurn) -> tuple[list[UUID], list[UUID]]:
    classes, exceptions = said_of(turn)
    leavers: list[UUID] = []
    going: defaultdict[Target, list[UUID]] = defaultdict(list)
    for pupil, target in roll_of_turn(turn).destinations(classes, exceptions).items():
        (leavers if target is None else going[target]).append(pupil)
    Pupil.objects.filter(pk__in=leavers).update(left_on=turn.year.starts_on)
    for target, pupils in going.items():
        Pupil.objects.filter(pk__in=pupils).update(school_class=class_of(turn, target))
    return leavers, [pupil for pupils in going.values() for pupil in pupils]


def _move_teachers(said: ClassTurn, turn: YearTurn, today: date) -> None:
    """The old class is nobody's any more; the new one is led by whom the office has named."""
    unended = Q(ends_on=None) | Q(ends_on__gte=today)
    for membership in Membership.objects.filter(unended, role=Role.CLASS_TEACHER, school_class=said.old_class):
        end_membership(None, membership)
    if said.grade is None or said.teacher_id is None:
        return
    new_class = class_of(turn, Target(said.grade, said.letter))
    right = {"user_id": said.teacher_id, "role": Role.CLASS_TEACHER, "school_class": new_class}
    if not Membership.objects.filter(unended, **right, substitute=False).exists():
        Membership.objects.create(starts_on=today, **right)


def _carry_timetable(said: ClassTurn, turn: YearTurn) -> None:
    """The week of the old class, for the new one where nothing is entered at that time."""
    if said.grade is None:
        return
    new_class = class_of(turn, Target(said.grade, said.letter))
    old = said.old_class.slots.filter(goes_on() | Q(ends_on__gte=said.old_class.year.ends_on - timedelta(days=1)))
    taken = set(new_class.slots.filter(goes_on()).values_list("weekday", "starts_at"))
    LessonSlot.objects.bulk_create(
        LessonSlot(
            school_class=new_class,
            room_id=slot.room_id,
            teacher_id=slot.teacher_id,
            subject=slot.subject,
            weekday=slot.weekday,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )
        for slot in old
        if (slot.weekday, slot.starts_at) not in taken
    )
