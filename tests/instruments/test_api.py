"""The API does what the pages do, by the same services."""

from typing import Any

import pytest
from django.urls import reverse

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import signed_in
from tests.instruments.factories import flows_of, region_lead, school_of, shipped, translated_pack, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def ask(who: Actor, method: str, name: str, *args: Any, **body: Any) -> Any:
    client: Any = signed_in(who)
    send = {"GET": client.get, "POST": client.post}[method]
    sent = {} if method == "GET" else {"data": body, "content_type": "application/json"}
    return send(reverse(f"api:{name}", args=args), **sent)


def test_the_whole_way_from_giving_to_the_result(who: Actor, case: Case) -> None:
    version = str(version_of("asq").pk)
    offers = ask(who, "GET", "case-questionnaire-offers", case.pk).json()
    assert version in [offer["questionnaire"]["id"] for offer in offers]
    said = {"version": version, "respondent": "pupil", "filling": "screen", "language": "en"}
    given = ask(who, "POST", "case-questionnaire-give", case.pk, **said)
    assert (given.status_code, given.json()["code"]) == (201, "")
    assert ask(who, "POST", "case-questionnaire-give", case.pk, **said).status_code == 409
    pk = given.json()["id"]
    sheet = ask(who, "POST", "given-questionnaire-answers", pk, answers={"1": 0, "2": 1, "3": None}).json()
    assert (sheet["alarm"], [row["question"] for row in sheet["questions"]]) == ("positive", ["1", "2", "3", "4", "5"])
    assert len(flows_of(case)) == 1
    refused = ask(who, "POST", "given-questionnaire-finish", pk)
    assert (refused.status_code, "no answer yet" in refused.json()["detail"]) == (409, True)
    assert ask(who, "GET", "given-questionnaire-sheet", pk).status_code == 200
    ask(who, "POST", "given-questionnaire-answers", pk, answers={"4": 0, "5": 0})
    result = ask(who, "POST", "given-questionnaire-finish", pk).json()
    assert result["questionnaire"]["score"]["band"] == "positive"
    assert [row["refused"] for row in result["answers"]] == [False, False, True, False, False]
    assert ask(who, "GET", "given-questionnaire-detail", pk).json() == result
    rows = ask(who, "GET", "case-questionnaire-detail", case.pk).json()["questionnaires"]
    assert [row["id"] for row in rows] == [pk]


def test_a_code_a_stop_and_a_typed_total(who: Actor, case: Case) -> None:
    said = {"version": str(version_of("phq-a").pk), "respondent": "pupil", "filling": "code", "language": "en"}
    given = ask(who, "POST", "case-questionnaire-give", case.pk, **said).json()
    renewed = ask(who, "POST", "given-questionnaire-code", given["id"]).json()
    assert len(renewed["code"]) == 14
    assert renewed["code"] != given["code"]
    stopped = ask(who, "POST", "given-questionnaire-stop", given["id"]).json()
    assert stopped["questionnaire"]["state"] == "stopped"
    total = {"version": str(version_of("sdq").pk), "respondent": "parent", "total": 12, "by": "Центр", "place": "тут"}
    kept = ask(who, "POST", "case-questionnaire-total", case.pk, **total)
    assert (kept.status_code, kept.json()["scored_elsewhere"]) == (201, {"by": "Центр", "place": "тут"})


def test_the_region_lead_imports_and_puts_to_use(who: Actor) -> None:
    shipped()
    lead = region_lead(school_of(who))
    bad = ask(lead, "POST", "questionnaire-list", content="x = 1")
    assert (bad.status_code, list(bad.json())) == (400, ["content"])
    made = ask(lead, "POST", "questionnaire-list", content=translated_pack())
    assert made.status_code == 201
    assert [row["offered"] for row in made.json()["languages"]] == [False, True, True]
    assert ask(lead, "POST", "questionnaire-use", made.json()["id"]).json()["in_use"] is True
    listed = ask(who, "GET", "questionnaire-list").json()["results"]
    assert {row["instrument"]: row["version"] for row in listed if row["in_use"]}["gad-7"] == "1-ru"
