"""How the page of a case is drawn, and how little it asks of the database for it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from caseflow.cases.enums import EntryKind, RiskLevel, Visibility
from caseflow.cases.models import Case
from caseflow.cases.selectors.chronology import Day, Line
from caseflow.cases.services import set_risk
from caseflow.cases.templatetags import drawing
from caseflow.cases.templatetags.drawing import drawn_days
from caseflow.cases.wordings import name_entry, sentence
from caseflow.directory.actors import Actor
from tests.cases.factories import case_of, note_in, psychologist, task_for
from tests.consent.factories import given
from tests.directory.factories import GuardianshipFactory, signed_in

CASE, NOTE = UUID(int=1), UUID(int=2)
AT = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)  # 14:30 in Almaty
MOST_QUERIES = 19  # begin and commit among them


def drawn(**facts: Any) -> str:
    line = Line(**{"id": NOTE, "kind": EntryKind.NOTE, "at": AT, "title": "Note", "by": "Ахметова А.", **facts})
    with override("en"):
        return drawn_days([Day(AT.date(), [line])], CASE)


def test_a_line_says_what_when_and_by_whom() -> None:
    shown = drawn()
    assert '<h2 class="c-day">' in shown
    assert '<li class="c-ev-row"><span class="c-kind" aria-hidden="true"><i class="ti ti-note"' in shown
    assert '<b class="b6">Note</b></div>' in shown
    assert '<span class="nw">14:30, Ахметова А.</span>' in shown
    assert "c-lock" not in shown
    assert "c-linelinks" not in shown


def test_nobody_is_named_where_nobody_is_known() -> None:
    assert '<span class="nw">14:30</span>' in drawn(by="")


def test_nothing_that_a_person_wrote_is_read_as_markup() -> None:
    shown = drawn(title="<i>1</i>", text="<b>2</b>", by="<u>3</u>", readers="<s>4</s>")
    for tag in ("<i>", "<b>2", "<u>", "<s>"):
        assert tag not in shown
    assert "<p>&lt;b&gt;2&lt;/b&gt;</p>" in shown


def test_a_text_of_several_lines_keeps_them() -> None:
    assert "<p>one<br>&lt;two&gt;</p>\n\n<p>three</p>" in drawn(text="one\r\n<two>\n\nthree")


def test_what_was_corrected_is_struck_through() -> None:
    shown = drawn(text="old", struck=True)
    assert "<del><p>old</p></del>" in shown
    assert '<span class="c-tag">corrected</span>' in shown
    assert '<span class="c-tag">correction</span>' in drawn(corrects=True)


def test_what_a_model_found_is_marked() -> None:
    assert '<span class="c-tag" data-ai><i class="ti ti-cpu"' in drawn(kind=EntryKind.SIGNAL)


def test_a_private_line_has_a_lock_and_a_shared_one_its_readers() -> None:
    private, shared = drawn(readers="you"), drawn(readers="the parents", shared=True)
    assert 'class="c-ev-row conf"' in private
    assert "ti-lock" in private
    assert "conf" not in shared
    assert "ti-users" in shared


def test_both_dates_stand_where_they_differ() -> None:
    late = {"recorded_at": datetime(2026, 11, 13, 3, 0, tzinfo=UTC)}
    assert "happened 12.11, 14:30, recorded 13.11, 08:00 by Ахметова А." in drawn(**late)
    assert "happened 12.11, recorded 13.11, 08:00 by Ахметова А." in drawn(**late, day_only=True)


def test_a_line_leads_to_what_it_is_about_and_to_its_correction(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = drawn(url="/there/?a=1&b=2", can_correct=True)
    assert '<a class="u" href="/there/?a=1&amp;b=2">Open<span' in shown
    assert f'<a class="u" href="{reverse("cases:correct", args=[CASE, NOTE])}">Correct</a>' in shown
    assert f'href="{reverse("attachments:case", args=[CASE])}?entry={NOTE}">Attach a file</a>' in shown
    monkeypatch.setattr(drawing, "address_if_there", lambda *_: "")
    assert "Attach a file" not in drawn(can_correct=True)


def test_a_sentence_is_as_its_room_last_named_it() -> None:
    name_entry("drawn_twice", "once")
    assert sentence("case", "drawn_twice", {}) == "once"
    name_entry("drawn_twice", "again")
    assert sentence("case", "drawn_twice", {}) == "again"


def fill(who: Actor, case: Case, number: int) -> None:
    for count in range(number):
        note_in(case, who, f"Обедает {count}", Visibility.TEAM)
        task_for(case, who)
        GuardianshipFactory.create(pupil=case.pupil)
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
    given(case.pupil, None)


@pytest.mark.django_db
def test_the_page_asks_the_database_as_often_for_thirty_rows_as_for_one() -> None:
    counts = []
    for number in (1, 30):
        who = psychologist()
        case = case_of(who)
        fill(who, case, number)
        client, page = signed_in(who), reverse("cases:detail", args=[case.pk])
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).content.decode().count("c-taskl") == number
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_QUERIES
