"""Stages and the end of a case, on the pages and by the API."""

import pytest
from django.urls import reverse

from caseflow.cases.enums import RiskLevel, Stage
from caseflow.cases.models import Case, ClosingRequest
from caseflow.cases.services import ask_to_close, complete_task, set_risk
from caseflow.cases.services.moving import move_case
from caseflow.directory.actors import Actor
from tests.cases.factories import case_of, lead_over, psychologist, task_for
from tests.cases.test_api import get
from tests.cases.test_api import post as send
from tests.cases.test_pages import html, page, post
from tests.directory.factories import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]
WHY = "Семья переехала"


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def grave(who: Actor) -> Case:
    case = case_of(who)
    set_risk(who, case.pk, level=RiskLevel.ACUTE, basis="Беседа", formulation="Травля, дома слышат")
    return case


@pytest.fixture
def lead(grave: Case) -> Actor:
    return lead_over(grave.school)


def test_the_page_offers_the_stages_that_are_open_and_says_what_the_others_lack(who: Actor) -> None:
    case = case_of(who)
    assert post(who, "move", case.pk, stage="assessment", reason="Беседа назначена").status_code == 302
    shown = html(page(who, "move", case.pk))
    assert 'value="plan"' not in shown
    assert "Assess the risk first: help is planned from an assessment." in shown
    refused = post(who, "move", case.pk, stage="plan", reason="Пора")
    assert (refused.status_code, "Assess the risk first" in html(refused)) == (422, True)
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
    assert 'value="plan"' in html(page(who, "move", case.pk))
    unsaid = post(who, "move", case.pk, stage="plan", reason="")
    assert (unsaid.status_code, Case.objects.get().stage) == (422, Stage.ASSESSMENT)
    assert post(who, "move", case.pk, stage="plan", reason="Пора").status_code == 302
    assert "Planning" in html(page(who, "detail", case.pk))


def test_the_only_way_is_chosen_already_but_never_the_way_back(who: Actor) -> None:
    case = case_of(who)
    assert html(page(who, "move", case.pk)).count('value="assessment"') == 1
    assert 'type="radio"' in html(page(who, "move", case.pk))
    assert " checked" in html(page(who, "move", case.pk))
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
    for stage in (Stage.ASSESSMENT, Stage.PLAN):
        move_case(who, case.pk, stage=stage, reason="Пора")
    shown = html(page(who, "move", case.pk))
    assert 'value="assessment"' in shown
    assert " checked" not in shown  # support waits for a task: what is left leads back
    task = reverse("cases:task", args=[case.pk])
    assert f"{task}?back={reverse('cases:move', args=[case.pk])}" in shown


def test_closing_says_what_stands_in_the_way_and_keeps_what_was_typed(who: Actor) -> None:
    case = case_of(who)
    task = task_for(case, who, title="Разговор с родителями")
    assert "Разговор с родителями" in html(page(who, "close", case.pk))
    assert post(who, "close", case.pk, reason="Пора").status_code == 422
    complete_task(who, task.pk, outcome="Поговорили")
    empty = post(who, "close", case.pk, reason=" ")
    assert (empty.status_code, "This field is required." in html(empty)) == (422, True)
    assert post(who, "close", case.pk, reason="Пора").status_code == 302
    assert "The case is closed" in html(page(who, "close", case.pk))
    assert post(who, "reopen", case.pk, reason="Новый сигнал").status_code == 302
    assert Case.objects.get().is_open


def test_two_people_close_a_case_that_was_at_high_risk(who: Actor, grave: Case, lead: Actor) -> None:
    shown = html(page(who, "close", grave.pk))
    assert "two people decide" in shown
    assert lead.user.short_name in shown
    direct = post(who, "close", grave.pk, reason=WHY)
    assert (direct.status_code, "a lead psychologist has to agree" in html(direct)) == (422, True)
    unsaid = post(who, "ask-closing", grave.pk, lead=lead.membership.pk, reason="")
    assert (unsaid.status_code, ClosingRequest.objects.count()) == (422, 0)
    assert post(who, "ask-closing", grave.pk, lead=lead.membership.pk, reason=WHY).status_code == 302
    waits = html(page(who, "close", grave.pk))
    assert "Take the wish back" in waits
    assert "Agree and close" not in waits
    asked = html(page(lead, "close", grave.pk))
    assert WHY in asked
    assert "Agree and close the case" in asked
    assert post(lead, "agree-closing", grave.pk, text="").status_code == 422
    assert post(lead, "agree-closing", grave.pk, text="Согласна").status_code == 302
    assert not Case.objects.get().is_open


