"""When something happened, as somebody remembers it, and when it was written down."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from caseflow.cases.enums import Visibility
from caseflow.cases.happening import Happened, WrongTime, happened
from caseflow.cases.models import ChronologyEntry
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.chronology import Line
from caseflow.cases.services import add_note, correct_note
from caseflow.cases.services.reading import open_case_page
from caseflow.directory.actors import Actor
from tests.cases.factories import case_of, psychologist, pupil_of

ZONE = timezone.get_default_timezone()
NOW = datetime(2026, 11, 14, 10, 20, tzinfo=ZONE)
BORN = date(2012, 5, 1)


def on(day: date | None, clock: time | None = None) -> Happened:
    return happened(day, clock, now=NOW, born=BORN)


def test_what_has_no_date_happened_now() -> None:
    assert on(None) == Happened(NOW, day_only=False)


def test_a_day_without_a_time_begins_with_the_day() -> None:
    assert on(date(2026, 11, 12)) == Happened(datetime(2026, 11, 12, tzinfo=ZONE), day_only=True)


def test_a_day_with_a_time_is_that_minute() -> None:
    assert on(date(2026, 11, 12), time(14, 30)) == Happened(datetime(2026, 11, 12, 14, 30, tzinfo=ZONE), day_only=False)


def test_today_without_a_time_is_now() -> None:
    assert on(NOW.date()) == Happened(NOW, day_only=False)


@pytest.mark.parametrize(
    ("day", "clock", "field", "said"),
    [
        (date(2026, 11, 15), None, "event_on", "has not come yet"),
        (date(2026, 11, 14), time(10, 21), "event_time", "has not come yet"),
        (date(2012, 4, 30), None, "event_on", "before the pupil was born"),
        (None, time(9, 0), "event_on", "Say on which day"),
    ],
)
def test_what_cannot_have_happened_is_refused_at_the_field(
    day: date | None, clock: time | None, field: str, said: str
) -> None:
    with pytest.raises(WrongTime, match=said) as refused:
        on(day, clock)
    assert refused.value.field == field
    assert isinstance(refused.value, CaseRefused)


@given(day=st.dates(date(2012, 5, 1), date(2026, 11, 14)), clock=st.none() | st.times())
def test_what_is_taken_never_lies_ahead_nor_before_birth(day: date, clock: time | None) -> None:
    try:
        taken = on(day, clock)
    except WrongTime:
        assert day == NOW.date()
        assert clock is not None
    else:
        assert taken.at <= NOW
        assert timezone.localdate(taken.at) == day
        assert taken.day_only is (clock is None and day != NOW.date())


def noted(who: Actor, text: str, day: date | None, clock: time | None = None) -> ChronologyEntry:
    case = case_of(who, pupil_of(who, birth_date=BORN))
    return add_note(who, case.pk, text=text, visibility=Visibility.TEAM, event_on=day, event_time=clock)


def first_line(who: Actor, note: ChronologyEntry) -> Line:
    lines = open_case_page(who, note.case_id).chronology.lines
    return next(line for line in lines if line.id == note.pk)


@pytest.mark.django_db
def test_a_line_tells_both_dates_where_they_differ() -> None:
    who = psychologist()
    day = timezone.localdate() - timedelta(days=2)
    late = noted(who, "Плакала на перемене", day)
    line = first_line(who, late)
    assert (timezone.localdate(line.at), line.day_only, line.recorded_at) == (day, True, late.recorded_at)


@pytest.mark.django_db
def test_a_line_written_at_once_tells_one_date() -> None:
    who = psychologist()
    line = first_line(who, noted(who, "Плакала на перемене", None))
    assert (line.day_only, line.recorded_at) == (False, None)


@pytest.mark.django_db
def test_the_chronology_is_in_order_of_what_happened() -> None:
    who = psychologist()
    case = case_of(who, pupil_of(who, birth_date=BORN))
    today = timezone.localdate()
    for text, days in (("раньше", 3), ("позже", 1), ("ещё раньше", 9)):
        add_note(who, case.pk, text=text, visibility=Visibility.TEAM, event_on=today - timedelta(days=days))
    lines = open_case_page(who, case.pk).chronology.lines
    assert [line.text for line in lines if line.kind == "note"] == ["позже", "раньше", "ещё раньше"]


@pytest.mark.django_db
def test_a_correction_keeps_the_day_of_what_it_corrects_unless_the_day_was_wrong() -> None:
    who = psychologist()
    day = timezone.localdate() - timedelta(days=2)
    old = noted(who, "Две ночи", day)
    new = correct_note(who, old.case_id, old.pk, text="Три ночи")
    assert (new.event_at, new.day_only) == (old.event_at, True)
    last = correct_note(who, old.case_id, new.pk, text="Три ночи", event_on=day - timedelta(days=1))
    assert timezone.localdate(last.event_at) == day - timedelta(days=1)


@pytest.mark.django_db
def test_a_note_from_before_birth_is_not_kept() -> None:
    who = psychologist()
    with pytest.raises(WrongTime):
        noted(who, "Давно", date(2010, 1, 1))
    assert not ChronologyEntry.objects.filter(kind="note").exists()
