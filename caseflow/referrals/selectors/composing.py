"""What a draft would say to its receiver: made from the case anew each time, until it is sent."""

from collections.abc import Iterable

from caseflow.cases.models import Case
from caseflow.cases.selectors.people import guardianships_of
from caseflow.consent.selectors import excluded_guardians
from caseflow.directory.models import Guardian
from caseflow.plans.selectors.versions import signed_plan, text_of
from caseflow.records.vault import unseal, where
from caseflow.referrals.enums import Told
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import Draft, Letter, Line, Standing, kept, offered, read_draft, read_letter
from caseflow.referrals.sources import Source


def draft_of(referral: Referral) -> Draft:
    """What was chosen and written so far."""
    written = unseal(referral.case.data_key, referral.draft_sealed, draft_place(referral))
    return read_draft(written) if written else Draft()


def standing_of(case: Case) -> Standing:
    """What of the case decides on the fields that are offered."""
    return Standing(case.risk, bool(shared_lines(case)))


def shared_lines(case: Case) -> list[str]:
    """The lines of the newest signed safety plan that the pupil marked for the parents."""
    version = signed_plan(case, None)
    if version is None:
        return []
    return [line.text for step in text_of(case, version).shared.steps for line in step]


def compose(referral: Referral, draft: Draft, sources: Iterable[Source] = ()) -> Letter:
    """The exact text that the receiver would read now, with what of `sources` is taken over. Nothing in it was found by
    a model."""
    case, lines = referral.case, []
    standing, kind = standing_of(case), referral.receiver_kind
    told = kept(draft.fields, kind, standing) if kind else ()
    for each in offered(kind, standing):
        if each in told:
            lines.append(Line(each, _value(case, each, draft)))
        if each is Told.FACTS:
            lines += _taken(draft, sources)
    return Letter((*lines, Line(Told.ASKED, draft.asked.strip())))


def letter_of(referral: Referral) -> Letter:
    """What was sent."""
    return read_letter(unseal(referral.case.data_key, referral.letter_sealed, letter_place(referral)))


def draft_place(referral: Referral) -> str:
    """Where a sealed draft belongs."""
    return where("referrals.Referral", referral.pk, "draft")


def letter_place(referral: Referral) -> str:
    """Where a sealed letter belongs."""
    return where("referrals.Referral", referral.pk, "letter")


def _taken(draft: Draft, sources: Iterable[Source]) -> list[Line]:
    facts = [fact for source in sources for fact in source.facts if fact.code in draft.taken]
    return [Line(Told.FACTS, fact.text, fact.part) for fact in facts]


def _value(case: Case, told: Told, draft: Draft) -> str:
    pupil = case.pupil
    if told is Told.NAME:
        return pupil.full_name
    if told is Told.BIRTH_DATE:
        return f"{pupil.birth_date:%d.%m.%Y}"
    if told is Told.SCHOOL_CLASS:
        return str(pupil.school_class or "—")
    if told is Told.RISK:
        return case.risk or ""
    if told is Told.SAFETY_PLAN:
        return "\n".join(shared_lines(case))
    return _guardians(case) if told is Told.GUARDIANS else draft.text_of(told.value).strip()


def _guardians(case: Case) -> str:
    """Who stands for the pupil, with telephone numbers; without an excluded one, who must not be called (rule 10)."""
    excluded = excluded_guardians(case.pupil_id)
    stand = [one.guardian for one in guardianships_of(case) if one.guardian_id not in excluded]
    return "\n".join(f"{guardian.full_name}, {_phone(guardian) or '—'}" for guardian in stand) or "—"


def _phone(guardian: Guardian) -> str:
    return unseal(guardian.data_key, guardian.phone_sealed, where("directory.Guardian", guardian.pk, "phone"))
