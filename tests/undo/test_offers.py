"""What can be undone, by whom and how long: asked of the server, whatever a page says."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from caseflow.cases.models import Case, Task
from caseflow.cases.services import complete_task
from caseflow.directory.actors import Actor
from caseflow.undo.offering import moment_of
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import offer, take_back
from tests.cases.factories import case_of, psychologist, task_for
from tests.directory.factories import MembershipFactory, signed_in
from tests.undo.factories import grown_old

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def task(who: Actor, case: Case) -> Task:
    return complete_task(who, task_for(case, who).pk, outcome="Поговорили")


def offered(who: Actor, task: Task) -> str:
    return offer(who, "task_done", task.pk, at=moment_of(task.done_at))


def is_done(task: Task) -> bool:
    task.refresh_from_db()
    return task.done_at is not None


def said(browser: Client, answer: object) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]  # type: ignore[attr-defined]  # of the test client


def test_an_act_is_taken_back_once_and_by_whoever_did_it(who: Actor, task: Task) -> None:
    held = offered(who, task)
    with pytest.raises(TooLateError):
        take_back(psychologist(who.membership.school), held)
    assert is_done(task)
    assert take_back(who, held) == reverse("cases:detail", args=[task.case_id])
    assert not is_done(task)
    with pytest.raises(TooLateError):
        take_back(who, held)


def test_in_another_role_it_is_not_offered_to_the_same_person(who: Actor, task: Task) -> None:
    other = MembershipFactory.create(role=who.role, school=who.membership.school, user=who.user)
    with pytest.raises(TooLateError):
        take_back(Actor(who.user, other), offered(who, task))


def test_after_fifteen_seconds_it_stands(who: Actor, task: Task) -> None:
    with pytest.raises(TooLateError):
        take_back(who, grown_old(offered(who, task)))
    assert is_done(task)


@pytest.mark.parametrize("held", ["", "rubbish", "eyJraW5kIjoidGFza19kb25lIn0:1abc:forged"])
def test_what_is_no_offer_of_ours_takes_nothing_back(who: Actor, held: str) -> None:
    with pytest.raises(TooLateError):
        take_back(who, held)


def test_a_moment_that_is_not_there_is_no_fact() -> None:
    assert moment_of(None) == ""


def test_the_page_says_that_it_is_undone_and_goes_where_that_is_seen(who: Actor, task: Task) -> None:
    browser, address = signed_in(who), reverse("undo:undo")
    held = offered(who, task)
    answer = browser.post(address, {"offer": held, "next": "/cases/tasks/"})
    assert answer.headers["Location"] == reverse("cases:detail", args=[task.case_id])
    assert said(browser, answer) == ["Undone."]
    late = browser.post(address, {"offer": held, "next": "/cases/tasks/"})
    assert late.headers["Location"] == "/cases/tasks/"
    assert said(browser, late)[-1] == "It cannot be undone any more. Nothing was changed."
    away = browser.post(address, {"offer": held, "next": "https://example.org/"})
    assert away.headers["Location"] == "/"


def test_the_offer_stands_on_the_next_page_and_bears_no_words(who: Actor, case: Case) -> None:
    browser, task = signed_in(who), task_for(case, who)
    page = browser.post(reverse("cases:complete", args=[task.pk]), {"outcome": "Плачет дома"}, follow=True)
    html = page.content.decode()
    assert "data-undo-offer" in html
    assert "Плачет" not in html.partition('name="offer" value="')[2].partition('"')[0]
    assert "data-undo-offer" not in browser.get(reverse("cases:detail", args=[case.pk])).content.decode()
