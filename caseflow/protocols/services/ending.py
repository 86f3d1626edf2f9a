"""A flow ends by two people: one asks, another confirms or sends it back (fact 4)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.selectors.people import recipients_in_role
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import lock_case, log
from caseflow.directory.actors import Actor
from caseflow.protocols.models import Flow
from caseflow.protocols.rules import FlowRefused, may_end
from caseflow.protocols.selectors.flows import scoped_flows, states_of
from caseflow.protocols.selectors.seconds import possible_seconds
from caseflow.protocols.services.telling import name_second, page_of_flow, said_of
from caseflow.records.vault import seal, where
from notifications.services import alert


@transaction.atomic
def ask_to_end(actor: Actor, flow_id: UUID, *, reason: str) -> Flow:
    """Say why the flow can end; the second person is told and confirms.

    Raises Flow.DoesNotExist, FlowRefused (ended, asked already, unsettled steps, no reason).
    """
    flow = _hold(actor, flow_id)
    if flow.end_asked_by_id is not None:
        raise FlowRefused(gettext("The end of this flow waits to be confirmed already."))
    if not may_end(states_of(flow)):
        raise FlowRefused(gettext("Settle all steps first."))
    why = _said(reason)
    flow.end_asked_by, flow.end_asked_at = actor.user, timezone.now()
    flow.end_reason_sealed = seal(flow.case.data_key, why, where("protocols.Flow", flow.pk, "end_reason"))
    flow.save(update_fields=["end_asked_by", "end_asked_at", "end_reason_sealed"])
    _enter(actor, flow, "flow_end_asked", why)
    log(actor, "flow_end_asked", flow.case, flow=str(flow.pk))
    _tell_second(actor, flow)
    return flow


@transaction.atomic
def confirm_end(actor: Actor, flow_id: UUID, *, words: str) -> Flow:
    """Confirm the end, in words. Raises Flow.DoesNotExist, FlowRefused (nothing asked, asked by the same, no words)."""
    flow = _asked(actor, flow_id)
    if flow.end_asked_by_id == actor.user.pk:
        raise FlowRefused(gettext("Another person confirms than the one who asked."))
    said = _said(words)
    flow.ended_by, flow.ended_at = actor.user, timezone.now()
    flow.save(update_fields=["ended_by", "ended_at"])
    _enter(actor, flow, "flow_ended", said)
    log(actor, "flow_ended", flow.case, flow=str(flow.pk))
    return flow


@transaction.atomic
def send_back(actor: Actor, flow_id: UUID, *, words: str) -> Flow:
    """Say why the flow goes on. Raises Flow.DoesNotExist, FlowRefused (nothing asked, no words)."""
    flow = _asked(actor, flow_id)
    said = _said(words)
    flow.end_asked_by, flow.end_asked_at, flow.end_reason_sealed = None, None, b""
    flow.save(update_fields=["end_asked_by", "end_asked_at", "end_reason_sealed"])
    _enter(actor, flow, "flow_sent_back", said)
    log(actor, "flow_sent_back", flow.case, flow=str(flow.pk))
    return flow


@transaction.atomic
def change_second(actor: Actor, flow_id: UUID, *, membership_id: int, reason: str) -> Flow:
    """Name another second person, for a reason; what the former one had to do is theirs.

    Raises Flow.DoesNotExist, FlowRefused (ended, no reason, somebody who cannot be it).
    """
    flow = _hold(actor, flow_id)
    why = _said(reason)
    second = possible_seconds(flow.case).filter(pk=membership_id).exclude(user=flow.started_by_id).first()
    if second is None or second.user_id == flow.second_id:
        raise FlowRefused(gettext("This person cannot be the second one here."))
    flow.second, flow.second_role = second.user, second.role
    flow.save(update_fields=["second", "second_role"])
    _enter(actor, flow, "flow_second_changed", why)
    log(actor, "flow_second_changed", flow.case, flow=str(flow.pk), second=second.user_id)
    name_second(flow, second)
    return flow


def _hold(actor: Actor, flow_id: UUID) -> Flow:
    flow = scoped_flows(actor).get(pk=flow_id)
    case = lock_case(flow.case_id)
    flow.refresh_from_db()
    flow.case = case
    if not flow.is_running:
        raise FlowRefused(gettext("This flow has ended."))
    return flow


def _asked(actor: Actor, flow_id: UUID) -> Flow:
    flow = _hold(actor, flow_id)
    if flow.end_asked_by_id is None:
        raise FlowRefused(gettext("Nobody asks for the end of this flow."))
    return flow


def _said(words: str) -> str:
    if not words.strip():
        raise FlowRefused(gettext("Say why."))
    return words.strip()


def _enter(actor: Actor, flow: Flow, code: str, text: str) -> None:
    write_entry(flow.case, kind=EntryKind.TASK, code=code, author=actor.user, text=text, ref=f"flow:{flow.pk}")


def _tell_second(actor: Actor, flow: Flow) -> None:
    if flow.second_id is not None and flow.second_id != actor.user.pk:
        alert(
            recipients=recipients_in_role(flow.case, flow.second_id, flow.second_role),
            kind="flow_end_asked",
            params=said_of(flow),
            url=page_of_flow(flow),
        )
