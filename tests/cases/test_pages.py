from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import EntryKind, RiskLevel, Visibility
from caseflow.cases.models import Case, ChronologyEntry, RiskAssessment, Task
from caseflow.cases.services import close_case, set_risk
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.records.vault import seal, where
from tests.cases.factories import (
    case_of,
    class_teacher_of,
    lead_over,
    note_in,
    psychologist,
    pupil_of,
    task_for,
)
from tests.directory.factories import GuardianshipFactory, actor, signed_in

pytestmark = pytest.mark.django_db

ON_A_CASE = ("detail", "assessments", "openings", "risk", "task", "move", "close", "reopen", "assign")


def page(who: Actor, name: str, *args: Any, **query: str) -> Any:
    return signed_in(who).get(reverse(f"cases:{name}", args=args), query)


def post(who: Actor, name: str, *args: Any, **data: Any) -> Any:
    return signed_in(who).post(reverse(f"cases:{name}", args=args), data)


def html(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("name", ON_A_CASE)
def test_a_page_of_a_case_opens_for_its_psychologist_and_is_not_there_for_others(name: str) -> None:
    who = psychologist()
    case = case_of(who)
    assert page(who, name, case.pk).status_code == 200
    assert page(psychologist(), name, case.pk).status_code == 404
    assert page(lead_over(case.school), name, case.pk).status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST}))
def test_no_other_role_opens_a_case(role: Role) -> None:
    case = case_of(psychologist())
    assert page(actor(role, school=case.school), "detail", case.pk).status_code == 403
    assert page(actor(role, school=case.school), "list").status_code == 403


def test_visitors_are_sent_to_sign_in() -> None:
    case = case_of(psychologist())
    answer = Client().get(reverse("cases:detail", args=[case.pk]))
    assert (answer.status_code, answer["Location"].startswith(reverse("accounts:login"))) == (302, True)


def test_a_refused_opening_stands_in_the_log() -> None:
    case = case_of(psychologist())
    stranger = psychologist()
    page(stranger, "detail", case.pk)
    entry = AuditEntry.objects.get(action="denied")
    assert (entry.actor, entry.obj) == (stranger.user, reverse("cases:detail", args=[case.pk]))


def test_every_opening_is_logged_and_seen_by_the_next_reader() -> None:
    who = psychologist()
    case = case_of(who)
    colleague = psychologist(case.school)
    page(colleague, "detail", case.pk)
    shown = html(page(who, "openings", case.pk))
    assert colleague.user.short_name in shown
    assert "read the case" in shown
    assert AuditEntry.objects.filter(action="case_read", pupil_id=case.pupil_id).count() == 2


def test_the_head_says_risk_who_and_when_and_the_nearest_deadline() -> None:
    who = psychologist()
    case = case_of(who)
    assert "Not assessed" in html(page(who, "detail", case.pk))
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    task_for(case, who, title="Беседа с Мадиной")
    shown = html(page(who, "detail", case.pk))
    assert 'data-l="3"' in shown
    assert f"{who.user.short_name}, " in shown
    assert "Беседа с Мадиной" in shown


def test_a_note_is_added_for_its_author_and_the_lead_unless_others_are_chosen() -> None:
    who = psychologist()
    case = case_of(who)
    answer = post(who, "note", case.pk, text="Плохо спит")
    assert answer.status_code == 302
    post(who, "note", case.pk, text="Обедает с подругой", visibility="team")
    notes = ChronologyEntry.objects.filter(kind="note").order_by("recorded_at")
    assert [note.visibility for note in notes] == [Visibility.ME_AND_LEAD, Visibility.TEAM]
    assert "Плохо спит" in html(page(who, "detail", case.pk))
    hidden = html(page(psychologist(case.school), "detail", case.pk))
    assert "Плохо спит" not in hidden
    assert "Note hidden" in hidden
    assert "Обедает с подругой" in hidden


