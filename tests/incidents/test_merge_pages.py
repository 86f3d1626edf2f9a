"""Merging and splitting on the pages and in the API."""

from typing import Any

import pytest
from django.urls import reverse

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.triage.services import claim
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.factories import accused, harmed, reported, teacher_at
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def teacher(school: School, psychologist: Actor) -> Actor:
    return teacher_at(school)


@pytest.fixture
def pair(school: School) -> tuple[Pupil, Pupil]:
    return pupil_at(school), pupil_at(school)


def test_the_page_asks_for_the_part_that_holds_and_merges(
    psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    goes_on, merged = reported(teacher, harmed(pair[0])), reported(teacher, accused(pair[0]))
    client, address = signed_in(psychologist), reverse("incidents:merge", args=[merged.pk])
    assert f"No. {goes_on.number}" in client.get(address).content.decode()

    asked = client.post(address, {"into": str(goes_on.pk)})
    assert asked.status_code == 422
    assert "in different parts" in asked.content.decode()
    party = merged.parties.get()
    done = client.post(address, {"into": str(goes_on.pk), f"role_{party.pk}": "witness"}, follow=True)

    assert "Other reports of the same event" in done.content.decode()
    page = client.get(reverse("incidents:detail", args=[merged.pk])).content.decode()
    assert f"Merged into no. {goes_on.number}" in page
    assert f"merged into no. {goes_on.number}" in client.get(reverse("incidents:list")).content.decode()
    split = client.post(reverse("incidents:split", args=[merged.pk]), follow=True).content.decode()
    assert "Both reports go on by themselves" in split
    again = client.post(reverse("incidents:split", args=[merged.pk]), follow=True).content.decode()
    assert "not merged into another" in again


@pytest.mark.parametrize("into", ["", "nothing"])
def test_the_page_refuses_without_a_choice(psychologist: Actor, teacher: Actor, into: str) -> None:
    merged = reported(teacher)

    answer = signed_in(psychologist).post(reverse("incidents:merge", args=[merged.pk]), {"into": into, "role_x": "?"})

    assert answer.status_code == 422
    assert "No other report fits" in answer.content.decode()


def test_the_page_and_the_api_say_who_is_deciding(school: School, psychologist: Actor, teacher: Actor) -> None:
    goes_on, merged = reported(teacher), reported(teacher)
    colleague = actor(Role.PSYCHOLOGIST, school=school)
    claim(colleague, merged.triage_item_id)
    client, sent = signed_in(psychologist), {"into": str(goes_on.pk)}

    page = client.post(reverse("incidents:merge", args=[merged.pk]), sent)
    api = client.post(f"/api/v1/incidents/{merged.pk}/merge/", sent, content_type="application/json")

    assert (page.status_code, api.status_code) == (422, 409)
    assert colleague.user.short_name in page.content.decode()


def test_the_same_in_the_api(psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]) -> None:
    goes_on, merged = reported(teacher, harmed(pair[0])), reported(teacher, accused(pair[0]))
    client, address = signed_in(psychologist), f"/api/v1/incidents/{merged.pk}/"
    assert [one["id"] for one in client.get(f"{address}mergeable/").json()] == [str(goes_on.pk)]
    body: dict[str, Any] = {"into": str(goes_on.pk)}
    assert client.post(f"{address}merge/", body, content_type="application/json").status_code == 400
    for roles, status in (({"x": "witness"}, 400), ({str(merged.parties.get().pk): "witness"}, 200)):
        answer = client.post(f"{address}merge/", body | {"roles": roles}, content_type="application/json")
        assert answer.status_code == status
    assert client.get(address).json()["incident"]["merged_into"] == str(goes_on.pk)
    assert client.post(f"{address}split/", {}, content_type="application/json").json()["merged_into"] is None
