"""The calendar by the API: the same services, answers and refusals as the pages."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from caseflow.appointments.models import Appointment
from caseflow.appointments.services import minutes_before
from tests.appointments.factories import PURPOSE, at, begun, in_case, planned, room_at
from tests.cases.factories import case_of, psychologist, pupil_of
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
URL = "/api/v1/appointments/"
SETTINGS = "/api/v1/calendar-settings/"


def post(client: Client, url: str, **body: Any) -> Any:
    return client.post(url, body, content_type="application/json")


def test_an_appointment_is_planned_moved_changed_and_called_off() -> None:
    who = psychologist()
    client, pupil, room = signed_in(who), pupil_of(who), room_at(who)
    body = {"starts_at": at(1, 10).isoformat(), "kind": "pupil", "room": room.pk, "pupils": [str(pupil.pk)] * 2}
    made = post(client, URL, **body, purpose=PURPOSE)
    assert made.status_code == 201
    shown = made.json()
    assert (shown["state"], shown["room_name"], shown["owner_name"]) == ("planned", str(room), who.user.short_name)
    assert [each["name"] for each in shown["participants"]] == [pupil.short_name]
    one = f"{URL}{shown['id']}/"
    moved = post(client, f"{one}move/", starts_at=at(1, 12).isoformat())
    assert (moved.status_code, moved.json()["ends_at"][:19]) == (200, at(1, 12, 45).isoformat()[:19])
    changed = post(client, f"{one}change/", starts_at=at(1, 12).isoformat(), kind="meeting", minutes=30)
    assert (changed.json()["kind"], changed.json()["participants"]) == ("meeting", [])
    opened = client.get(one).json()
    assert (opened["purpose"], len(opened["moves"]), opened["unanswered"]) == ("", 2, False)
    off = post(client, f"{one}off/", by="school", reason="Карантин")
    assert (off.json()["state"], off.json()["called_off_by"]) == ("called_off", "school")
    assert client.get(one).json()["reason"] == "Карантин"


def test_a_refusal_is_409_with_its_sentence_and_what_is_out_of_reach_404() -> None:
    who = psychologist()
    client = signed_in(who)
    made = planned(who, at(1, 10))
    body = {"starts_at": at(1, 10).isoformat(), "kind": "other"}
    refused = post(client, URL, **body)
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith("You have an appointment then")
    assert post(client, f"{URL}{made.pk}/held/").status_code == 409
    assert post(client, URL, **(body | {"pupils": [str(uuid4())]})).status_code == 404
    assert post(client, URL, **(body | {"starts_at": "0001-01-01T10:00"})).status_code == 400
    assert client.get(URL, {"day": "0001-01-01"}).status_code == 400


def test_what_became_of_it_is_said_by_the_api() -> None:
    who = psychologist()
    client = signed_in(who)
    made, other = begun(who, pupil_of(who)), planned(who, at(-1, 12), pupil_of(who))
    held = post(client, f"{URL}{made.pk}/held/")
    assert (held.json()["state"], held.json()["participants"][0]["came"]) == ("held", True)
    absent = other.participants.get().pk
    missed = post(client, f"{URL}{other.pk}/not-come/", absent=[str(absent)], reason="Заболел")
    assert (missed.json()["state"], missed.json()["participants"][0]["came"]) == ("not_come", False)


def test_lists_hold_a_period_and_a_case() -> None:
    who = psychologist()
    client, case = signed_in(who), case_of(who)
    made = in_case(who, case, at(7, 10))
    day = (timezone.localdate() + timedelta(days=7)).isoformat()
    listed = client.get(URL, {"day": day, "view": "day"}).json()
    assert [each["id"] for each in listed["results"]] == [str(made.pk)]
    assert client.get(URL, {"day": day, "view": "year"}).status_code == 400
    assert [each["id"] for each in client.get(f"{URL}of-case/{case.pk}/").json()["results"]] == [str(made.pk)]


def test_free_times_are_offered() -> None:
    who = psychologist()
    planned(who, at(1, 10))
    offer = signed_in(who).get(f"{URL}slots/", {"after": at(1, 10).isoformat(), "minutes": "30"}).json()
    assert offer["clash"].startswith("You have an appointment then")
    assert len(offer["free"]) == 6


def test_one_sets_the_reminder_and_makes_and_ends_the_address() -> None:
    who = psychologist()
    client = signed_in(who)
    assert client.get(f"{SETTINGS}mine/").json() == {"reminder": 15, "address_since": None}
    assert post(client, f"{SETTINGS}reminder/", minutes=60).status_code == 204
    assert minutes_before(who.user.pk) == 60
    address = post(client, f"{SETTINGS}address/").json()["address"]
    assert Client().get(address.partition("testserver")[2]).status_code == 200
    assert client.get(f"{SETTINGS}mine/").json()["address_since"] is not None
    assert post(client, f"{SETTINGS}end-address/").status_code == 204
    assert Client().get(address.partition("testserver")[2]).status_code == 404
    assert Appointment.objects.count() == 0
