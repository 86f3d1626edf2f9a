from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from guardian.shortcuts import assign_perm

from caseflow.cases.enums import EntryKind
from caseflow.cases.models import BreakGlass, Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.people import assignable_members, protection_officers
from caseflow.cases.selectors.scope import cases_in_unit, scoped_cases
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import hold_case, lock_case, log, log_by, refuse_unless_open
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.records.vault import seal, where
from notifications.services import alert

if TYPE_CHECKING:
    from caseflow.accounts.models import User

GLASS_TERM = timedelta(hours=24)


@transaction.atomic
def assign_case(actor: Actor, case_id: UUID, user_id: int, *, role: Role | None = None) -> Case:
    """Make a psychologist of the school the case's owner, or let a lead psychologist in; they are told.

    `role` says as what, for somebody who has both roles; otherwise it is the one they have.
    Raises Case.DoesNotExist, CaseRefused (closed case, somebody who may not have it).
    """
    case = hold_case(actor, case_id)  # also of a pupil who has died: somebody answers for what was written
    refuse_unless_open(case)
    asked = {"role": role} if role else {}
    right = assignable_members(case).filter(user=user_id, **asked).first()
    if right is None:
        raise CaseRefused(gettext("The case cannot be given to this person."))
    if right.role == Role.PSYCHOLOGIST:
        hand_over(case, right, by=actor.user, role=actor.role)
    else:
        let_in(case, right, by=actor.user, role=actor.role)
    alert(
        recipients=[(right.user_id, right.pk)],
        kind="case_assigned",
        params={"number": case.number, "school": case.school.names},
        url=reverse("cases:detail", args=[case.pk]),
    )
    return case


def let_in(case: Case, right: Membership, *, by: "User", role: str) -> None:
    """Let a lead psychologist into a locked case, inside the caller's transaction. The caller tells them."""
    assign_perm("cases.work_on_case", right.user, case)
    _enter_assignment(case, right, "lead_joined", by=by, role=role)


def hand_over(case: Case, right: Membership, *, by: "User", role: str, reason: str = "") -> None:
    """Make somebody the owner of a locked case, with the reason in its chronology, inside the caller's transaction.

    A lead psychologist who stands in is let in as well. Who may have it is asked by the caller, who tells them too.
    """
    case.owner, case.owned_since = right.user, timezone.now()
    case.save(update_fields=["owner", "owned_since"])
    if right.role == Role.LEAD_PSYCHOLOGIST:
        assign_perm("cases.work_on_case", right.user, case)
    _enter_assignment(case, right, "owner_changed", by=by, role=role, reason=reason)


@transaction.atomic
def break_glass(actor: Actor, *, school_id: int, number: int, reason: str) -> BreakGlass:
    """Open one case of the actor's unit for 24 hours without an assignment (rule 24).

    The reason is sealed with the case, the chronology shows who did it, the data protection officers are told.
    Raises Case.DoesNotExist outside the unit, CaseRefused (no reason, no lead psychologist, access already).
    """
    if actor.role != Role.LEAD_PSYCHOLOGIST:
        raise Case.DoesNotExist
    case = lock_case(cases_in_unit(actor).get(school=school_id, number=number).pk)
    if not reason.strip():
        raise CaseRefused(gettext("Say why you need this case now."))
    if scoped_cases(actor).filter(pk=case.pk).exists():
        raise CaseRefused(gettext("You have access to this case already."))
    now = timezone.now()
    glass = BreakGlass(case=case, user=actor.user, at=now, ends_at=now + GLASS_TERM)
    glass.reason_sealed = seal(case.data_key, reason.strip(), where("cases.BreakGlass", glass.pk, "reason"))
    glass.save(force_insert=True)
    write_entry(
        case,
        kind=EntryKind.CASE,
        code="glass_broken",
        author=actor.user,
        text=reason.strip(),
        params={"name": actor.user.short_name},
        event_at=now,
    )
    log(actor, "break_glass", case, until=glass.ends_at.isoformat())
    alert(
        recipients=protection_officers(case),
        kind="break_glass",
        params={"school": case.school.names},
        url=reverse("directory:access-log"),
    )
    return glass


def _enter_assignment(case: Case, right: Membership, code: str, *, by: "User", role: str, reason: str = "") -> None:
    write_entry(
        case,
        kind=EntryKind.CASE,
        code=code,
        author=by,
        text=reason,
        params={"name": right.user.short_name},
    )
    log_by(by, role, "case_assigned", case, user=right.user_id, role=right.role)
