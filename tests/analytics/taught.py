"""A lesson of yesterday that nobody has confirmed, at a day without holidays around it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.enums import Presence
from analytics.models import SeatConfirmation, SeatPlan
from analytics.services.confirming import SeatsSaid
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot
from tests.analytics.factories import Lesson, lesson
from tests.directory.factories import (
    MembershipFactory,
)

WEDNESDAY = date(2026, 10, 14)  # no holiday within a week
MIDDAY = datetime.combine(WEDNESDAY, time(12), timezone.get_default_timezone())


@pytest.fixture
def where() -> Lesson:
    """A lesson yesterday that nobody has confirmed, in a class whose school year runs."""
    made = lesson(pupils=3, consented=2)
    SeatConfirmation.objects.all().delete()
    year = made.school_class.year
    year.starts_on, year.ends_on = min(year.starts_on, WEDNESDAY - timedelta(days=60)), max(year.ends_on, WEDNESDAY)
    year.save()
    SeatPlan.objects.update(valid_from=year.starts_on)
    day = WEDNESDAY - timedelta(days=1)
    LessonSlot.objects.filter(pk=made.slot.pk).update(weekday=day.isoweekday())
    made.slot.refresh_from_db()
    return replace(made, date=day)


@pytest.fixture
def midday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.selectors.confirming.timezone.now", lambda: MIDDAY)


@pytest.fixture
def teacher(where: Lesson) -> Actor:
    return teacher_of(where)


def teacher_of(where: Lesson) -> Actor:
    if where.slot.teacher is None:
        raise ValueError(where.slot)
    return Actor(
        where.slot.teacher, MembershipFactory.create(user=where.slot.teacher, role=Role.TEACHER, school=where.school)
    )


def place(where: Lesson) -> tuple[int, date, int]:
    return where.slot.pk, where.date, where.plan.camera_id


def url(where: Lesson) -> str:
    return reverse("analytics:confirm", args=place(where))


def said(where: Lesson, *, taught: bool = False, **different: Presence) -> SeatsSaid:
    """Who differs, by the seat's place on the plan (`s1=Presence.ABSENT`)."""
    marks = {where.seats[int(name[1:]) - 1].pk: mark for name, mark in different.items()}
    return SeatsSaid(where.plan.pk, marks, taught=taught)


def states(confirmation: SeatConfirmation) -> dict[str, str]:
    return dict(confirmation.states.values_list("seat__label", "state"))
