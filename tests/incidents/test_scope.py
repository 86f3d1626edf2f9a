"""Who reaches which report (rule 10b and the table of roles)."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import School
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.rules import READERS, REPORTERS, WORDS_READERS
from caseflow.incidents.selectors import scoped_incidents
from caseflow.incidents.services import PartySaid
from caseflow.triage.selectors import scoped_items
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.factories import WORDS, accused, harmed, officer_for, reported, teacher_at
from tests.triage.factories import make_parent, pupil_at

pytestmark = pytest.mark.django_db
OTHERS = [role for role in Role if role not in READERS]
AT_SCHOOL = [role for role in READERS if role != Role.LEAD_PSYCHOLOGIST]


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def teacher(school: School) -> Actor:
    actor(Role.PSYCHOLOGIST, school=school)
    return teacher_at(school)


@pytest.mark.parametrize("role", AT_SCHOOL)
def test_the_school_reads_its_own_reports_but_none_about_staff(school: School, teacher: Actor, role: Role) -> None:
    own, about_staff = reported(teacher), reported(teacher, about_staff=True)
    reported(teacher_at(SchoolFactory.create()))
    who = actor(role, school=school)
    assert list(scoped_incidents(who)) == [own]
    client = signed_in(who)
    assert client.get(reverse("incidents:detail", args=[own.pk])).status_code == 200
    assert client.get(reverse("incidents:detail", args=[about_staff.pk])).status_code == 404
    assert AuditEntry.objects.filter(action="denied", actor=who.user).count() == 1


def test_the_lead_reads_what_bypasses_the_school_and_cries_for_help(school: School, teacher: Actor) -> None:
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    reported(teacher)
    expected = {reported(teacher, about_staff=True), reported(teacher, category=Category.SELF_HARM)}
    assert set(scoped_incidents(lead)) == expected
    assert set(scoped_items(lead)) == {incident.triage_item for incident in expected}


@pytest.mark.parametrize("role", READERS)
def test_words_are_read_by_those_who_work_with_the_child(school: School, teacher: Actor, role: Role) -> None:
    unit = {"district": school.district} if role == Role.LEAD_PSYCHOLOGIST else {"school": school}
    incident = reported(teacher, category=Category.SELF_HARM)
    page = signed_in(actor(role, **unit)).get(reverse("incidents:detail", args=[incident.pk]))
    assert (WORDS in page.content.decode()) is (role in WORDS_READERS)
    assert AuditEntry.objects.filter(action="read", obj=f"incident:{incident.pk}").count() == 1


@pytest.mark.parametrize("role", AT_SCHOOL)
def test_a_parent_of_a_party_loses_access(school: School, teacher: Actor, role: Role) -> None:
    child, who = pupil_at(school), actor(role, school=school)
    make_parent(who, child)
    incident = reported(teacher, harmed(pupil_at(school)), accused(child))
    assert list(scoped_incidents(who)) == []
    assert list(scoped_items(who)) == []
    assert signed_in(who).get(reverse("incidents:detail", args=[incident.pk])).status_code == 404


def test_a_lead_who_is_named_loses_access(school: School, teacher: Actor) -> None:
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    teaches = actor(Role.TEACHER, school=school)
    teaches.membership.user = lead.user
    teaches.membership.save()
    named = PartySaid(PartyRole.SAID_TO_HAVE_HARMED, employee_id=lead.user.pk)
    reported(teacher, named, about_staff=True)
    assert list(scoped_incidents(lead)) == []
    assert list(scoped_items(lead)) == []


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_have_no_list(school: School, role: Role) -> None:
    client = signed_in(actor(role, school=school))
    assert client.get(reverse("incidents:list")).status_code == 403
    assert client.get(reverse("incidents:detail", args=[uuid4()])).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role not in REPORTERS])
def test_who_reports_nothing_has_no_form(school: School, role: Role) -> None:
    client = signed_in(actor(role, school=school))
    for name in ("create", "mine", "pupils", "party"):
        assert client.get(reverse(f"incidents:{name}")).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AGENCY_OFFICER])
def test_only_agency_officers_have_the_legal_inbox(school: School, role: Role) -> None:
    assert signed_in(actor(role, school=school)).get(reverse("incidents:legal")).status_code == 403


def test_visitors_are_sent_to_sign_in() -> None:
    for name in ("list", "create", "mine", "legal"):
        assert Client().get(reverse(f"incidents:{name}")).status_code == 302


def test_a_reporter_sees_the_own_reports_state_and_nothing_else(school: School, teacher: Actor) -> None:
    own, others = reported(teacher, harmed(pupil_at(school))), reported(teacher_at(school))
    client = signed_in(teacher)
    page = client.get(reverse("incidents:mine")).content.decode()
    assert "Received" in page
    assert WORDS not in page
    assert client.get(reverse("incidents:sent", args=[own.pk])).status_code == 200
    assert client.get(reverse("incidents:sent", args=[others.pk])).status_code == 404


@pytest.mark.parametrize("kind", [kind for kind in AgencyKind if kind != AgencyKind.POLICE])
def test_nothing_is_addressed_to_other_agencies(school: School, teacher: Actor, kind: AgencyKind) -> None:
    incident, officer = reported(teacher), signed_in(officer_for(school, kind))
    assert "No report waits" in officer.get(reverse("incidents:legal")).content.decode()
    assert officer.get(reverse("incidents:legal-incident", args=[incident.pk])).status_code == 404


def test_the_police_sees_every_report_of_its_territory_and_no_other(school: School, teacher: Actor) -> None:
    own, mild = reported(teacher), reported(teacher, category=Category.CONFLICT)
    far = reported(teacher_at(SchoolFactory.create()))
    client = signed_in(officer_for(school))
    listed = client.get(reverse("incidents:legal")).context["page"].object_list
    assert set(listed) == {own, mild}
    assert client.get(reverse("incidents:legal-incident", args=[far.pk])).status_code == 404


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_reach_no_report(school: School, teacher: Actor, role: Role) -> None:
    reported(teacher)
    assert list(scoped_incidents(actor(role, school=school))) == []
