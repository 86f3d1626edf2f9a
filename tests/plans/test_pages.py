"""The pages of both plans: what they show to whom, and what they do with what is sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.cases.services import complete_task
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.plans.enums import GoalState
from caseflow.plans.models import Goal, Measure, SafetyPlan, SafetyPlanVersion, Sharing, Signature
from caseflow.plans.rules import LONGEST_LINE, MOST_LINES, Line
from caseflow.plans.selectors.versions import safety_of
from caseflow.plans.services import begin_draft, share_plan
from caseflow.plans.services.sharing import open_shared
from tests.cases.factories import case_of, class_teacher_of, lead_over, psychologist, task_for
from tests.cases.test_pages import html
from tests.directory.factories import actor, parent_of, signed_in
from tests.plans.factories import INK, SECRET, SHARED, drafted, fresh, goal_of, measure_of, signed, text

pytestmark = pytest.mark.django_db
ON_A_CASE = ("case", "safety", "sign", "countersign", "goal")
PAD = {"pupil_way": "drawn", "pupil_ink": INK, "psychologist_way": "typed", "psychologist_name": "А. М. Тестова"}


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def page(who: Actor, name: str, *args: Any, **query: str) -> Any:
    return signed_in(who).get(reverse(f"plans:{name}", args=args), query)


def post(who: Actor, name: str, /, *args: Any, **data: Any) -> Any:
    return signed_in(who).post(reverse(f"plans:{name}", args=args), data)


def signing(seen: str, **changes: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=30)
    return {"seen": seen, "read_aloud": "on", "review_on": day.isoformat(), **PAD} | changes


@pytest.mark.parametrize("name", ON_A_CASE)
def test_a_strangers_plans_are_not_there_and_other_roles_are_turned_away(who: Actor, case: Case, name: str) -> None:
    signed(who, case)
    assert page(psychologist(), name, case.pk).status_code == 404
    assert page(lead_over(case.school), name, case.pk).status_code == 404
    for role in (Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL, Role.CLASS_TEACHER):
        assert page(actor(role, school=case.school), name, case.pk).status_code == 403


def test_a_case_without_plans_says_what_comes_next_and_the_tab_leads_there(who: Actor, case: Case) -> None:
    shown = html(page(who, "case", case.pk))
    assert "No safety plan yet" in shown
    assert "No goal yet" in shown
    address = reverse("plans:case", args=[case.pk])
    assert f'<a href="{address}" aria-current="page">Plans</a>' in shown
    detail = signed_in(who).get(reverse("cases:detail", args=[case.pk]))
    assert f'<a href="{address}">Plans</a>' in html(detail)


def test_a_plan_is_begun_written_read_aloud_and_signed(who: Actor, case: Case) -> None:
    begun = post(who, "begin", case.pk)
    assert begun.url == reverse("plans:safety", args=[case.pk])
    draft = safety_of(fresh(who, case)).draft
    assert draft is not None
    lines = {"line_1_0": SECRET, "line_6_0": " ", "line_6_2": SHARED, "share_6_2": "on", "name": "Мади"}
    saved = post(who, "safety", case.pk, seen=draft.sha256, **lines)
    assert saved.url == reverse("plans:safety", args=[case.pk])
    draft = safety_of(fresh(who, case)).draft
    assert draft == text(name="Мади")
    shown = html(page(who, "safety", case.pk))
    assert f'value="{SECRET}"' in shown
    to_sign = post(who, "safety", case.pk, seen=draft.sha256, sign="yes", **lines)
    assert to_sign.url == reverse("plans:sign", args=[case.pk])
    tablet = html(page(who, "sign", case.pk))
    assert SECRET in tablet
    assert "c-top" not in tablet
    assert "{#" not in tablet
    assert post(who, "sign", case.pk, **signing(draft.sha256)).url == reverse("plans:case", args=[case.pk])
    plans = html(page(who, "case", case.pk))
    assert "version 1, signed" in plans
    assert 'd="M100 200L300 80L500 220L820 120"' in plans
    assert "А. М. Тестова" in plans
    assert f"Witness: {who.user.short_name}" in plans


def test_what_is_missing_is_said_beside_what_was_sent(who: Actor, case: Case) -> None:
    draft = drafted(who, case)
    refused = post(who, "sign", case.pk, **signing(draft.sha256, read_aloud=""))
    assert refused.status_code == 422
    assert "Read the plan aloud with the pupil first." in html(refused)
    assert f'value="{INK}"' in html(refused)
    assert post(who, "sign", case.pk, **signing(draft.sha256, review_on="")).status_code == 422
    assert post(who, "sign", case.pk, **signing("0" * 64)).status_code == 422
    assert not SafetyPlanVersion.objects.exists()


def test_what_cannot_be_signed_yet_leads_back_to_the_draft(who: Actor, case: Case) -> None:
    assert page(who, "sign", case.pk).url == reverse("plans:case", args=[case.pk])
    assert page(who, "safety", case.pk).url == reverse("plans:case", args=[case.pk])
    drafted(who, case, text(surroundings=[]))
    client = signed_in(who)
    back = client.get(reverse("plans:sign", args=[case.pk]), follow=True)
    assert back.redirect_chain[-1][0] == reverse("plans:safety", args=[case.pk])
    assert "Step 6 is empty." in html(back)


def test_the_form_shows_one_empty_line_more_than_is_filled(who: Actor, case: Case) -> None:
    drafted(who, case, text(alone=[Line("Рисую"), Line("Гуляю")], people=[Line("Мама")] * MOST_LINES))
    shown = html(page(who, "safety", case.pk))
    spare = [number for number in range(MOST_LINES) if "data-spare hidden" in _row(shown, 2, number)]
    assert spare == [3, 4, 5]
    assert "data-spare" not in _row(shown, 4, MOST_LINES - 1)


def _row(shown: str, step: int, number: int) -> str:
    """The markup just before a line's label."""
    return shown[: shown.index(f'for="id_line_{step}_{number}"')][-120:]


