"""Whoever has a step to do in a running flow sees it first thing in Today."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.protocols.forms import first_looks
from caseflow.protocols.models import Flow
from caseflow.protocols.rules import wrong_looks
from caseflow.protocols.selectors.own import own_flows
from caseflow.protocols.services import do_step
from tests.cases.factories import psychologist
from tests.cases.test_pages import html
from tests.directory.factories import signed_in
from tests.protocols.factories import flow_of, grave_case, settle_all, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def colleague(who: Actor) -> Actor:
    return psychologist(who.membership.school)


@pytest.fixture
def flow(who: Actor, colleague: Actor) -> Flow:
    return flow_of(grave_case(who))


def today(who: Actor) -> str:
    return html(signed_in(who).get(reverse("protocols:own")))


def test_the_page_of_the_day_asks_for_them_at_once(who: Actor, flow: Flow) -> None:
    assert reverse("protocols:own") in html(signed_in(who).get(reverse("triage:today")))


def test_the_leader_sees_the_step_that_is_due_first_and_how_many_wait(who: Actor, flow: Flow) -> None:
    (own,) = own_flows(who)
    assert (own.flow, own.first, own.open_steps) == (flow, step_of(flow, "not_alone"), 5)
    shown = today(who)
    for words in (flow.case.pupil.short_name, "now: The pupil is not left alone", "5 steps wait for you"):
        assert words in shown
    (listed,) = signed_in(who).get("/api/v1/flows/own/").json()
    assert (listed["flow"]["id"], listed["step"]) == (str(flow.pk), str(own.first.pk))
    do_step(who, own.first.pk, proof="Мама рядом")
    assert own_flows(who)[0].first != own.first


def test_the_second_person_sees_what_only_that_person_can_do(who: Actor, colleague: Actor, flow: Flow) -> None:
    (own,) = own_flows(colleague)
    assert (own.first, own.open_steps) == (step_of(flow, "second_knows"), 1)
    do_step(colleague, own.first.pk, proof="Подключилась")
    assert own_flows(colleague) == []


def test_nobody_else_sees_it_and_nobody_when_all_is_done(who: Actor, colleague: Actor, flow: Flow) -> None:
    assert own_flows(psychologist(who.membership.school)) == []
    settle_all(flow, who, colleague)
    assert own_flows(who) == []
    assert "c-note" not in today(who)


def test_the_more_pressing_flow_comes_first(who: Actor, flow: Flow) -> None:
    later = flow_of(grave_case(who))
    do_step(who, step_of(flow, "not_alone").pk, proof="Мама рядом")
    assert [own.flow for own in own_flows(who)] == [later, flow]


@pytest.mark.parametrize("hour", [0, 8, 16, 23])
@pytest.mark.parametrize("days_ago", [0, 1, 3])
def test_dates_are_offered_in_the_morning_never_later_on_a_sunday_and_do(hour: int, days_ago: int) -> None:
    now = timezone.now()
    started = (now - timedelta(days=days_ago)).replace(hour=hour)
    looks = list(first_looks(min(started, now)).values())
    assert {timezone.localtime(at).hour for at in looks} == {10}
    assert 6 not in {timezone.localtime(at).weekday() for at in looks[1:]}
    assert not wrong_looks(min(started, now), looks, now)


def test_a_week_after_a_sunday_is_moved_to_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    sunday = datetime(2026, 11, 29, 8, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: sunday)
    second = timezone.localtime(first_looks(sunday)["second"])
    assert (second.date().isoformat(), second.hour) == ("2026-12-07", 10)
