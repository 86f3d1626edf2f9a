"""What guardians may read of a safety plan: the lines the pupil agreed to, from one act until another (rule 10)."""

from uuid import UUID

from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import add_system_entry
from caseflow.cases.services.locking import hold_case, log
from caseflow.directory.actors import Actor
from caseflow.directory.models import Membership
from caseflow.directory.selectors import recipients
from caseflow.plans.models import SafetyPlan, SafetyPlanVersion, SharedReading, Sharing
from caseflow.plans.selectors.shared import SharedPlan, shared_plan, shared_text
from caseflow.plans.selectors.versions import readers_of, text_of
from caseflow.plans.services.holding import hold_plan
from notifications.enums import AlertKind
from notifications.services import alert

PORTAL_PAGE = "portal:plan"  # of a higher room; where that is not installed nobody is told


@transaction.atomic
def share_plan(actor: Actor, case_id: UUID) -> Sharing:
    """Let the guardians read the shared lines of the newest version, instead of what they could read before.

    They are told that there is something to read. Raises Case.DoesNotExist, SafetyPlan.DoesNotExist, CaseRefused
    (closed case, nothing signed, no line marked, shared already).
    """
    case, plan = hold_plan(actor, case_id)
    version = plan.versions.first()
    if version is None or not text_of(case, version).is_shared:
        raise CaseRefused(gettext("No signed line is marked for the parents. Mark lines in a new version."))
    if plan.sharings.filter(version=version, ended_at=None).exists():
        raise CaseRefused(gettext("The guardians can read this version already."))
    _end(actor, plan)
    sharing = Sharing.objects.create(plan=plan, version=version, by=actor.user, at=timezone.now())
    _enter(actor, case, "safety_plan_shared", version)
    log(actor, "safety_plan_shared", case, version=version.number)
    _tell(case)
    return sharing


@transaction.atomic
def end_sharing(actor: Actor, case_id: UUID) -> None:
    """Close what guardians could read, at once, in a closed case too.

    Raises Case.DoesNotExist, SafetyPlan.DoesNotExist, CaseRefused (nothing is shared).
    """
    case = hold_case(actor, case_id)
    plan = SafetyPlan.objects.get(case=case)
    version = SafetyPlanVersion.objects.filter(sharings__plan=plan, sharings__ended_at=None).first()
    if version is None:
        raise CaseRefused(gettext("Nothing is shared with the guardians."))
    _end(actor, plan)
    _enter(actor, case, "safety_plan_unshared", version)
    log(actor, "safety_plan_unshared", case, version=version.number)


@transaction.atomic
def open_shared(actor: Actor, pupil_id: UUID) -> SharedPlan | None:
    """What the actor, who stands for the pupil, may read; None where nothing is shared with them.

    Who has read what is kept, for those who work on the case. Raises Pupil.DoesNotExist for anybody else's child.
    """
    found = shared_plan(actor, pupil_id)
    if found is None:
        return None
    now = timezone.now()
    SharedReading.objects.update_or_create(
        sharing=found,
        guardian=actor.membership.guardian,
        defaults={"last_at": now},
        create_defaults={"first_at": now, "last_at": now},
    )
    log(actor, "shared_plan_read", found.plan.case, version=found.version.number)
    return shared_text(found)


def _end(actor: Actor, plan: SafetyPlan) -> None:
    plan.sharings.filter(ended_at=None).update(ended_at=timezone.now(), ended_by=actor.user)


def _enter(actor: Actor, case: Case, code: str, version: SafetyPlanVersion) -> None:
    add_system_entry(
        case,
        kind=EntryKind.CASE,
        code=code,
        params={"number": version.number},
        ref=f"safety:{case.pk}",
        author=actor.user,
    )


def _tell(case: Case) -> None:
    readers = Membership.objects.filter(guardian__in=[guardian.pk for guardian in readers_of(case)])
    url = _portal_page(case.pupil_id)
    if url:
        alert(recipients=recipients(readers), kind=AlertKind.PLAN_SHARED, params={}, url=url)


def _portal_page(pupil_id: UUID) -> str:
    """Where guardians read it, "" where there is no such page."""
    try:
        return reverse(PORTAL_PAGE, args=[pupil_id])
    except NoReverseMatch:
        return ""
