"""Much work is handed over at once: seen first, then all of it in one transaction, or nothing."""

from typing import Any

import pytest
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.cases.services import set_risk
from caseflow.directory.actors import Actor
from caseflow.directory.models import Membership, School
from caseflow.protocols.models import Flow
from caseflow.supervision.rules import SupervisionRefused
from caseflow.supervision.services import Chosen, PlanChanged, open_work, plan_reassignment, reassign
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist, task_for
from tests.cases.test_pages import html
from tests.directory.factories import GuardianFactory, GuardianshipFactory, signed_in
from tests.supervision.factories import school_of
from tests.supervision.test_board import absent

pytestmark = pytest.mark.django_db
REASON = "Уходит в отпуск по уходу"


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def mate(who: Actor) -> Actor:
    return psychologist(who.membership.school)


@pytest.fixture
def lead(who: Actor) -> Actor:
    return lead_over(school_of(who))


def at(who: Actor) -> tuple[int, int]:
    return who.membership.school_id or 0, who.user.pk


def chosen(*cases: Case, to: list[Actor], tasks: Any = ()) -> Chosen:
    ids = frozenset(task.pk for task in tasks)
    return Chosen(frozenset(case.pk for case in cases), ids, tuple(one.membership.pk for one in to))


def handed(lead: Actor, who: Actor, what: Chosen) -> Any:
    seen = plan_reassignment(lead, *at(who), what).digest
    return reassign(lead, *at(who), what, reason=REASON, seen=seen)


def test_cases_go_with_their_unfinished_tasks_and_everything_says_so(who: Actor, mate: Actor, lead: Actor) -> None:
    cases = [case_of(who) for _ in range(3)]
    task = task_for(cases[0], who)
    others_task = task_for(cases[0], who, mate)
    handed(lead, who, chosen(*cases, to=[mate]))
    for case in cases:
        case.refresh_from_db()
        assert case.owner == mate.user
        entry = case.entries.get(code="owner_changed")
        assert (entry.author, entry.params) == (lead.user, {"name": mate.user.short_name})
    task.refresh_from_db()
    others_task.refresh_from_db()
    assert (task.owner, others_task.owner) == (mate.user, mate.user)
    assert cases[0].entries.filter(code="task_handed_over").count() == 1
    assert AuditEntry.objects.filter(action="case_assigned").count() == 3
    logged = AuditEntry.objects.get(action="work_reassigned")
    assert logged.detail == {"from": who.user.pk, "to": [mate.user.pk], "cases": 3, "tasks": 0}
    told = dict(Alert.objects.filter(kind__startswith="work_").values_list("kind", "recipient"))
    assert told == {"work_received": mate.user.pk, "work_handed_over": who.user.pk}
    assert Alert.objects.get(kind="work_received").params["number"] == 3
    assert not scoped_cases(lead).exists()


def test_several_colleagues_share_and_tasks_in_others_cases_go_alone(who: Actor, mate: Actor, lead: Actor) -> None:
    third = psychologist(who.membership.school)
    cases = [case_of(who) for _ in range(4)]
    task = task_for(case_of(mate), mate, who)
    plan = handed(lead, who, chosen(*cases, to=[mate, third], tasks=[task]))
    assert sorted(move.to.user_id for move in plan.going if not move.task) == sorted([mate.user.pk, third.user.pk] * 2)
    task.refresh_from_db()
    assert task.owner in (mate.user, third.user)
    case = task.case
    case.refresh_from_db()
    assert case.owner == mate.user
    assert open_work(lead, *at(who)).cases == []


def test_nobody_gets_the_own_child_or_becomes_first_and_second_in_one(who: Actor, mate: Actor, lead: Actor) -> None:
    own, second, free = (case_of(who) for _ in range(3))
    GuardianshipFactory.create(pupil=own.pupil, guardian=GuardianFactory.create(staff_account=mate.user))
    set_risk(who, second.pk, level=RiskLevel.HIGH, basis="Разговор", formulation="Травля, дома слышат")
    Flow.objects.filter(case=second).update(second=mate.user, second_role="psychologist")
    task = task_for(case_of(psychologist(who.membership.school)), who)
    GuardianshipFactory.create(pupil=task.case.pupil, guardian=GuardianFactory.create(user=mate.user))
    plan = handed(lead, who, chosen(own, second, free, to=[mate], tasks=[task]))
    said = {move.number: move.why for move in plan.staying if not move.task}
    assert "kept from" in said[own.number]
    assert "second person" in said[second.number]
    assert [move.why for move in plan.staying if move.task] == [f"{mate.user.short_name} may not open its case."]
    assert [move.case.pk for move in plan.going] == [free.pk]
    own.refresh_from_db()
    assert own.owner == who.user


def test_a_lead_who_stands_in_takes_over_and_is_let_in(who: Actor, lead: Actor) -> None:
    case = case_of(who)
    assert open_work(lead, *at(who)).successors == []
    absent(who, lead)
    task = task_for(case, who)
    handed(lead, who, chosen(case, to=[lead]))
    case.refresh_from_db()
    task.refresh_from_db()
    assert (case.owner, task.owner, task.owner_role) == (lead.user, lead.user, "lead_psychologist")
    assert scoped_cases(lead).filter(pk=case.pk).exists()


