"""Alarms and drills of the past quarters at the other schools. All invented; the demo's own school has its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import numpy as np

from caseflow.accounts.models import User
from caseflow.alarms.enums import AlarmState, Finding, Step
from caseflow.alarms.models import Alarm, AlarmStep, Centre, Device, Drill, Press
from caseflow.demo.neighbours import Neighbour
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.demo.quarters import Past, Trend, lesson_days, some_moment, some_of
from caseflow.demo.safety import Safety
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Incident
from caseflow.indicators.rules.periods import Period
from caseflow.records.vault import new_keys

ALARMS = Trend((32, 17, 15, 9, 4, 2, 1), (24, 11, 9, 8, 3, 1, 1))
# What it was, in turn: a fight is one that the school has reported as well.
FINDINGS = (Finding.FIGHT, Finding.MISTAKE, Finding.UNWELL, Finding.FIGHT, Finding.UNWELL, Finding.MISTAKE)
# Seconds until it was accepted and until a patrol was there: median now and what each quarter before took longer.
ACCEPTED, ACCEPTED_SLOWER = 21, 4
ARRIVED, ARRIVED_SLOWER = 330, 25
SPREAD = 0.45  # of the logarithm
ARMED, WINDOW = timedelta(minutes=4), timedelta(minutes=10)
DISPATCHED_AFTER_S, CLOSED_AFTER_S, DRILL_CLOSED_AFTER_S = 40, 900, 90
PATROLS = ("3", "7", "12", "15")
ARRIVAL_MINUTES = (7, 7, 10, 12, 15, 15, 15)
SEED = 20260901


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press: where, when, what it turned out to be, and the report of the school that tells of the same."""

    device: Device
    at: datetime
    finding: Finding = Finding.DRILL
    incident: Incident | None = None


def make_past_alarms(
    places: Places, people: People, neighbours: tuple[Neighbour, ...], safety: Safety, past: Past
) -> None:
    """Alarms of each quarter, and every test of a button as the drill that it was."""
    rng, rows = np.random.default_rng(SEED), _Rows(neighbours, _make_centres(places, neighbours))
    for age, quarter in enumerate(past.quarters):
        for district, count in enumerate(past.counts(ALARMS, age)):
            devices = (*safety.buttons[district], *safety.phones[district])
            for pressed in _presses(rng, devices, quarter, count):
                accepted = _seconds(rng, ACCEPTED + age * ACCEPTED_SLOWER)
                arrived = accepted + _seconds(rng, ARRIVED + age * ARRIVED_SLOWER)
                rows.alarm(district, pressed, accepted, arrived)
    officers = (people.staff["drills"].user, *(None for _ in neighbours[1:]))
    for district, (buttons, officer) in enumerate(zip(safety.buttons, officers, strict=True)):
        for device in buttons:
            for at in safety.tests[device]:
                rows.drill(district, Pressed(device, at), _seconds(rng, ACCEPTED + ACCEPTED_SLOWER), officer)
    rows.enter()


def _make_centres(places: Places, neighbours: tuple[Neighbour, ...]) -> list[Centre]:
    """One for each district; where nobody accepts, the one of the region's capital is called."""
    first = Centre.objects.get(agency=places.police)
    return [
        first,
        *Centre.objects.bulk_create(
            Centre(agency=neighbour.police, follows=first, arrival_minutes=minutes)
            for neighbour, minutes in zip(neighbours[1:], ARRIVAL_MINUTES[1:], strict=True)
        ),
    ]


def _presses(rng: np.random.Generator, devices: Sequence[Device], quarter: Period, count: int) -> Iterator[Pressed]:
    """So many presses of these devices in the quarter."""
    at_school = {device.school_id: device for device in devices}
    days = lesson_days(quarter)
    fights = Incident.objects.filter(
        school__in=at_school,
        category=Category.VIOLENCE,
        created_at__date__gte=quarter.first_day,
        created_at__date__lte=quarter.last_day,
    )
    known = list(fights.order_by("created_at"))
    for number, device in enumerate(some_of(rng, devices, count)):
        finding = FINDINGS[number % len(FINDINGS)]
        if finding == Finding.FIGHT and known:
            fight = known.pop()
            yield Pressed(at_school[fight.school_id], fight.occurred_at or fight.created_at, finding, fight)
        else:
            told = Finding.UNWELL if finding == Finding.FIGHT else finding
            yield Pressed(device, some_moment(rng, days), told)


