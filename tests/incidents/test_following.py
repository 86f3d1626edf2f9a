from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.clocks.models import Clock
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.enums import Category, Conclusion, PartyRole, ReportState
from caseflow.incidents.models import Incident, LegalAssessment, Party
from caseflow.incidents.selectors import detail_of
from caseflow.incidents.selectors.reading import state_of
from caseflow.incidents.services import (
    AlreadyAssessedError,
    BadReportError,
    PartySaid,
    establish,
    give_legal_assessment,
    inform_police,
    open_addressed,
)
from caseflow.triage.models import TriageItem
from caseflow.triage.services import decide
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.factories import WORDS, accused, harmed, officer_for, reported, teacher_at
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.django_db
BASIS = "Опрошены двое свидетелей, собран материал"


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def teacher(school: School, psychologist: Actor) -> Actor:
    return teacher_at(school)


def test_informing_the_police_stops_the_hour_and_is_said_once(teacher: Actor, psychologist: Actor) -> None:
    incident, at = reported(teacher), timezone.now() - timedelta(minutes=5)
    inform_police(psychologist, incident.pk, at)
    fresh = Incident.objects.get(pk=incident.pk)
    assert (fresh.police_informed_at, fresh.police_informed_by) == (at, psychologist.user)
    assert fresh.police_clock is not None
    assert fresh.police_clock.stopped_at is not None
    with pytest.raises(BadReportError, match="already"):
        inform_police(psychologist, incident.pk, at)


@pytest.mark.parametrize("minutes", [-120, 10])
def test_police_were_informed_between_the_incident_and_now(teacher: Actor, psychologist: Actor, minutes: int) -> None:
    with pytest.raises(BadReportError, match="between"):
        inform_police(psychologist, reported(teacher).pk, timezone.now() + timedelta(minutes=minutes))


def test_the_hour_for_the_police_rings_and_when_missed_reaches_the_lead(
    school: School, teacher: Actor, psychologist: Actor
) -> None:
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    clock = reported(teacher).police_clock
    assert clock is not None
    Clock.objects.exclude(pk=clock.pk).update(stopped_at=timezone.now())
    sweep(clock.warn_at + timedelta(seconds=1))
    sweep(clock.due_at + timedelta(seconds=1))
    near, missed = (
        set(Alert.objects.filter(kind=kind).values_list("recipient", flat=True))
        for kind in (AlertKind.DEADLINE_NEAR, AlertKind.DEADLINE_MISSED)
    )
    assert near == {psychologist.user.pk}
    assert missed == {psychologist.user.pk, lead.user.pk}


def test_the_police_reads_the_harmed_by_name_and_the_others_as_numbers(school: School, teacher: Actor) -> None:
    hurt, said = pupil_at(school, last_name="Жертвина"), pupil_at(school, last_name="Обидчиков")
    incident = reported(teacher, harmed(hurt), accused(said))
    view = open_addressed(officer_for(school), incident.pk)
    labels = " ".join(party.label for party in view.parties)
    assert view.words == WORDS
    assert "Жертвина" in labels
    assert f"Pupil 1, {said.school_class}" in labels or "Ученик 1" in labels
    assert "Обидчиков" not in labels


@pytest.mark.parametrize("category", [Category.SELF_HARM, Category.CONFLICT, Category.WEAPON_DRUGS, Category.OTHER])
def test_the_police_reads_no_name_where_nobody_was_harmed_by_violence(
    school: School, teacher: Actor, category: Category
) -> None:
    child = pupil_at(school, last_name="Тихонова")
    view = open_addressed(officer_for(school), reported(teacher, harmed(child), category=category).pk)
    assert [party.label for party in view.parties] == [f"Pupil 1, {child.school_class}"]


def test_the_legal_assessment_stops_its_clock_once_and_the_psychologist_sees_it(
    school: School, teacher: Actor, psychologist: Actor
) -> None:
    incident, officer = reported(teacher, category=Category.BULLYING), officer_for(school)
    TriageItem.objects.filter(pk=incident.triage_item_id).update(due_at=timezone.now())
    given = give_legal_assessment(officer, incident.pk, conclusion=Conclusion.PREVENTION, text=BASIS)
    item = TriageItem.objects.select_related("legal_clock", "psych_clock").get(pk=incident.triage_item_id)
    assert item.legal_clock is not None
    assert item.legal_clock.stopped_at is not None
    assert item.due_at == item.psych_clock.due_at
    assert BASIS.encode() not in bytes(given.text_sealed)
    with pytest.raises(AlreadyAssessedError):
        give_legal_assessment(officer, incident.pk, conclusion=Conclusion.CRIME, text=BASIS)
    assert LegalAssessment.objects.get().conclusion == Conclusion.PREVENTION
    page = signed_in(psychologist).get(reverse("incidents:detail", args=[incident.pk])).content.decode()
    assert BASIS in page


