"""Lists ask the database as often for thirty rows as for one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from analytics.models import SeatPlan
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.portal.services import ask
from tests.analytics.factories import plan_for, upload_of
from tests.directory.factories import (
    CameraFactory,
    LessonSlotFactory,
    PupilFactory,
    RoomFactory,
    SchoolClassFactory,
    SchoolFactory,
    actor,
    parent_of,
    signed_in,
)
from tests.incidents.factories import harmed, officer_for, reported, teacher_at
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.django_db
Made = tuple[Actor, Callable[[], object]]  # who asks, and what makes one more row


def cameras(school: School) -> Made:
    return actor(Role.SCHOOL_ADMIN, school=school), lambda: CameraFactory.create(room=RoomFactory.create(school=school))


def members(school: School) -> Made:
    return actor(Role.SYSTEM_ADMIN), lambda: actor(Role.TEACHER, school=school)


def entries(_school: School) -> Made:
    officer = actor(Role.DPO)
    return officer, lambda: record(action="read", actor_id=actor(Role.DPO).user.pk, role=officer.role, obj="pupil 1")


def own_reports(school: School) -> Made:
    teacher = teacher_at(school)
    return teacher, lambda: reported(teacher, harmed(pupil_at(school)))


def addressed(school: School) -> Made:
    return officer_for(school), lambda: reported(teacher_at(school), harmed(pupil_at(school)))


def plans(school: School) -> Made:
    def draw() -> SeatPlan:
        return plan_for(LessonSlotFactory.create(school_class=SchoolClassFactory.create(school=school)), [])

    return actor(Role.PSYCHOLOGIST, school=school), draw


def videos(school: School) -> Made:
    who = actor(Role.PSYCHOLOGIST, school=school)
    return who, lambda: upload_of(who.user)


def requests(school: School) -> Made:
    def put() -> object:
        pupil = PupilFactory.create(school_class=SchoolClassFactory.create(school=school))
        return ask(parent_of(pupil), pupil_id=pupil.pk, kind="question", words="Кто читал?")

    return actor(Role.LEAD_PSYCHOLOGIST, district=school.district), put


@pytest.mark.parametrize(
    ("name", "world"),
    [
        ("room", cameras),
        ("camera", cameras),
        ("member", members),
        ("access-log", entries),
        ("own-report", own_reports),
        ("legal-request", addressed),
        ("seat-plan", plans),
        ("video", videos),
        ("request", requests),
    ],
)
def test_a_list_costs_the_same_for_one_row_and_for_thirty(name: str, world: Callable[[School], Made]) -> None:
    who, make = world(SchoolFactory.create())
    client, address = signed_in(who), reverse(f"api:{name}-list")
    costs, lengths = [], []
    for more in (1, 29):
        for _ in range(more):
            make()
        client.get(address)  # the first asking fills what a session keeps
        with CaptureQueriesContext(connection) as asked:
            lengths.append(len(client.get(address).json()["results"]))
        costs.append(len(asked))
    assert lengths[1] - lengths[0] >= 29
    assert costs[0] == costs[1]
