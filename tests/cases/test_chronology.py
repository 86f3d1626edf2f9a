from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.cases.enums import EntryKind, RiskLevel, Visibility
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.chronology import Line
from caseflow.cases.selectors.narrowing import LineFilter
from caseflow.cases.selectors.pages import acts_on_case
from caseflow.cases.services import (
    add_note,
    add_system_entry,
    assign_case,
    close_case,
    complete_task,
    correct_note,
    set_risk,
)
from caseflow.cases.services.reading import open_case_page
from caseflow.cases.wordings import link_refs, name_entry, page_of
from caseflow.directory.actors import Actor
from tests.cases.factories import case_of, lead_over, note_in, psychologist, task_for
from tests.consent.factories import given
from tests.directory.factories import parent_of

pytestmark = pytest.mark.django_db


def lines(who: Actor, case: Case, show: str = "") -> list[Line]:
    return open_case_page(who, case.pk, asked=LineFilter(show=show)).chronology.lines


def test_the_author_reads_a_confidential_note() -> None:
    who = psychologist()
    case = case_of(who)
    note_in(case, who, "Плохо спит третью ночь")
    line = lines(who, case)[0]
    assert (line.text, line.hidden, line.readers) == (
        "Плохо спит третью ночь",
        False,
        "you and the lead psychologist can see it",
    )


def test_a_colleague_sees_only_that_there_is_a_note() -> None:
    who = psychologist()
    case = case_of(who)
    note_in(case, who, "Плохо спит третью ночь")
    colleague = psychologist(case.school)
    line = lines(colleague, case)[0]
    assert (line.title, line.text, line.hidden) == ("Note hidden", "", True)
    assert line.readers == "only the author and the lead psychologist"


def test_a_note_for_the_team_is_read_by_a_colleague() -> None:
    who = psychologist()
    case = case_of(who)
    note_in(case, who, "Обедает с подругой", Visibility.TEAM)
    line = lines(psychologist(case.school), case)[0]
    assert (line.text, line.readers) == ("Обедает с подругой", "")


def test_a_correction_strikes_the_old_note_through_and_keeps_it() -> None:
    who = psychologist()
    case = case_of(who)
    old = note_in(case, who, "Две ночи")
    correct_note(who, case.pk, old.pk, text="Три ночи")
    new_line, old_line = lines(who, case, EntryKind.NOTE)
    assert (new_line.text, new_line.corrects, new_line.can_correct) == ("Три ночи", True, True)
    assert (old_line.text, old_line.struck, old_line.can_correct) == ("Две ночи", True, False)


def test_a_correction_has_the_readers_of_the_note_it_corrects() -> None:
    who = psychologist()
    case = case_of(who)
    old = note_in(case, who, "Две ночи", Visibility.TEAM)
    assert correct_note(who, case.pk, old.pk, text="Три ночи").visibility == Visibility.TEAM


def test_a_note_is_corrected_once_and_by_its_author_alone() -> None:
    who = psychologist()
    case = case_of(who)
    old = note_in(case, who, "Две ночи", Visibility.TEAM)
    with pytest.raises(ChronologyEntry.DoesNotExist):
        correct_note(psychologist(case.school), case.pk, old.pk, text="Три ночи")
    correct_note(who, case.pk, old.pk, text="Три ночи")
    with pytest.raises(CaseRefused):
        correct_note(who, case.pk, old.pk, text="Четыре ночи")
    assert case.entries.filter(kind=EntryKind.NOTE).count() == 2


def test_an_entry_that_is_no_note_cannot_be_corrected() -> None:
    who = psychologist()
    case = case_of(who)
    with pytest.raises(ChronologyEntry.DoesNotExist):
        correct_note(who, case.pk, case.entries.get().pk, text="Другая причина")


def test_an_empty_note_and_a_note_in_a_closed_case_are_refused() -> None:
    who = psychologist()
    case = case_of(who)
    with pytest.raises(CaseRefused):
        note_in(case, who, " \n ")
    close_case(who, case.pk, reason="Всё спокойно")
    with pytest.raises(CaseRefused):
        note_in(case, who, "Ещё одно")


