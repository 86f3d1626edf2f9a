from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import School
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.models import Incident
from caseflow.incidents.rules import REPORTERS, consequences_of
from caseflow.incidents.selectors import place_of, words_of
from caseflow.incidents.services import BadReportError, PartySaid, find_pupils
from caseflow.triage.enums import Audience
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.directory.factories import SchoolFactory, actor
from tests.incidents.factories import PLACE, WORDS, accused, harmed, officer_for, reported, teacher_at
from tests.triage.factories import make_parent, pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def teacher(school: School) -> Actor:
    return teacher_at(school)


@pytest.fixture(autouse=True)
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


AFTER_BULLYING = ("bullying_registered", "bullying_council")  # and telling parents, where the harmed are named


def running(incident: Incident) -> set[str]:
    clocks = Clock.objects.filter(school=incident.school, stopped_at=None)
    return set(clocks.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("category", "clocks"),
    [
        (Category.VIOLENCE, {"psych_assessment_high", "legal_assessment", "police_informed"}),
        (Category.DOMESTIC_VIOLENCE, {"psych_assessment_acute", "legal_assessment", "police_informed"}),
        (Category.SEXUAL_VIOLENCE, {"psych_assessment_acute", "legal_assessment", "police_informed"}),
        (Category.EXTORTION, {"psych_assessment_high", "legal_assessment", "police_informed"}),
        (Category.BULLYING, {"psych_assessment_high", "legal_assessment", *AFTER_BULLYING}),
        (Category.CYBERBULLYING, {"psych_assessment_high", "legal_assessment", *AFTER_BULLYING}),
        (Category.WEAPON_DRUGS, {"psych_assessment_high", "legal_assessment"}),
        (Category.SELF_HARM, {"psych_assessment_acute", "legal_assessment"}),
        (Category.CONFLICT, {"psych_assessment_high", "legal_assessment"}),
        (Category.OTHER, {"psych_assessment_high", "legal_assessment"}),
    ],
)
def test_the_category_says_which_clocks_start(teacher: Actor, category: Category, clocks: set[str]) -> None:
    incident = reported(teacher, category=category)
    assert running(incident) == clocks
    assert incident.violence is consequences_of(category).violence


def test_what_was_said_and_where_is_nowhere_in_plain_text(school: School, teacher: Actor) -> None:
    incident = reported(teacher, harmed(pupil_at(school)))
    with connection.cursor() as cursor:
        for table in ("incidents_incident", "triage_triageitem", "notifications_alert", "audit_auditentry"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  names of our own tables
            kept = b"|".join(_raw(value) for row in cursor.fetchall() for value in row)
            assert "гаражами".encode() not in kept
            assert PLACE.encode() not in kept
    fresh = Incident.objects.get(pk=incident.pk)
    assert (words_of(fresh), place_of(fresh)) == (WORDS, PLACE)


def _raw(value: object) -> bytes:
    return bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()


def test_numbers_count_per_school(teacher: Actor) -> None:
    other = teacher_at(SchoolFactory.create())
    assert [reported(teacher).number, reported(teacher).number, reported(other).number] == [1, 2, 1]


def test_the_first_harmed_pupil_is_the_items_pupil(school: School, teacher: Actor) -> None:
    one, two, three = (pupil_at(school) for _each in range(3))
    incident = reported(teacher, accused(one), harmed(two), harmed(three), PartySaid(PartyRole.WITNESS))
    assert incident.triage_item.pupil == two
    assert incident.parties.count() == 4


def test_with_nobody_harmed_known_no_pupil_is_concerned(school: School, teacher: Actor) -> None:
    incident = reported(teacher, accused(pupil_at(school)), PartySaid(PartyRole.HARMED))
    assert (incident.triage_item.pupil, incident.triage_item.quality) == (None, 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"occurred_at": timezone.now() + timedelta(days=1)}, "future"),
        ({"police_informed_at": timezone.now() + timedelta(days=1)}, "future"),
        ({"words": "  "}, "what happened"),
        ({"category": "confirmed_bullying"}, "Choose what happened"),
    ],
)
def test_a_report_that_cannot_be_is_refused_and_leaves_nothing(
    teacher: Actor, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadReportError, match=said):
        reported(teacher, **{"category": Category.VIOLENCE} | wrong)
    assert not Incident.objects.exists()
    assert not Clock.objects.exists()


