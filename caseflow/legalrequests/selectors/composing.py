"""What would be given of a case: field by field, as a person chose. Nothing in it was found by a model."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.models import Case
from caseflow.cases.selectors.people import guardianships_of
from caseflow.legalrequests.enums import Given
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.rules import Line, Snapshot, kept
from caseflow.referrals.enums import Kind
from caseflow.referrals.enums import State as ReferralState
from caseflow.referrals.rules import Words, by_language
from caseflow.referrals.sources import Source

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the lead chose: fields, codes of single facts, and own words on what the school has done."""

    fields: tuple[str, ...]
    taken: tuple[str, ...] = ()
    done: str = ""


def compose(request: LegalRequest, case: Case, chosen: Chosen, sources: Iterable[Source]) -> Snapshot:
    """The exact text that would be given now."""
    lines: list[Line] = []
    for given in kept(chosen.fields):
        if given is Given.EVENTS:
            lines += _facts(chosen, sources)
        else:
            lines.append(Line(given, _value(case, given, chosen)))
    head = (str(request.pk), request.number, request.dated.isoformat(), str(case.pk))
    return Snapshot(head, tuple(lines))


def _facts(chosen: Chosen, sources: Iterable[Source]) -> list[Line]:
    facts = [fact for source in sources for fact in source.facts if fact.code in chosen.taken]
    return [Line(Given.EVENTS, fact.text, fact.part) for fact in facts]


def _value(case: Case, given: Given, chosen: Chosen) -> Words:
    pupil = case.pupil
    if given is Given.NAME:
        return pupil.full_name
    if given is Given.BIRTH_DATE:
        return f"{pupil.birth_date:%d.%m.%Y}"
    if given is Given.DONE:
        return chosen.done.strip() or NOTHING
    say: dict[Given, Callable[[], str]] = {
        Given.SCHOOL_CLASS: lambda: ", ".join(str(each) for each in (case.school, pupil.school_class) if each),
        Given.GUARDIANS: lambda: _guardians(case),
        Given.COURSE: lambda: _course(case),
        Given.REFERRALS: lambda: _referrals(case),
    }
    return by_language(say[given])


def _guardians(case: Case) -> str:
    stand = [f"{one.guardian.full_name}, {one.get_relation_display()}" for one in guardianships_of(case)]
    return "\n".join(stand) or NOTHING


def _course(case: Case) -> str:
    told = [
        gettext("Case no. %(number)s, opened %(day)s") % {"number": case.number, "day": _day(case.opened_at)},
        gettext("stage “%(stage)s” since %(day)s") % {"stage": case.get_stage_display(), "day": _day(case.stage_since)},
    ]
    return "\n".join(told)


def _referrals(case: Case) -> str:
    sent = case.referrals.filter(kind=Kind.REFERRAL).exclude(state=ReferralState.DRAFT).select_related("agency")
    lines = [f"{_day(one.sent_at)}, {one.receiver}: {one.get_state_display()}" for one in sent.order_by("sent_at")]
    return "\n".join(lines) or NOTHING


def _day(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y}" if moment else ""
