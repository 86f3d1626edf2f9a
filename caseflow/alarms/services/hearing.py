"""What fixed buttons say over the network. Nothing but a wrong signature or a number used before refuses a message."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from caseflow.alarms.models import Alarm, Button, Device, Press
from caseflow.alarms.rules.buttons import BATTERY_WELL, Message, is_signed, read_message, skew_of
from caseflow.alarms.services.pressing import press
from caseflow.alarms.services.raising import Pressed
from caseflow.alarms.services.registering import key_of


@dataclass(frozen=True, slots=True)
class Signed:
    """A request of a button as it came."""

    method: str
    path: str
    body: bytes
    signature: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a message: `counter` is the highest number taken, `key` signs the answer."""

    key: bytes
    counter: int
    alarm: Alarm | None = None


class UnknownButtonError(LookupError):
    """No button in force has signed this."""


class ReplayedError(ValueError):
    """The number was used before: `counter` is the highest one taken, with `key` the answer is signed."""

    def __init__(self, key: bytes, counter: int) -> None:
        super().__init__(counter)
        self.key, self.counter = key, counter


@transaction.atomic
def hear_press(signed: Signed) -> Heard:
    """Take the press of a button. The same press sent again, with the same number or a later one, is the same alarm.

    Raises UnknownButtonError, and ReplayedError for a press never seen under a number that was: its button takes the
    next number and sends again, while who replays it cannot sign.
    """
    button, key, message = _known(signed)
    known = Press.objects.filter(device=button.device_id, client_key=message.client_key).select_related("alarm").first()
    is_new = _note(button, message)
    if known:
        return Heard(key, max(button.counter, message.counter), known.alarm)
    if not is_new:
        raise ReplayedError(key, button.counter)
    said = Pressed(client_key=message.client_key, waited_s=message.waited_s, insists=message.real)
    return Heard(key, message.counter, press(button.device, said))


@transaction.atomic
def hear_heartbeat(signed: Signed) -> Heard:
    """Note that a button lives, and its battery. Raises UnknownButtonError, ReplayedError."""
    button, key, message = _known(signed)
    if not _note(button, message):
        raise ReplayedError(key, button.counter)
    return Heard(key, message.counter)


def _known(signed: Signed) -> tuple[Button, bytes, Message]:
    """The button in force that signed the request, locked, and what it says."""
    message = read_message(signed.body)
    if message is None:
        raise UnknownButtonError
    # Devices are locked first everywhere, so that two messages of one button come one after the other.
    device = Device.objects.select_for_update(no_key=True).filter(pk=message.device, ended_at=None).first()
    button = Button.objects.select_related("data_key", "device").filter(device=device).first() if device else None
    if button is None:
        raise UnknownButtonError
    key = key_of(button)
    if not is_signed(key, signed.signature, signed.method.encode(), signed.path.encode(), signed.body):
        raise UnknownButtonError
    return button, key, message


def _note(button: Button, message: Message) -> bool:
    """Keep the number and what the button says of itself; False, and nothing is kept, for a number used before."""
    now = timezone.now()
    skew = skew_of(message.sent_at, now)
    fields: dict[str, Any] = {"counter": message.counter, "heard_at": now, "silent_told_at": None}
    fields["skew_s"] = None if skew is None else int(skew.total_seconds())
    if message.battery is not None:
        fields["battery"] = message.battery
        fields |= {"battery_told_at": None} if message.battery >= BATTERY_WELL else {}
    return bool(Button.objects.filter(pk=button.pk, counter__lt=message.counter).update(**fields))
