"""A report without a name: taken once, kept from whom it is about, with a code that nobody else has."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import DateTimeField
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.enums import DANGER, Category
from caseflow.incidents.models import AnonymousChannel, Incident, SchoolLink
from caseflow.incidents.rules.quarter import QUARTER, quarter_of
from caseflow.incidents.rules.return_code import words_of_code
from caseflow.incidents.selectors import listed, own_reports, words_of
from caseflow.incidents.services import BadReportError, inform_police
from caseflow.incidents.services.anonymous import SpentFormError, TooManyError, find_channel, limits, renew_link
from caseflow.triage.enums import Audience
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.directory.factories import SchoolFactory, actor
from tests.incidents.anonymous_factories import WORDS, anonymous_report, fresh_form, link_for, taken
from tests.incidents.factories import officer_for, teacher_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture(autouse=True)
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture(autouse=True)
def lead(school: School) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, district=school.district)


@pytest.fixture
def link(school: School) -> SchoolLink:
    return link_for(school)


def told(kind: AlertKind) -> set[int]:
    return set(Alert.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_a_report_waits_for_the_psychologist_with_its_words_sealed(link: SchoolLink, psychologist: Actor) -> None:
    incident = taken(link).incident
    assert (incident.reported_by, incident.reporter_role, incident.occurred_at) == (None, "", None)
    assert words_of(incident) == WORDS
    assert WORDS.encode() not in bytes(incident.words_sealed)
    assert list(listed(psychologist)) == [incident]
    assert incident.triage_item.facts == {"reporter": "anonymous", "parties": 0}
    assert psychologist.user.pk in told(AlertKind.TRIAGE_ITEM_NEW)
    assert AuditEntry.objects.get(action="incident.reported_anonymously").actor is None


def test_it_starts_the_clocks_of_its_category_at_the_exact_time(link: SchoolLink) -> None:
    before = timezone.now()
    taken(link, category=Category.EXTORTION)
    clocks = {clock.code: clock.started_at for clock in Clock.objects.all()}
    assert set(clocks) == {"psych_assessment_high", "legal_assessment", "police_informed"}
    assert all(before <= started_at <= timezone.now() for started_at in clocks.values())


def test_a_report_about_staff_goes_past_the_school(link: SchoolLink, psychologist: Actor, lead: Actor) -> None:
    principal = actor(Role.PRINCIPAL, school=link.school)
    incident = taken(link, about_staff=True).incident
    assert incident.triage_item.audience == Audience.LEAD
    assert [list(listed(who)) for who in (psychologist, principal, lead)] == [[], [], [incident]]
    assert told(AlertKind.TRIAGE_ITEM_NEW) == {lead.user.pk}


def test_nobody_finds_it_among_the_own_reports(link: SchoolLink) -> None:
    taken(link)
    assert list(own_reports(teacher_at(link.school))) == []


def test_the_police_can_be_informed_though_nobody_knows_when_it_happened(link: SchoolLink, psychologist: Actor) -> None:
    incident = taken(link, category=Category.VIOLENCE).incident
    informed = inform_police(psychologist, incident.pk, timezone.now())
    assert informed.police_informed_at is not None


@pytest.mark.parametrize("facts", [{"category": ""}, {"category": "gossip"}, {"words": ""}])
def test_what_and_the_words_are_needed(link: SchoolLink, facts: dict[str, Any]) -> None:
    with pytest.raises(BadReportError):
        taken(link, **facts)
    assert not Incident.objects.exists()


def test_the_code_leads_back_and_is_kept_nowhere(link: SchoolLink) -> None:
    found = taken(link)
    for language in ("kk", "ru", "en"):
        words = words_of_code(found.code, language)
        assert find_channel(words, proven=True) == found.incident.channel
    for row in AnonymousChannel.objects.values():
        assert str(found.code) not in str(row)
        assert f"{found.code:x}" not in str(row)


def test_a_form_sent_twice_over_a_weak_network_is_one_report_with_one_code(link: SchoolLink) -> None:
    form = fresh_form()
    first, again = (taken(link, form) for _time in range(2))
    assert (again.incident.pk, again.code) == (first.incident.pk, first.code)
    assert Incident.objects.count() == 1


def test_two_forms_with_the_same_words_are_two_reports_with_two_codes(link: SchoolLink) -> None:
    first, other = (taken(link) for _time in range(2))
    assert first.incident.pk != other.incident.pk
    assert first.code != other.code


def test_one_form_does_its_work_for_one_report(link: SchoolLink) -> None:
    form = fresh_form()
    taken(link, form)
    with pytest.raises(SpentFormError):
        taken(link, form, words="И ещё одно")
    assert Incident.objects.count() == 1


def test_danger_is_taken_with_nothing_filled_in_and_is_acute(link: SchoolLink) -> None:
    incident = taken(link, category="", words="", danger=True, proof="").incident
    assert (incident.category, incident.triage_item.title_code) == (Category.OTHER, DANGER)
    assert incident.triage_item.psych_clock.code == "psych_assessment_acute"
    assert incident.triage_item.second_person


def test_danger_keeps_what_was_filled_in_and_its_duties(link: SchoolLink) -> None:
    incident = taken(link, category=Category.EXTORTION, danger=True).incident
    assert (incident.category, words_of(incident)) == (Category.EXTORTION, WORDS)
    assert incident.police_clock is not None
    assert incident.triage_item.psych_clock.code == "psych_assessment_acute"


def test_danger_rings_the_duty_the_psychologist_and_the_leads(
    link: SchoolLink, psychologist: Actor, lead: Actor
) -> None:
    duty, officer = actor(Role.DUTY_PERSON, school=link.school), officer_for(link.school)
    elsewhere = actor(Role.DUTY_PERSON, school=SchoolFactory.create())
    incident = taken(link, danger=True, category="", words="").incident
    rung = told(AlertKind.INCIDENT_NEW)
    assert rung == {who.user.pk for who in (duty, psychologist, lead, officer)}
    assert elsewhere.user.pk not in rung
    pages = Alert.objects.filter(kind=AlertKind.INCIDENT_NEW, recipient=duty.user)
    assert [str(incident.pk) in alert.url for alert in pages] == [False]


def test_danger_about_staff_rings_nobody_at_the_school(link: SchoolLink, psychologist: Actor, lead: Actor) -> None:
    duty = actor(Role.DUTY_PERSON, school=link.school)
    taken(link, danger=True, about_staff=True)
    rung = told(AlertKind.INCIDENT_NEW) | told(AlertKind.TRIAGE_ITEM_NEW)
    assert lead.user.pk in rung
    assert not {duty.user.pk, psychologist.user.pk} & rung


def test_danger_pressed_again_is_the_same_report_and_rings_again(link: SchoolLink) -> None:
    duty, form = actor(Role.DUTY_PERSON, school=link.school), fresh_form()
    for _time in range(2):
        taken(link, form, danger=True, category="", words="")
    assert Incident.objects.count() == 1
    assert Alert.objects.filter(kind=AlertKind.INCIDENT_NEW, recipient=duty.user).count() == 2


def test_one_finger_on_the_button_does_not_ring_for_ever(link: SchoolLink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DANGERS", 2)
    duty, form = actor(Role.DUTY_PERSON, school=link.school), fresh_form()
    for _time in range(4):
        taken(link, form, danger=True, category="", words="")
    assert Alert.objects.filter(kind=AlertKind.INCIDENT_NEW, recipient=duty.user).count() == 2


def test_two_reports_never_share_a_code(link: SchoolLink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caseflow.incidents.services.anonymous.reporting.digest_of_code", lambda _code: "the same")
    taken(link)
    with pytest.raises(IntegrityError):
        taken(link)
    assert Incident.objects.count() == 1


def test_after_danger_the_same_form_still_sends_the_report(link: SchoolLink) -> None:
    form = fresh_form()
    taken(link, form, danger=True, category="", words="")
    taken(link, form)
    assert Incident.objects.count() == 2


def test_beyond_the_limit_reports_are_refused_and_danger_is_taken_and_marked(
    link: SchoolLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PROVEN", 2)
    monkeypatch.setattr(limits, "DANGERS", 1)
    for _time in range(2):
        taken(link)
    with pytest.raises(TooManyError) as refused:
        taken(link)
    assert timezone.now() < refused.value.until <= timezone.now() + QUARTER
    marks = [taken(link, danger=True).incident.channel.over_limit for _time in range(3)]  # type: ignore[union-attr]
    assert marks == [False, True, True]
    assert Incident.objects.count() == 5


def test_phones_that_do_no_work_have_a_small_share_of_their_own(
    link: SchoolLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PLAIN", 1)
    taken(link, proof="")
    with pytest.raises(TooManyError):
        taken(link, proof="")
    assert taken(link).incident.channel.proven  # type: ignore[union-attr]


def test_a_new_quarter_hour_takes_anew(link: SchoolLink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PROVEN", 1)
    taken(link)
    later = timezone.now() + QUARTER
    monkeypatch.setattr(timezone, "now", lambda: later)
    taken(link)
    assert Incident.objects.count() == 2


def test_only_the_administrator_of_the_school_renews_its_address(school: School, psychologist: Actor) -> None:
    old = link_for(school)
    with pytest.raises(School.DoesNotExist):
        renew_link(psychologist)
    new = link_for(school)
    old.refresh_from_db()
    assert old.ended_at is not None
    assert new.token != old.token
    assert SchoolLink.objects.get(ended_at=None) == new


# Where the exact time of a report stands, and why it must (docs/decisions/anonymous-reports.md).
EXACT = {
    "audit.AuditEntry.at",
    "clocks.Clock.due_at",
    "clocks.Clock.started_at",
    "clocks.Clock.warn_at",
    "clocks.DutyCall.next_ring_at",
    "clocks.DutyCall.started_at",
    "clocks.DutyRing.at",
    "notifications.Alert.created_at",
    "triage.TriageItem.due_at",
}


def exact_times() -> set[tuple[str, object, datetime]]:
    """Every time that is not of a quarter hour: its column, its row and the time."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, DateTimeField):
                name = f"{model._meta.label}.{field.name}"
                times = model._base_manager.values_list("pk", field.name)
                found |= {(name, pk, at) for pk, at in times if at and at != quarter_of(at)}
    return found


def test_of_the_exact_time_nothing_is_kept_but_what_the_decision_names(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = link_for(school)
    before = exact_times()
    at = quarter_of(timezone.now()) + timedelta(minutes=7, seconds=3, microseconds=5)
    monkeypatch.setattr(timezone, "now", lambda: at)
    incident = taken(link, danger=True).incident
    after = exact_times()
    assert {name for name, _pk, _at in after - before} <= EXACT
    assert incident.created_at == incident.triage_item.created_at == quarter_of(at)
    assert incident.data_key.created_at == quarter_of(at)


def test_a_report_is_named_or_without_a_name_and_never_both(school: School) -> None:
    incident = anonymous_report(school)
    teacher = teacher_at(school).user
    for change in ({"reported_by": teacher}, {"channel": None}, {"reporter_role": "teacher"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Incident.objects.filter(pk=incident.pk).update(**change)
