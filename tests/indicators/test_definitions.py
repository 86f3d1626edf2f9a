"""Indicators as data: every shipped one is whole, in three languages, and counts what its source can count."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from caseflow.incidents.enums import NEVER_BY_QUARTER
from caseflow.indicators.rules.definitions import Definition, in_force, shipped
from caseflow.indicators.rules.sources import SOURCES, TIMED
from caseflow.indicators.selectors.counting import COUNTERS

LANGUAGES = {"kk", "ru", "en"}


@pytest.mark.parametrize("definition", shipped(), ids=lambda each: f"{each.code}/{each.version}")
def test_a_shipped_indicator_is_whole(definition: Definition) -> None:
    for texts in (definition.names, definition.meanings):
        assert set(texts) == LANGUAGES
        assert all(texts.values())
        assert texts["kk"] != texts["ru"]
    if definition.is_time:
        assert not definition.values
    else:
        assert set(definition.values) <= set(SOURCES[definition.source].values)
    codes = {each.code for each in shipped()}
    assert not definition.of or definition.of in codes


def test_versions_of_an_indicator_follow_each_other() -> None:
    counted = Counter((each.code, each.version) for each in shipped())
    assert set(counted.values()) == {1}


def test_every_source_can_be_counted_and_is_shown_by_an_indicator() -> None:
    assert set(COUNTERS) == set(SOURCES)
    assert {each.source for each in shipped()} == set(SOURCES) | set(TIMED)


def test_talk_of_self_harm_is_in_no_source_of_a_quarter() -> None:
    for category in NEVER_BY_QUARTER:
        assert category.value not in SOURCES["incidents"].values
    assert SOURCES["self_harm"].whole_year_only


def test_what_divides_another_source_divides_values_that_this_one_has() -> None:
    for source in SOURCES.values():
        if source.divides:
            parent, values = source.divides
            assert set(values) <= set(SOURCES[parent].values)
        assert source.duties <= set(source.values)


def test_the_same_values_are_the_same_count_whatever_they_are_called() -> None:
    source = SOURCES["incidents"]
    assert source.key(("cyberbullying", "bullying")) == source.key(("bullying", "cyberbullying"))
    assert source.key(source.values) == source.key(()) == "incidents:*"


def test_the_latest_version_that_holds_on_the_day_is_in_force() -> None:
    first = shipped()[0]
    second = replace(first, version=2, effective_from=date(2026, 1, 1))
    third = replace(first, version=3, effective_from=date(2027, 1, 1), ended=True)
    every = [first, second, third, shipped()[1]]
    assert in_force(every, date(2025, 12, 31))[0] == first
    assert in_force(every, date(2026, 1, 1))[0] == second
    assert [each.code for each in in_force(every, date(2027, 1, 1))] == [shipped()[1].code]
    assert in_force(every, date(2019, 1, 1)) == []
