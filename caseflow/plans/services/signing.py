"""A safety plan is read aloud with the pupil and signed: from then on the text is what it is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.models import Case, Task
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.people import possible_task_owners
from caseflow.cases.services import add_system_entry, add_task, complete_task
from caseflow.cases.services.locking import hold_open_case, log
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.plans.enums import Signer, Way
from caseflow.plans.models import SafetyPlan, SafetyPlanVersion, Signature
from caseflow.plans.paper import lacks
from caseflow.plans.rules import LONGEST_NAME, Mark, PlanText, is_ink, read_ink
from caseflow.plans.selectors.versions import content_place, readers_of, text_of, text_place
from caseflow.plans.services.holding import hold_draft
from caseflow.records.vault import seal

REVIEWED_AT = time(12)
LATEST_REVIEW = timedelta(days=366)
LOOK_AGAIN, LOOKED_AT = "plan_look_again", "plan_looked_at"
MOST_GUARDIANS = 2  # what the printed page has room for


@dataclass(frozen=True, slots=True)
class Given:
    """What is sent when a plan is signed. `read_aloud`: the psychologist says that it was read aloud with the pupil."""

    read_aloud: bool
    pupil: Mark
    psychologist: Mark
    review_on: date


@transaction.atomic
def sign_plan(actor: Actor, case_id: UUID, given: Given, *, seen_sha256: str) -> SafetyPlanVersion:
    """Make the draft that had that digest the next version, signed by the pupil and the actor.

    The task to look at it again is given to whoever leads the case; the one of the version before is done with it.

    Raises Case.DoesNotExist, CaseRefused (closed case, no draft, changed meanwhile, not read aloud, no means
    restriction, longer than a page, no signature, a day that has passed).
    """
    case, plan, text = hold_draft(actor, case_id, seen_sha256)
    _refuse_unready(text, given)
    now, last = timezone.now(), plan.versions.first()
    number = last.number + 1 if last else 1
    if last:
        _finish_review(actor, last.review_id, number)
    version = SafetyPlanVersion(
        plan=plan,
        number=number,
        text_sha256=text.sha256,
        shared_sha256=text.shared.sha256,
        read_aloud_by=actor.user,
        read_aloud_at=now,
        signed_at=now,
        review=_give_review(actor, case, number, given.review_on),
    )
    version.text_sealed = seal(case.data_key, text.written(), text_place(version))
    version.save(force_insert=True)
    _sign(actor, case, Signature(version=version, signer=Signer.PUPIL, sha256=text.sha256, at=now), given.pupil)
    own = Signature(version=version, signer=Signer.PSYCHOLOGIST, user=actor.user, sha256=text.sha256, at=now)
    _sign(actor, case, own, given.psychologist)
    SafetyPlan.objects.filter(pk=plan.pk).update(draft_sealed=b"", draft_by=None, draft_saved_at=None)
    _enter(actor, case, "safety_plan_signed", number)
    log(actor, "safety_plan_signed", case, version=number, sha256=text.sha256)
    return version


@transaction.atomic
def countersign(actor: Actor, case_id: UUID, *, guardian_id: UUID, mark: Mark, seen_sha256: str) -> Signature:
    """Have a guardian sign what is shared of the newest version: the digest is that of the shared lines.

    Raises Case.DoesNotExist, SafetyPlanVersion.DoesNotExist (nothing signed), CaseRefused (closed case, nothing shared
    in it, another version meanwhile, somebody who may not, signed already, no signature).
    """
    case = hold_open_case(actor, case_id)
    version = SafetyPlanVersion.objects.filter(plan__case=case).latest("number")
    if version.shared_sha256 != seen_sha256:
        raise CaseRefused(gettext("Somebody has changed the text meanwhile. Open it anew; nothing was saved."))
    if not text_of(case, version).is_shared:
        raise CaseRefused(gettext("No signed line is marked for the parents. Mark lines in a new version."))
    guardian = next((one for one in readers_of(case) if one.pk == guardian_id), None)
    if guardian is None:
        raise CaseRefused(gettext("This person cannot sign for the pupil."))
    signed = version.signatures.filter(signer=Signer.GUARDIAN)
    if signed.filter(guardian=guardian).exists() or signed.count() >= MOST_GUARDIANS:
        raise CaseRefused(gettext("This has been signed already."))
    now = timezone.now()
    signature = Signature(version=version, signer=Signer.GUARDIAN, guardian=guardian, sha256=seen_sha256, at=now)
    _sign(actor, case, signature, mark)
    _enter(actor, case, "safety_plan_countersigned", version.number)
    log(actor, "safety_plan_countersigned", case, version=version.number, guardian=str(guardian.pk))
    return signature


def _refuse_unready(text: PlanText, given: Given) -> None:
    missing = lacks(text)
    if missing:
        raise CaseRefused(" ".join(missing))
    if not given.read_aloud:
        raise CaseRefused(gettext("Read the plan aloud with the pupil first."))
    if given.review_on <= timezone.localdate():
        raise CaseRefused(gettext("This day has passed. Choose a later one."))
    if given.review_on > timezone.localdate() + LATEST_REVIEW:
        raise CaseRefused(gettext("Choose a day within a year, on which the plan is looked at again."))


def _sign(actor: Actor, case: Case, signature: Signature, mark: Mark) -> None:
    """Keep how somebody signed; a typed name stands with the actor as its witness. Raises CaseRefused."""
    content = mark.content.strip()
    if not _is_signature(mark.way, content):
        raise CaseRefused(gettext("A signature is missing: %(who)s.") % {"who": Signer(signature.signer).label})
    signature.way = mark.way
    signature.witness = actor.user if mark.way == Way.TYPED else None
    signature.content_sealed = seal(case.data_key, content, content_place(signature))
    signature.save(force_insert=True)


def _is_signature(way: Way, content: str) -> bool:
    if way == Way.TYPED:
        return 0 < len(content) <= LONGEST_NAME
    try:
        return is_ink(read_ink(content))
    except ValueError:
        return False


def _give_review(actor: Actor, case: Case, number: int, day: date) -> Task:
    """The task to look again: for whoever leads the case, or the actor where that right has ended."""
    owners = possible_task_owners(case)
    leading = owners.filter(user=case.owner_id, role=Role.PSYCHOLOGIST).first()
    return add_task(
        actor,
        case.pk,
        title={"code": LOOK_AGAIN, "number": number},
        membership_id=leading.pk if leading else actor.membership.pk,
        due_at=timezone.make_aware(datetime.combine(day, REVIEWED_AT)),
    )


def _finish_review(actor: Actor, task_id: UUID, number: int) -> None:
    if Task.objects.filter(pk=task_id, done_at=None).exists():
        complete_task(actor, task_id, outcome={"code": LOOKED_AT, "number": number})


def _enter(actor: Actor, case: Case, code: str, number: int) -> None:
    add_system_entry(
        case,
        kind=EntryKind.CASE,
        code=code,
        params={"number": number},
        ref=f"safety:{case.pk}",
        author=actor.user,
    )
