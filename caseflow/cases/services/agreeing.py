"""Closing a case that was at high risk takes two: somebody asks, a lead psychologist agrees or returns it."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from guardian.shortcuts import assign_perm

from caseflow.cases.enums import ClosingState, EntryKind
from caseflow.cases.models import Case, ClosingRequest
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.people import recipients_in_role
from caseflow.cases.selectors.standing import open_request, possible_deciders, was_grave
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.closing import refuse_while_obstructed, shut
from caseflow.cases.services.locking import hold_open_case, log, said_why
from caseflow.clocks.services import start_clock, stop_clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.records.vault import seal, unseal, where
from notifications.services import alert

CLOCK = "closing_decision"


@transaction.atomic
def ask_to_close(actor: Actor, case_id: UUID, *, membership_id: int, reason: str) -> ClosingRequest:
    """Ask a lead psychologist to agree that the case is closed. They are let into the case and told.

    Raises Case.DoesNotExist, CaseRefused (no reason, closed or obstructed case, asked already, no need to ask,
    somebody who may not be asked).
    """
    case = hold_open_case(actor, case_id)
    why = said_why(reason)
    refuse_while_obstructed(actor, case)
    if not was_grave(case):
        raise CaseRefused(gettext("Nobody has to agree to the closing of this case: close it."))
    if open_request(case) is not None:
        raise CaseRefused(gettext("A lead psychologist has been asked already."))
    lead = possible_deciders(case, actor.user.pk).filter(pk=membership_id).first()
    if lead is None:
        raise CaseRefused(gettext("This person cannot be asked."))
    now = timezone.now()
    clock = start_clock(CLOCK, case.school, now)
    asked = ClosingRequest(case=case, asked_by=actor.user, asked_at=now, owner=lead.user, clock=clock)
    asked.reason_sealed = seal(case.data_key, why, where("cases.ClosingRequest", asked.pk, "reason"))
    asked.save(force_insert=True)
    assign_perm("cases.work_on_case", lead.user, case)
    _enter(actor, asked, "closing_asked", why, name=lead.user.short_name)
    log(actor, "case_closing_asked", case, lead=lead.user_id)
    alert(
        recipients=[(lead.user_id, lead.pk)],
        kind="closing_asked",
        params={"number": case.number, "due": clock.due_at.isoformat(), "school": case.school.names},
        url=reverse("cases:close", args=[case.pk]),
    )
    return asked


@transaction.atomic
def agree_to_close(actor: Actor, case_id: UUID, *, text: str) -> Case:
    """Agree, and the case is closed for the reason that was given when it was asked.

    Raises Case.DoesNotExist (outside the scope, no lead psychologist), CaseRefused (nothing was asked, asked by the
    same person, nothing said, something stands in the way by now).
    """
    case, asked = _asked_of(actor, case_id)
    if asked.asked_by_id == actor.user.pk:
        raise CaseRefused(gettext("Another person has to agree than the one who asked."))
    words = said_why(text)
    refuse_while_obstructed(actor, case)
    _decide(actor, asked, ClosingState.APPROVED, words)
    _enter(actor, asked, "closing_agreed", words)
    log(actor, "case_closing_agreed", case)
    _tell(asked)
    return shut(actor, case, unseal(case.data_key, bytes(asked.reason_sealed), _place(asked, "reason")))


@transaction.atomic
def return_closing(actor: Actor, case_id: UUID, *, text: str) -> ClosingRequest:
    """Say what is to be done before the case may be closed; the work goes on.

    Raises Case.DoesNotExist (outside the scope, no lead psychologist), CaseRefused (nothing was asked, nothing said).
    """
    case, asked = _asked_of(actor, case_id)
    words = said_why(text)
    _decide(actor, asked, ClosingState.RETURNED, words)
    _enter(actor, asked, "closing_returned", words)
    log(actor, "case_closing_returned", case)
    _tell(asked)
    return asked


@transaction.atomic
def take_back_closing(actor: Actor, case_id: UUID) -> ClosingRequest:
    """Take the wish to close back; the work goes on. Raises Case.DoesNotExist, CaseRefused (nothing was asked)."""
    case = hold_open_case(actor, case_id)
    asked = _waiting(case)
    _decide(actor, asked, ClosingState.TAKEN_BACK, "")
    _enter(actor, asked, "closing_taken_back", "")
    log(actor, "case_closing_taken_back", case)
    return asked


def _asked_of(actor: Actor, case_id: UUID) -> tuple[Case, ClosingRequest]:
    if actor.role != Role.LEAD_PSYCHOLOGIST:
        raise Case.DoesNotExist
    case = hold_open_case(actor, case_id)
    return case, _waiting(case)


def _waiting(case: Case) -> ClosingRequest:
    asked = open_request(case)
    if asked is None:
        raise CaseRefused(gettext("Nobody asks for this case to be closed, or it has been decided already."))
    asked.case = case
    return asked


def _decide(actor: Actor, asked: ClosingRequest, state: ClosingState, words: str) -> None:
    asked.state, asked.decided_by, asked.decided_at = state, actor.user, timezone.now()
    asked.answer_sealed = seal(asked.case.data_key, words, _place(asked, "answer"))
    asked.save(update_fields=["state", "decided_by", "decided_at", "answer_sealed"])
    stop_clock(asked.clock_id, asked.decided_at)


def _place(asked: ClosingRequest, field: str) -> str:
    return where("cases.ClosingRequest", asked.pk, field)


def _enter(actor: Actor, asked: ClosingRequest, code: str, text: str, **params: str) -> None:
    write_entry(asked.case, kind=EntryKind.CASE, code=code, author=actor.user, text=text, params=params)


def _tell(asked: ClosingRequest) -> None:
    """Tell whoever asked, in whichever role they may open the case."""
    case = asked.case
    roles = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)
    found = [one for role in roles for one in recipients_in_role(case, asked.asked_by_id, role)]
    alert(
        recipients=found[:1],
        kind="closing_decided",
        params={"number": case.number},
        url=reverse("cases:detail", args=[case.pk]),
    )
