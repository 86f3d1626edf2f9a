"""What an operator's console shows."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from caseflow.alarms.enums import AlarmState
from caseflow.alarms.models import Alarm, Centre
from caseflow.alarms.selectors.notices import NoticeView, listed_notices
from caseflow.alarms.selectors.reading import SHOWN
from caseflow.alarms.selectors.scope import centre_of, scoped_alarms
from caseflow.directory.actors import Actor

CLOSED_SHOWN = timedelta(hours=12)  # the longest shift


@dataclass(frozen=True, slots=True)
class Board:
    """The open alarms of the centre, waiting ones first and the oldest of them on top; what was closed lately; and what
    schools sent that is no press."""

    centre: Centre | None
    open: tuple[Alarm, ...]
    closed: tuple[Alarm, ...]
    notices: tuple[NoticeView, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether new alarms can come."""
        return self.centre is not None and self.centre.ended_at is None

    @property
    def waiting(self) -> int:
        return sum(alarm.state == AlarmState.WAITING for alarm in self.open)

    @property
    def undelivered(self) -> tuple[UUID, ...]:
        return tuple(alarm.pk for alarm in self.open if alarm.delivered_at is None)


def board_of(actor: Actor) -> Board:
    """The console of the actor's centre (4 queries for any number of alarms)."""
    alarms = scoped_alarms(actor).select_related(*SHOWN)
    unended = list(alarms.exclude(state=AlarmState.CLOSED))
    unended.sort(key=lambda alarm: (alarm.state != AlarmState.WAITING, alarm.pressed_at))
    since = timezone.now() - CLOSED_SHOWN
    ended = alarms.filter(state=AlarmState.CLOSED, closed_at__gte=since).order_by("-closed_at")[:20]
    return Board(centre_of(actor), tuple(unended), tuple(ended), listed_notices(actor))
