"""The annual report: when it may be signed, and what proves that it is unchanged."""

import hashlib
import json
from datetime import date, timedelta
from typing import Any

# [P] Reports are written in the last weeks of a school year, before it is over.
SIGNED_BEFORE_THE_END = timedelta(days=31)
LONGEST_SECTION = 4_000


def may_sign_from(last_day: date) -> date:
    """The first day on which the report of a year that ends on `last_day` may be signed."""
    return last_day - SIGNED_BEFORE_THE_END


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 (hex) of the canonical JSON of `content`."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
