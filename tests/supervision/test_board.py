"""The board counts what waits in the lead's own schools, names no pupil, and asks as much for one school as for all."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case, Task
from caseflow.cases.services import set_risk
from caseflow.clocks.models import Absence, Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.protocols.models import Flow
from caseflow.supervision.rules import BY_OVERDUE, Asked
from caseflow.supervision.selectors.board import BoardRows, board_of
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of, task_for
from tests.cases.test_pages import html
from tests.directory.factories import (
    DistrictFactory,
    GuardianFactory,
    GuardianshipFactory,
    SchoolFactory,
    actor,
    signed_in,
)
from tests.incidents.factories import harmed, reported
from tests.supervision.factories import school_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def lead(who: Actor) -> Actor:
    return lead_over(school_of(who))


def late_task(case: Case, who: Actor, hours: int = 3) -> Task:
    """A task that should have been done."""
    task = task_for(case, who)
    due = timezone.now() - timedelta(hours=hours)
    Task.objects.filter(pk=task.pk).update(due_at=due)
    Clock.objects.filter(pk=task.clock_id).update(started_at=due - timedelta(days=1), warn_at=due, due_at=due)
    return task


def absent(who: Actor, stand_in: Actor) -> Absence:
    today = timezone.localdate()
    return Absence.objects.create(
        membership=who.membership,
        stand_in=stand_in.membership,
        first_day=today,
        last_day=today + timedelta(days=3),
        entered_by=who.user,
        entered_at=timezone.now(),
    )


def test_a_school_shows_its_people_cases_queue_and_what_is_overdue(who: Actor, lead: Actor) -> None:
    school = who.membership.school
    colleague = psychologist(school)
    absent(who, colleague)
    grave, quiet = case_of(who), case_of(who)
    set_risk(who, grave.pk, level=RiskLevel.HIGH, basis="Разговор", formulation="Травля, дома слышат")
    late_task(quiet, who, hours=5)
    late_task(quiet, who)
    reported(actor(Role.TEACHER, school=school), harmed(pupil_of(who)))
    Clock.objects.filter(flow_step__flow__case=grave).update(
        started_at=timezone.now() - timedelta(days=2),
        warn_at=timezone.now() - timedelta(days=1),
        due_at=timezone.now() - timedelta(hours=1),
    )
    (row,) = board_of(lead, Asked()).rows
    assert [(one.user, one.cases) for one in row.workers] == sorted(
        [(who.user, 2), (colleague.user, 0)], key=lambda pair: pair[0].last_name
    )
    away = next(one for one in row.workers if one.absence)
    assert (away.user, away.stand_in, away.stages) == (who.user, colleague.membership, {"new": 2})
    assert (row.cases, row.risks["high"], row.risks[""]) == (2, 1, 1)
    assert row.waiting.number == 1
    assert row.waiting.oldest is not None
    assert row.has_psychologist
    assert (row.flows, row.late_flows) == (Flow.objects.filter(case=grave).count(), 1)
    assert row.overdue.number == 2 + Clock.objects.filter(flow_step__flow__case=grave, stopped_at=None).count()
    totals = board_of(lead, Asked()).totals
    assert (totals.schools, totals.cases, totals.waiting, totals.flows) == (1, 2, 1, 1)
    assert totals.overdue == row.overdue.number


def test_whoever_left_and_still_leads_cases_is_not_forgotten(who: Actor, lead: Actor) -> None:
    case_of(who)
    Membership.objects.filter(pk=who.membership.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    (row,) = board_of(lead, Asked()).rows
    assert [(one.user, one.member, one.cases) for one in row.workers] == [(who.user, None, 1)]
    assert not row.has_psychologist


def test_the_own_child_and_other_territories_are_not_counted(who: Actor, lead: Actor) -> None:
    case = case_of(who)
    case_of(psychologist())
    GuardianshipFactory.create(pupil=case.pupil, guardian=GuardianFactory.create(user=lead.user))
    board = board_of(lead, Asked())
    assert [(row.school, row.cases) for row in board.rows] == [(who.membership.school, 0)]
    assert board.totals.cases == 0


def test_schools_stand_by_name_or_by_what_is_overdue_and_can_be_narrowed(who: Actor) -> None:
    first = school_of(who)
    region = first.district.region
    lead = actor(Role.LEAD_PSYCHOLOGIST, region=region)
    second = SchoolFactory.create(district=DistrictFactory.create(region=region), name_ru="Яблоневая школа")
    other = psychologist(second)
    late_task(case_of(other), other)
    assert [row.school for row in board_of(lead, Asked()).rows] == [first, second]
    assert [row.school for row in BoardRows(lead, Asked(sort=BY_OVERDUE))[0:5]] == [second, first]
    assert [row.school for row in board_of(lead, Asked(district=second.district_id)).rows] == [second]
    assert [row.school for row in board_of(lead, Asked(query="Яблон")).rows] == [second]
    assert {district.pk for district in board_of(lead, Asked()).districts} == {first.district_id, second.district_id}
    assert board_of(lead_over(first), Asked()).districts == []


def test_the_page_names_no_pupil_and_leads_to_work_and_overdue(who: Actor, lead: Actor) -> None:
    case = case_of(who)
    late_task(case, who)
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Разговор")
    shown = html(signed_in(lead).get(reverse("supervision:board"), {"sort": "overdue", "district": "x", "page": "9"}))
    assert reverse("supervision:work", args=[case.school_id, who.user.pk]) in shown
    assert f"{reverse('clocks:overdue')}?school={case.school_id}" in shown
    assert case.pupil.last_name not in shown
    assert "Low" in shown
    assert "New: 1" in shown
    for role in (Role.PSYCHOLOGIST, Role.PRINCIPAL):
        assert signed_in(actor(role, school=case.school)).get(reverse("supervision:board")).status_code == 403
    empty = signed_in(lead).get(reverse("supervision:board"), {"q": "нет такой"})
    assert "No school fits" in html(empty)
    listed = signed_in(lead).get(reverse("api:board-list")).json()["results"]
    assert [(row["cases"], row["risks"]["low"], row["overdue"]["number"]) for row in listed] == [(1, 1, 1)]


def test_a_full_page_of_schools_asks_as_much_as_one(who: Actor, django_assert_max_num_queries: Any) -> None:
    """The sums of a board with more than a page of schools are two queries more."""
    district = school_of(who).district
    client = signed_in(lead_over(school_of(who)))
    absent(who, psychologist(who.membership.school))
    late_task(case_of(who), who)
    client.get(reverse("supervision:board"))  # the first page of a session writes it
    counted = []
    for number in (0, 24, 5):
        for school in SchoolFactory.create_batch(number, district=district):
            mate = psychologist(school)
            absent(mate, psychologist(school))
            late_task(case_of(mate), mate)
        with django_assert_max_num_queries(21) as asked:
            shown = html(client.get(reverse("supervision:board")))
        counted.append(len(asked.captured_queries))
    assert counted == [counted[0], counted[0], counted[0] + 2]
    assert '<dt>Open cases</dt><dd class="num">30</dd>' in shown
