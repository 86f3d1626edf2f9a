import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.schoolyear.rules import LEAVES, Roll, Target, merged, normal_code, promoted, target_of

TARGETS = st.builds(Target, st.integers(1, 11), st.sampled_from("АБВ"))
SAID = st.one_of(st.none(), TARGETS)


def test_a_class_goes_up_under_its_letter_and_the_last_one_leaves() -> None:
    assert promoted(7, "Б") == Target(8, "Б")
    assert promoted(10, "А") == Target(11, "А")
    assert promoted(11, "А") is LEAVES


def test_a_class_is_typed_as_it_is_spoken() -> None:
    assert target_of("8 «б»") == target_of("8Б") == Target(8, "Б")
    assert str(Target(8, "Б")) == "8Б"
    assert target_of("  ") is LEAVES
    with pytest.raises(ValueError, match="восьмой"):
        target_of("восьмой")


@settings(max_examples=30)
@given(
    st.dictionaries(st.integers(0, 5), TARGETS),
    st.dictionaries(st.integers(0, 40), st.one_of(st.none(), st.integers(0, 5))),
    st.dictionaries(st.integers(0, 5), SAID),
    st.dictionaries(st.integers(0, 40), SAID),
)
def test_every_pupil_goes_to_exactly_one_place_or_is_named(
    classes: dict[int, Target],
    pupils: dict[int, int | None],
    said: dict[int, Target | None],
    exceptions: dict[int, Target | None],
) -> None:
    roll = Roll(classes, {pupil: its if its in classes else None for pupil, its in pupils.items()})
    goes, homeless = roll.destinations(said, exceptions), roll.homeless(exceptions)
    assert set(goes) | set(homeless) == set(pupils)
    assert not set(goes) & set(homeless)
    for pupil, target in goes.items():
        its = roll.pupils[pupil]
        if pupil in exceptions:
            assert target == exceptions[pupil]
        elif its is not None:
            assert target == (said[its] if its in said else promoted(*classes[its]))


def test_classes_that_become_one_are_seen() -> None:
    assert merged([Target(8, "Б"), None, Target(8, "Б"), Target(9, "А"), None]) == [Target(8, "Б")]


def test_a_code_reads_the_same_however_it_was_typed() -> None:
    assert normal_code(" abcd-2345 efgh") == "ABCD2345EFGH"
