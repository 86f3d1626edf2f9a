"""The climate of a class by the API: the same cells, rules and log entries as the page."""

import pytest

from analytics.models import ModelCard
from analytics.rules.builtin_card import SLUG
from caseflow.audit.models import AuditEntry
from caseflow.directory.enums import Role
from tests.analytics.climate_factories import weeks_of
from tests.analytics.factories import Lesson, lesson, withdraw
from tests.api.asking import get
from tests.directory.factories import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    where = lesson(pupils=10)
    weeks_of(where)
    return where


def test_levels_stand_by_lesson_and_week_and_say_that_a_model_made_them(where: Lesson) -> None:
    (listed,) = get(where.psychologist, "climate-list").json()["results"]
    assert set(listed) == {"id", "school", "grade", "letter"}
    found = get(where.psychologist, "climate-detail", listed["id"]).json()
    card = ModelCard.objects.get(slug=SLUG)
    assert (found["ai_generated"], found["models"]) == (True, [{"model": card.pack, "version": card.version}])
    assert [row["levels"][:4] for row in found["rows"]] == [[0, 0, 0, 2], [0, 0, 0, 0]]
    assert [row["lesson"] for row in found["rows"]] == [
        slot.pk for slot in where.school_class.slots.order_by("starts_at")
    ]
    assert AuditEntry.objects.filter(action="read", obj=f"climate:{listed['id']}").count() == 1


def test_too_few_is_null_and_weekdays_have_no_lesson(where: Lesson) -> None:
    withdraw(where.pupils[0])
    found = get(where.psychologist, "climate-detail", where.school_class.pk).json()
    assert {level for row in found["rows"] for level in row["levels"]} == {None}
    days = get(where.psychologist, "climate-detail", where.school_class.pk, span="weeks").json()["rows"]
    assert [(row["lesson"], row["subject"], set(row["levels"])) for row in days] == [(None, None, {None})]


def test_it_is_not_there_for_another_school_and_refused_to_other_roles(where: Lesson) -> None:
    class_id = where.school_class.pk
    assert get(lesson(pupils=0).psychologist, "climate-detail", class_id).status_code == 404
    assert get(actor(Role.PRINCIPAL, school=where.school), "climate-detail", class_id).status_code == 403
    assert get(where.psychologist, "climate-detail", class_id, span="century").status_code == 400
