import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import GRAVE, RiskLevel
from caseflow.cases.happening import FieldRefused
from caseflow.cases.models import Case, RiskAssessment
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.pages import case_file
from caseflow.cases.services import close_case, set_risk
from caseflow.cases.services.reading import open_case_page
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db


def test_a_new_case_is_not_assessed() -> None:
    who = psychologist()
    assert case_file(who, case_of(who).pk).current is None


def test_the_level_comes_with_who_when_and_from_what() -> None:
    who = psychologist()
    case = case_of(who)
    assessment = set_risk(
        who, case.pk, level=RiskLevel.HIGH, basis="Травля продолжается", formulation="Травля, дома слышат"
    )
    file = case_file(who, case.pk)
    assert (file.case.risk, file.current, file.assessments[0].basis) == ("high", assessment, "Травля продолжается")
    assert (assessment.by, assessment.level) == (who.user, "high")


def test_earlier_assessments_stay() -> None:
    who = psychologist()
    case = case_of(who)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Первая беседа", formulation="Травля, дома слышат")
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


@pytest.mark.parametrize("level", sorted(GRAVE))
def test_high_and_acute_risk_ask_how_it_is_understood(level: RiskLevel) -> None:
    who = psychologist()
    case = case_of(who)
    with pytest.raises(FieldRefused, match="how you understand it") as refused:
        set_risk(who, case.pk, level=level, basis="Беседа", formulation="  ")
    assert refused.value.field == "formulation"
    assert not RiskAssessment.objects.exists()
    set_risk(who, case.pk, level=level, basis="Беседа", formulation=" Ссора, помогает тётя ")
    assert case_file(who, case.pk).assessments[0].formulation == "Ссора, помогает тётя"


@pytest.mark.parametrize("level", sorted(set(RiskLevel) - GRAVE))
def test_for_other_levels_a_formulation_may_be_left_out(level: RiskLevel) -> None:
    who = psychologist()
    case = case_of(who)
    set_risk(who, case.pk, level=level, basis="Беседа")
    (row,) = case_file(who, case.pk).assessments
    assert (row.formulation, row.words) == ("", "Беседа")


def test_a_formulation_is_sealed_and_read_wherever_the_basis_is() -> None:
    who = psychologist()
    case = case_of(who)
    made = set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа", formulation="Ссора, помогает тётя")
    assert "тётя".encode() not in bytes(made.formulation_sealed)
    with override("en"):
        line = open_case_page(who, case.pk).chronology.lines[0]
    assert line.text == "Беседа\nFormulation: Ссора, помогает тётя"
    shown = signed_in(who).get(reverse("cases:assessments", args=[case.pk])).content.decode()
    assert "Ссора, помогает тётя" in shown
    (row,) = signed_in(who).get(reverse("api:case-assessments", args=[case.pk])).json()
    assert row["formulation"] == "Ссора, помогает тётя"


def test_an_assessment_made_before_shows_no_formulation() -> None:
    who = psychologist()
    case = case_of(who)
    made = set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа", formulation="Ссора")
    RiskAssessment.objects.filter(pk=made.pk).update(formulation_sealed=b"")
    assert case_file(who, case.pk).assessments[0].words == "Беседа"
    with override("en"):
        shown = signed_in(who).get(reverse("cases:assessments", args=[case.pk])).content.decode()
    assert "Formulation" not in shown


def test_the_form_keeps_what_was_typed_and_says_what_is_missing_beside_its_field() -> None:
    who = psychologist()
    case = case_of(who)
    address = reverse("cases:risk", args=[case.pk])
    refused = signed_in(who).post(address, {"level": "high", "basis": "Беседа"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["formulation"])
    assert "Беседа</textarea>" in refused.content.decode()
    said = {"level": "high", "basis": "Беседа", "formulation": "Ссора"}
    assert signed_in(who).post(address, said).status_code == 302
    client, url = signed_in(who), reverse("api:case-risk", args=[case.pk])
    assert client.post(url, {**said, "formulation": ""}, content_type="application/json").status_code == 409
    assert client.post(url, said, content_type="application/json").status_code == 201
