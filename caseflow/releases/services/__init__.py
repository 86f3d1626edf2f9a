from caseflow.releases.services.making import (
    AlreadyReleasedError,
    CountsMovedError,
    PeriodNotOverError,
    QuartersMissingError,
    is_unchanged,
    make_release,
    release_once,
)

__all__ = [
    "AlreadyReleasedError",
    "CountsMovedError",
    "PeriodNotOverError",
    "QuartersMissingError",
    "is_unchanged",
    "make_release",
    "release_once",
]
