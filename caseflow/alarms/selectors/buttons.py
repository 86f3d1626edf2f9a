"""The register of fixed buttons: how well each is, and when it was last tested."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from caseflow.alarms.enums import ButtonState
from caseflow.alarms.models import Button, Drill
from caseflow.alarms.rules.buttons import SKEW_SHOWN, state_of, urgency
from caseflow.clocks.enums import Unit
from caseflow.clocks.rules import STEP, ClockReading
from caseflow.clocks.selectors import reading, rule_in_force
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role

HEARTBEAT, SILENT_AFTER = "button_heartbeat", "button_silent"
FIRST_HEARD_WITHIN = timedelta(days=1)  # time to hang it up, before it counts as silent
READERS = (Role.SCHOOL_ADMIN, Role.DUTY_PERSON, Role.PRINCIPAL, Role.DRILL_OFFICER)


@dataclass(frozen=True, slots=True)
class ButtonRow:
    """A line of the register. `skew` is None while the button's clock is about right, or unknown."""

    button: Button
    state: ButtonState
    skew: timedelta | None
    tested_at: datetime | None
    days_since_test: int | None
    test: ClockReading

    @property
    def skew_ahead(self) -> bool:
        return self.skew is not None and self.skew > timedelta(0)

    @property
    def skew_length(self) -> float:
        """In seconds, without a sign."""
        return abs(self.skew).total_seconds() if self.skew else 0.0


def term(code: str) -> timedelta:
    """A term of wall time in force today. Raises UnknownDeadlineError."""
    rule = rule_in_force(code, timezone.localdate())
    return rule.amount * STEP[Unit(rule.unit)]


def silent_after() -> timedelta:
    """How long a button may say nothing."""
    return term(SILENT_AFTER)


def scoped_buttons(actor: Actor) -> QuerySet[Button]:
    """The buttons in force at the schools the actor reaches, each with `tested_at`: when its last drill was accepted.

    Before that nothing says that there was one (rule 20).
    """
    buttons = Button.objects.filter(device__ended_at=None, device__school__in=actor.schools())
    held = Drill.objects.filter(device=OuterRef("device"), revealed_at__isnull=False).order_by("-revealed_at")
    tested = buttons.annotate(tested_at=Subquery(held.values("revealed_at")[:1]))
    return tested.select_related("data_key", "device__room", "device__school__district", "test_clock__missed_number")


def button_of(actor: Actor, device_id: UUID) -> Button:
    """One button in the scope. Raises Button.DoesNotExist."""
    return scoped_buttons(actor).get(device=device_id)


def register_of(actor: Actor, now: datetime | None = None) -> list[ButtonRow]:
    """The register, the worst first (2 queries for any number of buttons)."""
    moment, silence = now or timezone.now(), silent_after()
    rows = [_row(button, moment, silence) for button in scoped_buttons(actor)]
    return sorted(rows, key=lambda row: urgency(row.state, row.tested_at))


def _row(button: Button, now: datetime, silence: timedelta) -> ButtonRow:
    skew = timedelta(seconds=button.skew_s) if button.skew_s is not None else None
    tested_at = getattr(button, "tested_at", None)
    return ButtonRow(
        button=button,
        state=state_of(heard_at=button.heard_at, battery=button.battery, skew=skew, now=now, silent_after=silence),
        skew=skew if skew is not None and abs(skew) >= SKEW_SHOWN else None,
        tested_at=tested_at,
        days_since_test=(timezone.localdate(now) - timezone.localdate(tested_at)).days if tested_at else None,
        test=reading(button.test_clock, now),
    )
