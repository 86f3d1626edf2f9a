from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from analytics.enums import Presence
from analytics.models import AnalysisRun, Seat, SeatConfirmation, SeatPlan, SeatState
from caseflow.consent.enums import Purpose
from caseflow.consent.selectors import Ledger, ledgers


def plan_valid_on(day: date) -> Q:
    """The plans in force on that day: none outlives the school year of its class."""
    in_year = Q(school_class__year__starts_on__lte=day, school_class__year__ends_on__gte=day)
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day)) & in_year


def is_valid_on(plan: SeatPlan, day: date) -> bool:
    """`plan_valid_on` for one plan that is loaded, where a lesson of its class is in force on that day."""
    return plan.valid_from <= day and (plan.valid_to is None or day <= plan.valid_to)


def latest_confirmations(slot_id: int, day: date) -> dict[int, SeatConfirmation]:
    """Camera → what the teacher last said about the seats before it in a lesson, for plans in force on that day."""
    found = SeatConfirmation.objects.filter(slot=slot_id, date=day).select_related("plan__camera")
    latest = {row.plan.camera_id: row for row in found.order_by("confirmed_at")}
    plans = [row.plan_id for row in latest.values()]
    in_force = set(SeatPlan.objects.filter(plan_valid_on(day), pk__in=plans).values_list("pk", flat=True))
    return {camera: row for camera, row in latest.items() if row.plan_id in in_force}


def confirmed_pupils(run: AnalysisRun) -> dict[int, UUID]:
    """Seat → pupil for the seats of the run's plan that the latest confirmation before its camera calls present.

    None when the plan was replaced for that day: the seats were elsewhere.
    """
    if not SeatPlan.objects.filter(plan_valid_on(run.date), pk=run.plan_id).exists():
        return {}
    said = SeatConfirmation.objects.filter(slot=run.slot_id, date=run.date, plan__camera__seat_plans=run.plan_id)
    latest = said.values("pk")[:1]
    rows = SeatState.objects.filter(
        confirmation__in=latest, state=Presence.PRESENT, seat__plan=run.plan_id, seat__pupil__isnull=False
    ).values_list("seat_id", "seat__pupil_id")
    return dict(rows)


@dataclass(frozen=True, slots=True)
class Gate:
    """The mood gate of one operator for known pupils, as the ledgers stood when they were read."""

    ledgers: Mapping[UUID, Ledger]
    operator_id: int

    def allows(self, pupil_id: UUID, *, frame_at: datetime, now: datetime) -> bool:
        """Whether a value of this pupil from `frame_at` may exist at `now` (rule 1)."""
        ledger = self.ledgers.get(pupil_id)
        return ledger is not None and ledger.allows(
            Purpose.MOOD_ANALYSIS, frame_at=frame_at, now=now, operator_id=self.operator_id
        )


def gate_for(pupil_ids: Iterable[UUID], operator_id: int) -> Gate:
    """The gate for these pupils (2 queries)."""
    return Gate(ledgers(pupil_ids), operator_id)


def seats_of(plan_id: UUID) -> list[Seat]:
    """The plan's seats in a fixed order."""
    return list(Seat.objects.filter(plan=plan_id).order_by("pk"))
