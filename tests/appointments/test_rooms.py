"""The whole staff of a school learns when a room is taken, and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.appointments.enums import CalledOffBy
from caseflow.appointments.selectors.rooms import rooms_on
from caseflow.appointments.services import call_off
from caseflow.directory.enums import Role
from tests.appointments.factories import PURPOSE, at, planned, room_at
from tests.cases.factories import psychologist, pupil_of
from tests.directory.factories import RoomFactory, actor, signed_in

pytestmark = pytest.mark.django_db
TOMORROW = {"day": (timezone.localdate() + timedelta(days=1)).isoformat()}


def test_a_teacher_sees_when_and_neither_who_nor_what_for() -> None:
    who = psychologist()
    pupil, room, free = pupil_of(who), room_at(who), room_at(who)
    RoomFactory.create()
    planned(who, at(1, 11), pupil, room=room.pk)
    planned(who, at(1, 9), room=room.pk)
    planned(who, at(2, 9), room=free.pk)
    off = planned(who, at(1, 15), room=free.pk)
    call_off(who, off.pk, by=CalledOffBy.PUPIL)
    teacher = actor(Role.TEACHER, school=who.membership.school)
    found = rooms_on(teacher, timezone.localdate() + timedelta(days=1))
    assert [(each.room, [span[0] for span in each.taken]) for each in found] == [
        (room, [at(1, 9), at(1, 11)]),
        (free, []),
    ]
    content = signed_in(teacher).get(reverse("appointments:rooms"), TOMORROW).content.decode()
    assert "09:00–09:45, 11:00–11:45" in " ".join(content.split())
    for secret in (pupil.last_name, who.user.last_name, PURPOSE, "Consultation"):
        assert secret not in content
    listed = signed_in(teacher).get("/api/v1/appointments/rooms/", TOMORROW).json()["results"]
    assert [(each["room"], len(each["taken"])) for each in listed] == [(room.pk, 2), (free.pk, 0)]


def test_a_school_without_rooms_says_who_enters_them() -> None:
    teacher = actor(Role.TEACHER, school=psychologist().membership.school)
    assert "No room is entered" in signed_in(teacher).get(reverse("appointments:rooms")).content.decode()
