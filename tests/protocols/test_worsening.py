"""What comes to a flow that runs: nobody is left alone with a graver word (fact 4)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case
from caseflow.cases.services import set_risk
from caseflow.clocks.models import Clock, DutyCall
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.protocols.models import Flow
from caseflow.protocols.rules import FlowRefused
from caseflow.protocols.services import answer_calls, ask_to_end, confirm_end, do_step, waive_step
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist
from tests.directory.factories import actor
from tests.protocols.factories import flow_of, grave_case, settle_all, step_of

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)


@pytest.fixture(autouse=True)
def in_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caseflow.protocols.services.telling.out_of_hours", lambda *_: False)


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def colleague(who: Actor) -> Actor:
    return psychologist(who.membership.school)


@pytest.fixture
def flow(who: Actor, colleague: Actor) -> Flow:
    """It began with a pupil's own answer: nobody has assessed yet."""
    return answer_calls(case_of(who), ref="instrument:x", by=None)


def told(kind: str) -> set[int]:
    return set(Alert.objects.filter(kind=kind).values_list("recipient", flat=True))


def answered(case: Case, *, by: Actor | None = None, acute: bool = False, ref: str = "instrument:y") -> Flow:
    answer_calls(case, ref=ref, by=by.user if by else None, acute=acute)
    return flow_of(case)


def term_of_assessment(flow: Flow) -> timedelta:
    """How long the assessment may take since it is acute."""
    assert flow.acute_at is not None
    return step_of(flow, "assessed").clock.due_at - flow.acute_at


def test_a_further_answer_is_told_to_the_leader_and_to_the_second_person(
    who: Actor, colleague: Actor, flow: Flow
) -> None:
    assert told("questionnaire_risk") == set()
    again = answered(flow.case)
    assert again.pk == flow.pk
    assert told("questionnaire_risk") == {who.user.pk, colleague.user.pk}
    assert (again.answer_ref, again.is_acute) == ("instrument:y", False)


def test_who_enters_the_answer_knows_of_it_and_the_other_is_told(who: Actor, colleague: Actor, flow: Flow) -> None:
    answered(flow.case, by=who)
    assert told("questionnaire_risk") == {colleague.user.pk}


def test_a_lead_who_leads_the_case_is_told_as_well(who: Actor, colleague: Actor) -> None:
    case = case_of(who)
    lead = lead_over(case.school)
    Case.objects.filter(pk=case.pk).update(owner=lead.user)
    answer_calls(case, ref="instrument:x", by=None)
    answered(case)
    assert lead.user.pk in told("questionnaire_risk")
    assert told("questionnaire_risk") - {lead.user.pk} == {flow_of(case).second_id}


def test_an_acute_answer_makes_the_flow_acute_and_wants_the_assessment_now(flow: Flow) -> None:
    before = step_of(flow, "assessed").clock
    assert before.due_at - flow.started_at == timedelta(hours=4)
    now = answered(flow.case, acute=True)
    assert now.is_acute
    clock = step_of(flow, "assessed").clock
    assert (clock.pk, term_of_assessment(now)) == (before.pk, QUARTER)
    assert clock.due_at - clock.warn_at == QUARTER * 0.25
    assert step_of(flow, "not_alone").clock.due_at - flow.started_at == QUARTER
    assert flow.case.entries.filter(code="flow_acute").count() == 1
    assert AuditEntry.objects.filter(action="flow_acute").count() == 1


def test_a_flow_that_begins_with_an_acute_answer_has_the_same_terms(who: Actor, colleague: Actor) -> None:
    flow = answer_calls(case_of(who), ref="instrument:x", by=None, acute=True)
    assert (flow.is_acute, step_of(flow, "assessed").clock.due_at - flow.started_at) == (True, QUARTER)
    assert told("second_person") == {colleague.user.pk}


def test_a_term_that_is_shorter_already_stays(flow: Flow) -> None:
    soon = timezone.now() + timedelta(minutes=5)
    Clock.objects.filter(pk=step_of(flow, "assessed").clock_id).update(due_at=soon, warn_at=soon)
    answered(flow.case, acute=True)
    assert step_of(flow, "assessed").clock.due_at == soon


