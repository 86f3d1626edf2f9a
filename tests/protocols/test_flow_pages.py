"""The page of a flow: what is done there, and what is refused and why."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.cases.services import add_task, close_case
from caseflow.directory.actors import Actor
from caseflow.protocols.models import Flow
from caseflow.protocols.selectors.protocols import version_in_force
from caseflow.protocols.services import do_step
from tests.cases.factories import case_of, lead_over, psychologist
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


def get(who: Actor, name: str, *args: Any) -> Any:
    return signed_in(who).get(reverse(f"protocols:{name}", args=args))


def head_of(who: Actor, name: str, flow: Flow) -> str:
    """The nearest deadline in the head of a page of the case."""
    page = html(signed_in(who).get(reverse(name, args=[flow.case_id])))
    return page.split('class="c-nearest"')[1].split("</div>\n      </dl>")[0].split("</dl>")[0]


def send(who: Actor, name: str, *args: Any, **data: Any) -> Any:
    return signed_in(who).post(reverse(f"protocols:{name}", args=args), data)


def test_the_page_shows_the_steps_the_second_person_and_what_is_open(who: Actor, flow: Flow) -> None:
    shown = html(get(who, "flow", flow.pk))
    for words in ("High risk", "The pupil is not left alone", "6 steps are open", flow.second.short_name):  # type: ignore[union-attr]
        assert words in shown
    assert get(lead_over(flow.case.school), "flow", flow.pk).status_code == 404


def test_a_step_is_done_on_the_page_and_an_empty_one_refused_beside_its_field(who: Actor, flow: Flow) -> None:
    step = step_of(flow, "not_alone")
    empty = send(who, "do", flow.pk, step.pk, text="")
    assert (empty.status_code, "This field is required." in html(empty)) == (422, True)
    assert send(who, "do", flow.pk, step.pk, text="Мама рядом").status_code == 302
    assert "Мама рядом" in html(get(who, "flow", flow.pk))
    again = send(who, "do", flow.pk, step.pk, text="Снова")
    assert (again.status_code, step_of(flow, "not_alone").done_by) == (422, who.user)


def test_a_referral_by_telephone_is_recorded_on_the_page_with_to_whom_and_when(who: Actor, flow: Flow) -> None:
    step = step_of(flow, "referred")
    assert "Write a referral" in html(get(who, "flow", flow.pk))
    refused = send(who, "do", flow.pk, step.pk, to_whom="", at="", text="Направили")
    assert refused.status_code == 422
    assert "Send a referral to health care" in html(refused)
    assert send(who, "do", flow.pk, step.pk, to_whom="Скорая, бригада 12", at="", text="").status_code == 302
    assert "Скорая, бригада 12" in html(get(who, "flow", flow.pk))


def test_a_step_that_may_not_be_left_out_says_so_and_keeps_the_words(who: Actor, flow: Flow) -> None:
    refused = send(who, "waive", flow.pk, step_of(flow, "safety_plan").pk, text="Отказался")
    assert refused.status_code == 422
    assert send(who, "waive", flow.pk, step_of(flow, "parents_told").pk, text="Опасность дома").status_code == 302
    assert "does not apply" in html(get(who, "flow", flow.pk))


def test_the_dates_are_offered_set_and_refused(who: Actor, flow: Flow) -> None:
    step, now = step_of(flow, "looks"), timezone.localtime()
    dates = [(now + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M") for days in (2, 7, 30)]
    wrong = send(who, "looks", flow.pk, step.pk, first=dates[1], second=dates[0], third=dates[2])
    assert (wrong.status_code, "Give three dates in order" in html(wrong)) == (422, True)
    assert send(who, "looks", flow.pk, step.pk, first="", second="", third="").status_code == 422
    right = send(who, "looks", flow.pk, step.pk, first=dates[0], second=dates[1], third=dates[2])
    assert (right.status_code, flow.case.tasks.count()) == (302, 3)


def test_two_people_end_the_flow_on_the_page(who: Actor, colleague: Actor, flow: Flow) -> None:
    assert send(who, "ask-end", flow.pk, text="Рано").status_code == 422
    settle_all(flow, who, colleague)
    assert "All steps are settled" in html(get(who, "flow", flow.pk))
    assert send(who, "ask-end", flow.pk, text="Спокойно").status_code == 302
    assert "Another person confirms it." in html(get(who, "flow", flow.pk))
    assert send(who, "confirm", flow.pk, text="Да").status_code == 422
    empty = send(colleague, "confirm", flow.pk, text="")
    assert (empty.status_code, "This field is required." in html(empty)) == (422, True)
    assert send(colleague, "send-back", flow.pk, text="Ещё встреча").status_code == 302
    send(who, "ask-end", flow.pk, text="Спокойно")
    assert send(colleague, "confirm", flow.pk, text="Да").status_code == 302
    assert "Ended" in html(get(who, "flow", flow.pk))


def test_another_second_person_is_named_on_the_page(who: Actor, flow: Flow) -> None:
    third = psychologist(who.membership.school)
    assert send(who, "second", flow.pk, member=third.membership.pk, reason="").status_code == 422
    wrong = send(who, "second", flow.pk, member=psychologist().membership.pk, reason="Отпуск")
    assert wrong.status_code == 422
    assert send(who, "second", flow.pk, member=third.membership.pk, reason="Отпуск").status_code == 302
    flow.refresh_from_db()
    assert flow.second == third.user
    same = send(who, "second", flow.pk, member=third.membership.pk, reason="Ещё раз")
    assert (same.status_code, "cannot be the second one" in html(same)) == (422, True)


def test_the_case_shows_what_runs_and_what_can_begin(who: Actor, flow: Flow) -> None:
    assert "To the steps" in html(get(who, "of-case", flow.case_id))
    calm = case_of(who)
    shown = html(get(who, "of-case", calm.pk))
    assert ("To the steps" in shown, "Begin" in shown) == (False, True)
    begun = send(who, "begin", calm.pk, version_in_force("high_risk", calm.school).pk)
    assert begun["Location"] == reverse("protocols:flow", args=[flow_of(calm).pk])
    twice = signed_in(who).post(
        reverse("protocols:begin", args=[calm.pk, version_in_force("high_risk", calm.school).pk]), follow=True
    )
    assert "at work in the case already" in html(twice)
    ended = case_of(who)
    close_case(who, ended.pk, reason="Пора")
    assert "Begin" not in html(get(who, "of-case", ended.pk))


def test_the_head_of_the_case_counts_the_steps_among_its_deadlines(who: Actor, colleague: Actor, flow: Flow) -> None:
    """A step in a quarter of an hour comes before a task in two days, on each page of the case."""
    soon = timezone.now() + timedelta(days=2)
    add_task(who, flow.case_id, title="Столовая", membership_id=who.membership.pk, due_at=soon)
    steps = reverse("protocols:flow", args=[flow.pk])
    for name in ("cases:detail", "cases:assessments"):
        head = head_of(who, name, flow)
        assert ("The pupil is not left alone" in head, steps in head, "Столовая" in head) == (True, True, False), name
    do_step(who, step_of(flow, "not_alone").pk, proof="Мама рядом")
    assert "The second person knows" in head_of(who, "cases:detail", flow)
    settle_all(flow, who, colleague, but="not_alone")
    head = head_of(who, "cases:detail", flow)
    assert ("Столовая" in head, steps in head) == (True, False)


def test_what_runs_stands_above_the_page_of_the_case_and_the_rest_beside_it(who: Actor, flow: Flow) -> None:
    page = html(signed_in(who).get(reverse("cases:detail", args=[flow.case_id])))
    region, columns = page.index(reverse("protocols:of-case", args=[flow.case_id])), page.index('class="c-2col"')
    assert region < columns < page.index('id="case-protocols"')


def test_the_number_of_queries_does_not_grow_with_the_steps(
    who: Actor, flow: Flow, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(who)
    client.get(reverse("protocols:flow", args=[flow.pk]))
    with django_assert_max_num_queries(30):
        client.get(reverse("protocols:flow", args=[flow.pk]))


def test_from_an_assessment_one_comes_back_to_the_steps_and_nowhere_else(who: Actor, flow: Flow) -> None:
    page = reverse("protocols:flow", args=[flow.pk])
    risk = reverse("cases:risk", args=[flow.case_id])
    client = signed_in(who)
    said = {"level": "high", "basis": "Беседа с девочкой", "formulation": "Ссора, дома слышат"}
    for back, leads_to in ((page, page), ("https://elsewhere.example/", None), ("//elsewhere.example", None)):
        answer = client.post(f"{risk}?back={back}", {**said, "after": flow.case.assessments.latest("at").pk})
        assert answer["Location"] == (leads_to or reverse("cases:detail", args=[flow.case_id]))
