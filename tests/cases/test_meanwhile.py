"""Two who write at once: the second sees what the first saved beside the own text, and nothing is overwritten."""

import re
from typing import Any

import pytest
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel, Visibility
from caseflow.cases.meanwhile import SavedMeanwhile
from caseflow.cases.models import Case, Task
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import assess_after, correct_note, finish_task, set_risk
from caseflow.cases.services.reading import open_case_page
from caseflow.directory.actors import Actor
from caseflow.drafts.models import Draft
from caseflow.drafts.services import Written, save_draft
from tests.cases.factories import case_of, class_teacher_of, note_in, psychologist, task_for
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def post(who: Actor, name: str, *args: Any, **sent: Any) -> Any:
    return signed_in(who).post(reverse(f"cases:{name}", args=args), sent)


def after_in(answer: Any) -> str:
    found = re.search(r'name="after" value="([^"]*)"', answer.content.decode())
    assert found
    return found[1]


def texts(who: Actor, case: Case) -> list[str]:
    return [line.text for line in open_case_page(who, case.pk).chronology.lines]


def test_the_second_outcome_of_a_task_is_shown_the_first_and_stands_beside_it(who: Actor, case: Case) -> None:
    teacher = class_teacher_of(case.pupil)
    task = task_for(case, who, teacher, "Будьте внимательны")
    finish_task(teacher, task.pk, outcome="Держится с подругой")
    with pytest.raises(SavedMeanwhile) as shown:
        finish_task(who, task.pk, outcome="Держится одна")
    saved = shown.value.saved
    assert (saved.text, saved.by, saved.key) == ("Держится с подругой", teacher.user.short_name, task.pk)
    finish_task(who, task.pk, outcome="Держится одна", after=task.pk)
    assert texts(who, case)[:2] == ["Держится одна", "Будьте внимательны\nДержится с подругой"]
    assert Task.objects.get().done_by == teacher.user
    assert AuditEntry.objects.filter(action="case_outcome_added", actor=who.user).count() == 1


def test_the_same_outcome_twice_and_an_empty_one_beside_the_first_are_refused(who: Actor, case: Case) -> None:
    task = task_for(case, who)
    finish_task(who, task.pk, outcome="Поговорили")
    for outcome, after in (("Поговорили ", None), (" ", task.pk)):
        with pytest.raises(CaseRefused) as refused:
            finish_task(who, task.pk, outcome=outcome, after=after)
        assert not isinstance(refused.value, SavedMeanwhile)


def test_a_task_of_somebody_else_is_not_finished(case: Case, who: Actor) -> None:
    task = task_for(case, who)
    with pytest.raises(Task.DoesNotExist):
        finish_task(psychologist(), task.pk, outcome="Чужое")


def test_the_page_of_a_task_shows_both_outcomes_and_adds_the_second(who: Actor, case: Case) -> None:
    task = task_for(case, who)
    finish_task(who, task.pk, outcome="Пришла сама")
    key = f"outcome-{task.pk}"
    kept = save_draft(who, Written(key, {"outcome": "Пришла с мамой"}, None))
    sent = {"outcome": "Пришла с мамой", "draft_revision": str(kept.revision), "after": ""}
    answer = post(who, "complete", task.pk, **sent)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Пришла <ins>сама</ins>" in re.sub(r"\s*\n\s*", "", shown)
    assert "<ins>с мамой</ins>" in shown
    assert Draft.objects.filter(key=key).exists(), "what was refused is still kept"
    again = post(who, "complete", task.pk, **sent | {"after": after_in(answer)})
    assert again.status_code == 302
    assert texts(who, case)[0] == "Пришла с мамой"
    assert not Draft.objects.exists()


def test_a_second_correction_goes_on_from_the_first_once_that_was_seen(who: Actor, case: Case) -> None:
    note = note_in(case, who, "Две ночи")
    first = correct_note(who, case.pk, note.pk, text="Три ночи")
    with pytest.raises(SavedMeanwhile) as shown:
        correct_note(who, case.pk, note.pk, text="Четыре ночи")
    assert (shown.value.saved.text, shown.value.saved.key) == ("Три ночи", first.pk)
    second = correct_note(who, case.pk, note.pk, text="Четыре ночи", after=first.pk)
    assert second.corrects == first
    with pytest.raises(SavedMeanwhile) as newer:
        correct_note(who, case.pk, note.pk, text="Пять ночей", after=first.pk)
    assert newer.value.saved.key == second.pk
    with pytest.raises(CaseRefused):
        correct_note(who, case.pk, note.pk, text="Четыре ночи")


