"""Fixed buttons: one that works, one that has fallen silent, one that was never tested; their drills. All invented."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from caseflow.alarms.models import Alarm, AlarmStep, Button, Call, Drill
from caseflow.alarms.services import accept, arm_drill, close, plan_drill, register_button
from caseflow.clocks.models import Clock
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.demo.walls import BEAT, PRESS, Wall, keep_keys
from caseflow.directory.models import Room

MONTH = timedelta(days=30)
# Name, room or spot with its floor, battery, hours since it was heard, days since its drills and how soon those were
# accepted, in seconds.
BUTTONS = (
    ("Вахта", None, "entrance", 1, 88, 0, ((75, 31), (44, 24), (12, 19))),
    ("У раздачи", None, "canteen", 1, 34, 26, ((40, 42),)),
    ("Тренерская", "Спортзал", "", None, 71, 0, ()),
)


def make_buttons(places: Places, people: People, now: datetime, others: Iterable[tuple[Wall, int]] = ()) -> None:
    """The buttons of the demo's school, the drills that were held, and one that comes. Those that work go on reporting
    for as long as the demo runs, and those of other schools with them."""
    reporting = [*others]
    for name, room, spot, floor, battery, hours, drills in BUTTONS:
        where = Room.objects.get(school=places.school, name=room) if room else None
        admin = people.staff["schooladmin"]
        button, key = register_button(admin, name=name, room=where, spot=spot, floor=floor)
        wall = Wall(button.device_id, bytes.fromhex(key))
        for days, seconds in drills:
            _hold(people, wall, now - timedelta(days=days), seconds)
        wall.say(BEAT, battery=battery)
        Button.objects.filter(pk=button.pk).update(heard_at=now - timedelta(hours=hours))
        if not hours:
            reporting.append((wall, battery))
    plan_drill(people.staff["drills"], button.device_id, now + timedelta(days=1))
    transaction.on_commit(lambda: keep_keys(reporting))


def _hold(people: People, wall: Wall, at: datetime, seconds: int) -> None:
    """A drill held then and accepted so many seconds after the press."""
    officer, operator = people.staff["drills"], people.staff["operator"]
    drill = plan_drill(officer, wall.device, timezone.now() + timedelta(minutes=1))
    arm_drill(officer, drill.pk)
    alarm = wall.say(PRESS, press=str(uuid4()))
    if alarm is None:
        return
    accept(operator, alarm.pk)
    close(operator, alarm.pk)
    accepted, closed = at + timedelta(seconds=seconds), at + timedelta(seconds=seconds + 90)
    Alarm.objects.filter(pk=alarm.pk).update(
        pressed_at=at, delivered_at=at + timedelta(seconds=1), accepted_at=accepted, closed_at=closed
    )
    for step, moment in (("pressed", at), ("accepted", accepted), ("closed", closed)):
        AlarmStep.objects.filter(alarm=alarm, step=step).update(at=moment)
    Drill.objects.filter(pk=drill.pk).update(
        planned_at=at, armed_at=at - timedelta(minutes=2), armed_until=at + timedelta(minutes=8), revealed_at=accepted
    )
    called = Call.objects.filter(alarm=alarm).values_list("clock", flat=True)
    sending = Alarm.objects.filter(pk=alarm.pk).values_list("dispatch_clock", flat=True)
    Clock.objects.filter(pk__in=[*called, *sending]).update(
        started_at=at, warn_at=at, due_at=at + timedelta(minutes=2), stopped_at=accepted
    )
    testing = Button.objects.filter(device=wall.device).values("test_clock")
    due = accepted + MONTH
    Clock.objects.filter(pk__in=testing).update(started_at=accepted, warn_at=accepted + MONTH * 0.75, due_at=due)
