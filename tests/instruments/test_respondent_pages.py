"""What a pupil, a parent or a teacher sees: one question, no name, and nothing that stays."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.instruments.enums import State
from caseflow.instruments.models import Administration
from caseflow.instruments.rules.codes import TRIES
from caseflow.instruments.selectors.administrations import read_answers
from caseflow.instruments.services import Given
from tests.cases.factories import case_of, psychologist, pupil_of
from tests.directory.factories import signed_in
from tests.instruments.factories import flows_of, given

pytestmark = pytest.mark.django_db
CODE, FILL = "questions:code", "questions:fill"
NAME = "Безымянова"


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who, pupil_of(who, last_name=NAME))


@pytest.fixture
def told(who: Actor, case: Case) -> Given:
    return given(who, case, "asq")


@pytest.fixture
def tablet() -> Client:
    return Client(headers={"accept-language": "en"})


def opened(tablet: Client, told: Given) -> Any:
    return tablet.post(reverse(CODE), {"code": told.code, "in": "en"})


def html(response: Any) -> str:
    return str(response.content.decode())


def goes_on(tablet: Client, response: Any, **said: str) -> Any:
    """The next page, by what the page carries and what was pressed on it."""
    carried = dict(re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', html(response)))
    return tablet.post(reverse(FILL), carried | said)


def answers(tablet: Client, response: Any, *values: str) -> Any:
    for value in values:
        response = goes_on(tablet, response, move="answer", value=value)
    return response


def test_the_whole_way_of_a_pupil(tablet: Client, told: Given, case: Case) -> None:
    start = html(tablet.get(reverse(CODE), {"lang": "en"}))
    assert "The code from the psychologist" in start
    page = opened(tablet, told)
    assert "no hurry" in html(page)
    page = goes_on(tablet, page, move="go_on")
    assert "Question 1 of 4" in html(page)
    assert "In the past few weeks, have you wished you were dead?" in html(page)
    page = answers(tablet, page, "0", "0", "0")
    page = goes_on(tablet, page, move="back")
    assert 'value="0" checked' in html(page)
    page = answers(tablet, page, "0", "refused", "0")
    assert "That was the last question" in html(page)
    page = goes_on(tablet, page, move="back")
    assert "Question 5 of 5" in html(page)
    page = answers(tablet, page, "0")
    last = page
    page = goes_on(tablet, page, move="finish")
    assert "Thank you" in html(page)
    one = Administration.objects.get()
    assert (one.state, read_answers(one)) == (State.FINISHED, {"1": 0, "2": 0, "3": 0, "4": None, "5": 0})
    assert len(flows_of(case)) == 1
    behind = goes_on(tablet, last, move="back")
    assert behind.status_code == 422
    assert "kill yourself" not in html(behind)
    assert opened(tablet, told).status_code == 422


def test_no_page_names_anybody_keeps_anything_or_tells_where_it_came_from(tablet: Client, told: Given) -> None:
    pages = [tablet.get(reverse(CODE)), opened(tablet, told)]
    pages.append(goes_on(tablet, pages[-1], move="go_on"))
    pages.append(goes_on(tablet, pages[-1], move="pause"))
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert NAME not in html(page)
        assert "<script" not in html(page)
        assert "tel:111" in html(page)
        assert "tel:112" in html(page)
    assert dict(tablet.cookies) == {}


def test_somebody_signed_in_on_the_tablet_is_nobody_here(who: Actor, told: Given) -> None:
    browser = signed_in(who)
    page = html(opened(browser, told))
    assert who.user.last_name not in page
    assert NAME not in page


def test_a_locked_session_on_the_tablet_stands_in_nobodys_way(who: Actor, told: Given) -> None:
    browser = signed_in(who)
    browser.post(reverse("accounts:lock"))
    session = browser.session
    session["locked"] = True
    session.save()
    assert opened(browser, told).status_code == 200


def test_nothing_chosen_shows_the_question_again(tablet: Client, told: Given) -> None:
    page = goes_on(tablet, opened(tablet, told), move="go_on")
    again = goes_on(tablet, page, move="answer")
    assert (again.status_code, "Choose an answer" in html(again)) == (422, True)
    assert "Question 1 of 4" in html(again)
    assert read_answers(told.administration) == {}


def test_a_pause_keeps_the_answers_and_the_code_leads_back(tablet: Client, told: Given) -> None:
    page = answers(tablet, goes_on(tablet, opened(tablet, told), move="go_on"), "0")
    paused = goes_on(tablet, page, move="pause")
    assert "The answers are kept" in html(paused)
    assert "Question 2 of 4" in html(opened(tablet, told))


@pytest.mark.parametrize("code", ["", "ABCD-EFGH-JKLM", "nonsense"])
def test_a_wrong_code_says_no_more_than_that(tablet: Client, told: Given, code: str) -> None:
    page = tablet.post(reverse(CODE), {"code": code, "in": "en"})
    assert (page.status_code, "This code does not work" in html(page)) == (422, True)


def test_too_many_tries_are_told_to_wait(tablet: Client, told: Given) -> None:
    for _ in range(TRIES):
        tablet.post(reverse(CODE), {"code": "x", "in": "en"})
    assert opened(tablet, told).status_code == 429


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"pass": "x", "move": "answer"},
        {"pass": "x", "move": "answer", "value": "1", "question": "1"},
        {"pass": "x", "move": "nonsense"},
    ],
)
def test_a_page_that_is_not_ours_leads_to_the_code(tablet: Client, said: dict[str, str]) -> None:
    page = tablet.post(reverse(FILL), said | {"in": "en"})
    assert (page.status_code, "Type the code" in html(page)) == (422, True)


def test_a_question_that_does_not_exist_leads_to_the_code(tablet: Client, told: Given) -> None:
    page = goes_on(tablet, opened(tablet, told), move="go_on")
    for wrong in ({"question": "77", "move": "answer"}, {"question": "1", "move": "answer", "value": "9"}):
        assert goes_on(tablet, page, **wrong).status_code == 422


def test_a_question_has_no_address(tablet: Client) -> None:
    answer = tablet.get(reverse(FILL))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/q/")


def test_the_code_is_asked_for_in_three_languages(tablet: Client) -> None:
    page = html(tablet.get(reverse(CODE), {"lang": "kk"}))
    assert '<html lang="kk">' in page
    assert [code for code in ("kk", "ru", "en") if f'href="/q/?lang={code}"' in page] == ["kk", "ru", "en"]


def test_a_choice_of_language_stands_where_there_is_one(tablet: Client, who: Actor, case: Case, settings: Any) -> None:
    settings.DEMO = True
    told = given(who, case, "demo", language="ru")
    page = tablet.post(reverse(CODE), {"code": told.code})
    page = goes_on(tablet, page, language="kk")
    page = goes_on(tablet, page, move="go_on")
    assert "Сурет салғанды ұнатасың ба?" in html(page)
    assert '<html lang="kk">' in html(page)
    page = goes_on(tablet, page, language="en")
    assert "Do you like drawing?" in html(page)
    assert "This is a demo, not an instrument" in html(page)
    assert 'name="language"' not in html(opened(tablet, given(who, case, "asq")))