def test_a_pupil_of_another_school_or_named_twice_is_refused(school: School, teacher: Actor) -> None:
    stranger, own = pupil_at(SchoolFactory.create()), pupil_at(school)
    with pytest.raises(BadReportError, match="not found"):
        reported(teacher, harmed(stranger))
    with pytest.raises(BadReportError, match="twice"):
        reported(teacher, harmed(own), accused(own))


def test_a_report_about_staff_bypasses_the_school(school: School, teacher: Actor, psychologist: Actor) -> None:
    lead, accused_one = actor(Role.LEAD_PSYCHOLOGIST, district=school.district), teacher_at(school)
    named = PartySaid(PartyRole.SAID_TO_HAVE_HARMED, employee_id=accused_one.user.pk)
    incident = reported(teacher, harmed(pupil_at(school)), named, about_staff=True)
    assert incident.triage_item.audience == Audience.LEAD
    told = set(Alert.objects.filter(kind=AlertKind.TRIAGE_ITEM_NEW).values_list("recipient", flat=True))
    assert told == {lead.user.pk}
    assert psychologist.user.pk not in told


def test_self_harm_tells_psychologist_and_lead(school: School, teacher: Actor, psychologist: Actor) -> None:
    lead = actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)
    assert reported(teacher, harmed(pupil_at(school)), category=Category.SELF_HARM).triage_item.second_person
    told = Alert.objects.filter(kind=AlertKind.TRIAGE_ITEM_NEW).values_list("recipient", flat=True)
    assert set(told) == {psychologist.user.pk, lead.user.pk}


def test_a_psychologist_whose_child_is_named_is_not_told(school: School, teacher: Actor, psychologist: Actor) -> None:
    child, colleague = pupil_at(school), actor(Role.PSYCHOLOGIST, school=school)
    make_parent(psychologist, child)
    reported(teacher, harmed(pupil_at(school)), accused(child))
    told = Alert.objects.filter(kind=AlertKind.TRIAGE_ITEM_NEW).values_list("recipient", flat=True)
    assert set(told) == {colleague.user.pk}


def test_police_already_informed_needs_no_clock_to_run(teacher: Actor) -> None:
    at = timezone.now() - timedelta(minutes=20)
    incident = reported(teacher, police_informed_at=at)
    assert (incident.police_informed_at, incident.police_informed_by) == (at, teacher.user)
    assert "police_informed" not in running(incident)


def test_the_police_of_the_territory_is_asked_for_the_legal_assessment(school: School, teacher: Actor) -> None:
    district, region = officer_for(school), officer_for(school, district=None)
    officer_for(school, AgencyKind.HEALTH)
    officer_for(SchoolFactory.create())
    reported(teacher)
    told = Alert.objects.filter(kind=AlertKind.INCIDENT_NEW).values_list("recipient", flat=True)
    assert set(told) == {district.user.pk, region.user.pk}


@pytest.mark.parametrize("role", [role for role in Role if role not in REPORTERS])
def test_other_roles_report_nothing(school: School, role: Role) -> None:
    with pytest.raises(School.DoesNotExist):
        reported(actor(role, school=school))


def test_pupils_are_found_by_three_letters_in_the_own_school_and_it_is_recorded(school: School, teacher: Actor) -> None:
    own, _other = pupil_at(school, last_name="Серікова"), pupil_at(SchoolFactory.create(), last_name="Серікова")
    assert find_pupils(teacher, "се") == []
    assert find_pupils(teacher, "серік") == [own]
    entry = AuditEntry.objects.get(action="pupil_search")
    assert entry.detail == {"pupils": [str(own.pk)]}


def test_an_employee_of_another_school_is_refused(teacher: Actor) -> None:
    stranger = teacher_at(SchoolFactory.create())
    named = PartySaid(PartyRole.SAID_TO_HAVE_HARMED, employee_id=stranger.user.pk)
    with pytest.raises(BadReportError, match="employee"):
        reported(teacher, named, about_staff=True)


def test_thirty_people_are_the_most(teacher: Actor) -> None:
    with pytest.raises(BadReportError, match="at most 30"):
        reported(teacher, *[PartySaid(PartyRole.WITNESS)] * 31)
    assert reported(teacher, *[PartySaid(PartyRole.WITNESS)] * 30).parties.count() == 30
