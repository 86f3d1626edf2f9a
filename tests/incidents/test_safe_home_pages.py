"""Safety at home on the pages of a report."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.consent.services import exclude_guardian
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Incident, ProtectiveOrder, SafeContact
from caseflow.incidents.services.merging import merge_reports
from tests.cases.factories import case_of
from tests.directory.factories import GuardianFactory, GuardianshipFactory, SchoolFactory, actor, signed_in
from tests.incidents.factories import harmed, reported, teacher_at
from tests.incidents.home_factories import AUNT, TODAY, order_on
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.django_db
ORDER = {
    "kind": "protective",
    "number": "18/2",
    "issued_by": "Управление полиции",
    "valid_from": TODAY.isoformat(),
    "valid_until": (TODAY + timedelta(days=30)).isoformat(),
}


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def child(school: School, psychologist: Actor) -> Pupil:
    return pupil_at(school)


@pytest.fixture
def incident(school: School, child: Pupil) -> Incident:
    return reported(teacher_at(school), harmed(child), category=Category.DOMESTIC_VIOLENCE)


def sent(who: Actor, name: str, incident: Incident, /, **body: Any) -> Any:
    return signed_in(who).post(reverse(f"incidents:{name}", args=[incident.pk]), body)


def page(who: Actor, incident: Incident, name: str = "home") -> str:
    return str(signed_in(who).get(reverse(f"incidents:{name}", args=[incident.pk])).content.decode())


def test_a_contact_is_added_and_ended_on_the_page(psychologist: Actor, incident: Incident) -> None:
    assert "No safe contact is noted" in page(psychologist, incident, "detail")
    assert sent(psychologist, "contacts", incident, **AUNT).status_code == 302
    for name in ("home", "detail"):
        shown = page(psychologist, incident, name)
        assert "tel:+7 701 000 0001" in shown
        assert AUNT["name"] in shown
    assert sent(psychologist, "end-contact", incident, chosen=SafeContact.objects.get().pk).status_code == 302
    assert "Not safe any more (1)" in page(psychologist, incident)
    for wrong in ("", "x", uuid4()):
        assert sent(psychologist, "end-contact", incident, chosen=wrong).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "This field is required"),
        ({"phone": "звонить"}, "This is not a telephone number."),
        ({"phone": "", "when": ""}, "or below how else to reach them"),
    ],
)
def test_a_wrong_contact_comes_back_as_it_was_typed(
    psychologist: Actor, incident: Incident, wrong: dict[str, str], says: str
) -> None:
    answer = sent(psychologist, "contacts", incident, **AUNT | wrong)
    text = answer.content.decode()
    assert (answer.status_code, says in text, AUNT["relation"] in text) == (422, True, True)
    assert not SafeContact.objects.exists()


def test_an_order_is_entered_extended_and_lifted_on_the_page(psychologist: Actor, incident: Incident) -> None:
    assert sent(psychologist, "orders", incident, **ORDER).status_code == 302
    order = ProtectiveOrder.objects.get()
    assert "in force" in page(psychologist, incident, "detail")
    same = ORDER["valid_until"]
    for day, says in ((same, "later than before"), ("", "This field is required"), ("x", "Enter a valid date")):
        answer = sent(psychologist, "extend-order", incident, order=order.pk, valid_until=day)
        assert (answer.status_code, says in answer.content.decode()) == (422, True)
    later = (TODAY + timedelta(days=60)).isoformat()
    assert sent(psychologist, "extend-order", incident, order=order.pk, valid_until=later).status_code == 302
    longer = ProtectiveOrder.objects.get(extends=order)
    assert sent(psychologist, "lift-order", incident, chosen=longer.pk).status_code == 302
    shown = page(psychologist, incident)
    assert ("extended" in shown, "lifted" in shown) == (True, True)
    for wrong in ("", longer.pk):
        assert sent(psychologist, "lift-order", incident, chosen=wrong).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": ""}, "This field is required"),
        ({"number": ""}, "This field is required"),
        ({"valid_until": (TODAY - timedelta(days=1)).isoformat()}, "would end before it begins"),
        ({"valid_from": "вчера"}, "Enter a valid date"),
    ],
)
def test_a_wrong_order_comes_back_as_it_was_typed(
    psychologist: Actor, incident: Incident, wrong: dict[str, str], says: str
) -> None:
    answer = sent(psychologist, "orders", incident, **ORDER | wrong)
    text = answer.content.decode()
    assert (answer.status_code, says in text, ORDER["issued_by"] in text) == (422, True, True)
    assert not ProtectiveOrder.objects.exists()


def test_the_page_says_whom_not_to_call_and_leads_to_the_exclusion(
    school: School, psychologist: Actor, incident: Incident, child: Pupil
) -> None:
    father = GuardianFactory.create()
    GuardianshipFactory.create(pupil=child, guardian=father)
    exclude_guardian(psychologist, pupil_id=child.pk, guardian_id=father.pk, reason="Ребёнок рассказал, что его бьют")
    for name in ("home", "detail"):
        assert f"Don't call {father.full_name}" in page(psychologist, incident, name)
    assert reverse("consent:protection", args=[child.pk]) in page(psychologist, incident)
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    staffs = reported(teacher_at(school), harmed(child), category=Category.DOMESTIC_VIOLENCE, about_staff=True)
    shown = page(lead, staffs)
    assert (reverse("consent:exclusions") in shown, reverse("consent:protection", args=[child.pk]) in shown) == (
        True,
        False,
    )


def test_others_who_read_the_report_are_told_to_ask_first_and_nothing_more(
    school: School, psychologist: Actor, incident: Incident
) -> None:
    sent(psychologist, "contacts", incident, **AUNT)
    for role in (Role.PRINCIPAL, Role.SOCIAL_PEDAGOGUE, Role.SCHOOL_ADMIN):
        shown = page(actor(role, school=school), incident, "detail")
        assert "Before anybody calls home, ask the psychologist" in shown
        assert AUNT["name"] not in shown


def test_where_the_home_is_not_safe_any_report_leads_there(school: School, psychologist: Actor) -> None:
    other = reported(teacher_at(school), harmed(pupil_at(school)), category=Category.CONFLICT)
    address = reverse("incidents:home", args=[other.pk])
    assert address in page(psychologist, other, "detail")
    assert "No guardian of a child harmed is known" in page(psychologist, other)
    order_on(other, psychologist)
    assert "Safe at home?" in page(psychologist, other, "detail")
    assert address not in page(actor(Role.PRINCIPAL, school=school), other, "detail")


def beside_case(who: Actor, child: Pupil) -> Any:
    return signed_in(who).get(reverse("incidents:home-of-pupil", args=[child.pk]))


def test_beside_the_case_stand_the_orders_that_hold_and_the_way_to_whom_one_may_call(
    psychologist: Actor, incident: Incident, child: Pupil
) -> None:
    order_on(incident, psychologist, number="18/2")
    order_on(incident, psychologist, TODAY + timedelta(days=21), TODAY + timedelta(days=40), number="19/7")
    order_on(incident, psychologist, TODAY - timedelta(days=60), TODAY - timedelta(days=30), number="11/1")
    shown = beside_case(psychologist, child).content.decode()
    assert shown.index("18/2") < shown.index("19/7")
    assert "11/1" not in shown
    assert reverse("incidents:home", args=[incident.pk]) in shown
    (entry,) = AuditEntry.objects.filter(action="read", obj=f"incidents.Home/{incident.pk}")
    assert entry.pupil_id is None


def test_beside_other_cases_stands_nothing(psychologist: Actor, school: School, incident: Incident) -> None:
    said = pupil_at(school)
    reported(teacher_at(school), harmed(said), category=Category.CONFLICT)
    answer = beside_case(psychologist, said)
    assert (answer.status_code, answer.content.decode().strip()) == (200, "")
    staff = reported(
        teacher_at(school), harmed(pupil := pupil_at(school)), category=Category.DOMESTIC_VIOLENCE, about_staff=True
    )
    assert beside_case(psychologist, pupil).content.decode().strip() == ""
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    assert reverse("incidents:home", args=[staff.pk]) in beside_case(lead, pupil).content.decode()


def test_the_case_asks_for_it(psychologist: Actor, incident: Incident, child: Pupil) -> None:
    case = case_of(psychologist, child)
    shown = signed_in(psychologist).get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert f'hx-get="{reverse("incidents:home-of-pupil", args=[child.pk])}"' in shown


def test_orders_of_a_merged_report_stand_beside_the_case_too(
    psychologist: Actor, school: School, incident: Incident, child: Pupil
) -> None:
    order_on(incident, psychologist, number="18/2")
    other = reported(teacher_at(school), harmed(child), category=Category.CONFLICT)
    merge_reports(psychologist, incident.pk, into_id=other.pk)
    shown = beside_case(psychologist, child).content.decode()
    assert "18/2" in shown
    assert reverse("incidents:home", args=[other.pk]) in shown
