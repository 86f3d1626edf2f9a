"""Findings and answers on the page of a report and in the API."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Bullying, Incident, PartyAnswer
from tests.api.asking import get, post
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.factories import accused, harmed, reported, teacher_at
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.django_db
WHY = "Записано со слов троих одноклассников"
SAYS = "Я только отодвинул его сумку"


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def pair(school: School, psychologist: Actor) -> tuple[Pupil, Pupil]:
    return pupil_at(school, last_name="Обидчиков"), pupil_at(school, last_name="Тихонова")


@pytest.fixture
def incident(school: School, pair: tuple[Pupil, Pupil]) -> Incident:
    return act(school, pair)


def act(school: School, pair: tuple[Pupil, Pupil]) -> Incident:
    return reported(teacher_at(school), accused(pair[0]), harmed(pair[1]), category=Category.BULLYING)


def ids(incident: Incident) -> tuple[str, str]:
    said, hurt = (incident.parties.get(role=role).pk for role in ("said_to_have_harmed", "harmed"))
    return str(said), str(hurt)


def sent(who: Actor, name: str, incident: Incident, **body: Any) -> Any:
    return signed_in(who).post(reverse(f"incidents:{name}", args=[incident.pk]), body)


def page(who: Actor, incident: Incident) -> str:
    return str(signed_in(who).get(reverse("incidents:detail", args=[incident.pk])).content.decode())


def test_a_pair_is_confirmed_on_the_page_which_names_the_reports(
    school: School, psychologist: Actor, pair: tuple[Pupil, Pupil], incident: Incident
) -> None:
    second = act(school, pair)
    assert "reports that count: 2" in page(psychologist, second)
    answer = sent(psychologist, "bullying", second, pair=":".join(ids(second)))
    assert answer["Location"] == reverse("incidents:detail", args=[second.pk]) + "#bullying"
    shown = page(psychologist, incident)
    assert "Bullying confirmed" in shown
    assert reverse("incidents:detail", args=[second.pk]) in shown
    assert "Record that bullying is confirmed" not in page(psychologist, second)


def test_one_act_without_a_reason_is_refused_and_what_was_typed_stays(psychologist: Actor, incident: Incident) -> None:
    answer = sent(psychologist, "bullying", incident, pair=":".join(ids(incident)), override="так надо")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "One act alone is a suspicion" in text
    assert "так надо</textarea>" in text
    assert not Bullying.objects.exists()


@pytest.mark.parametrize("pair", ["", "x", "x:y"])
def test_a_pair_that_cannot_be_read_is_asked_for_again(school: School, psychologist: Actor, pair: str) -> None:
    incident = act(school, (pupil_at(school), pupil_at(school)))
    answer = sent(psychologist, "bullying", incident, pair=pair, override=WHY)
    assert answer.status_code == 422
    assert f"{WHY}</textarea>" in answer.content.decode()


def test_a_finding_is_taken_back_on_the_page_with_a_reason(
    school: School, psychologist: Actor, pair: tuple[Pupil, Pupil], incident: Incident
) -> None:
    sent(psychologist, "bullying", incident, pair=":".join(ids(incident)), override=WHY)
    finding = str(Bullying.objects.get().pk)
    for reason, said in (("", "This field is required"), ("нет", "Explain in a sentence")):
        answer = sent(psychologist, "take-back-bullying", incident, finding=finding, reason=reason)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert sent(psychologist, "take-back-bullying", incident, finding=finding, reason=WHY).status_code == 302
    shown = page(psychologist, incident)
    assert "Bullying: taken back" in shown
    assert "Record that bullying is confirmed" in shown
    principal = page(actor(Role.PRINCIPAL, school=school), incident)
    assert "Bullying: taken back" in principal
    assert WHY not in principal


def test_an_answer_is_noted_on_the_page_and_a_wrong_one_comes_back(
    school: School, psychologist: Actor, incident: Incident
) -> None:
    assert "Обидчиков" in page(psychologist, incident)
    party = ids(incident)[0]
    answer = sent(psychologist, "answers", incident, party=party, answerer="", text=SAYS, asks_correction="on")
    assert answer.status_code == 422
    assert f"{SAYS}</textarea>" in answer.content.decode()
    assert not PartyAnswer.objects.exists()
    assert "has not been heard yet" in page(psychologist, incident)
    assert sent(psychologist, "answers", incident, party=party, answerer="guardian", text=SAYS).status_code == 302
    assert SAYS in page(psychologist, incident)
    assert SAYS not in page(actor(Role.PRINCIPAL, school=school), incident)


def test_the_api_offers_the_same(
    school: School, psychologist: Actor, pair: tuple[Pupil, Pupil], incident: Incident
) -> None:
    said, hurt = ids(incident)
    assert post(psychologist, "incident-bullying", incident.pk, said=said, harmed=hurt).status_code == 400
    assert post(psychologist, "incident-bullying", incident.pk, said=said, harmed=hurt, override=WHY).status_code == 204
    body = {"party": said, "answerer": "pupil", "text": SAYS, "asks_correction": True}
    assert post(psychologist, "incident-answers", incident.pk, **body).status_code == 204
    shown = get(psychologist, "incident-detail", incident.pk).json()
    (finding,) = shown["findings"]
    assert (finding["said"], finding["harmed"]) == (str(pair[0].pk), str(pair[1].pk))
    assert (finding["override"], finding["holds"], finding["overridden"]) == (WHY, True, True)
    assert [(each["number"], each["counts"]) for each in finding["grounds"]] == [(incident.number, True)]
    ((answer,),) = [each["answers"] for each in shown["answers"]]
    assert (answer["text"], answer["answerer"], answer["asks_correction"]) == (SAYS, "pupil", True)
    seen = get(actor(Role.PRINCIPAL, school=school), "incident-detail", incident.pk).json()
    assert (seen["answers"], seen["findings"][0]["override"]) == ([], "")
    wrong = {"finding": finding["id"], "reason": "нет"}
    assert post(psychologist, "incident-take-back-bullying", incident.pk, **wrong).status_code == 400
    wrong["reason"] = WHY
    assert post(psychologist, "incident-take-back-bullying", incident.pk, **wrong).status_code == 204
    (finding,) = get(psychologist, "incident-detail", incident.pk).json()["findings"]
    assert (finding["taken_back"], finding["taken_back_at"] is not None) == (WHY, True)


def test_the_page_asks_as_much_for_one_finding_as_for_many(
    school: School, psychologist: Actor, pair: tuple[Pupil, Pupil], incident: Incident
) -> None:
    """Findings of three reports between the same pupils rest on each other."""
    client, url = signed_in(psychologist), reverse("incidents:detail", args=[incident.pk])
    sent(psychologist, "bullying", incident, pair=":".join(ids(incident)), override=WHY)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url)
    for _each in range(3):
        more = act(school, pair)
        sent(psychologist, "bullying", more, pair=":".join(ids(more)), override=WHY)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).content.decode().count("Bullying confirmed") == 4
    assert len(many) == len(one)
