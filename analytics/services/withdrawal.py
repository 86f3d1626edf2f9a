"""What must go, goes: after a withdrawal at once, otherwise at the end of its term."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q
from django.utils import timezone

from analytics.models import AnalysisRun, RunSeat, Series, Signal, Window
from analytics.rules.terms import WINDOWS_KEPT
from caseflow.audit.services import record
from caseflow.consent.enums import Purpose
from caseflow.consent.selectors import ledgers
from caseflow.directory.models import SchoolYear
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem


def purge_withdrawn() -> int:
    """Erase what is kept of pupils whose gate is closed, though reading it was blocked at once (rule 9).

    The term is "at once": what was closed for a frame never opens again for it, so there is nothing to keep it for.
    Returns how many pupils were affected.
    """
    oldest = _oldest_frames()
    known, now = ledgers(pupil_id for pupil_id, _ in oldest), timezone.now()
    closed = [
        (pupil_id, operator_id)
        for (pupil_id, operator_id), frame_at in oldest.items()
        if (ledger := known.get(pupil_id)) is None
        or not ledger.allows(Purpose.MOOD_ANALYSIS, frame_at=frame_at, now=now, operator_id=operator_id)
    ]
    for pupil_id, operator_id in closed:
        _erase_closed(pupil_id, operator_id)
    return len({pupil_id for pupil_id, _ in closed})


def end_terms() -> int:
    """Erase windows after 30 days and, at the end of the school year, day values and dismissed signals.

    A signal that led to a case stays with it. Returns how many windows and series went.
    """
    now = timezone.now()
    windows = Window.objects.filter(run__recorded_at__lt=now - WINDOWS_KEPT).delete()[0]
    ended_year = SchoolYear.objects.filter(
        region=OuterRef("camera__room__school__district__region"),
        ends_on__lt=timezone.localdate(now),
        ends_on__gte=OuterRef("baseline_from"),
    )
    of_past_years = Series.objects.filter(Exists(ended_year))
    over = list(of_past_years.filter(Q(signal=None) | Q(signal__triage_item__state=ItemState.DISMISSED)))
    with transaction.atomic():
        for series in over:
            _erase_series(series)
    return windows + len(over)


def _oldest_frames() -> dict[tuple[UUID, int], datetime]:
    """For each pupil of whom a school keeps anything, with that school, the earliest moment it is from.

    Of a pupil who has moved, what the former school recorded stays under the consent given to the former school.
    """
    seats = RunSeat.objects.order_by().values_list("pupil", "run__school").annotate(Min("run__recorded_at"))
    series = Series.objects.order_by().values_list("pupil", "camera__room__school").annotate(Min("first_frame_at"))
    oldest: dict[tuple[UUID, int], datetime] = {}
    for pupil_id, school_id, frame_at in (*seats, *series):
        key = (pupil_id, school_id)
        oldest[key] = min(frame_at, oldest.get(key, frame_at))
    return oldest


@transaction.atomic
def _erase_closed(pupil_id: UUID, school_id: int) -> None:
    """Erase what lies before the gate closed; what was gathered under a newer consent stays."""
    allows, now = ledgers([pupil_id]).get(pupil_id), timezone.now()

    def is_closed(frame_at: datetime) -> bool:
        return allows is None or not allows.allows(
            Purpose.MOOD_ANALYSIS, frame_at=frame_at, now=now, operator_id=school_id
        )

    runs = (
        AnalysisRun.objects.filter(seats__pupil=pupil_id, school=school_id).values_list("pk", "recorded_at").distinct()
    )
    erase_runs(pupil_id, [run_id for run_id, recorded_at in runs if is_closed(recorded_at)])
    kept = Series.objects.filter(pupil=pupil_id, camera__room__school=school_id)
    for series in kept.select_related("signal__triage_item"):
        if is_closed(series.first_frame_at):
            _erase_series(series)
    record(action="mood.erased", actor_id=None, role="", obj=f"pupil:{pupil_id}", pupil_id=pupil_id)


def erase_runs(pupil_id: UUID, run_ids: Iterable[UUID]) -> None:
    """The pupil's seats count as masked from now on, as if they had never been open."""
    for run in AnalysisRun.objects.select_for_update().filter(pk__in=list(run_ids)):
        Window.objects.filter(run=run, pupil=pupil_id).delete()
        seat = RunSeat.objects.get(run=run, pupil=pupil_id)
        run.masked_seats += 1
        run.frames_used = max(0, run.frames_used - seat.frames_used)
        run.frames_rejected = dict(Counter(run.frames_rejected) - Counter(seat.frames_rejected))
        run.save(update_fields=["masked_seats", "frames_used", "frames_rejected"])
        seat.delete()


def _erase_series(series: Series) -> None:
    """The item in the queue stays as proof of who decided what, without what the signal said."""
    signal = Signal.objects.filter(series=series).first()
    if signal is not None:
        TriageItem.objects.filter(pk=signal.triage_item_id).update(facts={})
        signal.delete()
    series.delete()
