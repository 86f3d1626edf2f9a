"""The demo's fixed buttons: nothing hangs on a wall, so they sign and report from here. Demo only.

A button's key is told once, when it is registered. Those of the demo are then written beside its data, which no
installation with real people shares, and what has no key there cannot speak here.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from caseflow.alarms.models import Alarm, Button
from caseflow.alarms.rules.buttons import signature
from caseflow.alarms.selectors.buttons import HEARTBEAT, term
from caseflow.alarms.services import ReplayedError, UnknownButtonError, hear_heartbeat, hear_press
from caseflow.alarms.services.hearing import Signed

PRESS, BEAT = "/panic/button/press/", "/panic/button/heartbeat/"


class Wall:
    """A button that signs, as docs/fixed-buttons.md has it. `counter` is the last number it has used."""

    def __init__(self, device: UUID, key: bytes, counter: int = 0) -> None:
        self.device, self.key, self.counter = device, key, counter

    def say(self, path: str, **said: object) -> Alarm | None:
        """Send one message; returns the alarm that came of it. Raises UnknownButtonError."""
        self.counter += 1
        sent = timezone.now().timestamp() - 1  # its clock is a second behind
        message = {"device": str(self.device), "counter": self.counter, "sent_at": sent} | said
        body = json.dumps(message).encode()
        signed = Signed("POST", path, body, signature(self.key, b"POST", path.encode(), body))
        return (hear_press if path == PRESS else hear_heartbeat)(signed).alarm


def keep_keys(buttons: Iterable[tuple[Wall, int]]) -> None:
    """Write down the keys of those that are to report, each with its battery in percent."""
    kept = [{"device": str(wall.device), "key": wall.key.hex(), "battery": battery} for wall, battery in buttons]
    settings.DEMO_BUTTONS.touch(mode=0o600)
    settings.DEMO_BUTTONS.write_text(json.dumps(kept, indent=1), encoding="ascii")


def report(now: datetime | None = None) -> int:
    """Let each button whose key is kept send the heartbeat that is due; returns how many did. Demo only: with real
    people it does nothing. One that was ended or got another key is not heard any more, like a real one."""
    if not settings.DEMO or not settings.DEMO_BUTTONS.exists():
        return 0
    kept = {UUID(one["device"]): one for one in json.loads(settings.DEMO_BUTTONS.read_text(encoding="ascii"))}
    due = Button.objects.filter(device__in=kept, heard_at__lte=(now or timezone.now()) - term(HEARTBEAT))
    return sum(_beat(button, **kept[button.device_id]) for button in due)


def _beat(button: Button, *, device: str, key: str, battery: int) -> bool:
    # A device keeps its number over a change of the battery; here the register keeps it.
    wall = Wall(UUID(device), bytes.fromhex(key), button.counter)
    try:
        wall.say(BEAT, battery=battery)
    except (UnknownButtonError, ReplayedError):  # ended or given another key; asked twice at the same moment
        return False
    return True
