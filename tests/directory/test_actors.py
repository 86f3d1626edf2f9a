"""Which pupils somebody reaches."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.directory.enums import Role
from tests.directory.factories import GuardianshipFactory, PupilFactory, actor, parent_of

pytestmark = pytest.mark.django_db


def test_an_ended_guardianship_of_another_locks_nobody_out() -> None:
    pupil = PupilFactory.create()
    mother = parent_of(pupil)
    GuardianshipFactory.create(pupil=pupil, ends_on=timezone.localdate() - timedelta(days=1))

    assert list(mother.pupils()) == [pupil]


def test_the_own_guardianship_counts_from_its_first_to_its_last_day() -> None:
    pupil, today = PupilFactory.create(), timezone.localdate()
    mother = parent_of(pupil)
    own = pupil.guardianships.get()

    for starts_on, ends_on, reached in (
        (today, today, True),
        (today + timedelta(days=1), None, False),
        (today - timedelta(days=9), today - timedelta(days=1), False),
    ):
        own.starts_on, own.ends_on = starts_on, ends_on
        own.save()
        assert mother.pupils().exists() is reached


def test_a_pupil_who_will_leave_is_here_until_then() -> None:
    pupil, today = PupilFactory.create(), timezone.localdate()
    psychologist = actor(Role.PSYCHOLOGIST, school=pupil.school)

    for left_on, here in ((today + timedelta(days=60), True), (today, False), (today - timedelta(days=1), False)):
        pupil.left_on = left_on
        pupil.save()
        assert psychologist.pupils().exists() is here