def test_a_line_too_long_or_a_draft_changed_meanwhile_keeps_what_was_typed(who: Actor, case: Case) -> None:
    seen = begin_draft(who, case.pk).sha256
    long = post(who, "safety", case.pk, seen=seen, line_1_0="а" * (LONGEST_LINE + 1))
    assert long.status_code == 422
    assert "а" * (LONGEST_LINE + 1) in html(long)
    stale = post(who, "safety", case.pk, seen="0" * 64, line_1_0="Плачу ночью")
    assert stale.status_code == 409
    assert 'value="Плачу ночью"' in html(stale)


def test_the_draft_is_dropped_and_the_signed_plan_stands(who: Actor, case: Case) -> None:
    signed(who, case)
    draft = begin_draft(who, case.pk)
    assert "Drop the draft" in html(page(who, "safety", case.pk))
    assert post(who, "drop", case.pk, seen=draft.sha256).status_code == 302
    assert bytes(SafetyPlan.objects.get().draft_sealed) == b""
    client = signed_in(who)
    again = client.post(reverse("plans:drop", args=[case.pk]), {"seen": draft.sha256}, follow=True)
    assert "Begin a new version first" in html(again)


def test_the_lines_are_shared_and_closed_again_from_the_case(who: Actor, case: Case) -> None:
    parent = parent_of(case.pupil)
    signed(who, case)
    assert "Share version 1 with the parents" in html(page(who, "case", case.pk))
    post(who, "share", case.pk)
    assert "Nobody has read it yet." in html(page(who, "case", case.pk))
    open_shared(parent, case.pupil_id)
    shown = html(page(who, "case", case.pk))
    assert ": read, last" in shown
    post(who, "unshare", case.pk)
    assert not Sharing.objects.filter(ended_at=None).exists()


def test_a_guardian_signs_on_a_page_without_the_pupils_own_lines(who: Actor, case: Case) -> None:
    parent = parent_of(case.pupil)
    guardian = parent.membership.guardian
    assert guardian is not None
    signed(who, case)
    shown = html(page(who, "countersign", case.pk))
    assert SHARED in shown
    assert SECRET not in shown
    sent = {"seen": text().shared.sha256, "guardian": str(guardian.pk), "guardian_way": "drawn", "guardian_ink": "[]"}
    empty = post(who, "countersign", case.pk, **sent)
    assert (empty.status_code, "A signature is missing" in html(empty)) == (422, True)
    assert post(who, "countersign", case.pk, **{**sent, "guardian": ""}).status_code == 422
    assert post(who, "countersign", case.pk, **{**sent, "guardian_ink": INK}).status_code == 302
    assert Signature.objects.filter(guardian=guardian).count() == 1
    assert "There is nothing to sign" in html(page(who, "countersign", case.pk))


def test_an_older_version_stays_readable_and_printable_and_both_are_logged(who: Actor, case: Case) -> None:
    signed(who, case)
    signed(who, case, text(alone=[Line("Рисую")]))
    assert reverse("plans:version", args=[case.pk, 1]) in html(page(who, "case", case.pk))
    old = html(page(who, "version", case.pk, 1))
    assert SECRET in old
    assert "Рисую" not in old
    for language, asked in (("kk", "kk"), ("ru", "ru"), ("ru", "en"), ("ru", "")):
        answer = page(who, "paper", case.pk, 1, language=asked)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert AuditEntry.objects.filter(action="safety_plan_printed").latest("at").detail == {
            "version": 1,
            "language": language,
        }
    assert AuditEntry.objects.filter(action="safety_plan_read", detail={"version": 1}).count() == 1
    assert page(who, "version", case.pk, 3).status_code == 404
    assert page(who, "paper", case.pk, 3).status_code == 404


