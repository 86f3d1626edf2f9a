"""Why somebody thinks of a pupil after a loss, and when a circle alone does not say it."""

from caseflow.postvention.enums import Circle

# The roll, the guardians, a case or another list say these; the others only a person knows.
ON_RECORD = frozenset({Circle.CLASS, Circle.FAMILY, Circle.HIGH_RISK, Circle.EARLIER_LOSS})


def needs_words(circle: str) -> bool:
    """Whether the reason has to be told in somebody's own words."""
    return circle not in ON_RECORD
