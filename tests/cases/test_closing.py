import pytest

from caseflow.cases.enums import RiskLevel, Stage
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused, PupilHasOpenCase
from caseflow.cases.services import close_case, complete_task, reopen_case, set_risk
from caseflow.cases.services.reading import open_case_page
from tests.cases.factories import case_of, psychologist, task_for

pytestmark = pytest.mark.django_db


def test_closing_keeps_the_reason_and_the_time() -> None:
    who = psychologist()
    case = case_of(who)
    closed = close_case(who, case.pk, reason="Помощь больше не нужна")
    line = open_case_page(who, case.pk).chronology.lines[0]
    assert (closed.stage, line.title, line.text) == (Stage.CLOSED, "Case closed", "Помощь больше не нужна")
    assert closed.closed_at == line.at


def test_an_unfinished_task_keeps_the_case_open() -> None:
    who = psychologist()
    case = case_of(who)
    task = task_for(case, who)
    with pytest.raises(CaseRefused, match="1 unfinished task"):
        close_case(who, case.pk, reason="Пора")
    complete_task(who, task.pk, outcome="Сделано")
    assert close_case(who, case.pk, reason="Пора").stage == Stage.CLOSED


def test_closing_needs_a_reason_and_happens_once() -> None:
    who = psychologist()
    case = case_of(who)
    with pytest.raises(CaseRefused):
        close_case(who, case.pk, reason=" ")
    close_case(who, case.pk, reason="Пора")
    with pytest.raises(CaseRefused):
        close_case(who, case.pk, reason="Ещё раз")


def test_a_reopened_case_keeps_its_number_and_its_assessment() -> None:
    who = psychologist()
    case = case_of(who)
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
    close_case(who, case.pk, reason="Пора")
    again = reopen_case(who, case.pk, reason="Новый сигнал")
    assert (again.stage, again.number, again.risk, again.closed_at) == (Stage.REOPENED, case.number, "low", None)


def test_an_open_case_is_not_reopened_nor_a_closed_one_without_a_reason() -> None:
    who = psychologist()
    case = case_of(who)
    with pytest.raises(CaseRefused):
        reopen_case(who, case.pk, reason="Зачем")
    close_case(who, case.pk, reason="Пора")
    with pytest.raises(CaseRefused):
        reopen_case(who, case.pk, reason="")


def test_a_case_is_not_reopened_beside_a_newer_open_one() -> None:
    who = psychologist()
    first = case_of(who)
    close_case(who, first.pk, reason="Пора")
    second = case_of(who, first.pupil)
    with pytest.raises(PupilHasOpenCase) as refused:
        reopen_case(who, first.pk, reason="Новый сигнал")
    assert refused.value.case_id == second.pk


def test_nobody_closes_a_case_out_of_reach() -> None:
    case = case_of(psychologist())
    with pytest.raises(Case.DoesNotExist):
        close_case(psychologist(), case.pk, reason="Пора")
    case.refresh_from_db()
    assert case.is_open