def test_while_the_lead_decides_no_stage_is_offered(who: Actor, grave: Case, lead: Actor) -> None:
    assert 'value="assessment"' in html(page(who, "move", grave.pk))
    ask_to_close(who, grave.pk, membership_id=lead.membership.pk, reason=WHY)
    shown = html(page(who, "move", grave.pk))
    assert 'type="radio"' not in shown
    assert "A lead psychologist decides whether the case is closed" in shown
    assert reverse("cases:close", args=[grave.pk]) in shown
    assert signed_in(who).get(reverse("api:case-ways", args=[grave.pk])).json() == []
    assert post(who, "move", grave.pk, stage="assessment", reason=WHY).status_code == 422


def test_a_wish_is_returned_or_taken_back_on_the_page(who: Actor, grave: Case, lead: Actor) -> None:
    ask_to_close(who, grave.pk, membership_id=lead.membership.pk, reason=WHY)
    assert post(lead, "return-closing", grave.pk, text="").status_code == 422
    assert post(lead, "return-closing", grave.pk, text="Встреча через месяц").status_code == 302
    assert "Встреча через месяц" in html(page(who, "detail", grave.pk))
    ask_to_close(who, grave.pk, membership_id=lead.membership.pk, reason=WHY)
    client, url = signed_in(who), reverse("cases:take-back-closing", args=[grave.pk])
    assert "The wish to close the case is taken back." in html(client.post(url, follow=True))
    assert "Nobody asks for this case to be closed" in html(client.post(url, follow=True))


def test_the_lead_sees_what_came_in_the_way_after_the_wish(who: Actor, grave: Case, lead: Actor) -> None:
    ask_to_close(who, grave.pk, membership_id=lead.membership.pk, reason=WHY)
    task_for(grave, who, title="Звонок в новую школу")
    shown = html(page(lead, "close", grave.pk))
    assert "Звонок в новую школу" in shown
    assert "Agree and close the case" not in shown
    refused = post(lead, "agree-closing", grave.pk, text="Согласна")
    assert (refused.status_code, "1 unfinished task" in html(refused)) == (422, True)


def test_without_a_lead_the_page_says_whom_to_ask(who: Actor, grave: Case) -> None:
    assert "No lead psychologist is entered for this school" in html(page(who, "close", grave.pk))


def test_the_api_moves_asks_answers_and_closes(who: Actor, grave: Case, lead: Actor) -> None:
    ways = get(who, "case-ways", grave.pk).json()
    assert ways == [{"stage": "assessment", "missing": []}]
    moved = send(who, "case-move", grave.pk, stage="assessment", reason="Беседа")
    assert (moved.status_code, moved.json()["stage"]) == (200, "assessment")
    assert send(who, "case-move", grave.pk, stage="closed", reason="Беседа").status_code == 409
    closing = get(who, "case-closing", grave.pk).json()
    assert (closing["takes_two"], closing["asked"], closing["unfinished_tasks"]) == (True, None, 0)
    assert [person["membership"] for person in closing["deciders"]] == [lead.membership.pk]
    asked = send(who, "case-ask-closing", grave.pk, lead=lead.membership.pk, reason=WHY)
    assert (asked.status_code, asked.json()["asked"]) == (201, lead.user.pk)
    assert (asked.json()["reason"], asked.json()["may_answer"]) == (WHY, False)
    back = send(lead, "case-return-closing", grave.pk, text="Позже")
    assert (back.status_code, back.json()["asked"]) == (200, None)
    send(who, "case-ask-closing", grave.pk, lead=lead.membership.pk, reason=WHY)
    assert send(who, "case-take-back-closing", grave.pk).json()["asked"] is None
    send(who, "case-ask-closing", grave.pk, lead=lead.membership.pk, reason=WHY)
    agreed = send(lead, "case-agree-closing", grave.pk, text="Согласна")
    assert (agreed.status_code, agreed.json()["stage"]) == (200, "closed")


def test_a_new_task_is_first_of_all_for_whoever_writes_it() -> None:
    who = psychologist()
    case = case_of(who)
    page = signed_in(who).get(reverse("cases:task", args=[case.pk])).content.decode()
    assert f'<option value="{who.membership.pk}" selected>' in page
