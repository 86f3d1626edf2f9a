"""Steps done in a role: an algorithm of a region in which teachers, the head and a support centre have their part."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case, Task
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.lists import list_own_tasks
from caseflow.cases.selectors.people import possible_task_owners
from caseflow.cases.selectors.scope import own_tasks
from caseflow.cases.services import assign_case, complete_task, finish_task
from caseflow.cases.services.handing import hand_over_tasks
from caseflow.cases.services.reading import open_case_page
from caseflow.cases.services.taking_back import open_task_again
from caseflow.clocks.matters import matter_of
from caseflow.clocks.selectors.escalation import ladder_of
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Membership, School
from caseflow.protocols.models import Flow, FlowStep, ProtocolVersion
from caseflow.protocols.rules import FlowRefused
from caseflow.protocols.selectors.flows import flow_page, proof_of
from caseflow.protocols.selectors.own import own_flows
from caseflow.protocols.services import ask_to_end, begin_flow, confirm_end, do_step, new_protocol, publish
from caseflow.protocols.services.step_clocks import looks_at_steps, remind_of_step
from caseflow.undo.rules import TooLateError
from notifications.models import Alert
from tests.cases.factories import case_of, class_teacher_of, lead_over, psychologist
from tests.cases.test_pages import html
from tests.directory.factories import GuardianFactory, GuardianshipFactory, actor, signed_in
from tests.protocols.factories import telephoned
from tests.protocols.karaganda import KARAGANDA, ORDER, named
from tests.referrals.factories import officer_of, sent

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def school(who: Actor) -> School:
    return who.schools().get()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def staff(who: Actor, school: School, case: Case) -> dict[str, Actor]:
    """Whoever has a step, by its code; the psychologist of the school leads the case."""
    return {
        "teacher": class_teacher_of(case.pupil),
        "psych": who,
        "social": actor(Role.SOCIAL_PEDAGOGUE, school=school),
        "head": actor(Role.PRINCIPAL, school=school),
        "lead": lead_over(school),
    }


@pytest.fixture
def version(school: School) -> ProtocolVersion:
    region = actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)
    return publish(region, new_protocol(region, KARAGANDA).pk)


@pytest.fixture
def flow(who: Actor, case: Case, staff: dict[str, Actor], version: ProtocolVersion) -> Flow:
    begun = begin_flow(who, case.pk, version.pk)
    Alert.objects.all().delete()
    return begun


def of(flow: Flow, code: str) -> FlowStep:
    return flow.steps.get(step__code=code)


def task_of(flow: Flow, code: str) -> Task:
    return Task.objects.get(flow_step__flow=flow, flow_step__step__code=code)


def test_each_step_is_done_by_its_role_and_two_people_end_the_flow(
    who: Actor, case: Case, staff: dict[str, Actor], version: ProtocolVersion
) -> None:
    flow = begin_flow(who, case.pk, version.pk)
    for code in ("teacher", "social", "head", "lead"):
        doer = staff[code]
        assert (of(flow, code).owner, of(flow, code).owner_role) == (doer.user, doer.role)
        assert Alert.objects.filter(recipient=doer.user, kind="task_assigned").exists()
        finish_task(doer, task_of(flow, code).pk, outcome=f"Сделано: {code}")
        done = of(flow, code)
        assert (done.done_by, proof_of(done, case)) == (doer.user, f"Сделано: {code}")
        assert done.clock.stopped_at == done.done_at
    do_step(who, of(flow, "psych").pk, proof="Поговорили")
    sent(who, case, officer_of(case))
    assert "Referral sent to" in proof_of(do_step(who, of(flow, "centre").pk, proof=""), case)
    ask_to_end(who, flow.pk, reason="Всё сделано")
    assert confirm_end(psychologist(case.school), flow.pk, words="Да").ended_at is not None


def test_a_missed_step_of_the_class_teacher_climbs_and_tells_the_teacher_of_a_task_alone(
    who: Actor, flow: Flow, staff: dict[str, Actor]
) -> None:
    clock = of(flow, "teacher").clock
    FlowStep.objects.exclude(pk=of(flow, "teacher").pk).update(done_at=timezone.now(), done_by=who.user)
    told: list[set[Any]] = []
    for rise in ladder_of(clock):
        sweep(rise.due_at + MINUTE)
        told.append(set(Alert.objects.filter(kind="deadline_missed").values_list("recipient", "url")))
        Alert.objects.all().delete()
    teacher = (staff["teacher"].user.pk, reverse("cases:tasks"))
    leader = (who.user.pk, reverse("protocols:flow", args=[flow.pk]))
    assert told[0] == {teacher, leader}
    assert told[1] == {(staff["lead"].user.pk, reverse("cases:detail", args=[flow.case_id]))}
    regions = Membership.objects.filter(role=Role.LEAD_PSYCHOLOGIST, region__isnull=False)
    assert {one for one, _url in told[2]} == set(regions.values_list("user", flat=True))
    titles = [line.title for line in open_case_page(who, flow.case_id).chronology.lines]
    assert any("A step was missed: Наблюдать на уроках и переменах (en)" in title for title in titles)


def test_what_an_outsider_is_told_names_no_protocol_and_no_case(flow: Flow, staff: dict[str, Actor]) -> None:
    clock = of(flow, "teacher").clock
    remind_of_step([clock.pk])
    sweep(clock.due_at + MINUTE)
    said = Alert.objects.filter(recipient=staff["teacher"].user)
    assert {alert.kind for alert in said} == {"task_due", "deadline_missed"}
    for alert in said:
        assert set(alert.params) == {"clock", "due"}
        assert (alert.params["clock"], alert.url) == ("task", reverse("cases:tasks"))
    near = Alert.objects.filter(kind="deadline_near", recipient=staff["lead"].user)
    assert [alert.params["clock"] for alert in near] == ["protocol_step"]


@pytest.mark.parametrize("code", ["teacher", "social", "head"])
def test_outsiders_read_the_name_of_their_step_in_their_language_and_nothing_else(
    flow: Flow, staff: dict[str, Actor], code: str
) -> None:
    doer = staff[code]
    (row,) = list_own_tasks(doer)
    titles = {name: title[doer.user.language] for name, title in ((c, named(t)) for c, _d, _e, t in ORDER)}
    assert row.title == titles[code]
    client = signed_in(doer)
    pages = [reverse("cases:tasks"), reverse("cases:complete", args=[row.task.pk])]
    shown = " ".join(html(client.get(page)) for page in pages)
    assert titles[code] in shown
    for hidden in ("Алгоритм области", *(title for name, title in titles.items() if name != code)):
        assert hidden not in shown
    assert "Pause or extend" not in shown
    for name, pk in (("protocols:flow", flow.pk), ("cases:detail", flow.case_id)):
        assert client.get(reverse(name, args=[pk])).status_code == 403
    matter = matter_of(doer, row.task.clock)
    assert matter is not None
    assert (matter.title, matter.may_change, matter.url) == ("A task for you", False, pages[1])
    assert looks_at_steps(doer, [row.task.clock_id])[row.task.clock_id].url == ""
    for other in {"teacher", "social", "head"} - {code}:
        assert matter_of(doer, of(flow, other).clock) is None


def test_the_lead_is_let_in_and_sees_the_step_in_today(flow: Flow, staff: dict[str, Actor]) -> None:
    lead = staff["lead"]
    (own,) = own_flows(lead)
    assert (own.first, own.open_steps) == (of(flow, "lead"), 1)
    lines = {line.row.step.code: (line.mine, line.given) for line in flow_page(lead, flow.pk).steps}
    assert (lines["lead"], lines["teacher"], lines["psych"]) == ((True, False), (False, True), (True, False))
    do_step(lead, of(flow, "lead").pk, proof="Проверено")
    assert task_of(flow, "lead").done_by == lead.user


def test_a_lead_who_has_the_case_already_is_not_let_in_twice(
    who: Actor, case: Case, staff: dict[str, Actor], version: ProtocolVersion
) -> None:
    assign_case(who, case.pk, staff["lead"].user.pk)
    begin_flow(who, case.pk, version.pk)
    joined = AuditEntry.objects.filter(action="case_assigned", detail__user=staff["lead"].user.pk)
    assert joined.count() == 1


def test_whoever_leads_the_case_completes_a_step_for_somebody(who: Actor, flow: Flow) -> None:
    page = signed_in(who).get(reverse("protocols:flow", args=[flow.pk]))
    assert reverse("cases:complete", args=[task_of(flow, "head").pk]) in html(page)
    with pytest.raises(FlowRefused, match="Write what was done"):
        do_step(who, of(flow, "head").pk, proof=" ")
    do_step(who, of(flow, "head").pk, proof="Завуч сообщил по телефону")
    assert (of(flow, "head").done_by, task_of(flow, "head").done_by) == (who.user, who.user)
    with pytest.raises(CaseRefused):
        complete_task(who, task_of(flow, "head").pk, outcome="Снова")


def test_a_step_of_a_role_that_nobody_has_stays_with_whoever_leads(
    who: Actor, case: Case, version: ProtocolVersion
) -> None:
    flow = begin_flow(who, case.pk, version.pk)
    region = Task.objects.get()  # the district has no lead, its region has one
    assert (region.flow_step, region.owner_role) == (of(flow, "lead"), Role.LEAD_PSYCHOLOGIST)
    assert {one.owner for one in flow.steps.filter(task=None)} == {who.user}
    assert do_step(who, of(flow, "social").pk, proof="Сходили сами").done_at is not None


def test_a_case_led_by_the_lead_gives_the_psychologists_step_to_the_school(
    who: Actor, case: Case, staff: dict[str, Actor], version: ProtocolVersion
) -> None:
    assign_case(who, case.pk, staff["lead"].user.pk)
    Case.objects.filter(pk=case.pk).update(owner=staff["lead"].user)
    flow = begin_flow(staff["lead"], case.pk, version.pk)
    assert (of(flow, "psych").task, of(flow, "psych").owner) == (task_of(flow, "psych"), who.user)
    assert of(flow, "lead").task is None


def test_a_parent_on_the_staff_is_given_no_step_about_the_own_child(
    who: Actor, case: Case, staff: dict[str, Actor], version: ProtocolVersion
) -> None:
    GuardianshipFactory.create(pupil=case.pupil, guardian=GuardianFactory.create(user=staff["head"].user))
    flow = begin_flow(who, case.pk, version.pk)
    assert (of(flow, "head").task, of(flow, "head").owner) == (None, who.user)


def test_a_head_has_what_a_protocol_gives_and_is_given_nothing_by_hand(
    case: Case, flow: Flow, staff: dict[str, Actor]
) -> None:
    head = staff["head"]
    assert list(own_tasks(head)) == [task_of(flow, "head")]
    assert not possible_task_owners(case).filter(pk=head.membership.pk).exists()
    assert hand_over_tasks(staff["psych"].user, head.user.pk, case.school, None) == 1
    assert of(flow, "head").owner == staff["psych"].user


def test_what_was_completed_by_mistake_waits_again_until_the_end_is_asked_for(
    who: Actor, flow: Flow, staff: dict[str, Actor]
) -> None:
    teacher, pk = staff["teacher"], task_of(flow, "teacher").pk

    def take_back() -> None:
        at = Task.objects.get(pk=pk).done_at
        assert at is not None
        open_task_again(teacher, str(pk), {"at": at.isoformat()})

    complete_task(teacher, pk, outcome="Ошибочно")
    take_back()
    waiting = of(flow, "teacher")
    assert (waiting.done_at, bytes(waiting.proof_sealed), waiting.clock.stopped_at) == (None, b"", None)
    FlowStep.objects.filter(flow=flow).update(done_at=timezone.now(), done_by=who.user)
    FlowStep.objects.filter(pk=waiting.pk).update(done_at=None, done_by=None)
    complete_task(teacher, pk, outcome="Наблюдаю")
    ask_to_end(who, flow.pk, reason="Всё")
    with pytest.raises(TooLateError):
        take_back()


def test_the_support_centre_is_proved_by_a_referral_alone(who: Actor, case: Case, flow: Flow) -> None:
    centre = of(flow, "centre").pk
    sent(who, case, officer_of(case, AgencyKind.POLICE))
    with pytest.raises(FlowRefused, match="Send a referral to health care, or say"):
        do_step(who, centre, proof="Отправили")
    shown = html(signed_in(who).get(reverse("protocols:flow", args=[flow.pk])))
    assert "Send the referral to health care and record it here" in shown
    assert "Детский психиатр" in proof_of(do_step(who, centre, proof="", outside=telephoned()), case)
