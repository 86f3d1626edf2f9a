"""A signal stands on a paper with its mark and what a person decided; a line says when it was written down."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.appointments.models import Appointment
from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.models import Case
from caseflow.cases.services import add_task
from caseflow.cases.services.chronology import add_note, add_system_entry
from caseflow.directory.actors import Actor
from caseflow.dossier.enums import Kind, Part
from caseflow.dossier.paper import printed
from caseflow.dossier.services import make_paper
from caseflow.instruments.services import save_answers
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem
from tests.analytics.factories import lesson, signal_for
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import signed_in
from tests.dossier.factories import wanted
from tests.instruments.factories import on_screen, shipped

pytestmark = pytest.mark.django_db


def test_a_signal_comes_by_tick_with_its_model_and_who_decided_and_consents_with_their_day() -> None:
    where = lesson()
    item = signal_for(where).triage_item
    who = psychologist(item.school)
    case = case_of(who, pupil=item.pupil)
    TriageItem.objects.filter(pk=item.pk).update(
        case=case, state=ItemState.LINKED, decided_by=who.user, decided_at=timezone.now()
    )
    without = make_paper(who, case.pk, wanted())
    paper = make_paper(who, case.pk, wanted(Kind.PROFILE, Part.SIGNALS))
    assert item.model_label
    assert item.model_label not in str(without.data)
    assert (printed(without)["marked"], printed(paper)["marked"]) == (False, True)
    asked = {"meeting": "lead", "purpose": "x", "tongue": "en", "parts": ["signals"], "form": "page"}
    page = signed_in(who).post(reverse("dossier:profile", args=[case.pk]), asked).content.decode()
    assert "Marked lines come from a model." in page
    (shown,) = next(part["rows"] for part in paper.data["sections"] if part["key"] == Part.SIGNALS)
    assert shown["mark"] == item.model_label
    assert who.user.short_name in str(shown["meta"])
    add_system_entry(case, kind=EntryKind.SIGNAL, code="triage_linked", ref=f"triage:{item.pk}")
    (told,) = make_paper(who, case.pk, wanted(Kind.CHRONOLOGY, parts={Part.SIGNALS})).data["sections"][0]["rows"]
    assert str(told["text"]).startswith(str(shown["title"]))
    lines = make_paper(who, case.pk, wanted(Kind.CHRONOLOGY))
    assert "Дано согласие: Анализ настроения на уроках" in str(lines.data)


def test_a_result_says_its_band_and_its_total_on_both_papers() -> None:
    shipped()
    who = psychologist()
    case = case_of(who)
    asked = on_screen(who, case, "gad-7")
    answers: dict[str, int | None] = {str(number): 1 for number in range(1, 8)}
    save_answers(who, asked.pk, answers, ends=True)
    for kind in Kind:
        sections = make_paper(who, case.pk, wanted(kind, parts={Part.RESULTS})).data["sections"]
        assert [row["text"] for part in sections for row in part["rows"] if row["text"]] == ["Лёгкие признаки, 7 / 21"]


def test_a_line_about_an_earlier_day_says_when_it_was_written_down() -> None:
    who = psychologist()
    case = case_of(who)
    earlier = timezone.localdate() - timedelta(days=3)
    add_note(who, case.pk, text="Видела маму у школы", visibility=Visibility.TEAM, event_on=earlier)
    paper = make_paper(who, case.pk, wanted(Kind.CHRONOLOGY))
    rows = [row for part in paper.data["sections"] for row in part["rows"]]
    (said,) = (row["meta"] for row in rows if row["text"] == "Видела маму у школы")
    assert str(said).startswith(f"{who.user.short_name}, записано ")


def planned(who: Actor, case: Case, start: datetime) -> None:
    Appointment.objects.create(
        school=case.school,
        owner=who.user,
        case=case,
        kind="parent",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        data_key=case.data_key,
        created_by=who.user,
        created_at=timezone.now(),
        changed_at=timezone.now(),
    )


def test_next_steps_begin_with_the_nearest() -> None:
    who = psychologist()
    case = case_of(who)
    now = timezone.now()
    for days in (9, 2):
        add_task(who, case.pk, title=f"{days}", membership_id=who.membership.pk, due_at=now + timedelta(days=days))
    planned(who, case, now + timedelta(days=5))
    rows = {part["key"]: part["rows"] for part in make_paper(who, case.pk, wanted()).data["sections"]}
    assert [row["title"] for row in rows[Part.NEXT]][::2] == ["2", "9"]
    assert [row["meta"] for row in rows[Part.NEXT]] == [who.user.short_name] * 3