def test_the_page_of_a_correction_shows_the_first_one(who: Actor, case: Case) -> None:
    note = note_in(case, who, "Две ночи", Visibility.TEAM)
    correct_note(who, case.pk, note.pk, text="Три ночи")
    answer = post(who, "correct", case.pk, note.pk, text="Четыре ночи", after="")
    assert answer.status_code == 409
    assert "<ins>Три</ins>" in answer.content.decode()
    again = post(who, "correct", case.pk, note.pk, text="Четыре ночи", after=after_in(answer))
    assert again.status_code == 302
    assert {"Две ночи", "Три ночи", "Четыре ночи"} <= set(texts(who, case))


def test_an_assessment_is_made_knowing_the_newest_one(who: Actor, case: Case) -> None:
    colleague = psychologist(case.school)
    first = assess_after(who, case.pk, level=RiskLevel.LOW, basis="Беседа", after=None)
    said = {"basis": "Слова подруги", "formulation": "Травля, дома слышат"}
    high = assess_after(colleague, case.pk, level=RiskLevel.HIGH, after=first.pk, **said)
    with pytest.raises(SavedMeanwhile) as shown:
        assess_after(who, case.pk, level=RiskLevel.LOW, basis="Вторая беседа", after=first.pk)
    saved = shown.value.saved
    assert (saved.text, saved.formulation, saved.level, saved.by, saved.key) == (
        "Слова подруги",
        "Травля, дома слышат",
        RiskLevel.HIGH,
        colleague.user.short_name,
        high.pk,
    )
    case.refresh_from_db()
    assert case.risk == RiskLevel.HIGH
    assess_after(who, case.pk, level=RiskLevel.MODERATE, basis="Вторая беседа", after=high.pk)
    case.refresh_from_db()
    assert case.risk == RiskLevel.MODERATE
    assert case.assessments.count() == 3


def test_the_page_of_an_assessment_says_what_it_began_from_and_shows_a_newer_one(who: Actor, case: Case) -> None:
    address = reverse("cases:risk", args=[case.pk])
    began = after_in(signed_in(who).get(address))
    assert began == ""
    set_risk(
        psychologist(case.school),
        case.pk,
        level=RiskLevel.HIGH,
        basis="Слова подруги",
        formulation="Травля, дома слышат",
    )
    sent = {"level": "low", "basis": "Беседа", "after": began}
    answer = post(who, "risk", case.pk, **sent)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Слова подруги" in re.sub(r"</?ins>", "", shown)
    assert "Травля, дома слышат" in shown
    assert 'data-l="3"' in shown
    assert "Беседа</textarea>" in shown
    invalid = post(who, "risk", case.pk, basis="", after=began)
    assert after_in(invalid) == began, "a newest one that nobody has shown is not said to be seen"
    assert post(who, "risk", case.pk, **sent | {"after": after_in(answer)}).status_code == 302
    assert str(case.assessments.first().pk) == after_in(signed_in(who).get(address))  # type: ignore[union-attr]


def test_a_form_that_names_nonsense_as_seen_has_seen_nothing(who: Actor, case: Case) -> None:
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Слова подруги", formulation="Травля, дома слышат")
    assert post(who, "risk", case.pk, level="low", basis="Беседа", after="nonsense").status_code == 409


def test_the_api_refuses_what_was_saved_past_something_unseen(who: Actor, case: Case) -> None:
    client, address = signed_in(who), f"/api/v1/cases/{case.pk}/risk/"
    body = {"level": "low", "basis": "Беседа"}
    first = client.post(address, {**body, "after": None}, content_type="application/json")
    assert first.status_code == 201
    assert client.post(address, {**body, "after": None}, content_type="application/json").status_code == 409
    seen = {**body, "after": first.json()["id"]}
    assert client.post(address, seen, content_type="application/json").status_code == 201
    assert client.post(address, body, content_type="application/json").status_code == 201
