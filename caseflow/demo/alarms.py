"""A police centre, the school's code for pupils' phones, and alarms of the past days. All invented."""

from datetime import datetime, timedelta
from uuid import uuid4

from caseflow.alarms.models import Alarm, AlarmStep, Call, Centre
from caseflow.alarms.services import accept, arrive, classify, close, dispatch, enrol_own_phone, press, renew_code
from caseflow.alarms.services.raising import Pressed
from caseflow.clocks.models import Clock
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.directory.models import Room

ROOMS = ("101", "102", "112", "211", "212", "213", "301", "312", "Спортзал")
# Days ago, spot, floor, what it was, seconds until accepted, sent, arrived, closed.
PAST = (
    (3, "corridor", 2, "fight", (18, 75, 380, 1500)),
    (9, "gym", 1, "unwell", (26, 96, 520, 1900)),
    (16, "yard", None, "mistake", (12, 60, 260, 420)),
)


def make_alarms(places: Places, people: People, now: datetime) -> None:
    """Everything an operator's console and a panic page need, with a few alarms that are over."""
    Centre.objects.create(agency=places.police, arrival_minutes=7)
    Room.objects.bulk_create(Room(school=places.school, name=name) for name in ROOMS)
    renew_code(people.staff["schooladmin"], end_phones=False)
    for past in PAST:
        _make_past(people, now, *past)


def _make_past(
    people: People, now: datetime, days: int, spot: str, floor: int | None, finding: str, seconds: tuple[int, ...]
) -> None:
    device, _key = enrol_own_phone(people.staff["teacher"])
    alarm = press(device, Pressed(client_key=uuid4(), spot=spot, floor=floor))
    operator = people.staff["operator"]
    accept(operator, alarm.pk)
    dispatch(operator, alarm.pk, "12")
    arrive(operator, alarm.pk)
    classify(operator, alarm.pk, finding)
    close(operator, alarm.pk)
    _move_back(alarm, now - timedelta(days=days), seconds)
    device.ended_at = now
    device.save(update_fields=["ended_at"])


def _move_back(alarm: Alarm, pressed_at: datetime, seconds: tuple[int, ...]) -> None:
    """Let the alarm have been pressed then, with its steps so many seconds after."""
    accepted, sent, arrived, closed = (pressed_at + timedelta(seconds=number) for number in seconds)
    Alarm.objects.filter(pk=alarm.pk).update(
        pressed_at=pressed_at,
        delivered_at=pressed_at + timedelta(seconds=1),
        accepted_at=accepted,
        dispatched_at=sent,
        arrived_at=arrived,
        closed_at=closed,
    )
    ago = {"pressed": pressed_at, "accepted": accepted, "dispatched": sent, "arrived": arrived, "closed": closed}
    for step in AlarmStep.objects.filter(alarm=alarm):
        AlarmStep.objects.filter(pk=step.pk).update(at=ago.get(step.step, arrived))
    called = Call.objects.filter(alarm=alarm).values_list("clock", flat=True)
    sending = Alarm.objects.filter(pk=alarm.pk).values_list("dispatch_clock", flat=True)
    Clock.objects.filter(pk__in=[*called, *sending]).update(
        started_at=pressed_at, warn_at=pressed_at, due_at=pressed_at + timedelta(minutes=2), stopped_at=accepted
    )
