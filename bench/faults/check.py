"""The clients' ledger beside what the product holds: database, log, screens, push deliveries."""

from collections.abc import Iterable
from dataclasses import dataclass

from bench.figures import repeated
from bench.live.record import ALARM, Record
from bench.programs import say
from caseflow.alarms.models import Alarm, Press
from caseflow.audit.models import AuditEntry
from caseflow.audit.selectors import chain_break
from notifications.enums import DeliveryState
from notifications.models import Alert, Delivery

DONE = (DeliveryState.SENT, DeliveryState.NOT_WANTED)


@dataclass(frozen=True)
class Found:
    lost: int
    shown_twice: int


def compare(record: Record) -> Found:
    """What was acknowledged and is missing, or is there and was never acknowledged; and what came more than once."""
    answered = {press.alarm for press in record.presses}
    alarms = {str(pk) for pk in Alarm.objects.values_list("pk", flat=True)}
    logged = [
        obj.removeprefix("alarm:")
        for obj in AuditEntry.objects.filter(action="alarm.pressed").values_list("obj", flat=True)
    ]
    told = [(user, match[0]) for user, url in _alerts() if (match := ALARM.search(url))]
    lines = {
        "acknowledged and no alarm": len(answered - alarms),
        "alarms nobody was told of": len(alarms - answered),
        "alarms without an entry in the log": len(alarms - set(logged)),
        "entries in the log without an alarm": len(set(logged) - alarms),
        "breaks of the chain of the log": int(chain_break() is not None),
        "told and not on the screen": len(set(told) - set(record.shown)),
        "on the screen and told to nobody": len(set(record.shown) - set(told)),
        "concerned and not told": len(_concerned(record) - set(told)),
        "pushes that were not sent": Delivery.objects.exclude(state__in=DONE).count(),
    }
    twice = {
        "one alert on one screen again": repeated(record.alerts),
        "one alarm on one screen again": sum(len(times) - 1 for times in record.shown.values()),
        "one alarm told twice": repeated(told),
        "one press kept twice": repeated(Press.objects.values_list("device", "client_key")),
        "one press in the log twice": repeated(logged),
    }
    for what, number in {**lines, **twice}.items():
        say(f"  {what}: {number}")
    return Found(sum(lines.values()), sum(twice.values()))


def unfinished(record: Record) -> int:
    """How much is still under way."""
    waiting = Delivery.objects.exclude(state__in=DONE).count()
    return waiting + record.unseen() + AuditEntry.objects.filter(sequence=None).count()


def _alerts() -> Iterable[tuple[int, str]]:
    return Alert.objects.values_list("recipient", "url")


def _concerned(record: Record) -> set[tuple[int, str]]:
    return {(person, press.alarm) for press in record.presses for person in press.concerned}
