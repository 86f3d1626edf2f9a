"""How a class did against what its pupils usually show, in coarse steps that no single pupil moves by more than one.

Why bounded means and not medians, and what remains: docs/decisions/the-climate-of-a-class.md.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median
from typing import Final, TypeAlias
from uuid import UUID

from analytics.enums import ClimateBreak, ClimateLevel
from analytics.pipeline.baseline import DEFAULT_CHART

FEWEST_PUPILS: Final = 10
FEWEST_WINDOWS: Final = 10  # of a pupil in a lesson: under two minutes say nothing about it (own policy)
FEWEST_SIGHTS: Final = 5  # before anything counts as usual for a pupil (own policy)
SD_OF_MAD: Final = 1.4826  # the standard deviation of normal values with a median absolute deviation of one
REACH: Final = 2.0  # how far one pupil counts, in own spreads
USUAL_UP_TO: Final = 0.5
FAR_BEYOND: Final = 1.0

Place: TypeAlias = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Sight:
    """One pupil in one lesson or on one day. `contrast` is logit p_neg - logit p_pos of its mean shares.

    `row` names the lesson or the weekday, `week` is its Monday. Only sights of the same `ground` (seat, camera, model)
    may be compared with one another.
    """

    pupil_id: UUID
    row: int
    week: date
    ground: Hashable
    contrast: float


@dataclass(frozen=True, slots=True)
class Setting:
    """With what a lesson was seen."""

    camera_id: int
    plan_id: UUID | None
    card_id: int


def levels(sights: Iterable[Sight]) -> dict[Place, ClimateLevel]:
    """(row, week) → level, for those cells alone in which at least `FEWEST_PUPILS` pupils count.

    Each pupil is held against the own median and the own spread, within `REACH` of it, and weighs once in a cell.
    With at least ten pupils one of them moves the mean by 2 * REACH / 10 = 0.4 at most, less than a step is wide.
    """
    held: defaultdict[Place, dict[UUID, list[float]]] = defaultdict(lambda: defaultdict(list))
    for own in _by_ground(sights):
        for sight, distance in zip(own, _distances(own), strict=True):
            held[sight.row, sight.week][sight.pupil_id].append(distance)
    return {
        place: level_of(fmean(map(fmean, by_pupil.values())))
        for place, by_pupil in held.items()
        if len(by_pupil) >= FEWEST_PUPILS
    }


def level_of(distance: float) -> ClimateLevel:
    """The step of a mean distance; as far as `USUAL_UP_TO`, either way, is usual."""
    steps = (abs(distance) > USUAL_UP_TO) + (abs(distance) > FAR_BEYOND)
    return ClimateLevel(steps if distance > 0 else -steps)


def breaks(settings: Mapping[date, Iterable[Setting]]) -> dict[date, tuple[ClimateBreak, ...]]:
    """The weeks in which a camera's seat plan or the model is another one than before, or changed within the week."""
    seats = _turns({week: [(each.camera_id, each.plan_id) for each in seen] for week, seen in settings.items()})
    models = _turns({week: [(each.camera_id, each.card_id) for each in seen] for week, seen in settings.items()})
    kinds = ((ClimateBreak.SEATS, seats), (ClimateBreak.MODEL, models))
    return {week: tuple(kind for kind, weeks in kinds if week in weeks) for week in seats | models}


def _by_ground(sights: Iterable[Sight]) -> list[list[Sight]]:
    """What one pupil showed on one ground, where it is enough to say what is usual."""
    groups: defaultdict[tuple[UUID, Hashable], list[Sight]] = defaultdict(list)
    for sight in sights:
        groups[sight.pupil_id, sight.ground].append(sight)
    return [group for group in groups.values() if len(group) >= FEWEST_SIGHTS]


def _distances(own: list[Sight]) -> list[float]:
    """Each sight's distance from the pupil's median in the pupil's own spreads, held within `REACH`."""
    contrasts = [sight.contrast for sight in own]
    usual = median(contrasts)
    spread = max(SD_OF_MAD * median(abs(value - usual) for value in contrasts), DEFAULT_CHART.smallest_sd)
    return [max(-REACH, min(REACH, (value - usual) / spread)) for value in contrasts]


def _turns(weeks: Mapping[date, Iterable[tuple[int, Hashable]]]) -> set[date]:
    """The weeks that hold for any camera something else than its weeks before; each is (camera, what was there)."""
    known: dict[int, set[Hashable]] = {}
    turned: set[date] = set()
    for week in sorted(weeks):
        now: defaultdict[int, set[Hashable]] = defaultdict(set)
        for camera_id, there in weeks[week]:
            now[camera_id].add(there)
        if any(_is_new(there, known.get(camera_id)) for camera_id, there in now.items()):
            turned.add(week)
        known |= now
    return turned


def _is_new(there: set[Hashable], before: set[Hashable] | None) -> bool:
    return len(there) > 1 if before is None else not there <= before
