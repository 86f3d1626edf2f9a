"""Flows by the API: the same rules, with the reason in the answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.cases.enums import RiskLevel
from caseflow.cases.services import set_risk
from caseflow.directory.actors import Actor
from caseflow.protocols.models import Flow
from tests.cases.factories import case_of, lead_over, psychologist
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
    return signed_in(who).get(reverse(f"api:{name}", args=args))


def post(who: Actor, name: str, *args: Any, **body: Any) -> Any:
    return signed_in(who).post(reverse(f"api:{name}", args=args), body, content_type="application/json")


def test_a_flow_is_read_with_its_steps(who: Actor, flow: Flow) -> None:
    read = get(who, "flow-detail", flow.pk).json()
    assert (read["flow"]["protocol"], read["flow"]["second"], len(read["steps"])) == ("high_risk", flow.second_id, 7)
    first = read["steps"][0]
    assert (first["code"], first["part"], first["mine"], first["waivable"]) == ("not_alone", "not_alone", True, False)
    assert get(lead_over(flow.case.school), "flow-detail", flow.pk).status_code == 404


def test_a_flow_is_begun_worked_on_and_ended(who: Actor, colleague: Actor) -> None:
    case = case_of(who)
    offered = get(who, "flow-of-case", case.pk).json()
    assert (offered["flows"], [each["protocol"] for each in offered["can_begin"]]) == ([], ["high_risk"])
    begun = post(who, "flow-begin", case.pk, offered["can_begin"][0]["id"])
    assert begun.status_code == 201
    flow = flow_of(case)
    done = post(who, "flow-do", flow.pk, step_of(flow, "not_alone").pk, text="Мама рядом")
    assert done.json()["steps"][0]["proof"] == "Мама рядом"
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
    waived = post(who, "flow-waive", flow.pk, step_of(flow, "referred").pk, text="Риска нет")
    assert waived.json()["steps"][4]["waived"] is True
    looks = [(timezone.now() + timedelta(days=days)).isoformat() for days in (2, 7, 30)]
    assert post(who, "flow-looks", flow.pk, step_of(flow, "looks").pk, looks=looks).status_code == 200
    early = post(who, "flow-ask-end", flow.pk, text="Спокойно")
    assert (early.status_code, early.json()["detail"]) == (409, "Settle all steps first.")


def test_two_people_end_it(who: Actor, colleague: Actor, flow: Flow) -> None:
    settle_all(flow, who, colleague)
    assert post(who, "flow-ask-end", flow.pk, text="Спокойно").json()["may_confirm"] is False
    assert post(colleague, "flow-send-back", flow.pk, text="Ещё встреча").json()["may_ask_end"] is True
    post(who, "flow-ask-end", flow.pk, text="Спокойно")
    ended = post(colleague, "flow-confirm", flow.pk, text="Да").json()
    assert ended["flow"]["ended_at"] is not None


def test_another_second_person_is_named(who: Actor, flow: Flow) -> None:
    third = psychologist(who.membership.school)
    named = post(who, "flow-second", flow.pk, member=third.membership.pk, reason="Отпуск")
    assert named.json()["flow"]["second"] == third.user.pk
