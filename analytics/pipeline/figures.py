"""How well labels were told: confusion, recall, precision, calibration, each with the number of faces it is of."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from statistics import NormalDist, fmean
from typing import Final

from analytics.pipeline.labelled import Pooled
from analytics.pipeline.packs import Expression
from analytics.pipeline.windows import pooled

Z: Final = NormalDist().inv_cdf(0.975)
EDGES: Final = tuple(tenth / 10 for tenth in range(11))


@dataclass(frozen=True)
class Verdict:
    """What the model says of one face whose expression is known; `label` is None where only the pooled one is."""

    label: Expression | None
    pooled_label: Pooled
    shares: Mapping[Expression, float]

    @property
    def said(self) -> Expression:
        """The likeliest expression."""
        return max(self.shares, key=lambda expression: self.shares[expression])

    @cached_property
    def pooled_shares(self) -> Mapping[Pooled, float]:
        negative, positive = pooled(self.shares)
        neutral = max(0.0, 1.0 - negative - positive)
        return {Pooled.NEGATIVE: negative, Pooled.NEUTRAL: neutral, Pooled.POSITIVE: positive}

    @property
    def pooled_said(self) -> Pooled:
        """What has the largest of the pooled shares."""
        return max(self.pooled_shares, key=lambda kind: self.pooled_shares[kind])

    @property
    def confidence(self) -> float:
        """The share of what is said, of the pooled three."""
        return self.pooled_shares[self.pooled_said]


@dataclass(frozen=True)
class Share:
    """`count` of `n`."""

    count: int
    n: int

    @property
    def value(self) -> float | None:
        return self.count / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 %, after Wilson (Journal of the American Statistical Association 22, 1927)."""
        if not self.n:
            return None
        share, z_squared = self.count / self.n, Z**2
        widening = 1 + z_squared / self.n
        centre = (share + z_squared / (2 * self.n)) / widening
        reach = Z / widening * sqrt(share * (1 - share) / self.n + z_squared / (4 * self.n**2))
        low = 0.0 if self.count == 0 else centre - reach
        return low, 1.0 if self.count == self.n else centre + reach


@dataclass(frozen=True)
class Confusion:
    """`counts[i][j]` faces are of class i and were said to be of class j."""

    classes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def accuracy(self) -> Share:
        right = sum(row[number] for number, row in enumerate(self.counts))
        return Share(right, sum(map(sum, self.counts)))

    @property
    def recalls(self) -> tuple[Share, ...]:
        """Of each class, how many were said to be of it."""
        return tuple(Share(row[number], sum(row)) for number, row in enumerate(self.counts))

    @property
    def precisions(self) -> tuple[Share, ...]:
        """Of those said to be of each class, how many are."""
        columns = list(zip(*self.counts, strict=True))
        return tuple(Share(column[number], sum(column)) for number, column in enumerate(columns))


@dataclass(frozen=True)
class Bin:
    """Faces whose verdict had a confidence from `low` to `high`; well calibrated, as many are right as it says."""

    low: float
    high: float
    mean_confidence: float | None
    right: Share


@dataclass(frozen=True)
class Calibration:
    """Of the pooled shares.

    `expected_error`: mean distance of confidence and accuracy over ten bins, weighted by faces (Guo et al., ICML 2017).
    `brier`: mean squared distance of the three shares from the truth, summed over them, 0..2 (Brier, 1950).
    """

    n: int
    expected_error: float
    brier: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class Figures:
    """Of `n` faces, at least one. `single` is None where no face has a label finer than the pooled ones."""

    n: int
    single: Confusion | None
    pooled: Confusion
    calibration: Calibration


def figures_of(verdicts: Sequence[Verdict]) -> Figures:
    """Raises ValueError without a verdict."""
    if not verdicts:
        raise ValueError("no verdict")
    labelled = [(verdict.label, verdict.said) for verdict in verdicts if verdict.label is not None]
    met = {expression for pair in labelled for expression in pair}
    return Figures(
        n=len(verdicts),
        single=confusion(labelled, [each for each in Expression if each in met]) if labelled else None,
        pooled=confusion([(verdict.pooled_label, verdict.pooled_said) for verdict in verdicts], list(Pooled)),
        calibration=calibration(verdicts),
    )


def confusion(pairs: Sequence[tuple[str, str]], classes: Sequence[str]) -> Confusion:
    """Of (known, said) pairs, whose members are all among the classes."""
    counted = Counter(pairs)
    return Confusion(
        tuple(str(each) for each in classes),
        tuple(tuple(counted[known, said] for said in classes) for known in classes),
    )


def calibration(verdicts: Sequence[Verdict]) -> Calibration:
    bins = tuple(_bin(number, verdicts) for number in range(len(EDGES) - 1))
    off = (abs(one.mean_confidence * one.right.n - one.right.count) for one in bins if one.mean_confidence is not None)
    n = len(verdicts)
    return Calibration(n, sum(off) / n, fmean(_squared_distance(verdict) for verdict in verdicts), bins)


def _bin(number: int, verdicts: Sequence[Verdict]) -> Bin:
    inside = [verdict for verdict in verdicts if bisect_right(EDGES, verdict.confidence, 1, 10) - 1 == number]
    right = sum(verdict.pooled_said == verdict.pooled_label for verdict in inside)
    confidence = fmean(verdict.confidence for verdict in inside) if inside else None
    return Bin(EDGES[number], EDGES[number + 1], confidence, Share(right, len(inside)))


def _squared_distance(verdict: Verdict) -> float:
    return sum((share - (kind == verdict.pooled_label)) ** 2 for kind, share in verdict.pooled_shares.items())
