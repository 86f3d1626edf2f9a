import pytest

from caseflow.cases.enums import Visibility
from caseflow.cases.rules import Obstacle, Obstacles, may_read_text
from caseflow.directory.enums import Role

AUTHOR, COLLEAGUE = 1, 2
CALL = Obstacle("Call", "/there/", "There")


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
    ("tasks", "others", "closable"), [(0, (), True), (1, (), False), (0, (CALL,), False), (2, (CALL,), False)]
)
def test_unfinished_tasks_and_what_other_rooms_ask_for_keep_a_case_open(
    tasks: int, others: tuple[Obstacle, ...], closable: bool
) -> None:
    assert bool(Obstacles(tasks, others)) is not closable
