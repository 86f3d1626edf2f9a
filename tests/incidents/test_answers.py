"""Whoever is said to have harmed somebody can answer and ask for a correction (rule 13)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.models import Incident, Party, PartyAnswer
from caseflow.incidents.services import (
    BadReportError,
    PartySaid,
    merge_reports,
    note_answer,
    open_incident,
    split_report,
)
from tests.directory.factories import SchoolFactory, actor
from tests.incidents.factories import accused, harmed, reported, teacher_at
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.django_db
SAYS = "Я только отодвинул его сумку, он сам упал"


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def incident(school: School, psychologist: Actor) -> Incident:
    return reported(teacher_at(school), accused(pupil_at(school)), harmed(pupil_at(school)))


def note(who: Actor, incident: Incident, text: str = SAYS, answerer: str = "pupil", asks: bool = False) -> PartyAnswer:
    said = incident.parties.get(role="said_to_have_harmed")
    return note_answer(who, incident.pk, said.pk, answerer=answerer, text=text, asks_correction=asks)


def test_answers_are_sealed_dated_and_added_one_after_another(psychologist: Actor, incident: Incident) -> None:
    before = timezone.now()
    first = note(psychologist, incident)
    note(psychologist, incident, "Сын этого не делал", "guardian", asks=True)
    assert SAYS.encode() not in bytes(first.text_sealed)
    assert before <= first.noted_at <= before + timedelta(minutes=1)
    (heard,) = open_incident(psychologist, incident.pk).answers
    assert heard.pupil == incident.parties.get(role="said_to_have_harmed").pupil
    shown = [(each.text, each.row.answerer, each.row.asks_correction, each.row.noted_by) for each in heard.answers]
    assert shown == [
        (SAYS, "pupil", False, psychologist.user),
        ("Сын этого не делал", "guardian", True, psychologist.user),
    ]
    entries = AuditEntry.objects.filter(action="incident.answer_noted").order_by("pk")
    assert [entry.detail["asks_correction"] for entry in entries] == [False, True]


def test_they_are_read_by_those_who_decide_alone(school: School, psychologist: Actor, incident: Incident) -> None:
    note(psychologist, incident)
    for role in (Role.PRINCIPAL, Role.SOCIAL_PEDAGOGUE, Role.SCHOOL_ADMIN):
        who = actor(role, school=school)
        assert open_incident(who, incident.pk).answers == ()
        with pytest.raises(Incident.DoesNotExist):
            note(who, incident)


def test_nothing_is_noted_of_somebody_else_or_without_words(
    school: School, psychologist: Actor, incident: Incident
) -> None:
    for text, answerer in ((" ", "pupil"), (SAYS, "teacher"), (SAYS, "")):
        with pytest.raises(BadReportError):
            note(psychologist, incident, text, answerer)
    hurt = incident.parties.get(role="harmed").pk
    unknown = reported(teacher_at(school), PartySaid("said_to_have_harmed"))  # type: ignore[arg-type]
    for report, party in ((incident, hurt), (unknown, unknown.parties.get().pk)):
        with pytest.raises(Party.DoesNotExist):
            note_answer(psychologist, report.pk, party, answerer="pupil", text=SAYS, asks_correction=False)
    assert not PartyAnswer.objects.exists()


def test_an_answer_is_shown_with_the_report_that_goes_on_and_outlives_a_split(
    school: School, psychologist: Actor, incident: Incident
) -> None:
    goes_on = reported(teacher_at(school), harmed(pupil_at(school)))
    note(psychologist, incident)
    merge_reports(psychologist, incident.pk, goes_on.pk)
    note(psychologist, goes_on, "Добавлю: там был учитель")
    (heard,) = open_incident(psychologist, goes_on.pk).answers
    assert [each.text for each in heard.answers] == [SAYS, "Добавлю: там был учитель"]
    split_report(psychologist, incident.pk)
    (heard,) = open_incident(psychologist, goes_on.pk).answers
    assert [each.text for each in heard.answers] == ["Добавлю: там был учитель"]
    (heard,) = open_incident(psychologist, incident.pk).answers
    assert [each.text for each in heard.answers] == [SAYS]
