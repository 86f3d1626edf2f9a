"""Safety plans in clear: the draft, what was signed and by whom, who may see and has seen what is shared."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from caseflow.cases.meanwhile import Saved
from caseflow.cases.models import Case
from caseflow.clocks.selectors import rule_in_force
from caseflow.consent.selectors import excluded_guardians, guardians_in_force
from caseflow.directory.models import Guardian
from caseflow.plans.enums import Signer, Way
from caseflow.plans.models import SafetyPlan, SafetyPlanVersion, SharedReading, Sharing, Signature
from caseflow.plans.rules import PlanText, path_of, read_ink, read_out, read_text
from caseflow.records.vault import unseal, where

REVIEW = "safety_plan_review"


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature in clear: `path` of what was drawn, or the `typed` name."""

    signature: Signature
    path: str
    typed: str
    who: str


@dataclass(frozen=True, slots=True)
class Version:
    """A signed version with its text and signatures in clear."""

    version: SafetyPlanVersion
    text: PlanText
    signed: list[Signed]


@dataclass(frozen=True, slots=True)
class Safety:
    """The safety plan of a case. `draft` is None while nothing is being written; `newest` until something is signed.

    `sharing` is what guardians may read now, with those who have; `may_read` names who could.
    """

    plan: SafetyPlan | None
    draft: PlanText | None
    newest: Version | None
    numbers: list[SafetyPlanVersion]
    sharing: Sharing | None
    readings: list[SharedReading]
    may_read: list[Guardian]


def signed_plan(case: Case, since: datetime | None) -> SafetyPlanVersion | None:
    """The newest version of the case's safety plan that was signed, at `since` or later where that is given.

    Its sixth step, how the surroundings are made safer, is never empty. One query.
    """
    versions = SafetyPlanVersion.objects.filter(plan__case=case)
    if since is not None:
        versions = versions.filter(signed_at__gte=since)
    return versions.order_by("-number").first()


def safety_of(case: Case) -> Safety:
    """All about the safety plan of the case, whose `data_key` and `pupil` are at hand. Eight queries at most."""
    plan = SafetyPlan.objects.filter(case=case).select_related("begun_by", "draft_by").first()
    if plan is None:
        return Safety(None, None, None, [], None, [], [])
    numbers = list(plan.versions.select_related("review__clock", "read_aloud_by"))
    sharing = sharing_of(plan)
    return Safety(
        plan,
        draft_of(case, plan),
        read_version(case, numbers[0]) if numbers else None,
        numbers,
        sharing,
        list(sharing.readings.select_related("guardian")) if sharing else [],
        readers_of(case),
    )


def draft_of(case: Case, plan: SafetyPlan) -> PlanText | None:
    """What is being written, None while nothing is."""
    if not plan.draft_sealed:
        return None
    return read_text(unseal(case.data_key, plan.draft_sealed, draft_place(plan)))


def saved_draft(plan: SafetyPlan, draft: PlanText) -> Saved:
    """The draft as it is shown to somebody who wrote on an older one. One query where `draft_by` is not at hand."""
    by = plan.draft_by.short_name if plan.draft_by else ""
    return Saved(draft.sha256, read_out(draft), by, plan.draft_saved_at or plan.begun_at)


def read_version(case: Case, version: SafetyPlanVersion) -> Version:
    """The version opened with its case's key. One query."""
    signed = version.signatures.select_related("user", "guardian", "witness")
    text = text_of(case, version)
    return Version(version, text, [_read(case, each, text) for each in signed])


def text_of(case: Case, version: SafetyPlanVersion) -> PlanText:
    return read_text(unseal(case.data_key, version.text_sealed, text_place(version)))


def sharing_of(plan: SafetyPlan) -> Sharing | None:
    """What the guardians may read now."""
    return plan.sharings.filter(ended_at=None).select_related("version", "by").first()


def readers_of(case: Case) -> list[Guardian]:
    """The guardians who may read what is shared: those in force who are not excluded (rule 10). Two queries."""
    excluded = excluded_guardians(case.pupil_id)
    return [guardian for guardian in guardians_in_force(case.pupil) if guardian.pk not in excluded]


def review_day(today: date | None = None) -> date:
    """When a plan that is signed today is looked at again, unless somebody says otherwise: the term of the table."""
    day = today or timezone.localdate()
    return day + timedelta(days=rule_in_force(REVIEW, day).amount)


def draft_place(plan: SafetyPlan) -> str:
    """Where a sealed draft belongs."""
    return where("plans.SafetyPlan", plan.pk, "draft")


def text_place(version: SafetyPlanVersion) -> str:
    """Where the sealed text of a version belongs."""
    return where("plans.SafetyPlanVersion", version.pk, "text")


def content_place(signature: Signature) -> str:
    """Where sealed strokes or a sealed name belong."""
    return where("plans.Signature", signature.pk, "content")


def _read(case: Case, signature: Signature, text: PlanText) -> Signed:
    content = unseal(case.data_key, signature.content_sealed, content_place(signature))
    drawn = signature.way == Way.DRAWN
    return Signed(
        signature, path_of(read_ink(content)) if drawn else "", "" if drawn else content, _who(signature, text)
    )


def _who(signature: Signature, text: PlanText) -> str:
    """The name beside the signature; the pupil's as on the plan."""
    if signature.signer == Signer.PUPIL:
        return text.name
    somebody = signature.user or signature.guardian
    return somebody.short_name if somebody else ""
