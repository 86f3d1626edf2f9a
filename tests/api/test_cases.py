"""What is read of a case and done with it by the API, as on its pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case, ChronologyEntry, Task
from caseflow.cases.services import set_risk
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.records.vault import seal, where
from caseflow.triage import readable
from caseflow.triage.enums import ItemKind
from caseflow.triage.services import decide
from tests.api.asking import get, post, rows
from tests.cases.factories import case_of, class_teacher_of, lead_over, note_in, psychologist, task_for
from tests.directory.factories import GuardianshipFactory, actor
from tests.triage.factories import item_at, signal_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def test_assessments_come_with_their_basis(who: Actor, case: Case) -> None:
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
    set_risk(who, case.pk, level=RiskLevel.MODERATE, basis="Вторая беседа")
    found = get(who, "case-assessments", case.pk).json()
    assert [(row["level"], row["basis"]) for row in found] == [("moderate", "Вторая беседа"), ("low", "Беседа")]


def test_who_opened_the_case_is_told_and_this_opening_is_the_newest(who: Actor, case: Case) -> None:
    get(who, "case-detail", case.pk)
    found = rows(who, "case-openings", case.pk)
    assert [row["action"] for row in found] == ["case_read", "case_read", "case_opened"]
    assert {row["by"] for row in found} == {who.user.short_name}


def test_a_note_is_corrected_once_and_only_by_its_author(who: Actor, case: Case) -> None:
    note, colleague = note_in(case, who, "Плохо спит"), psychologist(case.school)
    assert post(colleague, "case-correct", case.pk, note.pk, text="Чужое").status_code == 404
    corrected = post(who, "case-correct", case.pk, note.pk, text="Плохо спал вчера")
    assert corrected.status_code == 201
    assert str(ChronologyEntry.objects.get(corrects=note).pk) == corrected.json()["id"]
    again = post(who, "case-correct", case.pk, note.pk, text="Ещё раз")
    assert (again.status_code, again.json()) == (409, {"detail": "This note has been corrected already."})
    lines = {line["id"]: line for line in get(who, "case-detail", case.pk).json()["chronology"]}
    assert lines[str(note.pk)]["struck"] is True
    assert lines[corrected.json()["id"]]["corrects"] is True


def test_a_task_is_given_to_somebody_around_the_case(who: Actor, case: Case) -> None:
    teacher = class_teacher_of(case.pupil)
    people = get(who, "case-people", case.pk).json()
    owners = {person["membership"]: person["role"] for person in people["task_owners"]}
    assert owners[teacher.membership.pk] == "class_teacher"
    due = timezone.now() + timedelta(days=1)
    given = post(
        who, "case-task", case.pk, title="Будьте внимательны", owner=teacher.membership.pk, due_at=due.isoformat()
    )
    task = Task.objects.get()
    assert (given.status_code, given.json()["id"], task.owner) == (201, str(task.pk), teacher.user)
    stranger = post(who, "case-task", case.pk, title="Ещё", owner=psychologist().membership.pk, due_at=due.isoformat())
    assert (stranger.status_code, Task.objects.count()) == (409, 1)


def test_a_task_due_in_the_past_is_refused_at_its_field(who: Actor, case: Case) -> None:
    past = (timezone.now() - timedelta(minutes=1)).isoformat()
    answer = post(who, "case-task", case.pk, title="Поздно", owner=who.membership.pk, due_at=past)
    assert (answer.status_code, answer.json()) == (400, {"due_at": ["This time has passed. Choose a later one."]})


def test_a_case_is_given_to_a_colleague_and_a_lead_is_let_in(who: Actor, case: Case) -> None:
    colleague, lead = psychologist(case.school), lead_over(case.school)
    offered = {(one["user"], one["role"]) for one in get(who, "case-people", case.pk).json()["assignees"]}
    assert offered == {(colleague.user.pk, "psychologist"), (lead.user.pk, "lead_psychologist")}
    given = post(who, "case-assign", case.pk, user=colleague.user.pk, role="psychologist")
    assert (given.status_code, given.json()["owner"]) == (200, colleague.user.pk)
    assert get(lead, "case-detail", case.pk).status_code == 404
    assert post(who, "case-assign", case.pk, user=lead.user.pk, role="lead_psychologist").status_code == 200
    assert get(lead, "case-detail", case.pk).status_code == 200


def test_a_case_is_not_given_to_somebody_from_elsewhere(who: Actor, case: Case) -> None:
    answer = post(who, "case-assign", case.pk, user=psychologist().user.pk, role="psychologist")
    assert (answer.status_code, answer.json()) == (409, {"detail": "The case cannot be given to this person."})
    assert post(who, "case-assign", case.pk, user=who.user.pk, role="teacher").status_code == 400


def test_a_lead_breaks_the_glass_with_a_reason_and_once(case: Case) -> None:
    lead = lead_over(case.school)
    asked = {"school": case.school_id, "number": case.number, "reason": "Звонок из больницы"}
    assert post(lead, "case-break-glass", **asked | {"reason": ""}).json().keys() == {"reason"}
    opened = post(lead, "case-break-glass", **asked)
    assert (opened.status_code, opened.json()["case"]) == (201, str(case.pk))
    assert get(lead, "case-detail", case.pk).status_code == 200
    assert post(lead, "case-break-glass", **asked).status_code == 409
    assert post(lead_over(psychologist().schools().get()), "case-break-glass", **asked).status_code == 404


def test_a_telephone_is_shown_when_asked_for_and_the_look_is_logged(who: Actor, case: Case) -> None:
    guardian = GuardianshipFactory.create(pupil=case.pupil).guardian
    guardian.phone_sealed = seal(guardian.data_key, "+7 701", where("directory.Guardian", guardian.pk, "phone"))
    guardian.save()
    (person,) = get(who, "case-detail", case.pk).json()["guardians"]
    assert "+7 701" not in str(person)
    assert post(who, "case-phone", case.pk, person["guardian"]).json() == {"phone": "+7 701"}
    assert AuditEntry.objects.filter(action="case_phone_read").count() == 1


def test_the_chronology_is_narrowed_and_paged(who: Actor, case: Case) -> None:
    note_in(case, who, "Плохо спит")
    found = get(who, "case-detail", case.pk, show="note").json()
    assert ([line["kind"] for line in found["chronology"]], found["chronology_pages"]) == (["note"], 1)
    assert get(who, "case-detail", case.pk, show="secret").json().keys() == {"show"}
    assert get(who, "case-detail", case.pk, page=0).status_code == 400


def test_a_line_that_refers_to_what_a_model_found_names_the_model(
    who: Actor, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(readable._filters, ItemKind.SIGNAL, raising=False)
    for linked in (signal_at(case.school, pupil=case.pupil), item_at(case.school, case.pupil)):
        decide(who, item_id=linked.pk, decision="link", case_id=case.pk)
    lines = {line["kind"]: line for line in get(who, "case-detail", case.pk).json()["chronology"]}
    assert (lines["signal"]["ai_generated"], lines["signal"]["model"]) == (True, "mini-XCEPTION 1.0")
    assert (lines["incident"]["ai_generated"], lines["incident"]["model"]) == (False, "")


def test_the_cases_of_one_pupil(who: Actor, case: Case) -> None:
    case_of(who)
    assert [row["id"] for row in get(who, "case-of-pupil", case.pupil_id).json()] == [str(case.pk)]
    assert get(psychologist(), "case-of-pupil", case.pupil_id).status_code == 404


def test_a_lead_sees_counts_of_each_school_and_no_names(who: Actor, case: Case) -> None:
    task_for(case, who)
    found = get(lead_over(case.school), "case-workload")
    assert found.json() == [{"school": case.school_id, "open_cases": 1, "unassessed": 1, "late_tasks": 0}]
    assert get(who, "case-workload").status_code == 403


@pytest.mark.parametrize("name", ["case-assign", "case-task"])
def test_an_empty_body_names_each_field(who: Actor, case: Case, name: str) -> None:
    answer = post(who, name, case.pk)
    assert answer.status_code == 400
    assert {text for texts in answer.json().values() for text in texts} == {"This field is required."}


@pytest.mark.parametrize("role", [Role.TEACHER, Role.PRINCIPAL, Role.SYSTEM_ADMIN])
def test_no_other_role_changes_a_case(case: Case, role: Role) -> None:
    other = actor(role, school=case.school)
    assert {post(other, f"case-{act}", case.pk).status_code for act in ("assign", "task", "note")} == {403}