def test_what_has_left_is_handed_over_by_nobodys_hand_but_the_leads(who: Actor, mate: Actor, lead: Actor) -> None:
    case = case_of(who)
    Membership.objects.filter(pk=who.membership.pk).delete()
    handed(lead, who, chosen(case, to=[mate]))
    case.refresh_from_db()
    assert case.owner == mate.user
    assert not Alert.objects.filter(kind="work_handed_over").exists()


def test_what_changed_meanwhile_is_looked_at_again_and_nothing_is_done(who: Actor, mate: Actor, lead: Actor) -> None:
    case = case_of(who)
    what = chosen(case, to=[mate])
    seen = plan_reassignment(lead, *at(who), what).digest
    task_for(case, who)
    with pytest.raises(PlanChanged) as changed:
        reassign(lead, *at(who), what, reason=REASON, seen=seen)
    assert [move.tasks for move in changed.value.plan.moves] == [1]
    case.refresh_from_db()
    assert case.owner == who.user


def test_what_cannot_be_is_refused(who: Actor, mate: Actor, lead: Actor) -> None:
    case = case_of(who)
    GuardianshipFactory.create(pupil=case.pupil, guardian=GuardianFactory.create(user=mate.user))
    for what, said in (
        (chosen(to=[mate]), "Tick what"),
        (chosen(case, to=[]), "Choose a psychologist"),
        (chosen(case, to=[psychologist()]), "Choose a psychologist"),
    ):
        with pytest.raises(SupervisionRefused, match=said):
            plan_reassignment(lead, *at(who), what)
    with pytest.raises(SupervisionRefused, match="Say why"):
        reassign(lead, *at(who), chosen(case, to=[mate]), reason=" ", seen="")
    with pytest.raises(SupervisionRefused, match="Nothing of this"):
        handed(lead, who, chosen(case, to=[mate]))
    with pytest.raises(School.DoesNotExist):
        open_work(lead_over(school_of(psychologist())), *at(who))
    with pytest.raises(Membership.DoesNotExist):
        open_work(lead, at(who)[0], psychologist().user.pk)


def test_the_pages_show_numbers_first_what_would_move_and_then_do_it(who: Actor, mate: Actor, lead: Actor) -> None:
    cases = [case_of(who) for _ in range(2)]
    task = task_for(case_of(mate), mate, who)
    absent(mate, who)
    client, address = signed_in(lead), reverse("supervision:work", args=at(who))
    shown = html(client.get(address))
    assert "no. 1" in shown
    assert cases[0].pupil.last_name not in shown
    assert shown.count("checked") == 0
    assert "Not assessed" in shown
    sent = {"case": [str(case.pk) for case in cases], "task": [str(task.pk)], "to": [mate.membership.pk]}
    refused = client.post(address, {**sent, "to": []})
    assert (refused.status_code, "Choose a psychologist" in html(refused)) == (422, True)
    nothing = client.post(address, {"to": [mate.membership.pk], "reason": REASON})
    assert (nothing.status_code, "Tick what is to be handed over" in html(nothing)) == (422, True)
    preview = client.post(address, {**sent, "reason": REASON})
    assert preview.status_code == 200
    assert "For a few seconds you can undo it" in html(preview)
    back = client.post(address, {**sent, "reason": REASON, "back": "1"})
    assert (back.status_code, html(back).count("checked")) == (200, 4)
    digest = preview.context["plan"].digest
    again = client.post(address, {**sent, "reason": REASON, "seen": "0" * 64})
    assert (again.status_code, "Something has changed meanwhile" in html(again)) == (409, True)
    done = client.post(address, {**sent, "reason": REASON, "seen": digest}, follow=True)
    assert "Handed over: 3." in html(done)
    assert client.get(reverse("supervision:work", args=[999_999, who.user.pk])).status_code == 404


def test_the_api_looks_first_and_hands_over_with_what_was_seen(who: Actor, mate: Actor, lead: Actor) -> None:
    case = case_of(who)
    task = task_for(case_of(mate), mate, who)
    client = signed_in(lead)
    args = [at(who)[0], who.user.pk]
    work = client.get(reverse("api:board-work", args=args)).json()
    assert [(row["number"], row["risk"], row["opens"]) for row in work["cases"]] == [(case.number, None, False)]
    assert [one["membership"] for one in work["successors"]] == [mate.membership.pk]
    body = {"cases": [str(case.pk)], "tasks": [str(task.pk)], "to": [mate.membership.pk], "reason": REASON}

    def send(**more: Any) -> Any:
        return client.post(reverse("api:board-reassign", args=args), body | more, content_type="application/json")

    plan = send().json()
    assert [(move["number"], move["to"]) for move in plan["moves"]] == [
        (case.number, mate.membership.pk),
        (task.case.number, mate.membership.pk),
    ]
    case.refresh_from_db()
    assert case.owner == who.user
    assert send(seen="x").status_code == 409
    assert send(seen=plan["seen"]).status_code == 200
    case.refresh_from_db()
    assert case.owner == mate.user
