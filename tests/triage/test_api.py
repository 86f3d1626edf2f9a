from typing import Any

import pytest
from django.test import Client

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.triage import readable
from caseflow.triage.enums import ItemKind, ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.services import claim, decide
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.triage.factories import WORDS, item_at, signal_at
from tests.triage.test_deciding import REASON, nothing_readable

pytestmark = pytest.mark.django_db
URL = "/api/v1/triage-items/"


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def client(psychologist: Actor) -> Client:
    return signed_in(psychologist)


def decided(client: Client, item: TriageItem, **wish: Any) -> Any:
    return client.post(f"{URL}{item.pk}/decide/", wish, content_type="application/json")


def test_the_queue_marks_what_a_model_made(school: School, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(readable._filters, ItemKind.SIGNAL, raising=False)
    signal_at(school)
    (row,) = client.get(URL).json()["results"]
    assert (row["ai_generated"], row["model"], row["demo"]) == (True, "mini-XCEPTION 1.0", False)
    assert client.get(URL, {"kind": "incident"}).json()["results"] == []
    assert client.get(URL, {"kind": "secret"}).status_code == 400


def test_the_queue_marks_what_was_generated(school: School, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(readable._filters, ItemKind.SIGNAL, raising=False)
    signal_at(school, demo=True)
    (row,) = client.get(URL).json()["results"]
    assert row["demo"] is True


def test_a_withdrawn_item_has_no_pupil_and_no_text(
    school: School, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(readable._filters, ItemKind.SIGNAL, f"{nothing_readable.__module__}.nothing_readable")
    item = signal_at(school)
    one = client.get(f"{URL}{item.pk}/").json()
    assert (one["item"]["readable"], one["item"]["pupil"], one["item"]["title"], one["words"]) == (False, None, "", "")


def test_one_item_with_its_words(school: School, client: Client) -> None:
    assert client.get(f"{URL}{item_at(school).pk}/").json()["words"] == WORDS


def test_a_decision_and_the_second_one(school: School, client: Client) -> None:
    item, colleague = item_at(school), actor(Role.PSYCHOLOGIST, school=school)
    assert decided(client, item, **REASON).json()["state"] == ItemState.DISMISSED
    lost = decided(signed_in(colleague), item, decision="open_case")
    assert (lost.status_code, bool(lost.json()["by"]), bool(lost.json()["at"])) == (409, True, True)


def test_a_claimed_item_is_409_and_a_missing_reason_400(school: School, client: Client) -> None:
    item, colleague = item_at(school), actor(Role.PSYCHOLOGIST, school=school)
    assert decided(client, item, decision="dismiss").status_code == 400
    claim(colleague, item.pk)
    assert decided(client, item, **REASON).status_code == 409


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)])
def test_other_roles_are_refused(school: School, role: Role) -> None:
    other, item = signed_in(actor(role, school=school)), item_at(school)
    assert {other.get(URL).status_code, other.get(f"{URL}{item.pk}/").status_code} == {403}
    assert decided(other, item, **REASON).status_code == 403


def test_another_schools_item_is_not_there(school: School, psychologist: Actor) -> None:
    item, stranger = item_at(school), actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())
    client = signed_in(stranger)
    assert client.get(URL).json()["results"] == []
    assert client.get(f"{URL}{item.pk}/").status_code == 404
    assert decided(client, item, **REASON).status_code == 404
    assert decide(psychologist, item_id=item.pk, **REASON).state == ItemState.DISMISSED
