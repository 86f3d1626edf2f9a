"""What the program writes is read by everybody in their own language, whoever acted."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone, translation

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case, Task
from caseflow.cases.selectors.lists import read_task
from caseflow.cases.services import set_risk
from caseflow.cases.services.reading import open_case_page
from caseflow.directory.actors import Actor
from caseflow.protocols.enums import Doer
from caseflow.protocols.models import Flow, Protocol
from caseflow.protocols.selectors.flows import flow_page
from caseflow.protocols.services import answer_calls, begin_flow, set_looks
from tests.cases.factories import case_of, psychologist
from tests.plans.factories import signed
from tests.protocols.factories import step_of, version_for
from tests.referrals.factories import officer_of, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def flow(who: Actor) -> Flow:
    """It runs, and an English reader has assessed."""
    psychologist(who.membership.school)
    case = case_of(who)
    flow = answer_calls(case, ref="instrument:x", by=None)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    return flow


def looks() -> list[datetime]:
    return [timezone.now() + timedelta(days=days) for days in (2, 7, 30)]


def proof(who: Actor, flow: Flow, code: str) -> str:
    return next(line.proof for line in flow_page(who, flow.pk).steps if line.row.step.code == code)


def titles(case: Case) -> list[str]:
    return [read_task(task).title for task in Task.objects.filter(case=case).order_by("created_at", "due_at")]


def test_the_proof_of_an_assessment(who: Actor, flow: Flow) -> None:
    said = {"en": "Assessed in the case.", "ru": "Оценено в деле.", "kk": "Іс ішінде бағаланды."}
    for language, words in said.items():
        with translation.override(language):
            assert proof(who, flow, "assessed") == words
            lines = [line for line in open_case_page(who, flow.case_id).chronology.lines if "assessed" in line.code]
            assert [line.text for line in lines if line.code == "flow_step_assessed"] == [""]


def test_the_proof_of_a_referral_names_the_receiver_in_each_language(who: Actor, flow: Flow) -> None:
    officer = officer_of(flow.case)
    sent(who, flow.case, officer)
    agency = officer.membership.agency
    assert agency is not None
    for language, words in {"ru": "Направление отправлено: ", "kk": "Жолдама жіберілді: "}.items():
        with translation.override(language):
            assert proof(who, flow, "referred") == f"{words}{agency.names[language]}."


def test_the_tasks_to_look_again(who: Actor, flow: Flow) -> None:
    set_looks(who, step_of(flow, "looks").pk, looks=looks())
    said = {"ru": "Повторная встреча после высокого риска, 2 из 3", "en": "Look again after high risk, 2 of 3"}
    for language, words in said.items():
        with translation.override(language):
            assert titles(flow.case)[1] == words


def test_the_tasks_of_another_protocol_name_it_and_not_high_risk(who: Actor) -> None:
    case = case_of(who)
    protocol = Protocol.objects.create(code="absence", region=case.school.district.region)
    version = version_for(protocol, looks=Doer.LEADER)
    version.steps.update(evidence="dates")
    flow = begin_flow(who, case.pk, version.pk)
    set_looks(who, step_of(flow, "looks").pk, looks=looks())
    assert titles(case)[0] == "Look again, 1 of 3. Protocol: Procedure"


def test_the_task_to_look_at_a_plan_and_what_came_of_it(who: Actor, flow: Flow) -> None:
    signed(who, flow.case)
    first = Task.objects.get(case=flow.case)
    signed(who, flow.case)
    first.refresh_from_db()
    with translation.override("ru"):
        row = read_task(first)
        assert row.title == "Снова посмотреть план безопасности (версия 1)"
        assert row.outcome == "План посмотрели и подписали версию 2."
    with translation.override("kk"):
        assert read_task(first).title == "Қауіпсіздік жоспарын қайта қарау (1-нұсқа)"
