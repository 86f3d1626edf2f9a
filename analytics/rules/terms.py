"""How long what a run has seen is kept, and what that means for recordings that come late."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

WINDOWS_KEPT: Final = timedelta(days=30)  # table of terms in the rules


def is_too_old(recorded_at: datetime, now: datetime) -> bool:
    """Whether windows of that day may have gone: worked out anew without them, the day would lose the value it has."""
    return timezone.localdate(recorded_at) <= timezone.localdate(now - WINDOWS_KEPT)
