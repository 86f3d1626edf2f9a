"""Presses that come together are taken together.

When a whole city presses, what a press costs is asked of the database once for all that wait meanwhile: whoever comes
first takes them all, the others find theirs done. Alone, a press waits for nobody.
"""

import logging
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic, sleep

from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models import Q

from caseflow.alarms.enums import AlarmState
from caseflow.alarms.models import Alarm, Device, Press
from caseflow.alarms.selectors.devices import devices_in_force
from caseflow.alarms.services.enrolling import device_of, digest
from caseflow.alarms.services.pressing import press
from caseflow.alarms.services.raising import Pressed, raise_alarms

logger = logging.getLogger(__name__)

TAKEN_AT_ONCE = 100
APART_S = 0.06  # takings begin no closer together: what comes meanwhile shares the next one


@dataclass(slots=True, eq=False)
class _Waiting:
    key: str  # the digest of the device's
    said: Pressed
    tried: bool = False
    alarm: Alarm | None = None


class Gathering:
    """Those who wait in this process. Called by many threads, each with its own connection, outside of transactions."""

    def __init__(self) -> None:
        self._waiting: deque[_Waiting] = deque()
        self._turn = Lock()
        self._began = 0.0

    def press(self, key: str, said: Pressed) -> Alarm:
        """As `pressing.press`, of the device that has this key. What is no first press, or failed in company, is taken
        by itself. Raises Device.DoesNotExist when no device in force has it."""
        mine = _Waiting(digest(key), said)
        self._waiting.append(mine)
        with self._turn:
            while not mine.tried:
                self._take()
        return mine.alarm or press(device_of(key), said)

    def _take(self) -> None:
        sleep(max(0.0, self._began + APART_S - monotonic()))
        self._began = monotonic()
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), TAKEN_AT_ONCE))]
        try:
            _raise_together(batch)
        except DatabaseError:
            logger.warning("%s presses are taken one by one", len(batch), exc_info=True)
        finally:
            for one in batch:
                one.tried = True


def _raise_together(batch: list[_Waiting]) -> None:
    """Alarms for those of the batch whose device is free, in force and has no open alarm; the rest is left as it is."""
    first = {one.key: one for one in reversed(batch)}  # a device pressed twice: its second one comes after
    with transaction.atomic():
        fresh = [(device, first[device.key_digest]) for device in _free(first)]
        if fresh:
            alarms = raise_alarms([(device, one.said) for device, one in fresh])
    if fresh:  # only now are they committed
        for (_, one), alarm in zip(fresh, alarms, strict=True):
            one.alarm = alarm


def _free(first: Mapping[str, _Waiting]) -> list[Device]:
    """The devices that are locked now and whose press is a new alarm; always locked in the same order."""
    can_skip = connection.features.has_select_for_update_skip_locked
    locked = devices_in_force().select_for_update(of=("self",), no_key=True, skip_locked=can_skip)
    free = list(locked.filter(key_digest__in=first).order_by("pk"))
    keys = [one.said.client_key for one in first.values()]
    known = Press.objects.filter(device__in=free, client_key__in=keys).values("device")
    busy = Alarm.objects.filter(device__in=free).filter(~Q(state=AlarmState.CLOSED) | Q(device__in=known))
    taken = set(busy.values_list("device", flat=True))
    return [device for device in free if device.pk not in taken]


gathering = Gathering()
