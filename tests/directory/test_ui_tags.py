from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template import Context, Template
from django.utils import timezone, translation

from caseflow.accounts.models import User
from caseflow.directory.templatetags.ui import avatar, daytime, duration, icon, playtime, quality, risk, shortdate


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("level", "step", "word"),
    [("low", 1, "Low"), ("moderate", 2, "Moderate"), (3, 3, "High"), ("acute", 4, "Acute"), (4, 4, "Acute")],
)
def test_risk_is_a_meter_and_a_word(level: int | str, step: int, word: str) -> None:
    shown = risk(level)
    assert f'data-l="{step}"' in shown
    assert shown.endswith(f"</span>{word}</span>")


@pytest.mark.parametrize("level", [None, 0, "", "unheard of"])
def test_no_risk_level_says_that_nobody_assessed_it(level: int | str | None) -> None:
    assert risk(level) == '<span class="sec">Not assessed</span>'


def test_quality_shows_dots_word_and_reason() -> None:
    assert 'data-q="2"' in quality(2)
    assert quality(2).endswith("</span>Medium</span>")
    assert quality(1, "<b>9 of 20</b>").endswith("&lt;b&gt;9 of 20&lt;/b&gt;</span>")


def test_an_icon_says_nothing_by_itself() -> None:
    assert icon("clock", "danger") == '<i class="ti ti-clock danger" aria-hidden="true"></i>'


@pytest.mark.parametrize(
    ("user", "letters"),
    [(User(first_name="Айгерім", last_name="Сабырова"), "АС"), (User(username="admin"), "AD")],
)
def test_an_avatar_shows_initials(user: User, letters: str) -> None:
    assert f">{letters}<" in avatar(user)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 min"),
        (59, "0 min"),
        (35 * 60, "35 min"),
        (2 * 3600, "2 h"),
        (5 * 3600 + 20 * 60 + 59, "5 h 20 min"),
        (-4200, "−1 h 10 min"),
        (24 * 3600, "1 day"),
        (3 * 86400 - 1, "2 days"),
        (-3 * 86400, "−3 days"),
    ],
)
def test_a_length_of_time_is_rounded_down(seconds: int, words: str) -> None:
    assert duration(seconds) == words
    assert duration(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0 s"), (2.4, "2 s"), (59.9, "59 s"), (60, "1 min"), (None, "")])
def test_a_recording_shorter_than_a_minute_is_told_in_seconds(seconds: float | None, words: str) -> None:
    assert playtime(seconds) == words


def test_times_are_local_and_short() -> None:
    year = timezone.localdate().year
    assert daytime(datetime(year, 11, 17, 4, 38, tzinfo=UTC)) == "17.11, 09:38"
    assert daytime(datetime(2024, 11, 17, 20, 0, tzinfo=UTC)) == "18.11.2024, 01:00"
    assert shortdate(datetime(2024, 11, 17, 20, 0, tzinfo=UTC)) == "18.11.2024"


def test_nothing_is_shown_for_no_moment() -> None:
    assert (daytime(None), shortdate(None), duration(None)) == ("", "", "")


class _Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the passport")
    role = forms.ChoiceField(label="Role", choices=[("a", "A")])
    kind = forms.ChoiceField(label="Kind", choices=[("x", "X")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed", required=False)


def _drawn(form: forms.Form, field: str) -> str:
    return Template("{{ field.as_field_group }}").render(Context({"field": form[field]}))


@pytest.mark.parametrize(
    ("field", "look"),
    [("name", 'class="form-control"'), ("role", 'class="form-select"'), ("agreed", 'class="form-check-input"')],
)
def test_each_field_gets_the_look_of_its_kind(field: str, look: str) -> None:
    assert look in _drawn(_Form(), field)


def test_a_field_names_its_hint_and_its_error_to_screen_readers() -> None:
    drawn = _drawn(_Form({}), "name")
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'id="id_name_helptext"' in drawn
    assert 'id="id_name_error"' in drawn
    assert "form-control is-invalid" in drawn


def test_choices_are_a_group_with_a_legend() -> None:
    drawn = _drawn(_Form({"kind": "x"}), "kind")
    assert "<legend>Kind</legend>" in drawn
    assert 'value="x" id="id_kind_0" checked' in drawn


@pytest.mark.parametrize(
    ("language", "shown"),
    [("kk", "2026 ж. 2 қараша, 27,8"), ("ru", "2 ноября 2026 г., 27,8"), ("en", "Nov. 2, 2026, 27.8")],
)
def test_dates_and_numbers_are_written_as_the_language_writes_them(language: str, shown: str) -> None:
    text = "{{ day|date:'DATE_FORMAT'|small_months }}, {{ share|floatformat:1 }}"
    with translation.override(language):
        assert Template(text).render(Context({"day": datetime(2026, 11, 2, tzinfo=UTC), "share": 27.8})) == shown


class Wish(forms.Form):
    school = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("1", "School no. 1")])
    kind = forms.ChoiceField(choices=[("", "Any kind"), ("1", "One")])


def test_a_select_says_in_words_that_nothing_is_chosen() -> None:
    shown = Wish().as_p()
    assert '<option value="" selected>Choose…</option>' in shown
    assert '<option value="" selected>Any kind</option>' in shown
    assert "---" not in shown