def test_nobody_writes_into_a_case_out_of_reach() -> None:
    case = case_of(psychologist())
    with pytest.raises(Case.DoesNotExist):
        add_note(psychologist(), case.pk, text="Чужое", visibility=Visibility.TEAM)


def test_what_a_higher_room_enters_reads_as_it_named_it() -> None:
    who = psychologist()
    case = case_of(who)
    name_entry("tests_seen", "Seen %(times)s times, %(place)s", place={"yard": "in the yard"})
    params = {"times": 3, "place": "yard"}
    add_system_entry(case, kind=EntryKind.SIGNAL, code="tests_seen", params=params, ref="nowhere:1")
    line = lines(who, case, EntryKind.SIGNAL)[0]
    assert (line.title, line.by, line.url) == ("Seen 3 times, in the yard", "system", None)


def test_an_entry_without_a_wording_is_called_by_its_kind() -> None:
    who = psychologist()
    case = case_of(who)
    add_system_entry(case, kind=EntryKind.INCIDENT, code="tests_unknown")
    assert lines(who, case, EntryKind.INCIDENT)[0].title == "Incident"


def test_tasks_and_assessments_show_what_was_written_in_them() -> None:
    who = psychologist()
    case = case_of(who)
    task = task_for(case, who, title="Беседа с Мадиной")
    complete_task(who, task.pk, outcome="Придёт в пятницу")
    set_risk(who, case.pk, level=RiskLevel.MODERATE, basis="Травля продолжается")
    shown = [(line.title, line.text) for line in lines(who, case)[:3]]
    assert shown == [
        ("Risk assessed: Moderate", "Травля продолжается"),
        ("Task completed", "Беседа с Мадиной\nПридёт в пятницу"),
        ("Task given", "Беседа с Мадиной"),
    ]


def test_days_are_grouped_from_the_newest() -> None:
    who = psychologist()
    case = case_of(who)
    add_system_entry(case, kind=EntryKind.SIGNAL, code="tests_earlier", event_at=timezone.now() - timedelta(days=2))
    days = open_case_page(who, case.pk).chronology.days
    today = timezone.localdate()
    assert [day.date for day in days] == [today, today - timedelta(days=2)]


def test_the_log_names_the_notes_that_were_read_and_not_the_hidden_ones() -> None:
    who = psychologist()
    case = case_of(who)
    note_in(case, who, "Тайное")
    open_note = note_in(case, who, "Для всех", Visibility.TEAM)
    colleague = psychologist(case.school)
    open_case_page(colleague, case.pk)
    read = acts_on_case(case)[0]
    assert (read.action, read.actor, read.detail) == ("case_read", colleague.user, {"notes": [str(open_note.pk)]})


def test_a_lead_with_the_case_reads_its_confidential_notes() -> None:
    who = psychologist()
    case = case_of(who)
    note_in(case, who, "Тайное")
    lead = lead_over(case.school)
    assign_case(who, case.pk, lead.user.pk)
    assert lines(lead, case, EntryKind.NOTE)[0].text == "Тайное"


def test_a_decision_on_consent_stands_in_the_chronology_without_a_name() -> None:
    who = psychologist()
    case = case_of(who)
    given(case.pupil, parent_of(case.pupil).membership.guardian_id)
    line = lines(who, case, EntryKind.CONSENT)[0]
    assert (line.title, line.by, line.text) == ("Consent given: Mood analysis in lessons", "", "")
    assert [line.kind for line in lines(who, case)] == [EntryKind.CONSENT, EntryKind.CASE]


def test_a_ref_leads_to_the_page_its_room_named() -> None:
    link_refs("tests", "cases:detail")
    key = "00000000-0000-4000-8000-000000000000"
    assert page_of(f"tests:{key}") == reverse("cases:detail", args=[key])
    assert page_of("tests:nonsense") is None
    assert page_of("elsewhere:1") is None
    assert page_of("") is None
