"""The page of absences for oneself and for the lead, and the same in the API."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from caseflow.clocks.models import Absence
from caseflow.clocks.services import enter_absence
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.cases.factories import case_of, lead_over, psychologist
from tests.directory.factories import SchoolFactory, actor, signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def day(number: int = 0) -> date:
    return timezone.localdate() + number * DAY


def away(who: Actor, stand_in: Actor, first: int = 0, last: int = 6, by: Actor | None = None) -> Absence:
    return enter_absence(
        by or who,
        member_id=who.membership.pk,
        stand_in_id=stand_in.membership.pk,
        first_day=day(first),
        last_day=day(last),
    )


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def colleague(who: Actor) -> Actor:
    return psychologist(who.membership.school)


def test_the_page_enters_and_ends_an_absence(who: Actor, colleague: Actor) -> None:
    client, page = signed_in(who), reverse("clocks:away")
    assert "None is entered." in client.get(page).content.decode()
    sent = {"stand_in": colleague.membership.pk, "first_day": f"{day()}", "last_day": f"{day(2)}", "reason": "leave"}

    shown = client.post(page, sent, follow=True).content.decode()
    assert f"{colleague.user.short_name} stands in" in shown
    again = client.post(page, sent)
    assert (again.status_code, "entered already" in again.content.decode()) == (422, True)
    assert who.user.short_name in signed_in(colleague).get(page).content.decode()
    absence = Absence.objects.get()
    assert (absence.reason, absence.entered_by) == ("leave", who.user)
    assert (
        "None is entered." in client.post(reverse("clocks:end-away", args=[absence.pk]), follow=True).content.decode()
    )


def test_the_lead_sees_the_people_and_who_stands_in(who: Actor, colleague: Actor) -> None:
    lead = lead_over(case_of(who).school)
    away(who, colleague)
    client = signed_in(lead)

    page = client.get(reverse("clocks:away")).content.decode()
    assert f"{colleague.user.short_name} stands in" in page
    theirs = client.get(reverse("clocks:away-of", args=[who.membership.pk]))
    assert f"Away: {who.user.short_name}" in theirs.content.decode()
    ended = client.post(reverse("clocks:end-away", args=[Absence.objects.get().pk]))
    assert ended.headers["Location"] == reverse("clocks:away-of", args=[who.membership.pk])


def test_the_page_of_the_lead_costs_the_same_at_one_and_at_thirty(who: Actor) -> None:
    school = who.membership.school
    assert school
    client, counts = signed_in(lead_over(school)), []
    for number in (1, 29):
        for _ in range(number):
            one = psychologist(school)
            away(one, who)
        client.get(reverse("clocks:away"))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("clocks:away"))
        counts.append(len(caught))

    assert counts[0] == counts[1]


def test_who_has_nobody_is_told_whom_to_ask() -> None:
    alone = actor(Role.PRINCIPAL, school=SchoolFactory.create())
    assert "Speak with the administrator" in signed_in(alone).get(reverse("clocks:away")).content.decode()


def test_the_same_in_the_api(who: Actor, colleague: Actor) -> None:
    client, url = signed_in(who), "/api/v1/absences/"
    sent = {"stand_in_id": colleague.membership.pk, "first_day": f"{day()}", "last_day": f"{day(2)}"}

    made = client.post(url, sent, content_type="application/json")
    refused = client.post(url, sent, content_type="application/json")

    assert (made.status_code, made.json()["stand_in_name"]) == (201, colleague.user.short_name)
    assert (refused.status_code, refused.json()) == (400, ["An absence in these days has been entered already"])
    assert len(client.get(url).json()["results"]) == 1
    assert len(signed_in(colleague).get(f"{url}standing-in/").json()["results"]) == 1
    (candidate,) = client.get(f"{url}stand-ins/").json()["results"]
    assert candidate["name"] == colleague.user.short_name
    assert client.delete(f"{url}{made.json()['id']}/").status_code == 204
    assert client.get(url).json()["results"] == []
