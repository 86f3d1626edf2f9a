"""What somebody writes outlives the idle lock: every form with a field for words has a draft, or a reason why not."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest
from django import forms
from django.conf import settings
from django.urls import get_resolver
from django.utils.module_loading import import_string

TEMPLATES: Final = Path(settings.BASE_DIR) / "templates"
TAG: Final = r"(?:[^>{]|\{%.*?%\}|\{\{.*?\}\})*"
FORM: Final = re.compile(rf"<form\b(?P<head>{TAG})>(?P<body>.*?)</form>", re.DOTALL)
INCLUDE: Final = re.compile(r'\{% include "([^"]+)"')
NAMED: Final = re.compile(r"\{\{ [\w.]*?(\w+)(?:\.as_field_group|\|control) \}\}")
LOOP: Final = re.compile(r"\{% for (\w+) in [\w.]+ %\}\{\{ \1\.as_field_group \}\}")

# Why the words of a form are kept by nobody.
NO_DRAFT: Final = {
    "incidents/anonymous/code.html": "A visitor's page is not locked; what a child wrote must not stay in the browser.",
    "incidents/anonymous/form.html": "As above.",
    "incidents/anonymous/talk.html": "As above.",
}
# Forms that are shown whole, and have no field for words.
WITHOUT_WORDS: Final = {
    "alarms/button_form.html": ("caseflow.alarms.forms.ButtonForm",),
    "alarms/centre.html": ("caseflow.alarms.forms.CentreForm",),
    "alarms/centres.html": ("caseflow.alarms.forms.NewCentreForm",),
    "alarms/drill.html": ("caseflow.alarms.forms.MomentForm",),
    "alarms/drills.html": ("caseflow.alarms.forms.DrillForm",),
    "analytics/camera.html": ("analytics.forms.CameraLinkForm",),
    "clocks/away.html": ("caseflow.clocks.forms.AbsenceForm",),
    "clocks/roster.html": ("caseflow.clocks.forms.ShiftForm",),
    "clocks/term.html": ("caseflow.clocks.forms.TermForm",),
    "consent/guardianship.html": ("caseflow.consent.forms.EndingForm", "caseflow.consent.forms.ResumingForm"),
    "consent/paper.html": ("caseflow.consent.forms.PaperForm",),
    "council/setup.html": ("caseflow.council.forms.CouncilForm",),
    "directory/_unit_form.html": tuple(
        f"caseflow.directory.forms.units.{name}"
        for name in ("RegionForm", "DistrictForm", "SchoolForm", "AgencyForm", "YearForm", "BreakForm")
    ),
    "directory/members.html": ("caseflow.directory.forms.MemberForm",),
    "directory/rooms.html": ("caseflow.directory.forms.RoomForm", "caseflow.directory.forms.CameraForm"),
    "directory/school.html": ("caseflow.directory.forms.SchoolForm",),
    "directory/timetable.html": ("caseflow.directory.forms.LessonForm",),
    "instruments/give.html": ("caseflow.instruments.forms.GiveForm",),
    "portal/join.html": ("caseflow.portal.forms.JoinForm",),
    "protocols/_looks.html": ("caseflow.protocols.forms.flows.LooksForm",),
    "schoolyear/class.html": ("caseflow.schoolyear.forms.HandOverForm", "caseflow.schoolyear.forms.SubstituteForm"),
    "schoolyear/leave.html": ("caseflow.schoolyear.forms.LeavingForm",),
    "schoolyear/moves.html": ("caseflow.schoolyear.forms.TakeInForm",),
    "schoolyear/person.html": ("caseflow.schoolyear.forms.EndingRolesForm",),
}


@pytest.fixture(scope="module")
def word_fields() -> set[str]:
    """The names of the fields of all forms in which people write more than a line."""
    _ = get_resolver().url_patterns  # so that every form is imported
    import_module("caseflow.api")
    return {name for form in _below(forms.BaseForm) for name in _words_of(form)}


def test_every_form_with_a_field_for_words_has_a_draft_or_a_reason(word_fields: set[str]) -> None:
    unkept = {place for place, body in _forms_without_draft() if _asks_words(body, word_fields)}
    assert unkept == set(NO_DRAFT)


def test_what_is_shown_whole_without_a_draft_has_no_field_for_words() -> None:
    shown = {place for place, body in _forms_without_draft() if LOOP.search(body)}
    assert shown == set(WITHOUT_WORDS)
    wordy = [dotted for each in WITHOUT_WORDS.values() for dotted in each if _words_of(import_string(dotted))]
    assert wordy == []


def test_a_form_is_found_through_what_it_includes() -> None:
    texts = [path.read_text() for path in TEMPLATES.rglob("*.html")]
    assert sum(len(FORM.findall(text)) for text in texts) == sum(text.count("</form>") for text in texts)
    (found,) = FORM.finditer(
        '<form{% if a > b %} data-x="{{ y }}"{% endif %} method="post">{{ a.reason.as_field_group }}</form>'
    )
    assert _asks_words(found["body"], {"reason"})
    assert not _asks_words(found["body"], {"text"})
    assert "<textarea" in _whole('{% include "analytics/_clip_reason.html" with field=1 %}')


def _forms_without_draft() -> Iterator[tuple[str, str]]:
    """Each form that is sent and has no draft: its template, and its body with what that includes."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        for form in FORM.finditer(path.read_text()):
            if "post" in form["head"] and "data-draft=" not in form["head"]:
                yield str(path.relative_to(TEMPLATES)), _whole(form["body"])


def _whole(body: str) -> str:
    included = (TEMPLATES / name for name in INCLUDE.findall(body))
    return body + "".join(_whole(path.read_text()) for path in included if path.exists())


def _asks_words(body: str, word_fields: set[str]) -> bool:
    return "<textarea" in body or not word_fields.isdisjoint(NAMED.findall(body))


def _words_of(form: type[forms.BaseForm]) -> list[str]:
    fields: dict[str, forms.Field] = getattr(form, "base_fields", {})
    return [name for name, field in fields.items() if isinstance(field.widget, forms.Textarea)]


def _below(form: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for one in form.__subclasses__():
        yield one
        yield from _below(one)
