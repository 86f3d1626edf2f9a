"""Counts of the work of a school's service in a period. Whoever asks, they are the same, and they name nobody.

They never leave the school: nothing above it reads them, so rule 22 is not touched.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from caseflow.appointments.enums import AppointmentKind, AppointmentState
from caseflow.appointments.models import Appointment, Participant
from caseflow.appointments.selectors.days import midnight
from caseflow.cases.models import Case
from caseflow.directory.models import School
from caseflow.incidents.models import Incident
from caseflow.instruments.enums import State
from caseflow.instruments.models import Administration
from caseflow.journals.enums import Direction, PlanItemState
from caseflow.journals.models import PlanItem, YearPlan
from caseflow.journals.rules.access import DIRECTION_OF, JOURNAL_OF
from caseflow.journals.rules.periods import GRADE_GROUPS, Period, grade_group, grade_then
from caseflow.plans.enums import GoalState
from caseflow.plans.models import Goal

Figures = dict[str, Any]
METHODICAL = frozenset({AppointmentKind.MEETING, AppointmentKind.SUPERVISION})
COUNTED = (Direction.CONSULTATION, Direction.GROUP, Direction.DIAGNOSTICS)


def work_figures(school: School, period: Period) -> Figures:
    """The work of a period by direction, kind, month and stage of school, and what came of cases, goals and reports.

    A constant number of queries.
    """
    begins, ends = midnight(period.first), midnight(period.after)
    met = _met(school, begins, ends)
    given = _given(school, begins, ends)
    filled_in = {(case, _day(at)) for at, case, _pupil in given}
    held = [row for row in met if row["state"] == AppointmentState.HELD and not _is_given(row, filled_in)]
    return {
        "directions": _by_direction(held, len(given)),
        "minutes": sum(_minutes(row) for row in held),
        "kinds": _by_kind(held),
        "not_come": sum(row["state"] == AppointmentState.NOT_COME for row in met),
        "months": _by_month(period, held, [at for at, _case, _pupil in given]),
        "grades": _by_grade(school, period, given),
        "participants": sum(_people(row) for row in held if row["kind"] == AppointmentKind.GROUP),
        "cases": _cases(school, begins, ends),
        "goals": _goals(school, begins, ends),
        "assessments": _assessments(school, begins, ends),
    }


def recorded_by_direction(school: School, period: Period) -> dict[str, int]:
    """How much work the records hold of each direction. Two queries."""
    begins, ends = midnight(period.first), midnight(period.after)
    given = _given(school, begins, ends)
    filled_in = {(case, _day(at)) for at, case, _pupil in given}
    met = _met(school, begins, ends)
    held = [row for row in met if row["state"] == AppointmentState.HELD and not _is_given(row, filled_in)]
    return _by_direction(held, len(given))


def plan_figures(plan: YearPlan | None) -> Figures:
    """Of each direction how much was planned, done and not done. One query."""
    counted = {each.value: {"planned": 0, "done": 0, "dropped": 0} for each in Direction}
    if plan is None:
        return counted
    done, dropped = Q(state=PlanItemState.DONE), Q(state=PlanItemState.DROPPED)
    rows = PlanItem.objects.filter(plan=plan).order_by().values("direction")
    for row in rows.annotate(all=Count("pk"), done=Count("pk", filter=done), dropped=Count("pk", filter=dropped)):
        counted[row["direction"]] = {"planned": row["all"], "done": row["done"], "dropped": row["dropped"]}
    return counted


def direction_of(kind: str) -> Direction | None:
    """To which direction an appointment of a kind counts; observations and others to none."""
    if kind in METHODICAL:
        return Direction.METHODICAL
    return DIRECTION_OF[JOURNAL_OF[kind]] if kind in JOURNAL_OF else None


def _met(school: School, begins: datetime, ends: datetime) -> list[dict[str, Any]]:
    answered = (AppointmentState.HELD, AppointmentState.NOT_COME)
    found = Appointment.objects.filter(school=school, state__in=answered, starts_at__gte=begins, starts_at__lt=ends)
    names = ("kind", "state", "starts_at", "ends_at", "case", "people_count", "work_record__participants")
    return list(found.order_by().values(*names))


def _given(school: School, begins: datetime, ends: datetime) -> list[tuple[datetime, Any, Any]]:
    found = Administration.objects.filter(
        case__school=school, state=State.FINISHED, ended_at__gte=begins, ended_at__lt=ends
    )
    rows = found.order_by().values_list("ended_at", "case", "case__pupil")
    return [(at, case, pupil) for at, case, pupil in rows if at]


def _is_given(row: dict[str, Any], filled_in: set[tuple[Any, Any]]) -> bool:
    """Whether it is the meeting at which a questionnaire was filled in, which counts already."""
    return row["kind"] == AppointmentKind.DIAGNOSTICS and (row["case"], _day(row["starts_at"])) in filled_in


def _day(moment: datetime) -> Any:
    return timezone.localdate(moment)


def _minutes(row: dict[str, Any]) -> int:
    return int((row["ends_at"] - row["starts_at"]).total_seconds()) // 60


def _people(row: dict[str, Any]) -> int:
    counted = row["work_record__participants"]
    return int(row["people_count"] if counted is None else counted)


def _by_direction(held: Iterable[dict[str, Any]], given: int) -> dict[str, int]:
    counted = {each.value: 0 for each in Direction}
    for row in held:
        direction = direction_of(row["kind"])
        if direction:
            counted[direction.value] += 1
    counted[Direction.DIAGNOSTICS.value] += given
    return counted


def _by_kind(held: Iterable[dict[str, Any]]) -> dict[str, int]:
    counted = {each.value: 0 for each in AppointmentKind}
    for row in held:
        counted[row["kind"]] += 1
    return counted


def _by_month(period: Period, held: Iterable[dict[str, Any]], given: Iterable[datetime]) -> list[dict[str, Any]]:
    counted: defaultdict[tuple[int, int], dict[str, int]] = defaultdict(lambda: {each.value: 0 for each in COUNTED})
    for row in held:
        direction = direction_of(row["kind"])
        if direction in COUNTED:
            counted[_month(row["starts_at"])][direction] += 1
    for moment in given:
        counted[_month(moment)][Direction.DIAGNOSTICS.value] += 1
    return [{"year": year, "month": month, **counted[year, month]} for year, month in period.months]


def _month(moment: datetime) -> tuple[int, int]:
    day = timezone.localdate(moment)
    return day.year, day.month


def _by_grade(school: School, period: Period, given: list[tuple[datetime, Any, Any]]) -> dict[str, dict[str, int]]:
    """How many different pupils each direction reached, by stage of school."""
    begins, ends = midnight(period.first), midnight(period.after)
    reached: dict[tuple[str, str], set[Any]] = defaultdict(set)
    rows = Participant.objects.filter(
        ~Q(came=False),
        pupil__school_class__isnull=False,
        appointment__school=school,
        appointment__state=AppointmentState.HELD,
        appointment__starts_at__gte=begins,
        appointment__starts_at__lt=ends,
    ).order_by()
    place = ("pupil__school_class__grade", "pupil__school_class__year__starts_on")
    for kind, pupil, grade, began in rows.values_list("appointment__kind", "pupil", *place):
        direction = direction_of(kind)
        if direction in COUNTED:
            reached[_stage(grade, began.year, period), direction.value].add(pupil)
    cases = Case.objects.filter(pupil__in={pupil for _at, _case, pupil in given}, pupil__school_class__isnull=False)
    for pupil, grade, began in cases.order_by().values_list("pupil", *place):
        reached[_stage(grade, began.year, period), Direction.DIAGNOSTICS.value].add(pupil)
    return {stage: {each.value: len(reached[stage, each.value]) for each in COUNTED} for stage in GRADE_GROUPS}


def _stage(grade: int, class_year: int, period: Period) -> str:
    return grade_group(grade_then(grade, class_year=class_year, asked_year=period.first.year))


def _cases(school: School, begins: datetime, ends: datetime) -> dict[str, int]:
    opened = Q(opened_at__gte=begins, opened_at__lt=ends)
    closed = Q(closed_at__gte=begins, closed_at__lt=ends)
    counted = Count("pk", filter=opened), Count("pk", filter=closed)
    return Case.objects.filter(school=school).aggregate(opened=counted[0], closed=counted[1])


def _goals(school: School, begins: datetime, ends: datetime) -> dict[str, int]:
    begun = Q(set_at__gte=begins, set_at__lt=ends)
    reached = Q(state=GoalState.REACHED, ended_at__gte=begins, ended_at__lt=ends)
    counted = Count("pk", filter=begun), Count("pk", filter=reached)
    return Goal.objects.filter(case__school=school).aggregate(begun=counted[0], reached=counted[1])


def _assessments(school: School, begins: datetime, ends: datetime) -> int:
    """Psychological assessments given of what was reported; reports about staff are the lead's and not counted here."""
    given = Incident.objects.filter(school=school, about_staff=False, merged_into=None)
    stopped = "triage_item__psych_clock__stopped_at"
    return given.filter(**{f"{stopped}__gte": begins, f"{stopped}__lt": ends}).count()
