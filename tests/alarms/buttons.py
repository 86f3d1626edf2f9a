"""Fixed buttons for tests: registered, and speaking as their makers are told to in docs/fixed-buttons.md."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.utils import timezone

from caseflow.alarms.models import Alarm, Button, Device
from caseflow.alarms.rules.buttons import signature
from caseflow.alarms.services import hear_heartbeat, hear_press, register_button
from caseflow.alarms.services.hearing import Heard, Signed
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from tests.directory.factories import actor

PRESS, HEARTBEAT = "/panic/button/press/", "/panic/button/heartbeat/"


@dataclass
class Wall:
    """A button on a wall, with its own memory of key and number."""

    device: Device
    key: bytes
    counter: int = 0

    def body(self, **said: Any) -> bytes:
        self.counter += 1
        now = timezone.now().timestamp()
        return json.dumps({"device": str(self.device.pk), "counter": self.counter, "sent_at": now} | said).encode()

    def signed(self, path: str, body: bytes) -> Signed:
        return Signed("POST", path, body, signature(self.key, b"POST", path.encode(), body))

    def press(self, **said: Any) -> Alarm:
        """One new press."""
        heard = hear_press(self.signed(PRESS, self.body(**{"press": str(uuid4())} | said)))
        assert heard.alarm is not None
        return heard.alarm

    def beat(self, **said: Any) -> Heard:
        return hear_heartbeat(self.signed(HEARTBEAT, self.body(**said)))

    @property
    def row(self) -> Button:
        return Button.objects.get(device=self.device)


def wall_button(school: School, **where: Any) -> Wall:
    """A new button of the school."""
    button, key = register_button(actor(Role.SCHOOL_ADMIN, school=school), **{"spot": "entrance"} | where)
    return Wall(button.device, bytes.fromhex(key))
