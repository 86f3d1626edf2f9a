"""Of anonymous reports nobody learns the time but to the quarter hour (rule 19)."""

from datetime import datetime, timedelta

QUARTER = timedelta(minutes=15)


def quarter_of(moment: datetime) -> datetime:
    """The beginning of the quarter hour in which the moment lies."""
    return moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0)
