"""One run over one video: gate, mask, detect, observe, window. No frame and no label outlives its moment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Final, TypeAlias

from analytics.pipeline.decoding import FrameSource
from analytics.pipeline.errors import CameraMoved, PlanDoesNotFit, RunCancelled
from analytics.pipeline.geometry import SeatPlan
from analytics.pipeline.images import Image
from analytics.pipeline.masks import FrameMasks, SeatMask, build_masks, crop_seat
from analytics.pipeline.observing import look_at_seat
from analytics.pipeline.packs import ModelPack, PackCard
from analytics.pipeline.quality import Rejection, Thresholds, nose_offset
from analytics.pipeline.stillness import Stillness
from analytics.pipeline.tracks import Access, SeatResult, SeatTrack
from analytics.pipeline.video import DecodeOutcome, VideoInfo
from analytics.pipeline.view import View, ViewCheck
from analytics.pipeline.windows import Observation, Window, pooled, windows_in

Gate: TypeAlias = Callable[[str, float], bool]
"""Whether a seat (its id) may be seen at that second of the video, asked anew for every sampled frame (rule 1)."""

DEFAULT_THRESHOLDS: Final = Thresholds()


@dataclass(frozen=True)
class Progress:
    """Where a run is: `t_s` of `duration_s` seconds, and how many seats are open and masked at this frame."""

    t_s: float
    duration_s: float
    frames_sampled: int
    open_seats: int
    masked_seats: int


@dataclass(frozen=True)
class Hooks:
    """How a run talks to its caller while it runs.

    `on_window` gets each finished window; keep it under its key (seat_id, index), for a repeated run delivers the same
    ones. With a ViewCheck it gets them once a later picture has shown the plan's view. `on_purge` gets the id of a seat
    whose gate is found closed: everything kept of it for this run must go, be it from this attempt or from one that
    crashed. `cancelled` is asked at every sampled frame; True ends the run with RunCancelled.
    """

    on_window: Callable[[Window], None] = lambda _window: None
    on_purge: Callable[[str], None] = lambda _seat_id: None
    on_progress: Callable[[Progress], None] = lambda _progress: None
    cancelled: Callable[[], bool] = lambda: False


NO_HOOKS: Final = Hooks()


@dataclass(frozen=True)
class RunResult:
    """What a run found. Of seats that were masked or purged only their number is told (rule 1)."""

    seats: tuple[SeatResult, ...]
    masked_seats: int
    frames_sampled: int
    duration_s: float
    decoded_s: float
    partial: bool
    keyframes_only: bool
    damaged_packets: int
    sandbox_degradation: str
    pack: PackCard
    thresholds: Thresholds


@dataclass
class _Run:
    plan: SeatPlan
    pack: ModelPack
    gate: Gate
    thresholds: Thresholds
    hooks: Hooks
    info: VideoInfo
    tracks: dict[str, SeatTrack]
    view: ViewCheck | None = None
    stillness: Stillness = field(default_factory=Stillness)
    waiting: list[Window] = field(default_factory=list)
    masks: FrameMasks | None = None
    masks_of: frozenset[str] = field(default_factory=frozenset)
    frames_sampled: int = 0

    def take(self, t_s: float, image: Image) -> None:
        """Look at one frame through the masks of this very moment."""
        if self.hooks.cancelled():
            raise RunCancelled
        self.frames_sampled += 1
        open_seats = self.ask_gate(t_s)
        masks = self._masks_for(open_seats, image)
        is_new = self.stillness.is_new(image)
        if is_new:
            self._require_view(t_s, image)
        for track in self._open_tracks():
            outcome = self._observe(image, masks.seats.get(track.seat_id)) if is_new else Rejection.FROZEN
            self._hold(track.add(t_s, outcome))
        self._deliver()
        self._report(t_s, len(open_seats))

    def ask_gate(self, t_s: float, *, admits: bool = True) -> frozenset[str]:
        """The ids of the seats open at this moment; purges and tells of those that are found closed.

        Without `admits` no seat opens that has not been open before: after the last frame there is nothing to see.
        """
        for track in self.tracks.values():
            asked = track.access is Access.OPEN or (admits and track.access is Access.UNSEEN)
            if asked and track.admit(t_s, gate_open=self.gate(track.seat_id, t_s)):
                self.waiting = [window for window in self.waiting if window.seat_id != track.seat_id]
                self.hooks.on_purge(track.seat_id)
        return frozenset(track.seat_id for track in self._open_tracks())

    def finish(self) -> None:
        """Ask every gate a last time, so that no window leaves after its consent did, then close the last windows.

        Those since the last look that showed the view of the plan are left out when the last ones showed another.
        """
        self.ask_gate(self.info.duration_s, admits=False)
        for track in self.tracks.values():
            self._hold(track.finish())
        self._deliver()
        if self.view and self.view.view == View.DOUBTFUL:
            for track in self.tracks.values():
                track.forget(self.waiting)
        else:
            self._deliver_all(self.waiting)

    def result(self, outcome: DecodeOutcome) -> RunResult:
        seen = self._open_tracks()
        possible = windows_in(self.info.duration_s)
        return RunResult(
            seats=tuple(track.result(possible) for track in seen),
            masked_seats=len(self.tracks) - len(seen),
            frames_sampled=self.frames_sampled,
            duration_s=self.info.duration_s,
            decoded_s=outcome.decoded_s,
            partial=outcome.is_partial(self.info),
            keyframes_only=outcome.keyframes_only,
            damaged_packets=outcome.damaged_packets,
            sandbox_degradation=outcome.degradation,
            pack=self.pack.card,
            thresholds=self.thresholds,
        )

    def _open_tracks(self) -> list[SeatTrack]:
        return [track for track in self.tracks.values() if track.access is Access.OPEN]

    def _masks_for(self, open_seats: frozenset[str], image: Image) -> FrameMasks:
        if self.masks is None or self.masks_of != open_seats or self.masks.frame.shape != image.shape[:2]:
            height_px, width_px = image.shape[:2]
            require_fit(self.plan, width_px, height_px)
            self.masks, self.masks_of = build_masks(self.plan, open_seats, width_px, height_px), open_seats
        return self.masks

    def _require_view(self, t_s: float, image: Image) -> None:
        if self.view and self.view.see(t_s, image) == View.MOVED:
            raise CameraMoved(f"at {t_s:.0f} s, last seen as drawn at {self.view.same_s:.0f} s")

    def _observe(self, image: Image, seat: SeatMask | None) -> Observation | Rejection:
        if seat is None:
            return Rejection.COVERED
        look = look_at_seat(crop_seat(image, seat), seat, self.pack, self.thresholds)
        if isinstance(look, Rejection):
            return look
        p_neg, p_pos = pooled(look.shares)
        face, second = look.face, pooled(look.second_shares) if look.second_shares else None
        return Observation(p_neg, p_pos, face.score, face.height_px, nose_offset(face), look.sharpness, second)

    def _hold(self, window: Window | None) -> None:
        if window:
            self.waiting.append(window)

    def _deliver(self) -> None:
        """The windows that ended before the view was last found to be the plan's; all of them where nobody asks."""
        until_s = self.view.same_s if self.view else inf
        self._deliver_all([window for window in self.waiting if window.end_s <= until_s])

    def _deliver_all(self, windows: list[Window]) -> None:
        self.waiting = [window for window in self.waiting if window not in windows]
        for window in windows:
            self.hooks.on_window(window)

    def _report(self, t_s: float, open_seats: int) -> None:
        masked = len(self.tracks) - open_seats
        self.hooks.on_progress(Progress(t_s, self.info.duration_s, self.frames_sampled, open_seats, masked))


def require_fit(plan: SeatPlan, width_px: int, height_px: int) -> None:
    """Raises PlanDoesNotFit for a frame of another shape than the plan's still."""
    if not plan.fits(width_px, height_px):
        raise PlanDoesNotFit(f"{width_px}x{height_px} against {plan.aspect_ratio:.3f}")


def analyse(
    source: FrameSource,
    plan: SeatPlan,
    pack: ModelPack,
    gate: Gate,
    *,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    hooks: Hooks = NO_HOOKS,
    view: ViewCheck | None = None,
) -> RunResult:
    """Run the models over the open seats of every sampled frame.

    After a crash it is simply run again from the beginning: the same windows come under the same keys. Raises
    PlanDoesNotFit before the first frame or where the picture changes its shape, CameraMoved once `view` (a new one for
    each run) says so, RunCancelled, or a VideoError when decoding fails on the way.
    """
    require_fit(plan, source.info.width_px, source.info.height_px)
    tracks = {seat_id: SeatTrack(seat_id) for seat_id in plan.seat_ids}
    run = _Run(plan, pack, gate, thresholds, hooks, source.info, tracks, view)
    for frame in source.frames():
        run.take(frame.t_s, frame.image)
    run.finish()
    return run.result(source.outcome)
