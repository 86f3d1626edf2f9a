"""Referrals by the API: the same services and scopes as the pages."""

from typing import Any

import pytest
from django.urls import reverse

from caseflow.directory.actors import Actor
from caseflow.referrals.models import Referral
from tests.api.asking import get, rows
from tests.cases.factories import case_of, lead_over, psychologist
from tests.directory.factories import signed_in
from tests.referrals.factories import ASKED, REASON, WHY, officer_of

pytestmark = pytest.mark.django_db


def post(who: Actor, name: str, /, *args: Any, **body: Any) -> Any:
    return signed_in(who).post(reverse(f"api:{name}", args=args), body, content_type="application/json")


def test_a_referral_goes_its_whole_way() -> None:
    who = psychologist()
    case = case_of(who)
    officer, lead = officer_of(case), lead_over(case.school)
    agency = officer.membership.agency
    assert agency is not None
    begun = post(who, "referral-list", case=str(case.pk))
    assert (begun.status_code, begun.json()["missing"]) == (201, ["Choose who receives it."])
    pk = begun.json()["referral"]["id"]
    body = {"agency": agency.pk, "ground": "legal", "basis": "danger_to_life", "ground_words": WHY}
    body |= {"asked": ASKED, "told": ["reason"], "reason": REASON}
    draft = post(who, "referral-draft", pk, **body).json()
    assert draft["missing"] == []
    assert {line["field"] for line in draft["letter"]} == {"name", "birth_date", "reason", "asked"}
    assert "risk" not in draft["fields_offered"]
    assert "danger_to_life" in {basis["code"] for basis in draft["bases"]}
    assert post(who, "referral-send", pk, seen_sha256="0" * 64).status_code == 409
    assert get(who, "referral-draft", pk).json()["sha256"] == draft["sha256"]
    sent = post(who, "referral-send", pk, seen_sha256=draft["sha256"]).json()
    assert (sent["referral"]["state"], sent["side"], sent["acts"]) == ("sent", "sender", ["revoke"])
    (waiting,) = rows(officer, "referral-inbox")
    assert (waiting["pupil_name"], waiting["waits"]) == (case.pupil.full_name, True)
    received = get(officer, "referral-detail", pk).json()
    assert (received["ground_words"], received["acts"]) == ("", ["accept", "reject"])
    assert received["letter"][-1] == {"field": "asked", "title": "What is asked of you", "text": ASKED}
    assert post(officer, "referral-act", pk, move="answer", words="Рано").status_code == 409
    assert post(officer, "referral-act", pk, move="accept").status_code == 200
    assert post(officer, "referral-act", pk, move="answer", words="Осмотрен").status_code == 200
    assert post(who, "referral-act", pk, move="finish", words="Легче").json()["referral"]["state"] == "done"
    assert [row["referral"]["id"] for row in rows(who, "referral-list", over="true")] == [pk]
    (ground,) = rows(lead, "referral-ground-list")
    assert get(lead, "referral-ground-detail", ground["id"]).json()["ground_words"] == WHY
    assert post(lead, "referral-ground-review", pk, holds=True, words="Верно").json()["review_words"] == "Верно"
    again = post(who, "referral-list", case=str(case.pk)).json()["referral"]["id"]
    assert post(who, "referral-drop", again).status_code == 204
    assert Referral.objects.count() == 1
