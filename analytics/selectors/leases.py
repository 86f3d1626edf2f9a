"""When what somebody held is free again."""

from datetime import datetime, timedelta

from django.db.models import Q

# No lease is as long: one that ends later was written by a clock that has been set back since, and binds nobody.
LONGEST = timedelta(minutes=5)


def lapsed(now: datetime, path: str = "") -> Q:
    """Rows with a `lease_until` that no longer holds; those that never had one are not among them. `path` leads to the
    row that is held, "health__" for one."""
    return Q(**{f"{path}lease_until__lt": now}) | Q(**{f"{path}lease_until__gt": now + LONGEST})
