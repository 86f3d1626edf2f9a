"""A flow ends by two people, and its case is not closed before."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import agree_to_close, ask_to_close, complete_task
from caseflow.cases.services.reading import open_case_page
from caseflow.directory.actors import Actor
from caseflow.protocols.models import Flow
from caseflow.protocols.rules import FlowRefused
from caseflow.protocols.selectors.flows import flow_page, refusal_to_close
from caseflow.protocols.services import ask_to_end, change_second, confirm_end, send_back
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist
from tests.cases.test_pages import html
from tests.directory.factories import signed_in
from tests.protocols.factories import flow_of, grave_case, settle_all, step_of

pytestmark = pytest.mark.django_db
WHY = "Угрозы нет, поддержка налажена"


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def colleague(who: Actor) -> Actor:
    return psychologist(who.membership.school)


@pytest.fixture
def flow(who: Actor, colleague: Actor) -> Flow:
    return flow_of(grave_case(who))


@pytest.fixture
def settled(flow: Flow, who: Actor, colleague: Actor) -> Flow:
    settle_all(flow, who, colleague)
    Alert.objects.all().delete()
    return flow


def test_the_end_is_asked_for_when_all_is_settled_and_the_second_person_told(
    who: Actor, colleague: Actor, settled: Flow
) -> None:
    ask_to_end(who, settled.pk, reason=f" {WHY} ")
    assert Alert.objects.get(kind="flow_end_asked").recipient == colleague.user
    page = flow_page(colleague, settled.pk)
    assert (page.end_reason, page.may_confirm, page.may_ask_end) == (WHY, True, False)
    assert not flow_page(who, settled.pk).may_confirm
    with pytest.raises(FlowRefused, match="waits to be confirmed"):
        ask_to_end(who, settled.pk, reason=WHY)


def test_nothing_ends_while_a_step_is_open(who: Actor, flow: Flow) -> None:
    with pytest.raises(FlowRefused, match="Settle all steps"):
        ask_to_end(who, flow.pk, reason=WHY)


def test_whoever_asks_does_not_confirm(who: Actor, colleague: Actor, settled: Flow) -> None:
    with pytest.raises(FlowRefused, match="Nobody asks"):
        confirm_end(colleague, settled.pk, words="Да")
    with pytest.raises(FlowRefused, match="Say why"):
        ask_to_end(who, settled.pk, reason="")
    ask_to_end(who, settled.pk, reason=WHY)
    with pytest.raises(FlowRefused, match="Another person"):
        confirm_end(who, settled.pk, words="Да")
    with pytest.raises(IntegrityError), transaction.atomic():
        Flow.objects.filter(pk=settled.pk).update(ended_by=who.user, ended_at=timezone.now())
    with pytest.raises(FlowRefused, match="Say why"):
        confirm_end(colleague, settled.pk, words=" ")
    ended = confirm_end(colleague, settled.pk, words="Согласна")
    assert (ended.ended_by, ended.is_running) == (colleague.user, False)
    first, second = open_case_page(who, settled.case_id).chronology.lines[:2]
    assert (first.title, first.text) == ("The protocol has ended: two people agreed", "Согласна")
    assert (second.title, second.text) == ("The end of the protocol is asked for", WHY)
    with pytest.raises(FlowRefused, match="has ended"):
        send_back(colleague, settled.pk, words="Поздно")


def test_what_is_sent_back_goes_on_and_can_end_later(who: Actor, colleague: Actor, settled: Flow) -> None:
    ask_to_end(who, settled.pk, reason=WHY)
    back = send_back(colleague, settled.pk, words="Ещё одна встреча")
    assert (back.end_asked_by, back.is_running, bytes(back.end_reason_sealed)) == (None, True, b"")
    ask_to_end(colleague, settled.pk, reason=WHY)
    assert not Alert.objects.filter(kind="flow_end_asked", recipient=who.user).exists()  # only the second is told
    assert confirm_end(who, settled.pk, words="Да").ended_at is not None


def test_another_second_person_is_named_with_a_reason(who: Actor, colleague: Actor, flow: Flow) -> None:
    third = psychologist(who.membership.school)
    with pytest.raises(FlowRefused, match="Say why"):
        change_second(who, flow.pk, membership_id=third.membership.pk, reason="")
    for wrong in (who, colleague, psychologist()):  # leads the case, is it already, of another school
        with pytest.raises(FlowRefused, match="cannot be the second"):
            change_second(who, flow.pk, membership_id=wrong.membership.pk, reason="Отпуск")
    changed = change_second(who, flow.pk, membership_id=third.membership.pk, reason="Отпуск")
    assert changed.second == third.user
    assert Alert.objects.filter(kind="second_person", recipient=third.user).count() == 1


def test_the_case_is_closed_only_when_the_five_parts_are_there_and_the_flow_has_ended(
    who: Actor, colleague: Actor, flow: Flow
) -> None:
    lead, case = lead_over(flow.case.school), flow.case
    said = refusal_to_close(who, case)
    assert said is not None
    assert said.said.startswith("Of what high risk requires, this is missing: somebody who stays with the pupil, word")
    page = reverse("protocols:flow", args=[flow.pk])
    assert (said.url, said.page) == (f"{page}#step-{step_of(flow, 'not_alone').pk}", "To the steps")
    shown = html(signed_in(who).get(reverse("cases:close", args=[case.pk])))
    assert said.url in shown
    assert f'id="step-{step_of(flow, "not_alone").pk}"' in html(signed_in(who).get(page))
    with pytest.raises(CaseRefused, match="this is missing"):
        ask_to_close(who, case.pk, membership_id=lead.membership.pk, reason=WHY)
    settle_all(flow, who, colleague)
    for task in case.tasks.filter(done_at=None):
        complete_task(who, task.pk, outcome="Встретились")
    with pytest.raises(CaseRefused, match="Two people end it"):
        ask_to_close(who, case.pk, membership_id=lead.membership.pk, reason=WHY)
    ask_to_end(who, flow.pk, reason=WHY)
    confirm_end(colleague, flow.pk, words="Да")
    assert refusal_to_close(who, case) is None
    ask_to_close(who, case.pk, membership_id=lead.membership.pk, reason=WHY)
    assert not agree_to_close(lead, case.pk, text="Согласна").is_open


def test_a_grave_case_from_before_the_flows_is_told_to_begin_one(who: Actor) -> None:
    assert refusal_to_close(who, case_of(who)) is None
    case = grave_case(who)
    flow = flow_of(case)
    flow.steps.all().delete()
    flow.delete()
    refused = refusal_to_close(who, case)
    assert refused is not None
    assert refused.said == "The risk was high or acute. Begin the high-risk flow first."
    assert refused.url == reverse("cases:detail", args=[case.pk])
