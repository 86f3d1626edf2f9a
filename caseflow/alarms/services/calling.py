from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from caseflow.alarms.enums import AlarmState, Step
from caseflow.alarms.models import Alarm, AlarmStep, Call
from caseflow.alarms.selectors.calling import operators_of, rungs_of_each
from caseflow.clocks.models import Clock
from caseflow.clocks.services import start_clock, start_clocks, stop_clock
from caseflow.directory.enums import Role
from caseflow.directory.selectors import members_of_schools
from notifications.enums import AlertKind
from notifications.services import News, tell

ACKNOWLEDGE, DISPATCH = "panic_acknowledge", "panic_dispatch"
Recipient = tuple[int, int | None]


def call_first(alarms: Sequence[Alarm]) -> None:
    """Show new alarms to the operators of their first centres and to the duty persons of their schools, in the caller's
    transaction. A fixed number of queries for any number of alarms."""
    duty: defaultdict[int | None, list[Recipient]] = defaultdict(list)
    members = members_of_schools({alarm.school_id for alarm in alarms}, [Role.DUTY_PERSON])
    for school, user, right in members.values_list("school", "user", "pk"):
        duty[school].append((user, right))
    to_duty = [_news(alarm, duty[alarm.school_id], reverse("alarms:school-alarm", args=[alarm.pk])) for alarm in alarms]
    tell(_call(alarms, 0) + to_duty)


def call_next(clock_ids: Iterable[UUID]) -> None:
    """Of the calls whose clocks these are: where nobody accepted in time, call the next centre of the ladder.

    Behind the last rung the first is called again. An alarm accepted meanwhile is left alone.
    """
    late = Call.objects.filter(clock__in=list(clock_ids), clock__escalated_at__isnull=False)
    for call in late.select_related("alarm"):
        _call_after(call)


def stop_calling(alarm: Alarm) -> None:
    """Somebody has accepted: the clocks of all calls stop."""
    for clock_id in Call.objects.filter(alarm=alarm).values_list("clock", flat=True):
        stop_clock(clock_id)


@transaction.atomic
def _call_after(call: Call) -> None:
    waiting = Alarm.objects.select_for_update(no_key=True, of=("self",)).select_related("school__district")
    alarm = waiting.filter(pk=call.alarm_id, state=AlarmState.WAITING).first()
    if alarm and not Call.objects.filter(alarm=alarm, rung__gt=call.rung).exists():
        tell(_call([alarm], call.rung + 1))
        AlarmStep.objects.create(alarm=alarm, step=Step.RUNG, at=timezone.now())


def _call(alarms: Sequence[Alarm], rung: int) -> list[News]:
    """Call the centres on this rung; returns what their operators are to be told. Where none answers, the panic page
    tells the presser to phone."""
    ladders, now = rungs_of_each(alarm.school for alarm in alarms), timezone.now()
    called = [(alarm, rungs[rung % len(rungs)]) for alarm in alarms if (rungs := ladders[alarm.school_id])]
    clocks = start_clocks(ACKNOWLEDGE, (alarm.school for alarm, _ in called), now)
    Call.objects.bulk_create(
        Call(alarm=alarm, centre=centre, rung=rung, called_at=now, clock=clock)
        for (alarm, centre), clock in zip(called, clocks, strict=True)
    )
    operators: defaultdict[int | None, list[Recipient]] = defaultdict(list)
    answering = operators_of(*{centre for _, centre in called})
    for agency, user, right in answering.values_list("agency", "user", "pk"):
        operators[agency].append((user, right))
    console = reverse("alarms:console")
    return [_news(alarm, operators[centre.agency_id], f"{console}?alarm={alarm.pk}") for alarm, centre in called]


def _news(alarm: Alarm, told: list[Recipient], url: str) -> News:
    return News(told, AlertKind.ALARM, {"school": alarm.school.names}, url)


def start_dispatch_clock(alarm: Alarm) -> Clock:
    """The two minutes in which a patrol is to be sent."""
    return start_clock(DISPATCH, alarm.school)
