"""Work is shared out evenly among those who may have it, and nothing gets lost."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.supervision.rules import deal


def test_each_gets_as_many_as_the_others_and_what_one_may_not_have_goes_to_another() -> None:
    dealt = deal("abcd", [1, 2], {("a", 1): "kept", ("d", 1): "kept", ("d", 2): "too"})
    assert [(one.thing, one.to, one.why) for one in dealt] == [
        ("a", 2, ""),
        ("b", 1, ""),
        ("c", 1, ""),
        ("d", None, "kept"),
    ]
    assert deal("a", [], {})[0].to is None


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 20),
    st.lists(st.integers(1, 5), unique=True),
    st.sets(st.tuples(st.integers(0, 19), st.integers(1, 5))),
)
def test_nothing_is_lost_and_nobody_gets_what_they_may_not_have(
    number: int, people: list[int], refused: set[tuple[int, int]]
) -> None:
    dealt = deal(range(number), people, dict.fromkeys(refused, "kept"))
    assert [one.thing for one in dealt] == list(range(number))
    assert not {(one.thing, one.to) for one in dealt} & refused
    for one in dealt:
        allowed = [who for who in people if (one.thing, who) not in refused]
        assert (one.to is None) == (not allowed)
    if not refused and people:
        counts = [sum(one.to == who for one in dealt) for who in people]
        assert max(counts) - min(counts) <= 1
