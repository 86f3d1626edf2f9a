from dataclasses import dataclass
from datetime import datetime

from caseflow.alarms.enums import AlarmState, Step, Voice, Word
from caseflow.alarms.models import Alarm, AlarmMessage
from caseflow.alarms.rules import next_step
from caseflow.clocks.rules import ClockReading
from caseflow.clocks.selectors import reading
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.records.vault import unseal, where

SHOWN = (
    "school__district",
    "room",
    "device__user",
    "operator",
    "centre__agency",
    "dispatch_clock",
    "data_key",
    "drill",
)


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the chat. `text` is what was typed, or what a button says."""

    voice: Voice
    text: str
    at: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class AlarmView:
    """An alarm as its operator or the school's duty person sees it."""

    alarm: Alarm
    steps: tuple[tuple[Step, datetime | None], ...]
    messages: tuple[Said, ...]
    presser: str
    next: Step | None
    is_mine: bool
    dispatch: ClockReading


def view_of(actor: Actor, alarm: Alarm) -> AlarmView:
    """Everything about an alarm that the actor may see (alarm with SHOWN; 2 queries)."""
    mine = alarm.operator_id == actor.user.pk
    return AlarmView(
        alarm=alarm,
        steps=_steps(alarm),
        messages=tuple(_said(alarm, message, actor) for message in alarm.messages.all()),
        presser=presser_of(actor, alarm),
        next=_next(alarm) if actor.role == Role.POLICE_OPERATOR and (mine or _is_free(alarm)) else None,
        is_mine=mine,
        dispatch=reading(alarm.dispatch_clock),
    )


def presser_of(actor: Actor, alarm: Alarm) -> str:
    """Who pressed, by name: for the operator who holds the alarm, where the presser wanted it known; else empty."""
    user = alarm.device.user
    if actor.role != Role.POLICE_OPERATOR or alarm.operator_id != actor.user.pk or alarm.anonymous or user is None:
        return ""
    return user.short_name


def _next(alarm: Alarm) -> Step | None:
    """The operator's next step; no patrol goes to a drill."""
    return Step.CLOSED if alarm.is_drill and alarm.state != AlarmState.CLOSED else next_step(alarm.state)


def _is_free(alarm: Alarm) -> bool:
    return alarm.state == AlarmState.WAITING


def _steps(alarm: Alarm) -> tuple[tuple[Step, datetime | None], ...]:
    return (
        (Step.PRESSED, alarm.pressed_at),
        (Step.DELIVERED, alarm.delivered_at),
        (Step.ACCEPTED, alarm.accepted_at),
        (Step.DISPATCHED, alarm.dispatched_at),
        (Step.ARRIVED, alarm.arrived_at),
        (Step.CLOSED, alarm.closed_at),
    )


def _said(alarm: Alarm, message: AlarmMessage, actor: Actor) -> Said:
    typed = unseal(alarm.data_key, message.text_sealed, where("alarms.AlarmMessage", message.pk, "text"))
    text = typed or str(Word(message.word).label)
    return Said(Voice(message.voice), text, message.at, own=message.by_id == actor.user.pk)
