"""What a fixed button says and how it proves it, and how well it is. Pure; docs/fixed-buttons.md is for its makers."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from caseflow.alarms.enums import ButtonState

KEY_BYTES = 32
LARGEST_COUNTER = 2**53  # what every reader of JSON holds exactly
LONGEST_MESSAGE = 2048  # bytes
LARGEST_SKEW = timedelta(days=3650)
SKEW_SHOWN = timedelta(minutes=2)  # a smaller one says more about the network than about the clock
SKEW_EXPECTED = timedelta(hours=1)  # behind or ahead of this a clock is called wrong
BATTERY_LOW, BATTERY_WELL = 20, 30  # %: low from here down, and well again only from there up, so that none flutters


@dataclass(frozen=True, slots=True)
class Message:
    """What a button says. Times are by its own clock (Unix seconds); None is what it did not say, or said wrongly."""

    device: UUID
    counter: int
    press: UUID | None
    pressed_at: float | None
    sent_at: float | None
    battery: int | None
    real: bool

    @property
    def waited_s(self) -> float:
        """From the press to the sending, both by the button's clock, so that a wrong one does no harm."""
        return self.sent_at - self.pressed_at if self.sent_at is not None and self.pressed_at is not None else 0.0

    @property
    def client_key(self) -> UUID:
        """By which the press counts once. A button that names none has one for each message, so none is dropped."""
        return self.press or uuid5(self.device, str(self.counter))


def signature(key: bytes, *parts: bytes) -> str:
    """HMAC-SHA256 (64 hexadecimal digits) over the parts, one line feed between two."""
    return hmac.new(key, b"\n".join(parts), "sha256").hexdigest()


def is_signed(key: bytes, given: str, *parts: bytes) -> bool:
    """Whether that is the signature, compared in constant time."""
    return hmac.compare_digest(signature(key, *parts).encode(), given.strip().lower().encode())


def read_message(body: bytes) -> Message | None:
    """The message of a body; None for one that names no device. Whatever else is wrong is left out, not refused."""
    said = _object(body)
    device = _uuid(said.get("device"))
    if device is None:
        return None
    return Message(
        device=device,
        counter=_whole(said.get("counter"), LARGEST_COUNTER) or 0,
        press=_uuid(said.get("press")),
        pressed_at=_number(said.get("pressed_at")),
        sent_at=_number(said.get("sent_at")),
        battery=_whole(said.get("battery"), 100),
        real=said.get("real") is True,
    )


def skew_of(sent_at: float | None, now: datetime) -> timedelta | None:
    """How far a button's clock is ahead of ours (negative: behind), in whole seconds; None where it told no time."""
    if sent_at is None:
        return None
    seconds = max(min(sent_at - now.timestamp(), LARGEST_SKEW.total_seconds()), -LARGEST_SKEW.total_seconds())
    return timedelta(seconds=round(seconds))


def state_of(
    *,
    heard_at: datetime | None,
    battery: int | None,
    skew: timedelta | None,
    now: datetime,
    silent_after: timedelta,
) -> ButtonState:
    """The worst that is known of a button."""
    if heard_at is None:
        return ButtonState.NEVER_HEARD
    if now - heard_at > silent_after:
        return ButtonState.SILENT
    if battery is not None and battery <= BATTERY_LOW:
        return ButtonState.LOW_BATTERY
    return ButtonState.WRONG_CLOCK if skew is not None and abs(skew) > SKEW_EXPECTED else ButtonState.WELL


def urgency(state: ButtonState, tested_at: datetime | None) -> tuple[int, bool, float]:
    """What buttons are sorted by, the worst first: by state, then the never tested, then the longest untested."""
    return list(ButtonState).index(state), tested_at is not None, tested_at.timestamp() if tested_at else 0.0


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body) if len(body) <= LONGEST_MESSAGE else None
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _number(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and abs(value) < 1e12 else None  # type: ignore[arg-type]


def _whole(value: object, most: int) -> int | None:
    is_whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
    return value if is_whole else None  # type: ignore[return-value]