@pytest.mark.parametrize("wrong", [{"conclusion": ""}, {"conclusion": "guilty"}, {"text": " "}])
def test_a_legal_assessment_needs_conclusion_and_basis(school: School, teacher: Actor, wrong: dict[str, str]) -> None:
    said = {"conclusion": Conclusion.CRIME.value, "text": BASIS} | wrong
    with pytest.raises(BadReportError):
        give_legal_assessment(officer_for(school), reported(teacher).pk, **said)
    assert not LegalAssessment.objects.exists()


def test_the_reporter_is_told_received_handled_closed(teacher: Actor, school: School, psychologist: Actor) -> None:
    incident = reported(teacher, harmed(pupil_at(school)))
    assert state_of(incident) == ReportState.RECEIVED
    decide(psychologist, item_id=incident.triage_item_id, decision="open_case")
    fresh = Incident.objects.get(pk=incident.pk)
    assert state_of(fresh) == ReportState.HANDLED
    case = fresh.triage_item.case
    assert case is not None
    case.stage, case.closed_at = "closed", timezone.now()
    assert state_of(fresh) == ReportState.CLOSED


def test_a_dismissed_report_is_closed_and_a_proposed_dismissal_is_not(
    teacher: Actor, school: School, psychologist: Actor
) -> None:
    reason: dict[str, Any] = {"decision": "dismiss", "reason_code": "not_confirmed", "reason": "Старая ссора"}
    plain, cry = reported(teacher), reported(teacher, category=Category.SELF_HARM)
    for incident in (plain, cry):
        decide(psychologist, item_id=incident.triage_item_id, **reason)
    assert state_of(Incident.objects.get(pk=plain.pk)) == ReportState.CLOSED
    assert state_of(Incident.objects.get(pk=cry.pk)) == ReportState.HANDLED


def test_repeats_are_counted_per_pair_in_one_direction(teacher: Actor, school: School, psychologist: Actor) -> None:
    one, two, three = (pupil_at(school) for _each in range(3))
    reported(teacher, accused(one), harmed(two), category=Category.BULLYING)
    reported(teacher, accused(two), harmed(one), category=Category.BULLYING)
    reported(teacher, accused(one), harmed(two), category=Category.OTHER)
    last = reported(teacher, accused(one), harmed(two), harmed(three), category=Category.CONFLICT)
    repeats = detail_of(psychologist, last).repeats
    assert {(r.said.pupil, r.harmed.pupil): r.reports for r in repeats} == {(one, two): 2, (one, three): 1}


def test_what_is_said_of_a_pupil_is_established_by_the_psychologist_alone(
    teacher: Actor, school: School, psychologist: Actor
) -> None:
    incident = reported(teacher, accused(pupil_at(school)), harmed(pupil_at(school)))
    said = incident.parties.get(role=PartyRole.SAID_TO_HAVE_HARMED)
    assert said.established is None
    assert establish(psychologist, incident.pk, said.pk, established=False).established is False
    with pytest.raises(Incident.DoesNotExist):
        establish(actor(Role.PRINCIPAL, school=school), incident.pk, said.pk, established=True)
    with pytest.raises(Party.DoesNotExist):
        establish(psychologist, incident.pk, incident.parties.get(role="harmed").pk, established=True)


def test_an_employee_and_a_person_not_known_are_not_named_to_the_police(school: School, teacher: Actor) -> None:
    colleague = teacher_at(school)
    incident = reported(
        teacher,
        PartySaid(PartyRole.SAID_TO_HAVE_HARMED, employee_id=colleague.user.pk),
        PartySaid(PartyRole.WITNESS),
        about_staff=True,
    )
    labels = {party.label for party in open_addressed(officer_for(school), incident.pk).parties}
    assert labels == {"Employee of the school", "Person not known"}


def test_only_those_who_follow_may_say_that_the_police_know(teacher: Actor, school: School) -> None:
    with pytest.raises(Incident.DoesNotExist):
        inform_police(actor(Role.SCHOOL_ADMIN, school=school), reported(teacher).pk, timezone.now())


def test_police_told_of_what_needs_no_clock_is_recorded_all_the_same(teacher: Actor, psychologist: Actor) -> None:
    incident = reported(teacher, category=Category.BULLYING)
    inform_police(psychologist, incident.pk, timezone.now())
    assert Incident.objects.get(pk=incident.pk).police_informed_by == psychologist.user
