"""What the form of an appointment begins with."""

import pytest

from tests.appointments.factories import at, planned, room_at
from tests.appointments.test_pages import page
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import GuardianshipFactory, signed_in

pytestmark = pytest.mark.django_db


def test_from_a_case_it_begins_with_the_pupil_whose_case_it_is() -> None:
    who = psychologist()
    case = case_of(who)
    content = page(signed_in(who), "new", case=case.pk)
    assert f'name="pupils" value="{case.pupil_id}" checked' in content
    assert '<option value="pupil" selected>' in content


def test_a_case_out_of_reach_and_chosen_people_leave_the_people_as_they_are() -> None:
    who, elsewhere = psychologist(), psychologist()
    assert 'name="pupils"' not in page(signed_in(who), "new", case=case_of(elsewhere).pk)
    case = case_of(who)
    mother = GuardianshipFactory.create(pupil=case.pupil).guardian
    with_mother = page(signed_in(who), "new", case=case.pk, guardians=mother.pk)
    assert 'name="pupils"' not in with_mother
    assert f'name="guardians" value="{mother.pk}" checked' in with_mother


def test_the_room_of_last_time_begins_the_form() -> None:
    who = psychologist()
    room = room_at(who)
    assert f'<option value="{room.pk}" selected>' not in page(signed_in(who), "new")
    planned(who, at(1, 9), room=room.pk)
    planned(who, at(1, 11))
    assert f'<option value="{room.pk}" selected>' in page(signed_in(who), "new")
