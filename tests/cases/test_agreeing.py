"""A case that was at high or acute risk is closed by two people."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from caseflow.cases.enums import ClosingState, RiskLevel, Stage
from caseflow.cases.models import Case, ClosingRequest
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors import scoped_cases
from caseflow.cases.selectors.standing import closing_of
from caseflow.cases.services import (
    agree_to_close,
    ask_to_close,
    close_case,
    complete_task,
    reopen_case,
    return_closing,
    set_risk,
    take_back_closing,
)
from caseflow.cases.services.reading import open_case_page
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist, task_for
from tests.directory.factories import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]
WHY, ANSWER = "Семья переехала, новая школа приняла", "Согласна, план передан"


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    """A case at high risk."""
    case = case_of(who)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    return case


@pytest.fixture
def lead(case: Case) -> Actor:
    return lead_over(case.school)


def asked(who: Actor, case: Case, lead: Actor, reason: str = WHY) -> ClosingRequest:
    return ask_to_close(who, case.pk, membership_id=lead.membership.pk, reason=reason)


def lines(who: Actor, case: Case, number: int) -> list[tuple[str, str]]:
    return [(line.title, line.text) for line in open_case_page(who, case.pk).chronology.lines[:number]]


@pytest.mark.parametrize("level", [RiskLevel.HIGH, RiskLevel.ACUTE])
def test_one_person_closes_no_case_that_was_at_grave_risk(who: Actor, level: RiskLevel) -> None:
    case = case_of(who)
    set_risk(who, case.pk, level=level, basis="Первая беседа", formulation="Травля, дома слышат")
    with pytest.raises(CaseRefused, match="a lead psychologist has to agree"):
        close_case(who, case.pk, reason=WHY)
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Вторая беседа")
    with pytest.raises(CaseRefused, match="a lead psychologist has to agree"):
        close_case(who, case.pk, reason=WHY)


def test_the_lead_is_let_in_told_and_given_a_time(who: Actor, case: Case, lead: Actor) -> None:
    assert not scoped_cases(lead).filter(pk=case.pk).exists()
    request = asked(who, case, lead)
    assert scoped_cases(lead).filter(pk=case.pk).exists()
    told = Alert.objects.get(kind="closing_asked")
    assert (told.recipient_id, told.params["number"]) == (lead.user.pk, case.number)
    assert request.clock.due_at > request.asked_at
    closing = closing_of(lead, case)
    assert (closing.reason, closing.may_answer, closing.takes_two) == (WHY, True, True)
    assert lines(who, case, 1) == [(f"{lead.user.short_name} is asked to agree that the case is closed", WHY)]


def test_the_lead_agrees_and_the_case_is_closed_for_the_reason_given(who: Actor, case: Case, lead: Actor) -> None:
    request = asked(who, case, lead)
    Alert.objects.all().delete()
    closed = agree_to_close(lead, case.pk, text=ANSWER)
    assert (closed.stage, closed.is_open) == (Stage.CLOSED, False)
    assert lines(who, case, 2) == [
        ("Case closed", WHY),
        ("The lead psychologist agreed that the case is closed", ANSWER),
    ]
    request.refresh_from_db()
    assert (request.state, request.decided_by_id) == (ClosingState.APPROVED, lead.user.pk)
    assert Clock.objects.get(pk=request.clock_id).stopped_at == request.decided_at
    assert [alert.recipient_id for alert in Alert.objects.filter(kind="closing_decided")] == [who.user.pk]


def test_a_returned_wish_leaves_the_case_open_and_can_be_made_again(who: Actor, case: Case, lead: Actor) -> None:
    asked(who, case, lead)
    return_closing(lead, case.pk, text="Сначала встреча через месяц")
    case.refresh_from_db()
    assert case.is_open
    assert lines(who, case, 1)[0][1] == "Сначала встреча через месяц"
    asked(who, case, lead)
    assert not agree_to_close(lead, case.pk, text=ANSWER).is_open


def test_whoever_asked_does_not_agree(who: Actor, case: Case, lead: Actor) -> None:
    """A person may be psychologist of the school and lead of its district."""
    both = MembershipFactory.create(role=Role.LEAD_PSYCHOLOGIST, district=case.school.district, user=who.user)
    as_lead = Actor(who.user, both)
    with pytest.raises(CaseRefused, match="cannot be asked"):
        asked(who, case, as_lead)
    request = asked(who, case, lead)
    with pytest.raises(Case.DoesNotExist):
        agree_to_close(as_lead, case.pk, text=ANSWER)
    ClosingRequest.objects.filter(pk=request.pk).update(asked_by=lead.user)
    with pytest.raises(CaseRefused, match="Another person"):
        agree_to_close(lead, case.pk, text=ANSWER)
    decided = {"state": ClosingState.APPROVED, "decided_by": lead.user, "decided_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingRequest.objects.filter(pk=request.pk).update(**decided)


def test_a_psychologist_answers_no_wish(who: Actor, case: Case, lead: Actor) -> None:
    asked(who, case, lead)
    colleague = psychologist(case.school)
    for answer in (agree_to_close, return_closing):
        with pytest.raises(Case.DoesNotExist):
            answer(colleague, case.pk, text=ANSWER)


def test_a_wish_is_taken_back_by_who_works_on_the_case(who: Actor, case: Case, lead: Actor) -> None:
    request = asked(who, case, lead)
    take_back_closing(psychologist(case.school), case.pk)
    request.refresh_from_db()
    assert (request.state, request.clock.stopped_at) != (ClosingState.ASKED, None)
    with pytest.raises(CaseRefused, match="Nobody asks"):
        agree_to_close(lead, case.pk, text=ANSWER)
    with pytest.raises(CaseRefused, match="Nobody asks"):
        take_back_closing(who, case.pk)


def test_what_is_not_finished_stands_in_the_way_at_both_ends(who: Actor, case: Case, lead: Actor) -> None:
    task = task_for(case, who)
    with pytest.raises(CaseRefused, match="1 unfinished task"):
        asked(who, case, lead)
    complete_task(who, task.pk, outcome="Готово")
    asked(who, case, lead)
    task_for(case, who)
    task_for(case, who)
    with pytest.raises(CaseRefused, match="2 unfinished tasks"):
        agree_to_close(lead, case.pk, text=ANSWER)
    case.refresh_from_db()
    assert case.is_open


def test_a_wish_and_an_answer_need_words_and_the_wish_a_need(who: Actor, case: Case, lead: Actor) -> None:
    with pytest.raises(CaseRefused, match="Say why"):
        asked(who, case, lead, " ")
    asked(who, case, lead)
    with pytest.raises(CaseRefused, match="asked already"):
        asked(who, case, lead)
    with pytest.raises(CaseRefused, match="Say why"):
        agree_to_close(lead, case.pk, text=" ")
    calm = case_of(who)
    with pytest.raises(CaseRefused, match="Nobody has to agree"):
        asked(who, calm, lead)
    with pytest.raises(CaseRefused, match="cannot be asked"):
        asked(psychologist(case.school), _grave(who), psychologist(case.school))


def test_a_case_reopened_at_low_risk_is_closed_by_one_again(who: Actor, case: Case, lead: Actor) -> None:
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Третья беседа")
    asked(who, case, lead)
    agree_to_close(lead, case.pk, text=ANSWER)
    again = reopen_case(who, case.pk, reason="Новое обращение")
    assert again.working_since == again.stage_since > again.opened_at
    assert not close_case(who, case.pk, reason="Решено").is_open


def _grave(who: Actor) -> Case:
    case = case_of(who)
    set_risk(who, case.pk, level=RiskLevel.ACUTE, basis="Беседа", formulation="Травля, дома слышат")
    return case