def _seconds(rng: np.random.Generator, median: float) -> int:
    return round(median * float(rng.lognormal(0, SPREAD)))


class _Rows:
    """Alarms with all that belongs to them, entered all at once."""

    def __init__(self, neighbours: tuple[Neighbour, ...], centres: list[Centre]) -> None:
        self._neighbours, self._centres = neighbours, centres
        self._alarms: list[Alarm] = []
        self._steps: list[AlarmStep] = []
        self._drills: list[Drill] = []

    def alarm(self, district: int, pressed: Pressed, accepted_s: int, arrived_s: int) -> None:
        """An alarm to which a patrol came; from one pressed by mistake it was often called off on its way."""
        called_off = pressed.finding == Finding.MISTAKE and arrived_s % 2 == 1
        seconds = {
            Step.PRESSED: 0,
            Step.ACCEPTED: accepted_s,
            Step.DISPATCHED: accepted_s + DISPATCHED_AFTER_S,
            Step.ARRIVED: None if called_off else arrived_s,
            Step.CLASSIFIED: arrived_s + CLOSED_AFTER_S - 1,
            Step.CLOSED: arrived_s + CLOSED_AFTER_S,
        }
        self._add(district, pressed, seconds).patrol = PATROLS[arrived_s % len(PATROLS)]

    def drill(self, district: int, pressed: Pressed, accepted_s: int, officer: User | None) -> None:
        """A test of a button, drawn by the plan."""
        seconds = {Step.PRESSED: 0, Step.ACCEPTED: accepted_s, Step.CLOSED: accepted_s + DRILL_CLOSED_AFTER_S}
        alarm = self._add(district, pressed, seconds)
        armed = pressed.at - ARMED
        self._drills.append(
            Drill(
                device=pressed.device,
                planned_at=armed,
                told_at=armed,
                armed_at=armed,
                armed_until=armed + WINDOW,
                armed_by=officer,
                alarm=alarm,
                revealed_at=alarm.accepted_at,
            )
        )

    def enter(self) -> None:
        for alarm, key in zip(self._alarms, new_keys("alarm", len(self._alarms)), strict=True):
            alarm.data_key = key
        Alarm.objects.bulk_create(self._alarms)
        AlarmStep.objects.bulk_create(self._steps)
        Press.objects.bulk_create(
            Press(device=alarm.device, client_key=uuid4(), alarm=alarm, received_at=alarm.pressed_at, waited_s=0)
            for alarm in self._alarms
        )
        Drill.objects.bulk_create(self._drills)

    def _add(self, district: int, pressed: Pressed, seconds: Mapping[Step, int | None]) -> Alarm:
        at = {step: pressed.at + timedelta(seconds=number) for step, number in seconds.items() if number is not None}
        operator, device = self._neighbours[district].operator, pressed.device
        alarm = Alarm(
            school=device.school,
            device=device,
            spot=device.spot,
            floor=device.floor,
            anonymous=True,
            state=AlarmState.CLOSED,
            pressed_at=pressed.at,
            delivered_at=pressed.at + timedelta(seconds=1),
            accepted_at=at[Step.ACCEPTED],
            dispatched_at=at.get(Step.DISPATCHED),
            arrived_at=at.get(Step.ARRIVED),
            closed_at=at[Step.CLOSED],
            centre=self._centres[district],
            operator=operator,
            finding=pressed.finding,
            incident=pressed.incident,
        )
        self._alarms.append(alarm)
        self._steps += [
            AlarmStep(alarm=alarm, step=step, at=moment, by=None if step == Step.PRESSED else operator)
            for step, moment in at.items()
        ]
        return alarm
