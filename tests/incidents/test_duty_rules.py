"""By when the duties after a report of suspected bullying are done."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from caseflow.incidents.rules.duties import all_told_at, has_parents_to_tell

MINUTE = timedelta(minutes=1)
PUPILS = [UUID(int=number) for number in range(4)]
MOMENTS = st.integers(0, 100).map(lambda minutes: datetime(2026, 9, 1, tzinfo=UTC) + minutes * MINUTE)


@given(st.sets(st.sampled_from(PUPILS)), st.lists(st.tuples(st.sampled_from(PUPILS), MOMENTS)))
def test_all_are_told_when_the_last_has_heard_for_the_first_time(
    pupils: set[UUID], told: list[tuple[UUID, datetime]]
) -> None:
    firsts = [min((at for pupil, at in told if pupil == one), default=None) for one in pupils]
    known = [first for first in firsts if first is not None]
    expected = max(known) if known and None not in firsts else None
    assert all_told_at(pupils, told) == expected


def test_from_eighteen_on_there_is_no_parent_to_tell() -> None:
    birthday = date(2009, 3, 5)
    assert [has_parents_to_tell(birthday, day) for day in (date(2027, 3, 4), date(2027, 3, 5))] == [True, False]
