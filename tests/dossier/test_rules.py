"""Which parts are confidential, and where what a model found never goes."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from caseflow.cases.enums import EntryKind
from caseflow.documents.bilingual import in_tongues
from caseflow.dossier.enums import Kind, Meeting, Part
from caseflow.dossier.rules import (
    CONFIDENTIAL,
    PARTS,
    closed_to,
    kept_from,
    part_of_line,
    reads_every_task,
    reads_shared_notes_alone,
    reads_what_was_agreed,
    reads_words,
    ticked_beforehand,
)
from caseflow.dossier.selectors.referring import result_in_words

if TYPE_CHECKING:
    from caseflow.instruments.selectors.administrations import Listed


@pytest.mark.parametrize("kind", Kind)
def test_nothing_confidential_is_ticked_beforehand(kind: Kind) -> None:
    ticked = set(ticked_beforehand(kind))
    assert ticked
    assert not ticked & {part.value for part in CONFIDENTIAL}
    assert {Part.RISK, Part.PRIVATE_NOTES, Part.RESULTS, Part.SAFETY, Part.SIGNALS} <= set(PARTS[kind]) & CONFIDENTIAL


# Whose meeting may hold which part: the matrix of roles, for whoever at that table may see least.
# f family, t teachers and psychologists, p psychologists, c prevention council, s support centre, l lead,
# a another agency, o somebody else.
TABLES = dict(zip("ftpcslao", Meeting, strict=True))
GOES: list[tuple[Part, str]] = [
    (Part.REASON, "tpcsl"),
    (Part.STAGE, "ftpcslao"),
    (Part.AGREED, "ftpcslao"),
    (Part.PLAN, "ftpcslao"),
    (Part.NEXT, "ftpcslao"),
    (Part.PEOPLE, "ftpcslao"),
    (Part.CASE, "ftpcslao"),
    (Part.NOTES, "fpl"),
    (Part.TASKS, "tpcsl"),
    (Part.APPOINTMENTS, "ftpcslao"),
    (Part.CONSENTS, "fpsl"),
    (Part.FILES, "pl"),
    (Part.RISK, "psl"),
    (Part.FORMULATION, "pl"),
    (Part.PRIVATE_NOTES, "l"),
    (Part.RESULTS, "psl"),
    (Part.SAFETY, "psl"),
    (Part.REFERRALS, "pl"),
    (Part.INCIDENTS, "pl"),
    (Part.SIGNALS, "fpl"),
]


def test_the_table_names_every_part() -> None:
    assert [part for part, _tables in GOES] == list(Part)


@pytest.mark.parametrize(("part", "tables"), GOES)
def test_a_part_goes_to_those_meetings_alone_at_which_everybody_may_see_it(part: Part, tables: str) -> None:
    open_to = {sign for sign, meeting in TABLES.items() if not kept_from(meeting, [part.value])}
    assert "".join(sign for sign in TABLES if sign in open_to) == tables
    assert closed_to(part.value) == [meeting for sign, meeting in TABLES.items() if sign not in tables]


def test_what_another_room_adds_goes_to_the_lead_alone() -> None:
    assert [one for one in Meeting if not kept_from(one, ["supervision"])] == [Meeting.LEAD]


def test_the_family_reads_the_notes_shared_with_it_and_outsiders_no_words_of_the_team() -> None:
    assert [one for one in Meeting if reads_shared_notes_alone(one)] == [Meeting.FAMILY]
    outside = {Meeting.FAMILY, Meeting.AGENCY, Meeting.OTHER}
    assert {one for one in Meeting if not reads_words(one)} == outside
    assert {one for one in Meeting if not reads_every_task(one)} == outside
    reading = [Meeting.FAMILY, Meeting.COLLEAGUES, Meeting.LEAD]
    assert [one for one in Meeting if reads_what_was_agreed(one)] == reading


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


def test_a_questionnaire_without_a_total_is_told_by_its_band_alone() -> None:
    untold = cast("Listed", SimpleNamespace(score=None, band="Mild signs", highest=27))
    assert result_in_words(untold) == "Mild signs"
