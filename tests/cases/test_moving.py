import pytest

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel, Stage
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.standing import Way, ways_on
from caseflow.cases.services import ask_to_close, close_case, move_case, set_risk
from caseflow.cases.services.reading import open_case_page
from tests.cases.factories import case_of, lead_over, psychologist, task_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]
WHY = "Первая беседа назначена"


def test_a_new_case_moves_on_with_its_reason_in_the_chronology() -> None:
    who = psychologist()
    case = case_of(who)
    assert (case.stage, case.stage_since) == (Stage.NEW, case.opened_at)
    moved = move_case(who, case.pk, stage=Stage.ASSESSMENT, reason=f" {WHY} ")
    line = open_case_page(who, case.pk).chronology.lines[0]
    assert (moved.stage, line.title, line.text) == (Stage.ASSESSMENT, "Stage: Assessment, before: New", WHY)
    assert moved.stage_since == line.at > case.opened_at
    entry = AuditEntry.objects.get(action="case_moved")
    assert entry.detail == {"before": "new", "stage": "assessment"}


def test_a_move_needs_a_reason_and_must_be_legal() -> None:
    who = psychologist()
    case = case_of(who)
    with pytest.raises(CaseRefused, match="Say why"):
        move_case(who, case.pk, stage=Stage.ASSESSMENT, reason=" ")
    with pytest.raises(CaseRefused, match="from “New” to “Support”"):
        move_case(who, case.pk, stage=Stage.SUPPORT, reason=WHY)
    with pytest.raises(CaseRefused, match="from “New” to “Closed”"):
        move_case(who, case.pk, stage=Stage.CLOSED, reason=WHY)
    case.refresh_from_db()
    assert (case.stage, case.entries.count()) == (Stage.NEW, 1)


def test_support_begins_with_an_assessment_and_a_measure() -> None:
    who = psychologist()
    case = case_of(who)
    move_case(who, case.pk, stage=Stage.ASSESSMENT, reason=WHY)
    with pytest.raises(CaseRefused, match="Assess the risk first"):
        move_case(who, case.pk, stage=Stage.PLAN, reason=WHY)
    set_risk(who, case.pk, level=RiskLevel.MODERATE, basis="Беседа")
    move_case(who, case.pk, stage=Stage.PLAN, reason=WHY)
    with pytest.raises(CaseRefused, match="without an owner and a date"):
        move_case(who, case.pk, stage=Stage.SUPPORT, reason=WHY)
    assert ways_on(Case.objects.get(pk=case.pk)).ways[1] == Way(Stage.ASSESSMENT, [])
    task_for(case, who)
    assert move_case(who, case.pk, stage=Stage.SUPPORT, reason=WHY).stage == Stage.SUPPORT


def test_a_closed_case_goes_nowhere_and_a_stranger_finds_none() -> None:
    who = psychologist()
    case = case_of(who)
    with pytest.raises(Case.DoesNotExist):
        move_case(psychologist(), case.pk, stage=Stage.ASSESSMENT, reason=WHY)
    close_case(who, case.pk, reason=WHY)
    with pytest.raises(CaseRefused, match="Reopen it first"):
        move_case(who, case.pk, stage=Stage.ASSESSMENT, reason=WHY)
    assert ways_on(Case.objects.get(pk=case.pk)).ways == []


def test_a_case_whose_end_is_being_decided_stays_where_it_is() -> None:
    who = psychologist()
    case = case_of(who)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    lead = lead_over(case.school)
    ask_to_close(who, case.pk, membership_id=lead.membership.pk, reason="Переехали")
    with pytest.raises(CaseRefused, match="Take the wish back first"):
        move_case(who, case.pk, stage=Stage.ASSESSMENT, reason=WHY)
