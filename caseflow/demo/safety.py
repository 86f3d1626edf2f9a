"""What the other schools have for their safety: cameras, fixed buttons, phones that raise an alarm. All invented."""

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from caseflow.alarms.enums import Holder
from caseflow.alarms.models import Button, Device
from caseflow.alarms.rules.buttons import KEY_BYTES
from caseflow.alarms.services.drilling import TEST
from caseflow.alarms.services.enrolling import digest
from caseflow.demo.neighbours import Neighbour
from caseflow.demo.past_clocks import PastClocks
from caseflow.demo.walls import Wall
from caseflow.directory.enums import CameraPurpose
from caseflow.directory.models import Camera, Room, School
from caseflow.records.vault import new_keys, seal_bytes, where

# How many of the other schools have it, by district in the order of the places.
CAMERAS = (23, 17, 16, 7, 5, 5, 2)
WIRED = (15, 9, 8, 0, 0, 0, 0)
BUTTONS = (14, 9, 8, 5, 4, 3, 1)
PHONES = (14, 9, 8, 4, 2, 2, 0)
# A button is tested about monthly, so that every month has a test of it; the newest one was this many days ago.
MONTHLY, NEWEST_TEST = timedelta(days=28), (2, 24)
LEFT_OUT = 0.3
"""The share of tests that were left out, but for the newest."""
FORGOTTEN_EVERY, FORGOTTEN = 9, timedelta(days=47)
"""Every ninth button was tested this long ago at the least."""
SEED = 20260815
SATURDAY = 6


@dataclass(frozen=True, slots=True)
class Safety:
    """The devices of the other schools by district, those of the buttons apart, each with when it was tested, the
    newest first; and the walls that go on reporting, with their batteries."""

    phones: tuple[tuple[Device, ...], ...]
    buttons: tuple[tuple[Device, ...], ...]
    tests: dict[Device, list[datetime]]
    walls: list[tuple[Wall, int]]


def make_safety(neighbours: tuple[Neighbour, ...], since: date, now: datetime) -> Safety:
    """All of it in force since before `since`, from when on the buttons were tested."""
    rng = np.random.default_rng(SEED)
    enrolled = datetime.combine(since - MONTHLY, time(6), UTC)
    _make_cameras(neighbours)
    phones, buttons = [], []
    for number, neighbour in enumerate(neighbours):
        others = neighbour.others
        # from the other end: not the same schools have both
        phones.append(tuple(_phone(neighbour, school, enrolled) for school in others[::-1][: PHONES[number]]))
        buttons.append(tuple(_button(school, enrolled) for school in others[: BUTTONS[number]]))
    Device.objects.bulk_create(device for each in (*phones, *buttons) for device in each)
    hung = [device for each in buttons for device in each]
    tests = {device: _tests(rng, number, enrolled, now) for number, device in enumerate(hung)}
    return Safety(tuple(phones), tuple(buttons), tests, _hang(rng, tests, enrolled, now))


def _make_cameras(neighbours: tuple[Neighbour, ...]) -> None:
    cameras = [
        Camera(
            room=Room(school=school, name="коридор, 1 этаж"),
            name="камера 1",
            purpose=CameraPurpose.CORRIDOR,
            wired_to_police=place < WIRED[number],
        )
        for number, neighbour in enumerate(neighbours)
        for place, school in enumerate(neighbour.others[: CAMERAS[number]])
    ]
    Room.objects.bulk_create(camera.room for camera in cameras)
    Camera.objects.bulk_create(cameras)


def _phone(neighbour: Neighbour, school: School, enrolled: datetime) -> Device:
    return _device(Holder.STAFF, school, enrolled, user=neighbour.pedagogues[school.pk])


def _button(school: School, enrolled: datetime) -> Device:
    return _device(Holder.BUTTON, school, enrolled, spot="entrance", floor=1)


def _device(holder: Holder, school: School, enrolled: datetime, **also: object) -> Device:
    nothing = digest(secrets.token_urlsafe(KEY_BYTES))  # nobody has this key
    return Device(school=school, holder=holder, key_digest=nothing, enrolled_at=enrolled, **also)


def _tests(rng: np.random.Generator, number: int, enrolled: datetime, now: datetime) -> list[datetime]:
    """When a button was tested, the newest first; never at a weekend."""
    forgotten = FORGOTTEN if number % FORGOTTEN_EVERY == FORGOTTEN_EVERY - 1 else timedelta()
    at = now - timedelta(days=int(rng.integers(*NEWEST_TEST))) - forgotten
    found: list[datetime] = []
    while at > enrolled:
        if not found or rng.random() >= LEFT_OUT:
            hour, minute = int(rng.integers(4, 10)), int(rng.integers(60))
            day = at.date() - timedelta(days=max(0, at.isoweekday() - SATURDAY + 1))
            found.append(datetime.combine(day, time(hour, minute), UTC))
        at -= MONTHLY
    return found


def _hang(
    rng: np.random.Generator, tests: dict[Device, list[datetime]], enrolled: datetime, now: datetime
) -> list[tuple[Wall, int]]:
    """The buttons of these devices. The clock of the next test runs since the newest."""
    clocks, walls, buttons = PastClocks(), [], []
    for (device, tested), data_key in zip(tests.items(), new_keys("button", len(tests)), strict=True):
        key, battery = secrets.token_bytes(KEY_BYTES), int(rng.integers(45, 99))
        walls.append((Wall(device.pk, key), battery))
        buttons.append(
            Button(
                device=device,
                name="Вахта",
                data_key=data_key,
                key_sealed=seal_bytes(data_key, key, where("alarms.Button", device.pk, "key")),
                key_made_at=enrolled,
                counter=1,
                heard_at=now,
                battery=battery,
                skew_s=0,
                test_clock=clocks.start(TEST, device.school, tested[0]),
            )
        )
    clocks.enter(now)
    Button.objects.bulk_create(buttons)
    return walls