def test_an_empty_note_is_refused_on_the_page() -> None:
    who = psychologist()
    case = case_of(who)
    answer = post(who, "note", case.pk, text="")
    assert (answer.status_code, ChronologyEntry.objects.filter(kind="note").count()) == (422, 0)
    assert 'aria-invalid="true"' in html(answer)


def test_a_note_for_a_case_that_was_closed_meanwhile_is_refused_with_the_reason() -> None:
    who = psychologist()
    case = case_of(who)
    close_case(who, case.pk, reason="Пора")
    answer = post(who, "note", case.pk, text="Опоздавшая")
    assert answer.status_code == 422
    assert "The case is closed. Reopen it first." in html(answer)


def test_filters_narrow_the_chronology_as_a_fragment() -> None:
    who = psychologist()
    case = case_of(who)
    note_in(case, who, "Плохо спит")
    task_for(case, who, title="Побеседовать")
    url = reverse("cases:detail", args=[case.pk])
    answer = signed_in(who).get(url, {"show": "note"}, headers={"HX-Request": "true"})
    assert "<html" not in html(answer)
    assert "Плохо спит" in html(answer)
    assert "Побеседовать" not in html(answer)
    assert "Nothing of this kind yet" in html(page(who, "detail", case.pk, show="incident"))
    assert page(who, "detail", case.pk, show="nonsense").context["show"] == ""
    chips = {value for value, _label in page(who, "detail", case.pk).context["filters"]}
    assert chips == {"", *EntryKind}


def test_a_note_is_corrected_on_its_own_page() -> None:
    who = psychologist()
    case = case_of(who)
    note = note_in(case, who, "Две ночи")
    assert ">\nДве ночи</textarea>" in html(page(who, "correct", case.pk, note.pk))
    same = post(who, "correct", case.pk, note.pk, text="Две ночи ")
    assert (same.status_code, "Nothing differs from the old note." in html(same)) == (422, True)
    assert post(who, "correct", case.pk, note.pk, text="Три ночи").status_code == 302
    shown = html(page(who, "detail", case.pk))
    assert "<del><p>Две ночи</p></del>" in shown
    assert "Три ночи" in shown
    again = post(who, "correct", case.pk, note.pk, text="Четыре ночи")
    assert (again.status_code, "corrected already" in html(again)) == (409, True)
    assert post(psychologist(case.school), "correct", case.pk, note.pk, text="Чужое").status_code == 404


def test_a_level_without_a_basis_is_refused_and_nothing_is_kept() -> None:
    who = psychologist()
    case = case_of(who)
    assert post(who, "risk", case.pk, level="high", basis="").status_code == 422
    assert post(who, "risk", case.pk, level="worst", basis="Беседа").status_code == 422
    assert not RiskAssessment.objects.exists()
    assert (
        post(who, "risk", case.pk, level="high", basis="Травля продолжается", formulation="Дома слышат").status_code
        == 302
    )
    assert "Травля продолжается" in html(page(who, "assessments", case.pk))


def test_a_task_is_given_and_completed() -> None:
    who = psychologist()
    case = case_of(who)
    teacher = class_teacher_of(case.pupil)
    due = timezone.localtime() + timedelta(days=1)
    sent = {"title": "Будьте внимательны", "owner": teacher.membership.pk, "due_at": f"{due:%Y-%m-%dT%H:%M}"}
    assert post(who, "task", case.pk, **sent).status_code == 302
    task = Task.objects.get()
    assert task.owner == teacher.user
    assert post(teacher, "complete", task.pk, outcome="").status_code == 422
    done = post(teacher, "complete", task.pk, outcome="Держится с подругой")
    assert (done.status_code, done["Location"]) == (302, reverse("cases:tasks"))
    assert "Держится с подругой" in html(page(who, "complete", task.pk))
    again = post(who, "complete", task.pk, outcome="Снова")
    assert (again.status_code, "Держится с подругой" in html(again)) == (409, True)


