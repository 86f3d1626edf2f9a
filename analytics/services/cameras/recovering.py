"""A live lesson whose process was killed: what it had kept counts, and the rest of the lesson gets a run of its own."""

from collections import defaultdict
from uuid import UUID, uuid4

from django.utils import timezone

from analytics.enums import RunState
from analytics.models import AnalysisRun, Window
from analytics.pipeline.engine import RunResult
from analytics.pipeline.errors import RunCancelled
from analytics.pipeline.packs import PackCard
from analytics.pipeline.tracks import SeatResult
from analytics.pipeline.windows import WINDOW_S, windows_in
from analytics.pipeline.windows import Window as SeenWindow
from analytics.rules.run_states import LEASE
from analytics.selectors.leases import lapsed
from analytics.selectors.plans import confirmed_pupils
from analytics.services.ending import end_without_result, finish_run
from analytics.services.leases import Holding
from analytics.services.packs import thresholds_of


def end_lost_live(run_id: UUID) -> bool:
    """End a live run that nobody holds any more, as a part of its lesson. False when somebody was faster."""
    now, worker = timezone.now(), uuid4().hex
    lost = AnalysisRun.objects.filter(lapsed(now), pk=run_id, state=RunState.RUNNING, live=True)
    if not lost.update(worker=worker, lease_until=now + LEASE):
        return False
    holding = Holding(run_id, worker)
    run = AnalysisRun.objects.select_related("plan", "card").get(pk=run_id)
    seats = {pupil: str(seat) for seat, pupil in confirmed_pupils(run).items()}
    try:
        return finish_run(holding, run, _seen(run, seats), {seat: pupil for pupil, seat in seats.items()})
    except RunCancelled:
        return end_without_result(holding, RunState.CANCELLED, "stopped")


def _seen(run: AnalysisRun, seats: dict[UUID, str]) -> RunResult:
    """What the rows tell. Frames that were not used are not among them."""
    kept: defaultdict[str, list[SeenWindow]] = defaultdict(list)
    for row in Window.objects.filter(run=run, pupil__in=seats).order_by("index"):
        kept[seats[row.pupil_id]].append(_pipeline_window(seats[row.pupil_id], row))
    duration_s = run.declared_s or 0.0
    decoded_s = min(
        duration_s, max((window.start_s + WINDOW_S for each in kept.values() for window in each), default=0)
    )
    possible = windows_in(duration_s) or 1
    return RunResult(
        seats=tuple(
            SeatResult(seat, tuple(found), len(found) / possible, sum(window.n_observations for window in found), {})
            for seat, found in kept.items()
        ),
        masked_seats=run.plan.seats.count() - len(kept),
        frames_sampled=round(decoded_s),
        duration_s=duration_s,
        decoded_s=decoded_s,
        partial=True,
        keyframes_only=False,
        damaged_packets=0,
        sandbox_degradation="",
        pack=PackCard(run.card.pack, run.card.version, ()),
        thresholds=thresholds_of(run.card),
    )


def _pipeline_window(seat_id: str, row: Window) -> SeenWindow:
    return SeenWindow(
        seat_id=seat_id,
        index=row.index,
        start_s=row.start_s,
        n_observations=row.n,
        p_neg=row.p_neg,
        p_pos=row.p_pos,
        mean_quality=row.score,
        mean_face_height_px=row.face_height_px,
        mean_nose_offset=row.nose_offset,
        mean_sharpness=row.sharpness,
        disagreement=row.disagreement,
    )
