"""Both plans by the API: the same services, scopes and entries in the log as the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.plans.models import Goal
from tests.cases.factories import case_of, psychologist
from tests.cases.test_api import get
from tests.directory.factories import actor, parent_of, signed_in
from tests.plans.factories import INK, SECRET, SHARED, goal_of, signed, text

pytestmark = pytest.mark.django_db
INKED = {"way": "drawn", "content": INK}


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def post(who: Actor, name: str, /, *args: Any, **body: Any) -> Any:
    return signed_in(who).post(reverse(f"api:{name}", args=args), body, content_type="application/json")


def written(sha256: str, **changes: Any) -> dict[str, Any]:
    steps: list[Any] = [[{"text": SECRET}], [], [], [], [], [{"text": SHARED, "shared": True}]]
    return {"seen_sha256": sha256, "name": "Мадина", "steps": steps} | changes


def test_a_plan_goes_from_nothing_to_shared(who: Actor, case: Case) -> None:
    parent = parent_of(case.pupil)
    assert get(who, "safety-plan-detail", case.pk).json() == {
        "draft": None,
        "newest": None,
        "versions": [],
        "sharing": None,
        "readings": [],
        "may_read": [],
    }
    draft = post(who, "safety-plan-begin", case.pk).json()["draft"]
    draft = post(who, "safety-plan-draft", case.pk, **written(draft["sha256"])).json()["draft"]
    assert draft["sha256"] == text().sha256
    day = (timezone.localdate() + timedelta(days=20)).isoformat()
    facts = {"read_aloud": True, "pupil": INKED, "psychologist": {"way": "typed", "content": "А. Т."}, "review_on": day}
    answer = post(who, "safety-plan-sign", case.pk, seen_sha256=draft["sha256"], **facts)
    assert answer.status_code == 201
    newest = answer.json()["newest"]
    assert [(each["signer"], each["typed"], each["witness"]) for each in newest["signatures"]] == [
        ("pupil", "", None),
        ("psychologist", "А. Т.", who.user.pk),
    ]
    assert newest["text"]["steps"][5] == [{"text": SHARED, "shared": True}]
    assert post(who, "safety-plan-share", case.pk).json()["sharing"]["version"] == 1
    assert post(who, "safety-plan-share", case.pk).status_code == 409
    guardian = str(parent.membership.guardian_id)
    sent = {"guardian": guardian, "mark": INKED, "seen_sha256": newest["shared_sha256"]}
    signed_by = post(who, "safety-plan-countersign", case.pk, **sent).json()["newest"]["signatures"]
    assert signed_by[2]["sha256"] == newest["shared_sha256"]
    assert get(who, "safety-plan-version", case.pk, 1).json()["number"] == 1
    assert post(who, "safety-plan-unshare", case.pk).json()["sharing"] is None
    assert AuditEntry.objects.filter(action="safety_plan_read", detail={"version": 1}).count() == 1


def test_a_draft_is_dropped_beside_what_is_signed(who: Actor, case: Case) -> None:
    signed(who, case)
    draft = post(who, "safety-plan-begin", case.pk).json()["draft"]
    assert post(who, "safety-plan-drop", case.pk, seen_sha256="0" * 64).status_code == 409
    assert post(who, "safety-plan-drop", case.pk, seen_sha256=draft["sha256"]).json()["draft"] is None


def test_what_does_not_fit_is_refused_before_anything_is_kept(who: Actor, case: Case) -> None:
    seen = post(who, "safety-plan-begin", case.pk).json()["draft"]["sha256"]
    empty: list[list[Any]] = [[]] * 5
    long, many = [[{"text": "а" * 161}], *empty], [[{"text": "а"}] * 7, *empty]
    for steps in (empty, long, many):
        assert post(who, "safety-plan-draft", case.pk, **written(seen, steps=steps)).status_code == 400
    unsaid = {"read_aloud": True, "pupil": INKED, "psychologist": INKED, "review_on": "someday"}
    assert post(who, "safety-plan-sign", case.pk, seen_sha256=seen, **unsaid).status_code == 400


def test_a_support_plan_is_set_and_ended(who: Actor, case: Case) -> None:
    goal = post(who, "support-plan-goals", case.pk, title="Ходит", shown_by="Видно").json()["goals"][0]
    due = (timezone.now() + timedelta(days=2)).isoformat()
    sent = {"title": "Встречать", "owner": who.membership.pk, "due_at": due}
    assert post(who, "support-plan-measures", case.pk, goal["id"], **sent).status_code == 400
    answer = post(who, "support-plan-measures", case.pk, goal["id"], expected="Приходит", **sent)
    (measure,) = answer.json()["goals"][0]["measures"]
    assert (measure["title"], measure["expected"], measure["owner"], measure["outcome"]) == (
        "Встречать",
        "Приходит",
        who.user.pk,
        "",
    )
    ended = {"state": "reached", "reason": "Видно"}
    assert post(who, "support-plan-end", case.pk, goal["id"], **ended).status_code == 409
    assert post(who, "task-complete", measure["task"], outcome="Приходит").status_code == 200
    assert post(who, "support-plan-end", case.pk, goal["id"], **ended).json()["goals"][0]["state"] == "reached"


def test_the_social_pedagogue_lists_and_reads_and_changes_nothing(who: Actor, case: Case) -> None:
    goal_of(case, who)
    pedagogue = actor(Role.SOCIAL_PEDAGOGUE, school=case.school)
    (row,) = get(pedagogue, "support-plan-list").json()["results"]
    assert (row["id"], row["open_goals"], row["open_measures"]) == (str(case.pk), 1, 0)
    assert get(pedagogue, "support-plan-detail", case.pk).json()["goals"][0]["title"] == "Ходит в школу каждый день"
    assert post(pedagogue, "support-plan-goals", case.pk, title="а", shown_by="б").status_code == 403
    assert get(pedagogue, "safety-plan-detail", case.pk).status_code == 403
    assert Goal.objects.count() == 1


def test_a_strangers_plans_are_not_there(who: Actor, case: Case) -> None:
    stranger = psychologist()
    assert get(stranger, "safety-plan-detail", case.pk).status_code == 404
    assert post(stranger, "safety-plan-begin", case.pk).status_code == 404
    assert get(stranger, "support-plan-detail", case.pk).status_code == 404
    assert post(who, "safety-plan-share", case.pk).status_code == 404
