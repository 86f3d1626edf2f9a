"""Clocks of the past, by the hundred: what `start_clock` and the sweeps would have made of them, in a few queries."""

from datetime import date, datetime

from django.utils import timezone

from caseflow.clocks.models import Clock, DeadlineRule, Escalation
from caseflow.clocks.rules import Calendar, due_time, warn_time
from caseflow.clocks.selectors import calendar_of, rule_in_force
from caseflow.clocks.selectors.escalation import ladder_of
from caseflow.directory.models import School

PAST_ALL_STEPS = 9  # of any ladder


class PastClocks:
    """Clocks that are entered all at once. Rules and calendars are read once for a day: no school of the demo has
    hours or breaks of its own."""

    def __init__(self) -> None:
        self._clocks: list[Clock] = []
        self._rules: dict[tuple[str, date], DeadlineRule] = {}
        self._calendars: dict[tuple[str, date], Calendar] = {}

    def start(self, code: str, school: School, at: datetime) -> Clock:
        """A clock that began then, not yet entered."""
        day = timezone.localdate(at)
        if (code, day) not in self._rules:
            self._rules[code, day] = rule_in_force(code, day)
        rule = self._rules[code, day]
        if (rule.basis, day) not in self._calendars:
            self._calendars[rule.basis, day] = calendar_of(school, rule.basis, at)
        calendar = self._calendars[rule.basis, day]
        due = due_time(at, rule.amount, rule.unit, rule.basis, calendar)
        warn = warn_time(at, due, rule.amount, rule.unit, rule.basis, calendar)
        clock = Clock(code=code, school=school, rule=rule, started_at=at, warn_at=warn, due_at=due)
        self._clocks.append(clock)
        return clock

    def enter(self, now: datetime) -> None:
        """Enter them. Nobody is alerted of deadlines of the past; that a missed one climbed its ladder stands there as
        proof."""
        for clock in self._clocks:
            if clock.stopped_at or clock.due_at < now:
                clock.warned_at = clock.escalated_at = clock.due_at
                clock.escalation_step = PAST_ALL_STEPS
        Clock.objects.bulk_create(self._clocks)
        missed = [clock for clock in self._clocks if clock.stopped_at is None and clock.due_at < now]
        Escalation.objects.bulk_create(
            Escalation(clock=clock, step=number, at=rise.due_at, told=list(rise.targets))
            for clock in missed
            for number, rise in enumerate(ladder_of(clock), start=1)
            if rise.due_at < now
        )
        self._clocks = []