def test_a_support_plan_is_set_worked_on_and_ended(who: Actor, case: Case) -> None:
    assert post(who, "goal", case.pk, title="", shown_by="").status_code == 422
    assert post(who, "goal", case.pk, title="Ходит в школу", shown_by="Две недели").status_code == 302
    goal = Goal.objects.get()
    due = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    sent = {"title": "Встречать", "owner": who.membership.pk, "due_at": due}
    assert post(who, "measure", case.pk, goal.pk, **sent).status_code == 422
    assert post(who, "measure", case.pk, goal.pk, expected="Приходит", **sent).status_code == 302
    shown = html(page(who, "case", case.pk))
    for word in ("Ходит в школу", "Reached when: Две недели", "Встречать", "To come of it: Приходит", "0 of 1 measure"):
        assert word in shown
    early = post(who, "end-goal", case.pk, goal.pk, state="reached", reason="Видно")
    assert (early.status_code, "is unfinished" in html(early)) == (422, True)
    complete_task(who, Measure.objects.get().task_id, outcome="Приходит сам")
    assert post(who, "end-goal", case.pk, goal.pk, state="reached", reason="Видно").status_code == 302
    after = html(page(who, "case", case.pk))
    assert "Came of it: Приходит сам" in after
    assert Goal.objects.get().state == GoalState.REACHED
    assert page(who, "measure", case.pk, case.pk).status_code == 404
    assert "Ходит в школу" in html(page(who, "end-goal", case.pk, goal.pk))


def test_the_social_pedagogue_sees_goals_and_measures_and_nothing_else(who: Actor, case: Case) -> None:
    pedagogue = actor(Role.SOCIAL_PEDAGOGUE, school=case.school)
    assert "No support plan now" in html(page(pedagogue, "list"))
    signed(who, case)
    task_for(case, who, title="Секретная задача")
    measure_of(goal_of(case, who), who)
    share_plan(who, case.pk)
    assert reverse("plans:support", args=[case.pk]) in html(page(pedagogue, "list"))
    shown = html(page(pedagogue, "support", case.pk))
    assert "Ходит в школу каждый день" in shown
    assert "Встречать у входа" in shown
    for hidden in (SECRET, SHARED, "Секретная задача", "Risk", "no. 1", reverse("plans:goal", args=[case.pk])):
        assert hidden not in shown
    acts = AuditEntry.objects.filter(actor=pedagogue.user).values_list("action", flat=True)
    assert {"support_plans_read", "support_plan_read"} <= set(acts)


def test_a_class_teacher_sees_the_own_task_and_no_plan(who: Actor, case: Case) -> None:
    teacher = class_teacher_of(case.pupil)
    measure_of(goal_of(case, who), who, teacher)
    tasks = html(signed_in(teacher).get(reverse("cases:tasks")))
    assert "Встречать у входа" in tasks
    assert "Ходит в школу" not in tasks
    assert "Приходит без опозданий" not in tasks
    for name, args in (("list", ()), ("support", (case.pk,)), ("case", (case.pk,))):
        assert page(teacher, name, *args).status_code == 403


def test_whoever_completes_a_measure_is_told_who_reads_the_outcome(who: Actor, case: Case) -> None:
    teacher = class_teacher_of(case.pupil)
    measure, other = measure_of(goal_of(case, who), who, teacher), task_for(case, who, teacher)
    said = "the social pedagogue of the school read what you write here"
    assert said in html(page(teacher, "task-readers", measure.task_id))
    assert said not in html(page(teacher, "task-readers", other.pk))
    assert page(psychologist(), "task-readers", measure.task_id).status_code == 404
    complete = signed_in(teacher).get(reverse("cases:complete", args=[measure.task_id]))
    assert reverse("plans:task-readers", args=[measure.task_id]) in html(complete)


def test_who_opened_the_case_says_the_acts_on_its_plans_in_words(who: Actor, case: Case) -> None:
    signed(who, case)
    page(who, "case", case.pk)
    shown = html(signed_in(who).get(reverse("cases:openings", args=[case.pk])))
    for said in ("began a safety plan", "signed the safety plan with the pupil", "read the plans"):
        assert said in shown
    chronology = html(signed_in(who).get(reverse("cases:detail", args=[case.pk])))
    assert "Safety plan signed, version 1" in chronology
