"""What the turn of a school year would do, before it is done."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, Pupil, School, SchoolClass, SchoolYear
from caseflow.directory.rules import is_guardian, still_here
from caseflow.directory.selectors import employees_of
from caseflow.schoolyear.enums import TurnState
from caseflow.schoolyear.models import ClassTurn, PupilTurn, YearTurn
from caseflow.schoolyear.rules import Roll, Target, merged


def year_ahead(school: School, today: date | None = None) -> SchoolYear | None:
    """The school year to which the school goes over next: the running one while pupils are still in classes of a year
    before it, else the one after it. None where the region has not entered it."""
    day = today or timezone.localdate()
    years = list(SchoolYear.objects.filter(region=school.district.region_id, ends_on__gte=day).order_by("starts_on"))
    if not years:
        return None
    if years[0].starts_on > day or _pupils_before(school, years[0]).exists():
        return years[0]
    return years[1] if len(years) > 1 else None


def turns_of(actor: Actor) -> QuerySet[YearTurn]:
    """The turns of the actor's school, the newest first."""
    return YearTurn.objects.filter(school__in=actor.schools()).select_related("school__district", "year")


def turn_ahead(actor: Actor) -> YearTurn | None:
    """The turn of the actor's school that is not done yet, if it was begun to be prepared."""
    return turns_of(actor).exclude(state=TurnState.APPLIED).first()


def turning_pupils(turn: YearTurn) -> QuerySet[Pupil]:
    """Those whom the turn concerns: on the roll on its first day, and not in a class of the new year already."""
    here = Q(left_on=None) | Q(left_on__gt=turn.year.starts_on)
    before = Q(school_class=None) | Q(school_class__year__starts_on__lt=turn.year.starts_on)
    return Pupil.objects.filter(here, before, still_here(), school=turn.school_id).select_related("school_class")


def old_classes(turn: YearTurn) -> QuerySet[SchoolClass]:
    """The classes of earlier years that have pupils to go over."""
    having = turning_pupils(turn).exclude(school_class=None).values("school_class")
    return SchoolClass.objects.filter(pk__in=having).order_by("grade", "letter", "pk")


def roll_of_turn(turn: YearTurn) -> Roll[UUID, int]:
    """The pupils with their classes as they are now (2 queries)."""
    classes = {each.pk: Target(each.grade, each.letter) for each in old_classes(turn)}
    return Roll(classes, dict(turning_pupils(turn).values_list("pk", "school_class_id")))


def said_of(turn: YearTurn) -> tuple[dict[int, Target | None], dict[UUID, Target | None]]:
    """What the office has said of classes and of single pupils."""
    classes = {each.old_class_id: _target(each) for each in turn.classes.all()}
    return classes, {each.pupil_id: _target(each) for each in turn.exceptions.all()}


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class before and after: how many go with it, and how many go elsewhere."""

    said: ClassTurn
    pupils: int
    exceptions: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What confirming the turn would do. `homeless` stands in the way, `merged` only has to be seen."""

    turn: YearTurn
    rows: list[ClassRow]
    staying: int
    leaving: int
    homeless: list[Pupil]
    merged: list[Target]
    teachers: list[User]

    @property
    def may_confirm(self) -> bool:
        return not self.homeless and self.turn.state == TurnState.PREPARED

    @property
    def led_by_nobody(self) -> list[ClassTurn]:
        """The classes of the new year that have no class teacher yet."""
        led = {row.said.target for row in self.rows if row.said.teacher_id}
        return [row.said for row in self.rows if row.said.target and row.said.target not in led]


def preview_of(turn: YearTurn) -> Preview:
    """The whole plan as it stands, in a constant number of queries."""
    roll = roll_of_turn(turn)
    classes, exceptions = said_of(turn)
    goes = roll.destinations(classes, exceptions)
    lost = roll.homeless(exceptions)
    return Preview(
        turn=turn,
        rows=_rows(turn, roll, exceptions),
        staying=sum(target is not None for target in goes.values()),
        leaving=sum(target is None for target in goes.values()),
        homeless=list(Pupil.objects.filter(pk__in=lost)),
        merged=merged([classes.get(pk, target) for pk, target in roll.classes.items()]),
        teachers=list(employees_of(turn.school)),
    )


@dataclass(frozen=True, slots=True)
class PupilRow:
    pupil: Pupil
    said: PupilTurn | None


def pupils_of_class(actor: Actor, class_turn_id: int) -> tuple[ClassTurn, list[PupilRow]]:
    """The pupils of a class but the own child, with what was said of each alone. Raises ClassTurn.DoesNotExist."""
    said = ClassTurn.objects.select_related("turn__year", "turn__school", "old_class")
    found = said.get(pk=class_turn_id, turn__in=turns_of(actor))
    exceptions = {each.pupil_id: each for each in found.turn.exceptions.all()}
    own = is_guardian(actor.user, "guardianships__guardian__")
    pupils = turning_pupils(found.turn).filter(school_class=found.old_class_id).exclude(own)
    return found, [PupilRow(pupil, exceptions.get(pupil.pk)) for pupil in pupils]


def class_teachers(classes: list[int]) -> dict[int, int]:
    """Class → who leads it for good, where somebody does."""
    today = timezone.localdate()
    led = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), role=Role.CLASS_TEACHER, school_class__in=classes, substitute=False
    )
    return {each.school_class_id: each.user_id for each in led.order_by("-pk") if each.school_class_id}


def _rows(turn: YearTurn, roll: Roll[UUID, int], exceptions: Mapping[UUID, Target | None]) -> list[ClassRow]:
    counts = Counter(roll.pupils.values())
    others = Counter(roll.pupils[pupil] for pupil in exceptions if pupil in roll.pupils)
    said = turn.classes.select_related("old_class", "teacher")
    return [ClassRow(each, counts[each.old_class_id], others[each.old_class_id]) for each in said]


def _pupils_before(school: School, year: SchoolYear) -> QuerySet[Pupil]:
    return Pupil.objects.filter(still_here(), school=school, school_class__year__starts_on__lt=year.starts_on)


def _target(said: ClassTurn | PupilTurn) -> Target | None:
    return None if said.grade is None else Target(said.grade, said.letter)
