"""What was said of planned work by mistake is taken back."""

import pytest
from django.urls import reverse

from caseflow.directory.actors import Actor
from caseflow.journals.enums import PlanItemState
from caseflow.journals.models import PlanItem
from caseflow.journals.services import end_item, write_item
from caseflow.undo.rules import TooLateError
from tests.cases.factories import psychologist
from tests.directory.factories import signed_in
from tests.journals.factories import held, item, year_at
from tests.undo.factories import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def planned(who: Actor) -> PlanItem:
    return write_item(who, year_at(who).pk, item(who))


def test_it_is_open_again_until_something_else_was_said(who: Actor, planned: PlanItem) -> None:
    done = end_item(who, planned.pk, PlanItemState.DONE, outcome="Проведено")
    page = undone(who, "plan_item_ended", done.pk, at=done.ended_at)
    assert page == f"{reverse('journals:plan')}?year={planned.plan.year_id}"
    planned.refresh_from_db()
    assert (planned.state, planned.outcome, planned.ended_at) == (PlanItemState.OPEN, "", None)
    first = end_item(who, planned.pk, PlanItemState.DONE, outcome="Проведено")
    at = first.ended_at
    end_item(who, planned.pk, PlanItemState.DROPPED, outcome="Карантин")
    with pytest.raises(TooLateError):
        undone(who, "plan_item_ended", planned.pk, at=at)


def test_an_appointment_stays_held_that_counts_as_planned_work(who: Actor, planned: PlanItem) -> None:
    appointment = held(who)
    end_item(who, planned.pk, PlanItemState.DONE, outcome="Проведено", appointment=appointment.pk)
    with pytest.raises(TooLateError):
        undone(who, "appointment_answered", appointment.pk, at=appointment.changed_at)


def test_the_page_offers_it(who: Actor, planned: PlanItem) -> None:
    address = reverse("journals:end", args=[planned.pk])
    page = signed_in(who).post(address, {"state": "done", "outcome": "Проведено"}, follow=True).content.decode()
    assert "data-undo-offer" in page
