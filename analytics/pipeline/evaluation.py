"""A model on faces whose expression is known, looked at as the analysis of a lesson looks at a seat."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from statistics import fmean
from typing import Final, TypeAlias

import numpy as np

from analytics.pipeline.decoding import FrameSource, open_video
from analytics.pipeline.errors import PictureError, VideoError
from analytics.pipeline.figures import Figures, Share, Verdict, figures_of
from analytics.pipeline.images import Image
from analytics.pipeline.labelled import LabelledFile, LabelledSet
from analytics.pipeline.masks import SeatMask
from analytics.pipeline.observing import Look, look_at_seat
from analytics.pipeline.packs import Expression, ModelPack
from analytics.pipeline.pictures import read_picture
from analytics.pipeline.quality import Rejection, Thresholds
from analytics.pipeline.windows import MIN_OBSERVATIONS, window_index

FORMATS: Final = ("JPEG", "PNG")
FEWEST_IN_A_GROUP: Final = 5
NO_WINDOW: Final = "no_window"
OTHER_KIND: Final = "other_kind"
CANNOT_BE_OPENED: Final = "cannot_be_opened"

Shares: TypeAlias = Mapping[Expression, float]


@dataclass(frozen=True)
class Unreadable:
    """A file that nothing could be seen of, and the code of the reason."""

    name: str
    code: str


@dataclass(frozen=True)
class GroupResult:
    """The same figures over one group.

    `used` is None for a group of fewer than `FEWEST_IN_A_GROUP` files, `figures` where fewer than so many were used.
    """

    name: str
    files: int
    used: Share | None
    figures: Figures | None


@dataclass(frozen=True)
class Evaluation:
    """`files` could be read; of them `used` gave a face, the others are in `not_used` by reason.

    `figures` is None where no face could be used.
    """

    files: int
    used: int
    not_used: Mapping[str, int]
    unreadable: tuple[Unreadable, ...]
    figures: Figures | None
    groups: tuple[GroupResult, ...]


@dataclass(frozen=True)
class _Looked:
    """One file that could be read: a verdict, or the reason why there is none."""

    file: LabelledFile
    outcome: Verdict | str


def evaluate(labelled: LabelledSet, pack: ModelPack, thresholds: Thresholds) -> Evaluation:
    """Look at every file of the set, one after the other; a file that cannot be read is named and passed over."""
    looked: list[_Looked] = []
    unreadable = [Unreadable(name, OTHER_KIND) for name in labelled.others]
    for file in labelled.files:
        try:
            outcome = _look_at(file, pack, thresholds)
        except (PictureError, VideoError) as error:
            unreadable.append(Unreadable(file.name, error.code))
        except OSError:
            unreadable.append(Unreadable(file.name, CANNOT_BE_OPENED))
        else:
            looked.append(_Looked(file, outcome))
    verdicts = _verdicts(looked)
    return Evaluation(
        files=len(looked),
        used=len(verdicts),
        not_used=Counter(str(one.outcome) for one in looked if isinstance(one.outcome, str)),
        unreadable=tuple(unreadable),
        figures=figures_of(verdicts) if verdicts else None,
        groups=tuple(_group(name, looked) for name in sorted({name for one in looked for name in one.file.groups})),
    )


def picture_shares(image: Image, pack: ModelPack, thresholds: Thresholds) -> Shares | Rejection:
    """What is said of the one face of a picture (BGR), or the first reason why there is none."""
    look = _look_at_whole(image, pack, thresholds)
    return look.shares if isinstance(look, Look) else look


def clip_shares(source: FrameSource, pack: ModelPack, thresholds: Thresholds) -> Shares | str:
    """The mean over the clip's windows of ten seconds with enough observations, as over those of a lesson.

    Without such a window: the commonest reason where no frame could be used, else `NO_WINDOW`. Raises a VideoError.
    """
    windows: dict[int, list[Shares]] = defaultdict(list)
    rejected: Counter[Rejection] = Counter()
    for frame in source.frames():
        look = _look_at_whole(frame.image, pack, thresholds)
        if isinstance(look, Rejection):
            rejected[look] += 1
        else:
            windows[window_index(frame.t_s)].append(look.shares)
    full = [_mean(seen) for seen in windows.values() if len(seen) >= MIN_OBSERVATIONS]
    if full:
        return _mean(full)
    return NO_WINDOW if windows else max(rejected, key=lambda reason: rejected[reason])


def _look_at(file: LabelledFile, pack: ModelPack, thresholds: Thresholds) -> Verdict | str:
    if file.is_clip:
        with open_video(file.path) as video:
            seen = clip_shares(video, pack, thresholds)
    else:
        seen = picture_shares(read_picture(file.path, FORMATS), pack, thresholds)
    return seen if isinstance(seen, str) else Verdict(file.label, file.pooled_label, seen)


def _look_at_whole(image: Image, pack: ModelPack, thresholds: Thresholds) -> Look | Rejection:
    """The whole picture is one seat that nobody has calibrated, so the face may be of any size above the least."""
    everything = np.full(image.shape[:2], 255, dtype=np.uint8)
    seat = SeatMask("", 0, 0, everything, np.zeros_like(everything), face_height_px=1.0)
    return look_at_seat(image, seat, pack, replace(thresholds, min_face_ratio=0.0, max_face_ratio=inf))


def _mean(many: Sequence[Shares]) -> Shares:
    return {expression: fmean(shares[expression] for shares in many) for expression in many[0]}


def _verdicts(looked: Sequence[_Looked]) -> list[Verdict]:
    return [one.outcome for one in looked if isinstance(one.outcome, Verdict)]


def _group(name: str, looked: Sequence[_Looked]) -> GroupResult:
    members = [one for one in looked if name in one.file.groups]
    verdicts = _verdicts(members)
    files, used = len(members), len(verdicts)
    return GroupResult(
        name,
        files,
        used=Share(used, files) if files >= FEWEST_IN_A_GROUP else None,
        figures=figures_of(verdicts) if used >= FEWEST_IN_A_GROUP else None,
    )
