from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Task
from caseflow.cases.services import open_case, set_risk
from caseflow.clocks.models import Clock
from caseflow.clocks.services import enter_absence
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.triage.selectors import day_of, next_due
from caseflow.triage.wording import line_of, title_of
from tests.cases.factories import task_for
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.triage.factories import item_at, make_parent, pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


def test_a_lead_sees_where_items_are_overdue(school: School) -> None:
    for _each in range(2):
        clock = item_at(school).psych_clock
        due = timezone.now() - timedelta(hours=1)
        Clock.objects.filter(pk=clock.pk).update(started_at=due, warn_at=due, due_at=due)
    item_at(school)
    day = day_of(actor(Role.LEAD_PSYCHOLOGIST, district=school.district))
    assert [(load.school, load.overdue) for load in day.schools] == [(school.name, 2)]


def test_my_day_lists_tasks_and_counts_cases_by_risk(school: School, psychologist: Actor) -> None:
    cases = [open_case(psychologist, pupil_id=pupil_at(school).pk, reason="Слова учителя") for _each in range(3)]
    set_risk(psychologist, cases[0].pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    task = task_for(cases[0], psychologist, title="Позвонить")
    day = day_of(psychologist)
    assert day.cases == ((RiskLevel.HIGH, 1), (None, 2))
    assert [row.title for row in day.coming] == ["Позвонить"]
    assert (day.overdue_count, next_due(psychologist)) == (0, task.due_at)
    Task.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert [row.title for row in day_of(psychologist).overdue] == ["Позвонить"]
    assert next_due(psychologist) is None  # it stands among what is overdue


def test_the_queue_comes_before_the_tasks_in_what_is_due_next(school: School, psychologist: Actor) -> None:
    assert next_due(psychologist) is None
    item = item_at(school)
    assert next_due(psychologist) == item.due_at


def test_a_wording_without_its_fact_is_left_out(school: School) -> None:
    item = item_at(school, facts={})
    assert (line_of(item), title_of(item)) == ("", "Conflict")
    item.title_code = "unheard_of"
    assert (line_of(item), title_of(item)) == ("", "Report")


def test_the_tasks_of_whom_one_stands_in_for_are_in_the_day(school: School, psychologist: Actor) -> None:
    away, between = (actor(Role.PSYCHOLOGIST, school=school) for _one in "ab")
    case = open_case(away, pupil_id=pupil_at(school).pk, reason="Слова учителя")
    own_child = pupil_at(school)
    hidden = open_case(away, pupil_id=own_child.pk, reason="Слова учителя")
    make_parent(psychologist, own_child)
    task_for(case, away, title="Позвонить")
    task_for(hidden, away, title="О своём ребёнке")
    Task.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert day_of(psychologist).overdue_count == 0

    today = timezone.localdate()
    for who, stand_in in ((away, between), (between, psychologist)):
        enter_absence(who, stand_in_id=stand_in.membership.pk, first_day=today, last_day=today)

    assert [row.title for row in day_of(psychologist).overdue] == ["Позвонить"]
    page = signed_in(psychologist).get(reverse("triage:side")).content.decode()
    assert f"you stand in for {away.user.short_name}" in page
    assert "О своём ребёнке" not in page
