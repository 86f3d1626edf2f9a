"""The page of a deadline, and the same in the API."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.cases.models import Task
from caseflow.clocks.models import ClockChange
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from tests.cases.factories import case_of, lead_over, psychologist, task_for
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
WHY = "Ученица на олимпиаде"


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def task(who: Actor) -> Task:
    return task_for(case_of(who), who)


def url(name: str, task: Task) -> str:
    return reverse(f"clocks:{name}", args=[task.clock_id])


def test_it_is_paused_let_run_and_extended_with_reasons_that_the_page_shows(who: Actor, task: Task) -> None:
    client, today = signed_in(who), f"{timezone.localdate():%Y-%m-%d}"
    assert "nobody has changed it" in client.get(url("clock", task)).content.decode()

    paused = client.post(
        url("pause", task), {"pause-through": today, "pause-reason": WHY}, follow=True
    ).content.decode()
    assert WHY in paused
    assert "Let it run now" in paused
    assert "is-paused" in paused
    running = client.post(url("resume", task), follow=True).content.decode()
    assert "The deadline runs again." in running
    extended = client.post(url("extend", task), {"extend-amount": 2, "extend-reason": WHY}, follow=True)
    assert "The deadline is extended." in extended.content.decode()
    assert list(ClockChange.objects.values_list("kind", flat=True)) == ["paused", "resumed", "extended"]


def test_what_stands_against_it_is_said_beside_the_form(who: Actor, task: Task) -> None:
    client = signed_in(who)

    late = client.post(url("pause", task), {"pause-through": "2999-01-01", "pause-reason": WHY})
    assert (late.status_code, "at the latest" in late.content.decode()) == (422, True)
    assert client.post(url("extend", task), {"extend-amount": "", "extend-reason": ""}).status_code == 422
    assert "not paused" in client.post(url("resume", task), follow=True).content.decode()


def test_a_missed_one_says_that_it_stays_and_how_far_it_has_climbed(who: Actor, task: Task) -> None:
    sweep(task.due_at + timedelta(minutes=1))
    task.clock.refresh_from_db()
    task.clock.due_at = timezone.now() - timedelta(hours=1)
    task.clock.warn_at = task.clock.started_at = task.clock.due_at - timedelta(hours=1)
    task.clock.save()

    page = signed_in(who).get(url("clock", task)).content.decode()

    assert "cannot be moved" in page
    assert "whoever has it" in page


def test_a_clock_of_a_case_one_was_not_given_is_not_there(who: Actor, task: Task) -> None:
    client = signed_in(lead_over(task.case.school))
    for name in ("pause", "extend", "resume"):
        assert client.post(url(name, task)).status_code == 404
    assert client.get(url("clock", task)).status_code == 404


def test_the_same_in_the_api(who: Actor, task: Task) -> None:
    client, at = signed_in(who), f"/api/v1/clocks/{task.clock_id}/"
    shown = client.get(at).json()
    assert (shown["code"], shown["may_pause"], shown["extension"], shown["unit"]) == ("task", True, 5, "days")

    sent = {"through": f"{timezone.localdate()}", "reason": WHY}
    paused = client.post(f"{at}pause/", sent, content_type="application/json").json()
    assert (paused["may_resume"], paused["changes"][0]["reason"]) == (True, WHY)
    refused = client.post(f"{at}extend/", {"amount": 1, "reason": WHY}, content_type="application/json")
    assert (refused.status_code, "paused" in refused.json()["detail"]) == (409, True)
    assert client.post(f"{at}resume/").json()["paused_until"] is None
    extended = client.post(f"{at}extend/", {"amount": 1, "reason": WHY}, content_type="application/json").json()
    assert extended["extension"] == 4
