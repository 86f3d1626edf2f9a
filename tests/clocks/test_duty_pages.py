"""The roster, the calls on other pages, and one call."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from caseflow.clocks.models import DutyShift
from caseflow.clocks.services import answer_call
from caseflow.clocks.services.ringing import ring_due_calls
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from tests.clocks.factories import Staffed, called, on_duty, staffed_school
from tests.directory.factories import SchoolFactory, actor, signed_in

pytestmark = pytest.mark.django_db
CLOSED_TO_OTHERS = "/today/?item=1"
ROSTER, CALLS = "/duty/", "/duty/calls/"


@pytest.fixture
def there() -> Staffed:
    return staffed_school()


@pytest.fixture
def principal(there: Staffed) -> Actor:
    return actor(Role.PRINCIPAL, school=there.school)


def sent(who: Actor, **facts: str) -> dict[str, str]:
    return {"member": str(who.membership.pk), "starts_at": "2030-09-09T18:00", "ends_at": "2030-09-10T08:00"} | facts


def test_an_empty_roster_says_who_is_rung_meanwhile(principal: Actor) -> None:
    page = signed_in(principal).get(ROSTER)

    assert page.status_code == 200
    assert "Nobody is on the roster" in page.content.decode()


def test_a_shift_is_entered_shown_in_its_week_and_taken_off(there: Staffed, principal: Actor) -> None:
    client = signed_in(principal)

    answer = client.post(ROSTER, sent(there.psychologist))

    assert answer.headers["Location"] == "/duty/?week=2030-09-09"
    week = client.get(answer.headers["Location"]).content.decode()
    assert there.psychologist.user.short_name in week
    assert "Monday, 09.09.2030" in week
    shift = DutyShift.objects.get()
    client.post(reverse("clocks:take-off", args=[shift.pk]))
    assert not DutyShift.objects.exists()


def test_a_refused_shift_comes_back_with_the_reason(there: Staffed, principal: Actor) -> None:
    answer = signed_in(principal).post(ROSTER, sent(there.psychologist, ends_at="2030-09-09T17:00"))

    assert answer.status_code == 422
    assert "The end must come after the beginning" in answer.content.decode()


def test_a_week_nobody_can_read_is_this_week(principal: Actor) -> None:
    assert signed_in(principal).get(ROSTER, {"week": "soon"}).status_code == 200


def test_a_week_costs_the_same_queries_however_many_shifts(there: Staffed, principal: Actor) -> None:
    client, counts = signed_in(principal), []
    client.get(ROSTER)  # what is looked up once
    for number in (1, 30):
        for step in range(number):
            on_duty(there.psychologist, timezone.now() + timedelta(minutes=step), school=there.school)
        counts.append(queries_of(client, ROSTER))
    assert counts[0] == counts[1]


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def test_a_ringing_call_stands_at_the_top_of_every_page_of_whoever_is_rung(there: Staffed, principal: Actor) -> None:
    for who in (there.duty_person, there.psychologist, principal):
        on_duty(who, school=there.school)
    called(there.school)
    pages = (
        (there.duty_person, "/alarms/school/"),
        (there.duty_person, "/directory/"),
        (there.psychologist, "/today/"),
        (principal, "/incidents/"),
    )
    for who, page in pages:
        shown = signed_in(who).get(page).content.decode()
        assert f'hx-get="{CALLS}"' in shown
        assert "I take it" in shown
    drill = actor(Role.DRILL_OFFICER, district=there.school.district)
    assert CALLS not in signed_in(drill).get("/directory/").content.decode()


def test_without_a_call_nothing_is_shown_and_nothing_asked_again(there: Staffed) -> None:
    called(there.school)
    shown = signed_in(there.psychologist).get("/today/").content.decode()
    assert "I take it" not in shown
    assert "every 15s" not in shown


def test_one_button_takes_a_call_and_the_others_see_who_has_it(there: Staffed) -> None:
    colleague = actor(Role.DUTY_PERSON, school=there.school)
    call = called(there.school)
    client = signed_in(there.duty_person)
    assert "I take it" in client.get(CALLS).content.decode()

    answered = client.post(reverse("clocks:answer", args=[call.pk]), follow=True)

    assert "You have it" in answered.content.decode()
    others = signed_in(colleague).get(CALLS).content.decode()
    assert f"{there.duty_person.user.short_name} has it since" in others
    assert "I take it" not in others
    late = signed_in(colleague).post(reverse("clocks:answer", args=[call.pk]), follow=True)
    assert "Somebody else was faster" in late.content.decode()


def test_pressing_twice_is_no_mistake(there: Staffed) -> None:
    call, client = called(there.school), signed_in(there.duty_person)
    for _ in range(2):
        page = client.post(reverse("clocks:answer", args=[call.pk]), follow=True).content.decode()
    assert "faster" not in page


def test_a_call_leads_to_what_it_is_about_where_the_role_may_open_it(there: Staffed) -> None:
    on_duty(there.psychologist, school=there.school)
    on_duty(there.duty_person, school=there.school)
    address = reverse("clocks:call", args=[called(there.school, url=CLOSED_TO_OTHERS).pk])

    assert CLOSED_TO_OTHERS in signed_in(there.psychologist).get(address).content.decode()
    page = signed_in(there.duty_person).get(address).content.decode()
    assert CLOSED_TO_OTHERS not in page
    assert "Reach one of them now" in page


def test_who_can_open_it_is_named_with_the_telephone_of_the_school(there: Staffed) -> None:
    School.objects.filter(pk=there.school.pk).update(phone="+7 7212 55 00 11")
    parent = actor(Role.PSYCHOLOGIST, school=there.school)
    call = called(there.school, url=CLOSED_TO_OTHERS, not_for=[parent.user.pk])

    page = signed_in(there.duty_person).get(reverse("clocks:call", args=[call.pk])).content.decode()

    for who in (there.psychologist, there.district_lead, there.region_lead):
        assert who.user.short_name in page
    assert parent.user.short_name not in page
    assert "+7 7212 55 00 11" in page


def test_where_nobody_can_open_it_the_page_says_so(there: Staffed) -> None:
    call = called(there.school, url="/nowhere/")
    page = signed_in(there.duty_person).get(reverse("clocks:call", args=[call.pk])).content.decode()
    assert "Nobody at the school or above it can" in page
    assert "no telephone number" in page


def test_whoever_cannot_open_it_takes_it_while_the_others_are_rung(there: Staffed) -> None:
    call = called(there.school, url=CLOSED_TO_OTHERS)
    client, address = signed_in(there.duty_person), reverse("clocks:call", args=[call.pk])

    taken = client.post(reverse("clocks:answer", args=[call.pk]), follow=True).content.decode()
    assert "are rung until one of them has taken it" in taken
    again = client.post(reverse("clocks:answer", args=[call.pk]), follow=True).content.decode()
    assert "faster" not in again
    assert "I take it" not in client.get(CALLS).content.decode()

    ring_due_calls(timezone.now() + timedelta(hours=1))
    shown = signed_in(there.district_lead).get(address).content.decode()
    assert f"{there.duty_person.user.short_name} is there since" in shown
    assert "I take it" in shown


def test_a_page_that_is_not_there_is_not_offered(there: Staffed) -> None:
    on_duty(there.psychologist, school=there.school)
    address = reverse("clocks:call", args=[called(there.school, url="/nowhere/").pk])

    assert "/nowhere/" not in signed_in(there.psychologist).get(address).content.decode()


def test_a_call_one_was_not_rung_for_is_not_there(there: Staffed) -> None:
    call = called(there.school)
    client = signed_in(there.psychologist)

    assert client.get(reverse("clocks:call", args=[call.pk])).status_code == 404
    assert client.post(reverse("clocks:answer", args=[call.pk])).status_code == 404


def test_the_same_in_the_api(there: Staffed, principal: Actor) -> None:
    call = called(there.school)
    client = signed_in(there.duty_person)
    (listed,) = client.get("/api/v1/duty-calls/").json()["results"]
    assert (listed["id"], listed["rung"], listed["answered_by"]) == (str(call.pk), 0, None)

    taken = client.post(f"/api/v1/duty-calls/{call.pk}/answer/")
    assert taken.json()["answered_by"] == there.duty_person.user.short_name
    again = client.post(f"/api/v1/duty-calls/{call.pk}/answer/")
    assert (again.status_code, again.json()["by"]) == (409, there.duty_person.user.short_name)
    assert client.get(f"/api/v1/duty-calls/{call.pk}/").json()["answered_at"] == taken.json()["answered_at"]


def test_the_roster_in_the_api(there: Staffed, principal: Actor) -> None:
    client = signed_in(principal)
    shift = {
        "member_id": there.psychologist.membership.pk,
        "starts_at": "2030-09-09T18:00:00Z",
        "ends_at": "2030-09-10T02:00:00Z",
    }
    made = client.post("/api/v1/duty-shifts/", shift, content_type="application/json")
    assert made.status_code == 201
    refused = client.post("/api/v1/duty-shifts/", shift, content_type="application/json")
    assert (refused.status_code, refused.json()) == (400, ["This person is on duty at that time already"])
    (listed,) = client.get("/api/v1/duty-shifts/").json()["results"]
    assert (listed["name"], listed["role"]) == (there.psychologist.user.short_name, "psychologist")
    assert client.delete(f"/api/v1/duty-shifts/{listed['id']}/").status_code == 204
    assert not DutyShift.objects.exists()


def test_who_has_it_is_told_by_the_fragment_for_two_hours(there: Staffed) -> None:
    call = called(there.school)
    answer_call(there.duty_person, call.pk)
    client = signed_in(there.duty_person)
    assert "has it since" in client.get(CALLS).content.decode()

    call.refresh_from_db()
    call.answered_at = timezone.now() - timedelta(hours=3)
    call.save()

    assert "has it since" not in client.get(CALLS).content.decode()


def test_a_school_elsewhere_keeps_its_own_roster(there: Staffed) -> None:
    shift = on_duty(there.psychologist, school=there.school)
    stranger = signed_in(actor(Role.PRINCIPAL, school=SchoolFactory.create()))

    assert stranger.post(reverse("clocks:take-off", args=[shift.pk])).status_code == 404
