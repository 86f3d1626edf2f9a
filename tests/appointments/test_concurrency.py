"""Two at once, in real transactions of their own, on whatever database the tests run: exactly one gets the time."""

import pytest

from caseflow.appointments.enums import CalledOffBy
from caseflow.appointments.models import Appointment
from caseflow.appointments.rules import AppointmentRefused
from caseflow.appointments.services import call_off, move_appointment, record_held
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.appointments.factories import at, begun, planned, room_at
from tests.cases.factories import psychologist, pupil_of
from tests.directory.factories import actor
from tests.triage.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None) -> list[Actor]:
    first = psychologist()
    return [first, *(actor(Role.PSYCHOLOGIST, school=first.membership.school) for _ in range(3))]


def test_one_of_many_gets_the_room(people: list[Actor]) -> None:
    room = room_at(people[0])
    results = at_once(*[lambda who=who: planned(who, at(1, 10), room=room.pk) for who in people])
    assert sorted(type(each).__name__ for each in results) == ["Appointment"] + ["AppointmentRefused"] * 3
    assert Appointment.objects.count() == 1


def test_one_of_many_gets_the_pupil(people: list[Actor]) -> None:
    pupil = pupil_of(people[0])
    results = at_once(*[lambda who=who: planned(who, at(1, 10), pupil) for who in people])
    assert [str(each) for each in results if isinstance(each, AppointmentRefused)].count(
        next(str(each) for each in results if isinstance(each, AppointmentRefused))
    ) == 3
    assert Appointment.objects.count() == 1


def test_the_same_person_at_two_schools_gets_one(people: list[Actor]) -> None:
    elsewhere = psychologist()
    elsewhere.membership.user = people[0].user
    elsewhere.membership.save()
    both = [people[0], Actor(people[0].user, elsewhere.membership)]
    results = at_once(*[lambda who=who: planned(who, at(1, 10)) for who in both])
    assert sorted(type(each).__name__ for each in results) == ["Appointment", "AppointmentRefused"]


def test_two_that_move_to_one_time_do_not_both_get_it(people: list[Actor]) -> None:
    room = room_at(people[0])
    made = [planned(who, at(1, 9 + number), room=room.pk) for number, who in enumerate(people[:2])]
    wished = [(who, each.pk) for who, each in zip(people, made, strict=False)]
    results = at_once(*[lambda who=who, pk=pk: move_appointment(who, pk, starts_at=at(1, 15)) for who, pk in wished])
    assert sorted(type(each).__name__ for each in results) == ["Appointment", "AppointmentRefused"]


def test_it_is_answered_once(people: list[Actor]) -> None:
    made = begun(people[0])
    results = at_once(
        lambda: record_held(people[0], made.pk),
        lambda: call_off(people[1], made.pk, by=CalledOffBy.PUPIL),
    )
    assert sorted(type(each).__name__ for each in results) == ["Appointment", "AppointmentRefused"]
