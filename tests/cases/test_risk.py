import pytest
from django.db import IntegrityError, transaction

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case, RiskAssessment
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.pages import case_file
from caseflow.cases.services import close_case, set_risk
from tests.cases.factories import case_of, psychologist

pytestmark = pytest.mark.django_db


def test_a_new_case_is_not_assessed() -> None:
    who = psychologist()
    assert case_file(who, case_of(who).pk).current is None


def test_the_level_comes_with_who_when_and_from_what() -> None:
    who = psychologist()
    case = case_of(who)
    assessment = set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Травля продолжается")
    file = case_file(who, case.pk)
    assert (file.case.risk, file.current, file.assessments[0].basis) == ("high", assessment, "Травля продолжается")
    assert (assessment.by, assessment.level) == (who.user, "high")


def test_earlier_assessments_stay() -> None:
    who = psychologist()
    case = case_of(who)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Первая беседа")
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Вторая беседа")
    assert [row.basis for row in case_file(who, case.pk).assessments] == ["Вторая беседа", "Первая беседа"]


@pytest.mark.parametrize("basis", ["", "   "])
def test_no_level_without_a_basis(basis: str) -> None:
    who = psychologist()
    case = case_of(who)
    with pytest.raises(CaseRefused):
        set_risk(who, case.pk, level=RiskLevel.LOW, basis=basis)
    case.refresh_from_db()
    assert case.risk is None
    assert not RiskAssessment.objects.exists()


def test_the_database_refuses_a_level_without_an_assessment() -> None:
    case = case_of(psychologist())
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(risk=RiskLevel.HIGH)


def test_a_closed_case_is_not_assessed() -> None:
    who = psychologist()
    case = case_of(who)
    close_case(who, case.pk, reason="Всё спокойно")
    with pytest.raises(CaseRefused):
        set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")


def test_the_log_holds_the_level_but_not_the_basis() -> None:
    who = psychologist()
    case = case_of(who)
    assessment = set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
    entry = AuditEntry.objects.get(action="case_risk_assessed")
    assert entry.detail == {"level": "low", "assessment": str(assessment.pk)}