def test_a_task_in_the_past_or_for_a_stranger_is_refused() -> None:
    who = psychologist()
    case = case_of(who)
    past = f"{timezone.localtime() - timedelta(hours=1):%Y-%m-%dT%H:%M}"
    answer = post(who, "task", case.pk, title="Поздно", owner=psychologist().membership.pk, due_at=past)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"owner", "due_at"}


def test_a_class_teacher_sees_the_task_and_nothing_of_the_case() -> None:
    who = psychologist()
    case = case_of(who, reason="Слова мамы")
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Травля продолжается", formulation="Травля, дома слышат")
    note_in(case, who, "Плохо спит", Visibility.TEAM)
    teacher = class_teacher_of(case.pupil)
    task = task_for(case, who, teacher, "Будьте внимательны")
    for shown in (html(page(teacher, "tasks")), html(page(teacher, "complete", task.pk))):
        assert "Будьте внимательны" in shown
        assert case.pupil.full_name in shown
        for secret in ("Травля", "Плохо спит", "Слова мамы", "c-risk", str(case.pk), "High"):
            assert secret not in shown


def test_the_tasks_of_others_are_not_there() -> None:
    who = psychologist()
    case = case_of(who)
    task = task_for(case, who, class_teacher_of(case.pupil), "Будьте внимательны")
    pedagogue = actor(Role.SOCIAL_PEDAGOGUE, school=case.school)
    assert "No tasks for you" in html(page(pedagogue, "tasks"))
    assert page(pedagogue, "complete", task.pk).status_code == 404
    assert page(who, "tasks").status_code == 403


def test_a_case_is_given_to_a_lead_on_the_page() -> None:
    who = psychologist()
    case = case_of(who)
    lead = lead_over(case.school)
    assert post(who, "assign", case.pk, member=lead.membership.pk).status_code == 302
    assert page(lead, "detail", case.pk).status_code == 200


def test_a_telephone_number_shows_on_request_and_the_look_is_logged() -> None:
    who = psychologist()
    case = case_of(who)
    guardian = GuardianshipFactory.create(pupil=case.pupil).guardian
    place = where("directory.Guardian", guardian.pk, "phone")
    guardian.phone_sealed = seal(guardian.data_key, "+7 700 000 01 02", place)
    guardian.save()
    assert "+7 700 000 01 02" not in html(page(who, "detail", case.pk))
    answer = post(who, "phone", case.pk, guardian.pk)
    assert 'href="tel:+7 700 000 01 02"' in html(answer)
    entry = AuditEntry.objects.get(action="case_phone_read")
    assert (entry.actor, entry.detail) == (who.user, {"guardian": str(guardian.pk)})


def test_the_number_of_somebody_else_or_of_nobody_is_not_there() -> None:
    who = psychologist()
    case = case_of(who)
    other = GuardianshipFactory.create().guardian
    assert post(who, "phone", case.pk, other.pk).status_code == 404
    assert post(who, "phone", case.pk, uuid4()).status_code == 404
    assert not AuditEntry.objects.filter(action="case_phone_read").exists()


def test_a_case_is_opened_by_hand_and_a_second_time_leads_to_it() -> None:
    who = psychologist()
    pupil = pupil_of(who)
    assert page(who, "open", pupil.pk).status_code == 200
    assert post(who, "open", pupil.pk, reason="").status_code == 422
    first = post(who, "open", pupil.pk, reason="Просьба мамы")
    case = Case.objects.get()
    assert first["Location"] == reverse("cases:detail", args=[case.pk])
    second = post(who, "open", pupil.pk, reason="Просьба папы")
    assert second["Location"] == reverse("cases:detail", args=[case.pk])
    assert [str(message) for message in get_messages(second.wsgi_request)] == ["There is an open case already: no. 1."]
    assert page(psychologist(), "open", pupil.pk).status_code == 404
