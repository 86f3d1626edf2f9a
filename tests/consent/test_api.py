from typing import Any

import pytest
from django.test import Client

from caseflow.consent.enums import EventKind
from caseflow.consent.models import ConsentEvent
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from tests.consent.factories import given
from tests.directory.factories import GuardianshipFactory, PupilFactory, actor, parent_of, signed_in

pytestmark = pytest.mark.django_db
URL = "/api/v1/consents/"


def rows(who: Actor) -> dict[str, Any]:
    answer = signed_in(who).get(URL, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return {row["purpose"]: row for row in answer.json()["results"]}


def post(who: Actor, act: str, body: dict[str, Any]) -> Any:
    return signed_in(who).post(f"{URL}{act}/", body, content_type="application/json")


def agreement(pupil: Pupil, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "pupil": str(pupil.pk),
        "purpose": row["purpose"],
        "text": row["text"]["id"],
        "language": row["text"]["language"],
        "shown_sha256": row["shown_sha256"],
        "confirmed": True,
    }


def test_a_parent_reads_gives_and_withdraws() -> None:
    pupil = PupilFactory.create()
    parent = parent_of(pupil)
    row = rows(parent)["mood_analysis"]
    assert (row["state"], row["pupil"], row["text"]["cross_border"]) == ("none", str(pupil.pk), False)

    assert post(parent, "give", agreement(pupil, row)).status_code == 204
    assert rows(parent)["mood_analysis"]["state"] == "given"
    assert post(parent, "withdraw", {"pupil": str(pupil.pk), "purpose": "mood_analysis"}).status_code == 204
    assert rows(parent)["mood_analysis"]["state"] == "withdrawn"
    assert post(parent, "refuse", {"pupil": str(pupil.pk), "purpose": "agency_sharing"}).status_code == 204
    assert rows(parent)["agency_sharing"]["state"] == "refused"


def test_what_stands_against_it_is_said_in_words_and_nothing_is_done() -> None:
    pupil = PupilFactory.create()
    parent = parent_of(pupil)
    body = agreement(pupil, rows(parent)["mood_analysis"])

    unread = post(parent, "give", {**body, "confirmed": False})
    stale = post(parent, "give", {**body, "shown_sha256": "0" * 64})
    nothing = post(parent, "withdraw", {"pupil": str(pupil.pk), "purpose": "mood_analysis"})
    wrong = post(parent, "refuse", {"pupil": str(pupil.pk), "purpose": "marketing"})

    assert [r.status_code for r in (unread, stale, nothing, wrong)] == [409, 409, 409, 400]
    assert all(r.json()["detail"] for r in (unread, stale, nothing))
    assert not ConsentEvent.objects.exists()


def test_the_other_guardians_answer_is_nobodys_business() -> None:
    pupil = PupilFactory.create()
    given(pupil, GuardianshipFactory.create(pupil=pupil).guardian_id)

    assert rows(parent_of(pupil))["mood_analysis"]["state"] == "none"


def test_another_child_is_not_found_and_other_roles_are_refused() -> None:
    pupil = PupilFactory.create()
    stranger = parent_of(PupilFactory.create())

    assert post(stranger, "refuse", {"pupil": str(pupil.pk), "purpose": "mood_analysis"}).status_code == 404
    assert signed_in(actor(Role.PSYCHOLOGIST, school=pupil.school)).get(URL).status_code == 403
    assert Client().get(URL).status_code in (401, 403)
    assert not ConsentEvent.objects.filter(kind=EventKind.REFUSED).exists()
