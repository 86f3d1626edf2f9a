"""Facts of the reports of a case, taken over into a referral one by one."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind
from caseflow.directory.models import Pupil
from caseflow.incidents.models import Incident
from caseflow.incidents.services.following import inform_police
from caseflow.referrals.enums import Told
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import Draft
from caseflow.referrals.selectors.composing import letter_of
from caseflow.referrals.services import write_referral
from caseflow.referrals.services.reading import open_draft, open_referral
from caseflow.triage.models import TriageItem
from caseflow.triage.services import decide
from tests.cases.factories import psychologist
from tests.directory.factories import PupilFactory, signed_in
from tests.incidents.anonymous_factories import anonymous_report
from tests.incidents.factories import PLACE, WORDS, accused, harmed, reported, teacher_at
from tests.referrals.factories import ASKED, drafted, officer_of, seen, sent, written
from tests.triage.factories import make_parent, pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def pupil(who: Actor) -> Pupil:
    assert who.membership.school is not None
    return pupil_at(who.membership.school)


@pytest.fixture
def incident(who: Actor, pupil: Pupil) -> Incident:
    """A report of the case that was opened for it."""
    other = PupilFactory.create(school_class=pupil.school_class)
    made = reported(teacher_at(pupil.school), harmed(pupil), accused(other))
    decide(who, item_id=made.triage_item_id, decision="open_case", pupil_id=pupil.pk)
    return Incident.objects.get(pk=made.pk)


@pytest.fixture
def case(incident: Incident) -> Case:
    return Case.objects.get()


def draft_with(who: Actor, case: Case, *facts: str, kind: AgencyKind = AgencyKind.POLICE) -> Referral:
    agency = officer_of(case, kind).membership.agency
    return drafted(who, case, agency, basis="violence", draft=Draft((), ASKED, (), facts))


def offered_to(who: Actor, referral: Referral) -> dict[str, str]:
    return {fact.title: fact.plain for source in open_draft(who, referral.pk).sources for fact in source.facts}


def test_each_fact_is_offered_alone_and_names_nobody(who: Actor, case: Case, incident: Incident) -> None:
    inform_police(who, incident.pk, incident.created_at)
    there = offered_to(who, draft_with(who, case))
    assert (there["Where it happened"], there["What was reported"]) == (PLACE, WORDS)
    assert (there["The part of the pupil"], there["Others in it"]) == ("Harmed", "Said to have harmed: 1")
    assert there["What kind of act"] == "Physical violence"
    assert there["When it happened"]
    assert there["When the police were told"]
    named = [party.pupil for party in incident.parties.select_related("pupil") if party.pupil]
    everything = " ".join(there.values())
    assert not [pupil for pupil in named if pupil.last_name in everything]
    assert incident.reported_by is not None
    assert incident.reported_by.last_name not in everything
    detail = AuditEntry.objects.filter(action="referral_read").latest("pk").detail
    assert detail["sources"] == [f"incident:{incident.pk}"]


def test_only_what_is_ticked_is_sent_and_read_in_the_reader_s_language(
    who: Actor, case: Case, incident: Incident
) -> None:
    officer = officer_of(case, AgencyKind.POLICE)
    facts = (f"{incident.pk}:kind", f"{incident.pk}:where", "gone:kind")
    referral = sent(who, case, officer, basis="violence", draft=Draft((), ASKED, (), facts))
    letter = open_referral(officer, referral.pk).letter
    assert letter is not None
    assert [(line.told, line.heading, line.shown) for line in letter.lines[2:-1]] == [
        (Told.FACTS, "What happened, facts alone: What kind of act", "Physical violence"),
        (Told.FACTS, "What happened, facts alone: Where it happened", PLACE),
    ]
    with override("ru"):
        assert letter.lines[2].shown == "Физическое насилие"
    fresh = Referral.objects.get(pk=referral.pk)
    assert letter_of(fresh).sha256 == fresh.letter_sha256


def test_facts_are_for_whom_facts_are_and_for_who_may_read_the_report(
    who: Actor, case: Case, incident: Incident, pupil: Pupil
) -> None:
    assert offered_to(who, draft_with(who, case, kind=AgencyKind.EDUCATION)) == {}
    draft = draft_with(who, case)
    for own in incident.parties.exclude(pupil=pupil):
        assert own.pupil is not None
        make_parent(who, own.pupil)  # the report is the reader's own affair now, the case is not
    assert offered_to(who, draft) == {}


def test_a_report_without_anybody_or_of_nothing_offers_what_it_has(who: Actor, case: Case, pupil: Pupil) -> None:
    bare = anonymous_report(pupil.school, category="conflict")
    TriageItem.objects.filter(pk=bare.triage_item_id).update(case=case)
    sources = open_draft(who, draft_with(who, case).pk).sources
    assert [fact.title for fact in min(sources, key=lambda source: len(source.facts)).facts] == [
        "What kind of act",
        "What was reported",
    ]


def test_facts_are_ticked_on_the_page_and_over_the_api(who: Actor, case: Case, incident: Incident) -> None:
    draft = draft_with(who, case)
    code = f"{incident.pk}:where"
    sends: dict[str, Any] = {
        "receiver": f"agency:{draft.agency_id}",
        "ground": "legal",
        "basis": "violence",
        "asked": ASKED,
        "taken": [code],
    }
    client = signed_in(who)
    url = reverse("referrals:write", args=[draft.pk])
    assert client.post(url, sends).status_code == 302
    shown = client.get(url).content.decode()
    assert f'value="{code}" checked' in shown
    assert PLACE in shown
    answer = client.get(reverse("api:referral-draft", args=[draft.pk])).json()
    assert answer["letter"][2] == {
        "field": "facts",
        "title": "What happened, facts alone: Where it happened",
        "text": PLACE,
    }
    assert code in [fact["code"] for source in answer["sources"] for fact in source["facts"]]
    body: dict[str, Any] = {"agency": draft.agency_id, "asked": ASKED, "taken": []}
    emptied = client.post(reverse("api:referral-draft", args=[draft.pk]), body, content_type="application/json").json()
    assert [line["field"] for line in emptied["letter"]] == ["name", "birth_date", "asked"]


def test_a_fact_that_changed_meanwhile_is_seen_again_before_it_is_sent(
    who: Actor, case: Case, incident: Incident
) -> None:
    draft = draft_with(who, case, f"{incident.pk}:kind")
    before = seen(draft)
    Incident.objects.filter(pk=incident.pk).update(category="extortion")
    assert seen(draft) != before
    again = write_referral(who, draft.pk, written(draft.agency, basis="violence", draft=Draft((), ASKED)))
    assert seen(again) not in {before, seen(Referral(pk=draft.pk, created_by=who.user)) + "x"}