def test_an_assessment_from_before_an_acute_answer_does_not_do_for_it(who: Actor, colleague: Actor) -> None:
    flow = flow_of(grave_case(who))
    stopped = step_of(flow, "assessed").clock
    now = answered(flow.case, acute=True)
    step = step_of(flow, "assessed")
    assert (step.done_at, term_of_assessment(now)) == (None, QUARTER)
    assert Clock.objects.get(pk=stopped.pk).stopped_at is not None
    with pytest.raises(FlowRefused, match="Assess the risk first"):
        do_step(who, step.pk, proof="Оценили раньше")
    set_risk(who, flow.case_id, level=RiskLevel.ACUTE, basis="Беседа", formulation="Травля, дома слышат")
    assert step_of(flow, "assessed").done_by == who.user


def test_what_low_risk_lets_be_left_out_is_asked_for_again_after_an_answer(who: Actor, flow: Flow) -> None:
    set_risk(who, flow.case_id, level=RiskLevel.LOW, basis="Ошибка в анкете")
    answered(flow.case)
    with pytest.raises(FlowRefused, match="low or moderate"):
        waive_step(who, step_of(flow, "referred").pk, reason="Не нужно")
    set_risk(who, flow.case_id, level=RiskLevel.LOW, basis="Опять ошибка")
    assert waive_step(who, step_of(flow, "referred").pk, reason="Не нужно").waived


def test_the_end_that_one_had_asked_for_before_the_answer_is_void(who: Actor, colleague: Actor) -> None:
    flow = flow_of(grave_case(who))
    settle_all(flow, who, colleague)
    ask_to_end(who, flow.pk, reason="Спокойно")
    answered(flow.case)
    with pytest.raises(FlowRefused, match="Nobody asks"):
        confirm_end(colleague, flow.pk, words="Да")


def test_a_second_person_who_cannot_be_told_any_more_gives_way_to_another(
    who: Actor, colleague: Actor, flow: Flow
) -> None:
    third = psychologist(who.membership.school)
    colleague.user.is_active = False
    colleague.user.save()
    assert answered(flow.case).second == third.user
    assert told("questionnaire_risk") == {who.user.pk, third.user.pk}


def test_a_second_person_who_leads_the_case_by_now_is_no_second(who: Actor, colleague: Actor, flow: Flow) -> None:
    Case.objects.filter(pk=flow.case_id).update(owner=colleague.user)
    assert answered(flow.case).second == who.user
    assert told("questionnaire_risk") == {who.user.pk, colleague.user.pk}


def test_where_there_is_no_second_person_those_on_duty_are_rung(who: Actor) -> None:
    case = case_of(who)
    answer_calls(case, ref="instrument:x", by=who.user)
    DutyCall.objects.all().delete()
    answered(case, by=who)
    assert DutyCall.objects.get().reason == "high_risk"


def test_a_pupils_own_answer_out_of_hours_rings_again(
    flow: Flow, colleague: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not DutyCall.objects.exists()
    monkeypatch.setattr("caseflow.protocols.services.telling.out_of_hours", lambda *_: True)
    answered(flow.case)
    assert DutyCall.objects.count() == 1


def test_a_graver_assessment_is_told_to_the_second_person_once(who: Actor, colleague: Actor) -> None:
    case = grave_case(who)
    assert not flow_of(case).is_acute
    for _time in range(2):
        set_risk(who, case.pk, level=RiskLevel.ACUTE, basis="Хуже", formulation="Травля, дома слышат")
    assert flow_of(case).is_acute
    assert Alert.objects.get(kind="flow_acute").recipient == colleague.user


def test_it_is_acute_until_a_person_finds_the_risk_less_than_that(who: Actor, colleague: Actor) -> None:
    case = grave_case(who, RiskLevel.ACUTE)
    assert flow_of(case).is_acute
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Мама забрала", formulation="Травля, дома слышат")
    assert not flow_of(case).is_acute
    assert answered(case, acute=True).is_acute


def test_a_lesser_answer_does_not_hide_the_acute_one(flow: Flow) -> None:
    answered(flow.case, acute=True, ref="instrument:acute")
    assert answered(flow.case, ref="instrument:lesser").answer_ref == "instrument:acute"


def test_nobody_above_hears_of_a_flow_that_is_in_hand(flow: Flow) -> None:
    region = actor(Role.LEAD_PSYCHOLOGIST, region=flow.case.school.district.region)
    answered(flow.case, acute=True)
    assert not Alert.objects.filter(recipient=region.user).exists()
