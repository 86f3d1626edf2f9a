"""How long a sign-in lasts (rule 23) and how often a wrong password may be tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from hashlib import sha256
from typing import Any
from unicodedata import normalize

import phonenumbers

SIGNED_IN_AT = "signed_in_at"
ACTIVE_AT = "active_at"
LOCKED = "locked"
WATCHES = "watches"  # a console that goes on hearing while its details are locked

WINDOW = timedelta(minutes=15)
TRIES_PER_NAME_AND_ADDRESS = 5
TRIES_PER_ADDRESS = 100  # a whole school shares one address


class Standing(Enum):
    """What a session still gives: everything, nothing until the password is typed again, nothing at all."""

    OPEN = "open"
    LOCKED = "locked"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Limits:
    """`idle` locks, `absolute` ends."""

    idle: timedelta
    absolute: timedelta


def standing(content: Mapping[str, Any], now: float, limits: Limits) -> Standing:
    """How the session with this content stands at `now` (seconds since the epoch).

    A session that does not say when it began, or when somebody was last active, counts from now.
    """
    if now - content.get(SIGNED_IN_AT, now) >= limits.absolute.total_seconds():
        return Standing.OVER
    idle = now - content.get(ACTIVE_AT, now) >= limits.idle.total_seconds()
    return Standing.LOCKED if content.get(LOCKED) or idle else Standing.OPEN


@dataclass(frozen=True, slots=True)
class Count:
    """A key whose wrong passwords are counted together, and how many it may have in a window."""

    key: str
    limit: int


def counts_for(username: str, address: str) -> tuple[Count, Count]:
    """The two counts one try adds to. Spellings that look the same share a count."""
    name = normalize("NFKC", username).casefold().strip()
    return (
        Count(_digest("name", name, address), TRIES_PER_NAME_AND_ADDRESS),
        Count(_digest("address", address), TRIES_PER_ADDRESS),
    )


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()


def telephone(text: str) -> phonenumbers.PhoneNumber | None:
    """The telephone number meant, however it was typed; None for what nobody can dial.

    A number without a country is one of Kazakhstan's.
    """
    try:
        number = phonenumbers.parse(text, "KZ")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def dialled(text: str) -> str | None:
    """A telephone number as programs dial it, "+77010000001"; None for what is none."""
    number = telephone(text)
    if number is None:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
