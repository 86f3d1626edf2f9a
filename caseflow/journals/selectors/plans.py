"""The plan of a year: its items by direction, and what was recorded besides."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from caseflow.appointments.enums import AppointmentState
from caseflow.appointments.models import Appointment
from caseflow.appointments.selectors.days import midnight
from caseflow.appointments.selectors.scope import scoped_appointments
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School, SchoolYear
from caseflow.journals.enums import Direction, PlanItemState, PlanState
from caseflow.journals.models import PlanItem, YearPlan
from caseflow.journals.rules.periods import Period, school_months
from caseflow.journals.selectors.years import chosen_year, period_of, school_of, years_of

LINKED_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Part:
    """The items of one direction; `recorded` is how much work of it the records hold."""

    direction: Direction
    items: tuple[PlanItem, ...]
    recorded: int

    @property
    def done(self) -> int:
        return sum(item.state == PlanItemState.DONE for item in self.items)

    @property
    def dropped(self) -> int:
        return sum(item.state == PlanItemState.DROPPED for item in self.items)


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A plan as its page and paper show it. `plan` is None while nothing is planned, `year` where none is known."""

    school: School
    year: SchoolYear | None
    years: list[SchoolYear]
    plan: YearPlan | None
    parts: tuple[Part, ...]
    before: YearPlan | None
    may_write: bool
    may_approve: bool

    @property
    def count(self) -> int:
        return sum(len(part.items) for part in self.parts)

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts)

    @property
    def is_draft(self) -> bool:
        return self.plan is None or self.plan.state == PlanState.DRAFT


def plan_sheet(actor: Actor, asked_year: int | None, recorded: Mapping[str, int]) -> PlanSheet:
    """The plan of a year. A constant number of queries. Raises School.DoesNotExist for others than the school's own."""
    school = school_of(actor)
    years = years_of(school)
    year = chosen_year(school, asked_year)
    plans = YearPlan.objects.filter(school=school, year=year).select_related("sent_by", "approved_by")
    plan = plans.first() if year else None
    items = sorted_items(plan) if plan else []
    parts = tuple(
        Part(each, tuple(item for item in items if item.direction == each), recorded.get(each, 0)) for each in Direction
    )
    return PlanSheet(
        school=school,
        year=year,
        years=years,
        plan=plan,
        parts=parts,
        before=plan_before(school, year) if year else None,
        may_write=actor.role == Role.PSYCHOLOGIST,
        may_approve=actor.role == Role.PRINCIPAL,
    )


def sorted_items(plan: YearPlan) -> list[PlanItem]:
    """The items in the order of the school's months, those of the whole year first."""
    order: dict[int | None, int] = {None: -1}
    order |= {month: place for place, month in enumerate(school_months())}
    found = plan.items.select_related("owner", "appointment", "plan")
    return sorted(found, key=lambda item: (order[item.month], item.title))


def plan_before(school: School, year: SchoolYear) -> YearPlan | None:
    """The plan of the latest year before that has one with items."""
    earlier = YearPlan.objects.filter(school=school, year__starts_on__lt=year.starts_on, items__isnull=False)
    return earlier.select_related("year").order_by("-year__starts_on").first()


def scoped_items(actor: Actor) -> QuerySet[PlanItem]:
    """The items of the plans of the actor's school; for a psychologist alone."""
    if actor.role != Role.PSYCHOLOGIST:
        return PlanItem.objects.none()
    found = PlanItem.objects.filter(plan__school__in=actor.schools())
    return found.select_related("plan__year", "owner", "appointment")


def item_of(actor: Actor, item_id: UUID) -> PlanItem:
    """One of them. Raises PlanItem.DoesNotExist."""
    return scoped_items(actor).get(pk=item_id)


def linkable(actor: Actor, period: Period) -> QuerySet[Appointment]:
    """The appointments held in the period to which a done item may lead, the newest first."""
    held = scoped_appointments(actor).filter(state=AppointmentState.HELD)
    within = held.filter(starts_at__gte=midnight(period.first), starts_at__lt=midnight(period.after))
    return within.order_by("-starts_at")[:LINKED_SHOWN]


def period_of_plan(plan: YearPlan) -> Period:
    return period_of(plan.year)
