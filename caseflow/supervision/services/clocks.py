"""Who is told when the day of an agreement nears or has passed."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from caseflow.clocks.services import tell_of_deadline
from caseflow.clocks.watchers import Said, Told
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.directory.selectors import leads_over_school
from caseflow.supervision.models import Agreement
from caseflow.supervision.rules import CLOCK
from caseflow.supervision.selectors.notes import unfinished_agreements
from notifications.enums import AlertKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from caseflow.directory.models import School
    from notifications.texts import Params


@transaction.atomic
def tell_of_agreements(clock_ids: list[UUID]) -> None:
    """Remind whoever does it; of a missed one both are told. The psychologist only of what they may read."""
    for agreement in _shown(clock_ids):
        missed = agreement.clock.escalated_at is not None
        params: Params = {"clock": CLOCK, "due": agreement.due_at.isoformat()}
        tell_of_deadline(
            agreement.clock,
            _whom(agreement, missed=missed),
            kind="deadline_missed" if missed else "deadline_near",
            params=params,
            url=reverse("supervision:note", args=[agreement.note_id]),
        )


def targets_of_agreement(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """Of a missed agreement the two of the note, and nobody above them: nobody else reads it."""
    if "owner" not in targets:
        return []
    return [
        Told("owner", user, right, reverse("supervision:note", args=[agreement.note_id]), _said(agreement))
        for agreement in _shown([clock_id])
        for user, right in _whom(agreement, missed=True)
    ]


def _shown(clock_ids: list[UUID]) -> "QuerySet[Agreement]":
    return unfinished_agreements(clock_ids).select_related(
        "note__sharing", "note__supervision__member__school__district"
    )


def _said(agreement: Agreement) -> Said:
    """It says when, not at which school."""
    return Said(AlertKind.DEADLINE_MISSED, {"clock": CLOCK, "due": agreement.due_at.isoformat()})


def _whom(agreement: Agreement, *, missed: bool) -> list[tuple[int, int | None]]:
    supervision = agreement.note.supervision
    member = supervision.member
    lead = [(right.user_id, right.pk) for right in _rights_of_lead(supervision.lead_id, member)]
    shared = hasattr(agreement.note, "sharing")
    other: list[tuple[int, int | None]] = [(member.user_id, member.pk)] if shared else []
    if missed or not shared:
        return [*lead, *other]
    return [*lead] if agreement.by_lead else other


def _rights_of_lead(user_id: int, member: Membership) -> list[Membership]:
    """The right by which the lead still leads there; none once it has ended."""
    school = cast("School", member.school)  # a psychologist's right is of a school
    return list(leads_over_school(school).filter(user=user_id, role=Role.LEAD_PSYCHOLOGIST)[:1])
