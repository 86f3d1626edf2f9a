"""The chronology narrowed: kind, author, period, readers and words, alone and together."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from caseflow.cases.enums import EntryKind, RiskLevel, Visibility
from caseflow.cases.models import Case
from caseflow.cases.selectors.chronology import PER_PAGE
from caseflow.cases.selectors.narrowing import LineFilter
from caseflow.cases.services import add_note, set_risk
from caseflow.cases.services.reading import open_case_page
from caseflow.directory.actors import Actor
from tests.cases.factories import case_of, note_in, psychologist
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def texts(who: Actor, case: Case, **asked: Any) -> list[str]:
    return [line.text for line in open_case_page(who, case.pk, asked=LineFilter(**asked)).chronology.lines]


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    """Three notes: a confidential one of today, one for the team of three days ago, a colleague's of nine days ago."""
    case = case_of(who, reason="Просьба мамы")
    note_in(case, who, "Плохо спит третью ночь")
    days = timedelta(days=3)
    add_note(who, case.pk, text="Обедает с Ёлкиной", visibility=Visibility.TEAM, event_on=TODAY - days)
    colleague = psychologist(case.school)
    add_note(colleague, case.pk, text="Видела во дворе", visibility=Visibility.TEAM, event_on=TODAY - 3 * days)
    return case


def test_without_a_filter_everything_is_shown(who: Actor, case: Case) -> None:
    assert texts(who, case) == ["Плохо спит третью ночь", "Просьба мамы", "Обедает с Ёлкиной", "Видела во дворе"]


def test_by_author(who: Actor, case: Case) -> None:
    colleague = case.entries.exclude(author=who.user).get().author_id
    assert texts(who, case, author=colleague) == ["Видела во дворе"]


def test_by_period_both_days_included(who: Actor, case: Case) -> None:
    since, until = TODAY - timedelta(days=9), TODAY - timedelta(days=3)
    assert texts(who, case, since=since, until=until) == ["Обедает с Ёлкиной", "Видела во дворе"]
    assert texts(who, case, since=since + timedelta(days=1), until=until) == ["Обедает с Ёлкиной"]
    assert texts(who, case, until=since) == ["Видела во дворе"]


def test_by_readers(who: Actor, case: Case) -> None:
    assert texts(who, case, readers=Visibility.ME_AND_LEAD) == ["Плохо спит третью ночь"]


def test_by_words_in_any_order_case_and_yo(who: Actor, case: Case) -> None:
    assert texts(who, case, words="ЕЛКИНОЙ обедает") == ["Обедает с Ёлкиной"]
    assert texts(who, case, words="обедает во дворе") == []


def test_words_are_looked_for_in_titles_and_in_what_lines_refer_to(who: Actor, case: Case) -> None:
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Вторая беседа")
    assert texts(who, case, words="вторая") == ["Вторая беседа"]
    assert texts(who, case, words="case opened") == ["Просьба мамы"]


def test_a_hidden_note_is_never_found_by_its_words(case: Case) -> None:
    reader = psychologist(case.school)
    assert texts(reader, case, words="спит") == []
    assert texts(reader, case, words="hidden") == []
    assert texts(reader, case, words="обедает") == ["Обедает с Ёлкиной"]


def test_filters_work_together(who: Actor, case: Case) -> None:
    asked = {"show": EntryKind.NOTE, "author": who.user.pk, "until": TODAY - timedelta(days=1), "words": "обедает"}
    assert texts(who, case, **asked) == ["Обедает с Ёлкиной"]
    assert texts(who, case, **asked | {"readers": Visibility.ME_AND_LEAD}) == []


def test_a_consent_has_neither_author_nor_readers(who: Actor, case: Case) -> None:
    assert texts(who, case, show=EntryKind.CONSENT, author=who.user.pk) == []


def test_whoever_wrote_is_offered_as_author(who: Actor, case: Case) -> None:
    offered = open_case_page(who, case.pk, asked=LineFilter(show=EntryKind.TASK)).chronology.authors
    colleague = case.entries.exclude(author=who.user).get().author
    assert colleague is not None
    names = {who.user.pk: who.user.short_name, colleague.pk: colleague.short_name}
    assert dict(offered) == names
    assert [name for _, name in offered] == sorted(names.values())


def page(who: Actor, case: Case, query: dict[str, str], **headers: str) -> str:
    answer = signed_in(who).get(reverse("cases:detail", args=[case.pk]), query, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_keeps_what_was_asked_in_its_fields(who: Actor, case: Case) -> None:
    shown = page(who, case, {"show": "note", "author": str(who.user.pk), "readers": "team", "words": "обедает"})
    assert "Обедает с Ёлкиной" in shown
    assert "Плохо спит" not in shown
    assert 'value="обедает"' in shown
    assert f'<option value="{who.user.pk}" selected>' in shown
    assert '<option value="team" selected>' in shown


def test_nonsense_in_the_address_is_not_asked(who: Actor, case: Case) -> None:
    query = {"show": "x", "author": "x", "since": "x", "until": "2026-13-01", "readers": "x", "page": "x"}
    assert "Видела во дворе" in page(who, case, query)


def test_htmx_gets_the_chronology_alone_and_its_history_the_whole_page(who: Actor, case: Case) -> None:
    assert "<html" not in page(who, case, {}, **{"HX-Request": "true"})
    assert "<html" in page(who, case, {}, **{"HX-Request": "true", "HX-History-Restore-Request": "true"})


def test_the_next_page_keeps_the_filter(who: Actor, case: Case) -> None:
    for number in range(PER_PAGE):
        note_in(case, who, f"Обедает {number}")
    shown = page(who, case, {"show": "note", "words": "обедает"})
    assert "show=note&amp;words=%D0%BE%D0%B1%D0%B5%D0%B4%D0%B0%D0%B5%D1%82&amp;page=2" in shown


def test_an_empty_answer_says_how_to_see_more(who: Actor, case: Case) -> None:
    assert "Nothing fits" in page(who, case, {"words": "нет такого"})


def test_filtering_asks_the_database_as_often_at_1_and_at_30_notes(who: Actor, case: Case) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            texts(who, case, words="обедает", readers=Visibility.TEAM)
        return len(asked)

    few = count()
    for number in range(29):
        note_in(case, who, f"Обедает {number}", Visibility.TEAM)
    assert count() == few
