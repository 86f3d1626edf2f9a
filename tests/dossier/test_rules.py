"""Which parts are confidential, and where what a model found never goes."""

import pytest

from caseflow.cases.enums import EntryKind
from caseflow.documents.bilingual import in_tongues
from caseflow.dossier.enums import Kind, Meeting, Part
from caseflow.dossier.rules import (
    CONFIDENTIAL,
    PARTS,
    kept_from,
    part_of_line,
    reads_shared_notes_alone,
    ticked_beforehand,
)


@pytest.mark.parametrize("kind", Kind)
def test_nothing_confidential_is_ticked_beforehand(kind: Kind) -> None:
    ticked = set(ticked_beforehand(kind))
    assert ticked
    assert not ticked & {part.value for part in CONFIDENTIAL}
    assert {Part.RISK, Part.PRIVATE_NOTES, Part.RESULTS, Part.SAFETY, Part.SIGNALS} <= set(PARTS[kind]) & CONFIDENTIAL


def test_signals_and_questionnaires_go_to_no_agency_and_no_council_that_disciplines() -> None:
    for part in (Part.SIGNALS, Part.RESULTS):
        parts = {part.value, Part.RISK.value}
        assert [meeting for meeting in Meeting if kept_from(meeting, parts)] == [Meeting.COUNCIL, Meeting.AGENCY]
        assert kept_from(Meeting.AGENCY, parts) == [part]
    assert kept_from(Meeting.AGENCY, {Part.RISK.value}) == []


def test_no_raw_note_goes_to_the_family_and_what_other_rooms_add_to_colleagues_alone() -> None:
    assert kept_from(Meeting.FAMILY, {"private_notes", "notes", "risk"}) == ["private_notes"]
    assert [one for one in Meeting if reads_shared_notes_alone(one)] == [Meeting.FAMILY]
    kept = [one for one in Meeting if kept_from(one, {"supervision"})]
    assert kept == [Meeting.FAMILY, Meeting.COUNCIL, Meeting.AGENCY]


def test_every_kind_of_line_belongs_to_a_part() -> None:
    told = {kind: part_of_line(kind.value, "", "", is_private=False) for kind in EntryKind}
    assert set(told.values()) <= set(PARTS[Kind.CHRONOLOGY])
    assert told[EntryKind.SIGNAL] is Part.SIGNALS


@pytest.mark.parametrize(
    ("kind", "code", "about", "part"),
    [
        ("task", "flow_begun", "flow", Part.RISK),
        ("case", "closing_asked", "", Part.RISK),
        ("case", "closed", "", Part.CASE),
        ("assessment", "instrument_finished", "instrument", Part.RESULTS),
        ("case", "safety_plan_signed", "safety", Part.SAFETY),
        ("task", "task_given", "task", Part.TASKS),
    ],
)
def test_a_line_that_tells_the_risk_is_confidential_whatever_its_kind(
    kind: str, code: str, about: str, part: Part
) -> None:
    assert part_of_line(kind, code, about, is_private=False) is part
    assert part_of_line(kind, code, about, is_private=True) is Part.PRIVATE_NOTES


def test_what_is_the_same_in_both_languages_stands_once() -> None:
    said = iter(
        [
            {"a": "Іс", "n": 3, "rows": [{"key": "1", "t": "Мадина"}, {"key": "2", "t": "бір"}], "plain": ["x"]},
            {"a": "Дело", "n": 3, "rows": [{"key": "1", "t": "Мадина"}, {"key": "3", "t": "новое"}], "plain": ["x"]},
        ]
    )
    assert in_tongues(("kk", "ru"), lambda: next(said)) == {
        "a": {"kk": "Іс", "ru": "Дело"},
        "n": 3,
        "rows": [{"key": "1", "t": "Мадина"}],
        "plain": ["x"],
    }
