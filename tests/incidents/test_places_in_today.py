"""Today says where it happened; who may see the row may see the place."""

import pytest
from django.urls import reverse

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.models import Incident
from caseflow.records.vault import new_key
from caseflow.triage.selectors import rows_of, waiting
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.factories import PLACE, harmed, reported, teacher_at
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


def test_a_row_says_where_it_happened(school: School, psychologist: Actor) -> None:
    reported(teacher_at(school), harmed(pupil_at(school)))
    client = signed_in(psychologist)
    assert f"· {PLACE} ·" in client.get(reverse("triage:queue")).content.decode()
    assert client.get("/api/v1/triage-items/").json()["results"][0]["place"] == PLACE


def test_without_a_place_nothing_is_said(school: School, psychologist: Actor) -> None:
    reported(teacher_at(school), harmed(pupil_at(school)))
    Incident.objects.update(place_sealed=b"")
    (row,) = rows_of(psychologist, waiting(psychologist))
    assert (row.readable, row.place) == (True, "")


def test_a_place_that_does_not_open_hides_no_row(school: School, psychologist: Actor) -> None:
    teacher = teacher_at(school)
    first, second = (reported(teacher, harmed(pupil_at(school))) for _ in range(2))
    Incident.objects.filter(pk=first.pk).update(data_key=new_key("another"))
    places = {row.item.pk: row.place for row in rows_of(psychologist, waiting(psychologist))}
    assert places == {first.triage_item_id: "", second.triage_item_id: PLACE}
