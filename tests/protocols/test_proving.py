"""Each step is done with its proof, by whom it concerns, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case, Task
from caseflow.cases.services import set_risk
from caseflow.cases.services.reading import open_case_page
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind
from caseflow.protocols.models import Flow, FlowStep
from caseflow.protocols.rules import FlowRefused, Outside
from caseflow.protocols.selectors.flows import flow_page, proof_of
from caseflow.protocols.services import answer_calls, do_step, set_looks, waive_step
from tests.cases.factories import case_of, psychologist
from tests.plans.factories import signed, text
from tests.protocols.factories import flow_of, grave_case, settle_all, step_of
from tests.referrals.factories import officer_of, sent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def colleague(who: Actor) -> Actor:
    return psychologist(who.membership.school)


@pytest.fixture
def flow(who: Actor, colleague: Actor) -> Flow:
    return flow_of(grave_case(who))


def test_a_step_is_done_with_words_sealed_and_its_clock_stops(who: Actor, flow: Flow) -> None:
    step = do_step(who, step_of(flow, "not_alone").pk, proof=" Мама рядом до вечера ")
    assert proof_of(step, flow.case) == "Мама рядом до вечера"
    assert "Мама рядом".encode() not in bytes(step.proof_sealed)
    assert Clock.objects.get(pk=step.clock_id).stopped_at == step.done_at
    line = open_case_page(who, flow.case_id).chronology.lines[0]
    assert (line.title, line.text) == ("Step done: The pupil is not left alone", "Мама рядом до вечера")
    with pytest.raises(FlowRefused, match="settled already"):
        do_step(who, step.pk, proof="Снова")


def test_a_step_without_words_is_not_done(who: Actor, flow: Flow) -> None:
    with pytest.raises(FlowRefused, match="Write what was done"):
        do_step(who, step_of(flow, "not_alone").pk, proof="  ")
    assert step_of(flow, "not_alone").done_at is None


def test_a_referral_sent_to_health_care_settles_the_step_by_itself(who: Actor, flow: Flow) -> None:
    sent(who, flow.case, officer_of(flow.case, AgencyKind.POLICE))
    assert step_of(flow, "referred").done_at is None
    sent(who, flow.case, officer_of(flow.case))
    step = step_of(flow, "referred")
    assert step.done_by == who.user
    assert proof_of(step, Case.objects.select_related("data_key").get(pk=flow.case_id)).startswith("Referral sent to")


def test_a_referral_by_telephone_says_to_whom_and_when(who: Actor, flow: Flow) -> None:
    step, now = step_of(flow, "referred"), timezone.now()
    with pytest.raises(FlowRefused, match="Send a referral to health care"):
        do_step(who, step.pk, proof="Отправили")
    for wrong in (Outside(" ", now), Outside("Скорая", now + timedelta(hours=1))):
        with pytest.raises(FlowRefused, match="to whom the pupil was referred, and when"):
            do_step(who, step.pk, proof="", outside=wrong)
    do_step(who, step.pk, proof="Бригада 12", outside=Outside("Скорая", now))
    case = Case.objects.select_related("data_key").get(pk=flow.case_id)
    said = proof_of(step_of(flow, "referred"), case)
    assert said.startswith("Скорая, ")
    assert said.endswith("Бригада 12")


def test_a_referral_sent_since_the_flow_began_proves_a_step_that_was_not_settled(who: Actor, flow: Flow) -> None:
    sent(who, flow.case, officer_of(flow.case))
    FlowStep.objects.filter(flow=flow, step__code="referred").update(done_at=None, done_by=None)
    step = do_step(who, step_of(flow, "referred").pk, proof="")
    assert step.done_at is not None


def test_only_the_second_person_says_that_they_know(who: Actor, colleague: Actor, flow: Flow) -> None:
    step = step_of(flow, "second_knows")
    with pytest.raises(FlowRefused, match="Only the second person"):
        do_step(who, step.pk, proof="Знает")
    assert do_step(colleague, step.pk, proof="Знаю").done_by == colleague.user


def test_a_stranger_finds_no_flow(flow: Flow) -> None:
    step = step_of(flow, "referred").pk
    with pytest.raises(Flow.DoesNotExist):
        do_step(psychologist(), step, proof="Чужое")
    with pytest.raises(Flow.DoesNotExist):
        waive_step(psychologist(), step, reason="Чужое")


def test_an_answer_waits_for_a_persons_assessment(who: Actor, colleague: Actor) -> None:
    case = case_of(who)
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Раньше")
    flow = answer_calls(case, ref="instrument:x", by=None)
    step = step_of(flow, "assessed")
    with pytest.raises(FlowRefused, match="Assess the risk first"):
        do_step(who, step.pk, proof="Поговорили")
    set_risk(who, case.pk, level=RiskLevel.MODERATE, basis="Беседа")
    step.refresh_from_db()
    assert (step.done_by, proof_of(step, case)) == (who.user, "Assessed in the case.")


def test_a_safety_plan_is_proved_by_one_signed_since_the_flow_began(who: Actor, colleague: Actor) -> None:
    case = case_of(who)
    signed(who, case)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    step = step_of(flow_of(case), "safety_plan")
    with pytest.raises(FlowRefused, match="Sign a safety plan"):
        do_step(who, step.pk, proof="Таблетки у мамы")
    signed(who, case, text(name="Мади"))
    assert do_step(who, step.pk, proof="Таблетки у мамы").done_at is not None


def test_while_the_risk_is_grave_only_the_parents_may_be_left_out(who: Actor, flow: Flow) -> None:
    with pytest.raises(FlowRefused, match="left out only once"):
        waive_step(who, step_of(flow, "safety_plan").pk, reason="Не нужно")
    waived = waive_step(who, step_of(flow, "parents_told").pk, reason="Опасность дома")
    assert (waived.waived, proof_of(waived, flow.case)) == (True, "Опасность дома")
    titles = [line.title for line in open_case_page(who, flow.case_id).chronology.lines]
    assert titles[0] == "Step does not apply: The parents are told"


def test_a_false_alarm_is_settled_with_reasons(who: Actor, colleague: Actor) -> None:
    case = case_of(who)
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Месяц назад")
    flow = answer_calls(case, ref="instrument:x", by=None)
    with pytest.raises(FlowRefused, match="left out only once"):  # nobody has looked since
        waive_step(who, step_of(flow, "referred").pk, reason="Риска нет")
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Описка, мыслей нет")
    for code in ("not_alone", "parents_told", "referred", "safety_plan", "looks"):
        waive_step(who, step_of(flow, code).pk, reason="Риска нет")
    with pytest.raises(FlowRefused, match="left out only once"):
        waive_step(who, step_of(flow, "second_knows").pk, reason="Не нужно")


def test_the_dates_of_follow_up_become_tasks(who: Actor, flow: Flow) -> None:
    step, now = step_of(flow, "looks"), timezone.now()
    with pytest.raises(FlowRefused, match="Say on which dates"):
        do_step(who, step.pk, proof="Потом")
    with pytest.raises(FlowRefused, match="three dates"):
        set_looks(who, step.pk, looks=[now + DAY / 2, now + 7 * DAY, now + 30 * DAY])
    with pytest.raises(FlowRefused, match="words, not dates"):
        set_looks(who, step_of(flow, "referred").pk, looks=[])
    assert not Task.objects.exists()
    looks = [now + 2 * DAY, now + 7 * DAY, now + 30 * DAY]
    set_looks(who, step.pk, looks=looks)
    assert list(Task.objects.order_by("due_at").values_list("due_at", "owner")) == [(at, who.user.pk) for at in looks]


def test_dates_need_somebody_who_leads_the_case(who: Actor, colleague: Actor, flow: Flow) -> None:
    who.user.is_active = False
    who.user.save()
    now = timezone.now()
    with pytest.raises(FlowRefused, match="Nobody leads this case"):
        set_looks(colleague, step_of(flow, "looks").pk, looks=[now + 2 * DAY, now + 7 * DAY, now + 30 * DAY])


def test_an_ended_flow_takes_nothing_more(who: Actor, flow: Flow) -> None:
    Flow.objects.filter(pk=flow.pk).update(end_asked_by=who.user, ended_by=psychologist().user, ended_at=timezone.now())
    with pytest.raises(FlowRefused, match="has ended"):
        do_step(who, step_of(flow, "referred").pk, proof="Поздно")


def test_the_steps_go_with_the_case_to_whoever_leads_it(who: Actor, colleague: Actor, flow: Flow) -> None:
    step = step_of(flow, "referred")
    assert (step.owner, step.owner_role) == (who.user, "")
    Case.objects.filter(pk=flow.case_id).update(owner=colleague.user)
    now = Flow.objects.get(pk=flow.pk)
    assert step_of(now, "referred").owner == colleague.user
    second = step_of(now, "second_knows")
    assert (second.owner, second.owner_role) == (colleague.user, "psychologist")


def test_the_page_tells_each_reader_what_they_can_do(who: Actor, colleague: Actor, flow: Flow) -> None:
    mine = {line.row.step.code: (line.mine, line.waivable) for line in flow_page(who, flow.pk).steps}
    assert mine["not_alone"] == (True, False)
    assert mine["second_knows"] == (False, False)
    assert mine["parents_told"] == (True, True)
    assert mine["assessed"] == (False, False)
    theirs = {line.row.step.code: line.mine for line in flow_page(colleague, flow.pk).steps}
    assert theirs["second_knows"]
    page = flow_page(who, flow.pk)
    assert (page.open_steps, page.may_ask_end, page.may_confirm) == (6, False, False)
    settle_all(flow, who, colleague)
    page = flow_page(who, flow.pk)
    assert (page.open_steps, page.may_ask_end) == (0, True)
