"""An evaluation as JSON keeps it: counts and figures, rounded to four places, no file and nobody's name."""

from collections import Counter
from typing import Any, TypeAlias

from analytics.pipeline.evaluation import Evaluation, GroupResult
from analytics.pipeline.figures import Bin, Confusion, Figures, Share

Json: TypeAlias = dict[str, Any]


def evaluation_json(evaluation: Evaluation) -> Json:
    """`figures` is null where no face was used; of a group that is too small only its name is told."""
    return {
        "files": evaluation.files,
        "used": evaluation.used,
        "not_used": dict(sorted(evaluation.not_used.items())),
        "unreadable": dict(sorted(Counter(one.code for one in evaluation.unreadable).items())),
        "figures": _figures(evaluation.figures) if evaluation.figures else None,
        "groups": [_group(group) for group in evaluation.groups],
    }


def _figures(figures: Figures) -> Json:
    return {
        "n": figures.n,
        "single": _confusion(figures.single) if figures.single else None,
        "pooled": _confusion(figures.pooled),
        "calibration": {
            "n": figures.calibration.n,
            "expected_error": round(figures.calibration.expected_error, 4),
            "brier": round(figures.calibration.brier, 4),
            "bins": [_bin(one) for one in figures.calibration.bins],
        },
    }


def _group(group: GroupResult) -> Json:
    if group.used is None:
        return {"group": group.name, "too_few": True}
    told = {"group": group.name, "too_few": group.figures is None, "files": group.files, "used": _share(group.used)}
    return told | {"figures": _figures(group.figures)} if group.figures else told


def _confusion(confusion: Confusion) -> Json:
    by_class = zip(confusion.classes, confusion.recalls, confusion.precisions, strict=True)
    return {
        "classes": list(confusion.classes),
        "counts": [list(row) for row in confusion.counts],
        "accuracy": _share(confusion.accuracy),
        "by_class": {
            name: {"recall": _share(recall), "precision": _share(precision)} for name, recall, precision in by_class
        },
    }


def _bin(one: Bin) -> Json:
    confidence = None if one.mean_confidence is None else round(one.mean_confidence, 4)
    return {"from": one.low, "to": one.high, "mean_confidence": confidence, "right": _share(one.right)}


def _share(share: Share) -> Json:
    low, high = share.interval or (None, None)
    figures = {"value": share.value, "low": low, "high": high}
    rounded = {name: None if figure is None else round(figure, 4) for name, figure in figures.items()}
    return {"count": share.count, "n": share.n, **rounded}
