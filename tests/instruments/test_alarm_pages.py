"""What pages say of an answer that needs a person at once, and where they lead."""

from typing import Any

import pytest
from django.urls import reverse

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.instruments.services import save_answers
from caseflow.protocols.models import Flow
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import signed_in
from tests.instruments.factories import on_screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def get(who: Actor, name: str, *args: Any) -> Any:
    return signed_in(who).get(reverse(f"instruments:{name}", args=args))


def html(response: Any) -> str:
    return str(response.content.decode())


def test_what_an_alarm_says_of_a_second_person_is_so(who: Actor, case: Case) -> None:
    one = on_screen(who, case, "asq")
    save_answers(who, one.pk, {"1": 1})
    alone = html(get(who, "administration", one.pk))
    assert "Nobody could be named. Name somebody now." in alone
    assert ": positive answer. Do not leave the pupil alone." in alone
    colleague = psychologist(case.school)
    save_answers(who, one.pk, {"5": 1})
    said = f"The second person has been told: {colleague.user.short_name}."
    for page in (get(who, "administration", one.pk), get(who, "sheet", one.pk)):
        assert ": acute: right now. Do not leave the pupil alone." in html(page)
        assert said in html(page)
        assert reverse("protocols:flow", args=[Flow.objects.get(case=case).pk]) in html(page)
    assert "You are the second person." in html(get(colleague, "administration", one.pk))


def test_the_flow_leads_to_the_answers_wherever_it_is_shown(who: Actor, case: Case) -> None:
    one = on_screen(who, case, "asq")
    save_answers(who, one.pk, {"1": 1})
    flow = Flow.objects.get(case=case)
    answers = reverse("instruments:administration", args=[one.pk])
    client = signed_in(who)
    pages = [reverse("protocols:flow", args=[flow.pk]), reverse("protocols:own")]
    pages.append(reverse("protocols:of-case", args=[case.pk]))
    for page in pages:
        shown = html(client.get(page))
        assert (answers in shown, "cute" in shown) == (True, False), page
    save_answers(who, one.pk, {"5": 1})
    for page in pages:
        shown = html(client.get(page))
        assert (answers in shown, "cute" in shown) == (True, True), page
    assert client.get(f"/api/v1/flows/{flow.pk}/").json()["flow"]["acute_at"] is not None
