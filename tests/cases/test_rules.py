import pytest

from caseflow.cases.enums import RiskLevel, Visibility
from caseflow.cases.rules import may_read_text, obstacles_to_closing
from caseflow.directory.enums import Role

AUTHOR, COLLEAGUE = 1, 2


@pytest.mark.parametrize(
    ("visibility", "reader", "role", "readable"),
    [
        (Visibility.ME_AND_LEAD, AUTHOR, Role.PSYCHOLOGIST, True),
        (Visibility.ME_AND_LEAD, COLLEAGUE, Role.PSYCHOLOGIST, False),
        (Visibility.ME_AND_LEAD, COLLEAGUE, Role.LEAD_PSYCHOLOGIST, True),
        (Visibility.TEAM, COLLEAGUE, Role.PSYCHOLOGIST, True),
    ],
)
def test_a_confidential_text_is_for_its_author_and_the_lead(
    visibility: Visibility, reader: int, role: Role, readable: bool
) -> None:
    assert may_read_text(visibility=visibility, author_id=AUTHOR, user_id=reader, role=role) is readable


def test_a_system_entry_for_the_team_has_no_author_and_is_read_by_all() -> None:
    assert may_read_text(visibility=Visibility.TEAM, author_id=None, user_id=COLLEAGUE, role=Role.PSYCHOLOGIST)


@pytest.mark.parametrize(
    ("risk", "tasks", "closable"),
    [
        (None, 0, True),
        (RiskLevel.LOW, 0, True),
        (RiskLevel.MODERATE, 0, True),
        (RiskLevel.HIGH, 0, False),
        (RiskLevel.ACUTE, 0, False),
        (RiskLevel.LOW, 1, False),
    ],
)
def test_grave_risk_and_unfinished_tasks_keep_a_case_open(risk: RiskLevel | None, tasks: int, closable: bool) -> None:
    assert bool(obstacles_to_closing(risk=risk, unfinished_tasks=tasks)) is not closable
