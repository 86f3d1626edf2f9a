"""The plan of a year: written, copied, approved by the principal, ended item by item."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caseflow.accounts.models import User
from caseflow.appointments.models import Appointment
from caseflow.directory.actors import Actor
from caseflow.directory.models import School, SchoolYear
from caseflow.journals.enums import Direction, PlanItemState, PlanState
from caseflow.journals.models import PlanItem, YearPlan
from caseflow.journals.rules import JournalRefused
from caseflow.journals.selectors.plans import item_of, linkable, period_of_plan
from caseflow.journals.services import (
    approve_plan,
    copy_plan,
    end_item,
    open_plan_for_changes,
    remove_item,
    return_plan,
    send_plan,
    write_item,
)
from caseflow.journals.services.reading import open_plan
from caseflow.journals.wording import item_cells, plan_state_words
from tests.appointments.factories import at, planned
from tests.cases.factories import lead_over, psychologist, pupil_of
from tests.directory.factories import SchoolYearFactory
from tests.journals.factories import group_of, item, principal_of, school_of, year_at

pytestmark = pytest.mark.django_db


def titles(who: Actor, direction: Direction) -> list[str]:
    part = next(part for part in open_plan(who, None).parts if part.direction == direction)
    return [each.title for each in part.items]


def refused(said: str, act: Any, *args: Any, **facts: Any) -> None:
    with pytest.raises(JournalRefused, match=said):
        act(*args, **facts)


def test_items_stand_by_direction_in_the_order_of_the_school_year() -> None:
    who = psychologist()
    year = year_at(who)
    for title, month in (("В мае", 5), ("В сентябре", 9), ("Весь год", None), ("В январе", 1)):
        write_item(who, year.pk, item(who, title=title, month=month))
    made = write_item(who, year.pk, item(who, direction=Direction.EDUCATION, title="Лекторий"))
    assert titles(who, Direction.GROUP) == ["Весь год", "В сентябре", "В январе", "В мае"]
    changed = write_item(who, year.pk, item(who, direction=Direction.METHODICAL, title="Курсы"), item_id=made.pk)
    assert (changed.pk, titles(who, Direction.EDUCATION), titles(who, Direction.METHODICAL)) == (made.pk, [], ["Курсы"])
    assert item_cells(made)[0] == "October"
    remove_item(who, made.pk)
    sheet = open_plan(who, year.pk)
    assert (sheet.count, sheet.done, sheet.is_draft, sheet.may_write, sheet.may_approve) == (4, 0, True, True, False)
    with pytest.raises(User.DoesNotExist):
        write_item(who, year.pk, item(who, owner=psychologist().user.pk))
    with pytest.raises(PlanItem.DoesNotExist):
        item_of(psychologist(), PlanItem.objects.first().pk)  # type: ignore[union-attr]
    for stranger in (principal_of(who), lead_over(school_of(who))):
        with pytest.raises(SchoolYear.DoesNotExist):
            write_item(stranger, year.pk, item(who))
        with pytest.raises(PlanItem.DoesNotExist):
            item_of(stranger, PlanItem.objects.first().pk)  # type: ignore[union-attr]
    with pytest.raises(SchoolYear.DoesNotExist):
        write_item(psychologist(), year.pk, item(who))


def test_the_principal_approves_what_was_sent_or_gives_it_back_with_words() -> None:
    who = psychologist()
    head, year = principal_of(who), year_at(who)
    refused("Nothing is planned", send_plan, who, year.pk)
    made = write_item(who, year.pk, item(who))
    refused("does not wait", approve_plan, head, year.pk)
    send_plan(who, year.pk)
    refused("with the principal", write_item, who, year.pk, item(who, title="Ещё"))
    refused("with the principal", remove_item, who, made.pk)
    refused("what is to be changed", return_plan, head, year.pk, remark=" ")
    returned = return_plan(head, year.pk, remark="Добавьте 9 классы")
    assert (returned.state, returned.remark) == (PlanState.DRAFT, "Добавьте 9 классы")
    send_plan(who, year.pk)
    plan = approve_plan(head, year.pk)
    assert (plan.state, plan.approved_by, plan.remark) == (PlanState.APPROVED, head.user, "")
    assert head.user.short_name in plan_state_words(plan)
    assert open_plan(head, None).may_approve
    opened = open_plan_for_changes(who, year.pk)
    assert (opened.state, opened.approved_by) == (PlanState.DRAFT, None)
    assert "being written" in plan_state_words(opened)
    for act in (approve_plan, lambda *facts: return_plan(*facts, remark="x")):
        with pytest.raises(YearPlan.DoesNotExist):
            act(who, year.pk)
    with pytest.raises(YearPlan.DoesNotExist):
        open_plan_for_changes(head, year.pk)
    with pytest.raises(School.DoesNotExist):
        open_plan(lead_over(school_of(who)), None)


def test_an_item_is_ended_with_what_was_recorded_or_why_not_and_opened_again() -> None:
    who = psychologist()
    year = year_at(who)
    met = group_of(who, pupil_of(who))
    one, other = (write_item(who, year.pk, item(who, title=title)) for title in ("Первое", "Второе"))
    done = end_item(who, one.pk, PlanItemState.DONE, outcome="Провели", appointment=met.pk)
    assert (done.appointment, done.ended_by) == (met, who.user)
    assert list(linkable(who, period_of_plan(one.plan))) == [met]
    refused("why it was not done", end_item, who, other.pk, PlanItemState.DROPPED)
    end_item(who, other.pk, PlanItemState.DROPPED, outcome="Карантин", appointment=met.pk)
    refused("Open it again", write_item, who, year.pk, item(who), item_id=other.pk)
    refused("Open it again", remove_item, who, other.pk)
    part = next(part for part in open_plan(who, year.pk).parts if part.direction == Direction.GROUP)
    assert (part.done, part.dropped, part.recorded) == (1, 1, 1)
    with pytest.raises(Appointment.DoesNotExist):
        end_item(who, one.pk, PlanItemState.DONE, appointment=planned(who, at(2, 9)).pk)
    again = end_item(who, other.pk, PlanItemState.OPEN)
    assert (again.outcome, again.ended_at, again.appointment) == ("", None, None)


def test_the_plan_before_is_taken_over_once_and_open_anew() -> None:
    who = psychologist()
    year = year_at(who)
    refused("no plan of an earlier year", copy_plan, who, year.pk)
    before = SchoolYearFactory.create(
        region=school_of(who).district.region,
        starts_on=year.starts_on.replace(year=year.starts_on.year - 1),
        ends_on=year.ends_on.replace(year=year.ends_on.year - 1),
    )
    gone = psychologist(school_of(who))
    there = write_item(who, before.pk, item(who, title="Уже стоит"))
    write_item(gone, before.pk, item(gone, title="Чужое"))
    end_item(who, there.pk, PlanItemState.DONE)
    gone.membership.delete()
    write_item(who, year.pk, item(who, title="Уже стоит"))
    assert copy_plan(who, year.pk) == 1
    copied = PlanItem.objects.get(plan__year=year, title="Чужое")
    assert (copied.owner, copied.state) == (who.user, PlanItemState.OPEN)
    refused("already", copy_plan, who, year.pk)
    sheet = open_plan(who, before.pk)
    assert (sheet.year, sheet.done, len(sheet.years)) == (before, 1, 2)
    assert open_plan(who, year.pk).before == there.plan


def test_a_plan_costs_the_same_with_one_item_and_with_thirty_and_none_without_a_year() -> None:
    who = psychologist()
    sheet = open_plan(who, None)
    assert (sheet.year, sheet.plan, sheet.count) == (None, None, 0)
    assert plan_state_words(None) == "Nothing is planned yet"
    year = year_at(who)
    write_item(who, year.pk, item(who))
    with CaptureQueriesContext(connection) as few:
        open_plan(who, year.pk)
    for number in range(30):
        write_item(who, year.pk, item(who, title=f"Занятие {number}"))
    with CaptureQueriesContext(connection) as many:
        assert open_plan(who, year.pk).count == 31
    assert len(many) == len(few)
