"""An evaluation as text for a terminal."""

from collections.abc import Iterator, Sequence

from analytics.pipeline.evaluation import FEWEST_IN_A_GROUP, NO_WINDOW, Evaluation, GroupResult, Unreadable
from analytics.pipeline.figures import Calibration, Confusion, Figures, Share
from analytics.pipeline.windows import MIN_OBSERVATIONS, WINDOW_S

TOO_FEW = "too few"
NOTHING = "–"
REASONS = {NO_WINDOW: f"no {WINDOW_S:.0f} s with {MIN_OBSERVATIONS} usable frames"}


def report(evaluation: Evaluation) -> str:
    """Everything, with the interval of 95 % behind each share."""
    return "\n".join(_lines(evaluation))


def without_figures(evaluation: Evaluation) -> str:
    """One sentence on why there are none."""
    why = [told for told in (reasons(evaluation), _unreadable(evaluation.unreadable)) if told]
    return f"No face could be used: {'; '.join(why)}."


def reasons(evaluation: Evaluation) -> str:
    """Why files were not used, the commonest reason first."""
    by_count = sorted(evaluation.not_used.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{_words(reason)} {count}" for reason, count in by_count)


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines in columns, the first to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        yield "  " + "  ".join(cells).rstrip()


def percent(share: Share) -> str:
    if share.value is None or share.interval is None:
        return NOTHING
    value, low, high = (f"{100 * figure:.0f}" for figure in (share.value, *share.interval))
    return f"{value} % ({low}–{high} %)"


def _lines(evaluation: Evaluation) -> Iterator[str]:
    yield f"Files read: {evaluation.files}, used: {evaluation.used}."
    if evaluation.not_used:
        yield f"Not used: {reasons(evaluation)}."
    if evaluation.unreadable:
        yield f"Unreadable: {_unreadable(evaluation.unreadable)}."
    if evaluation.figures:
        yield from _figures(evaluation.figures)
    if evaluation.groups:
        yield from ("", f"By group (negative, neutral, positive; at least {FEWEST_IN_A_GROUP} faces)")
        head = (
            "",
            "files",
            "used",
            "right",
            *(f"recall {name}" for name in ("negative", "positive")),
            "error",
            "Brier",
        )
        yield from table([head, *(_group(group) for group in evaluation.groups)])


def _figures(figures: Figures) -> Iterator[str]:
    if figures.single:
        yield from (
            "",
            f"Single expressions: {percent(figures.single.accuracy)} right, n = {figures.single.accuracy.n}",
        )
        yield from _confusion(figures.single)
    yield from ("", f"Negative, neutral, positive: {percent(figures.pooled.accuracy)} right, n = {figures.n}")
    yield from _confusion(figures.pooled)
    yield from _calibration(figures.calibration)


def _confusion(confusion: Confusion) -> Iterator[str]:
    told = zip(confusion.classes, confusion.counts, confusion.recalls, confusion.precisions, strict=True)
    rows = [
        (name, *map(str, counts), str(recall.n), percent(recall), percent(precision))
        for name, counts, recall, precision in told
    ]
    return table([("is \\ said to be", *confusion.classes, "n", "recall", "precision"), *rows])


def _calibration(calibration: Calibration) -> Iterator[str]:
    error, brier = f"{calibration.expected_error:.3f}", f"{calibration.brier:.3f}"
    yield from (
        "",
        f"Calibration of the three shares: expected error {error}, Brier score {brier}, n = {calibration.n}",
    )
    rows = [
        (f"{one.low:.1f}–{one.high:.1f}", str(one.right.n), f"{one.mean_confidence:.3f}", percent(one.right))
        for one in calibration.bins
        if one.mean_confidence is not None
    ]
    yield from table([("confidence", "n", "mean", "right"), *rows])


def _group(group: GroupResult) -> tuple[str, ...]:
    if group.used is None:
        return (group.name, TOO_FEW, *[""] * 6)
    used = (group.name, str(group.files), percent(group.used))
    if group.figures is None:
        return (*used, TOO_FEW, *[""] * 4)
    pooled, calibration = group.figures.pooled, group.figures.calibration
    negative, _neutral, positive = pooled.recalls
    shares = (percent(share) for share in (pooled.accuracy, negative, positive))
    return (*used, *shares, f"{calibration.expected_error:.3f}", f"{calibration.brier:.3f}")


def _unreadable(unreadable: Sequence[Unreadable]) -> str:
    return ", ".join(f"{_printable(one.name)} ({_words(one.code)})" for one in unreadable)


def _words(code: str) -> str:
    return REASONS.get(code, code.replace("_", " "))


def _printable(name: str) -> str:
    """File names may hold bytes that are no text."""
    return name.encode("utf-8", "backslashreplace").decode()
