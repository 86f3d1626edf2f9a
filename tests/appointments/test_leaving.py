"""Appointments of somebody who leaves go to the successor, but for those that are the successor's own affair."""

import pytest

from caseflow.appointments.models import Appointment
from caseflow.appointments.services.leaving import hand_over_appointments
from tests.appointments.factories import at, in_case, planned
from tests.cases.factories import case_of, psychologist, pupil_of
from tests.triage.factories import make_parent

pytestmark = pytest.mark.django_db


def test_what_is_about_the_successors_own_child_stays_where_it_is() -> None:
    who = psychologist()
    school = who.membership.school
    assert school is not None
    other = psychologist(school)
    plain, own, in_own_case = pupil_of(who), pupil_of(who), case_of(who)
    make_parent(other, own)
    make_parent(other, in_own_case.pupil)
    goes = planned(who, at(2, 9), plain)
    stays = [planned(who, at(2, 10), own).pk, in_case(who, in_own_case, at(2, 11)).pk]
    assert hand_over_appointments(who.user, who.user.pk, school, other.membership) == 1
    goes.refresh_from_db()
    assert goes.owner == other.user
    assert set(Appointment.objects.filter(owner=who.user).values_list("pk", flat=True)) == set(stays)
    assert hand_over_appointments(who.user, who.user.pk, school, None) == 2
