from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from caseflow.consent.enums import EventKind, Purpose
from caseflow.consent.selectors import consent_panel, open_pupils
from tests.consent.factories import given, line
from tests.directory.factories import GuardianshipFactory, PupilFactory

pytestmark = pytest.mark.django_db
MOOD = Purpose.MOOD_ANALYSIS


@pytest.mark.parametrize("count", [1, 30])
def test_the_gate_of_a_whole_class_takes_two_queries(count: int, django_assert_num_queries: Any) -> None:
    first = PupilFactory.create()
    pupils = [first, *(PupilFactory.create(school_class=first.school_class) for _ in range(count - 1))]
    for pupil in pupils:
        given(pupil, GuardianshipFactory.create(pupil=pupil).guardian_id)
    now = timezone.now()

    with django_assert_num_queries(2):
        opened = open_pupils([p.pk for p in pupils], MOOD, frame_at=now, now=now, operator_id=first.school_id)

    assert opened == {p.pk for p in pupils}


def test_one_pupils_closed_gate_leaves_the_neighbours_open() -> None:
    first = PupilFactory.create()
    second = PupilFactory.create(school_class=first.school_class)
    never = PupilFactory.create(school_class=first.school_class)
    for pupil in (first, second):
        given(pupil, GuardianshipFactory.create(pupil=pupil).guardian_id)
    line(second, EventKind.DISSENT)
    now = timezone.now()
    asked = [first.pk, second.pk, never.pk]

    assert open_pupils(asked, MOOD, frame_at=now, now=now, operator_id=first.school_id) == {first.pk}


def test_a_guardianship_that_has_ended_opens_nothing() -> None:
    pupil = PupilFactory.create()
    guardianship = GuardianshipFactory.create(pupil=pupil)
    given(pupil, guardianship.guardian_id)
    guardianship.ends_on = timezone.localdate() - timedelta(days=1)
    guardianship.save()
    now = timezone.now()

    assert not open_pupils([pupil.pk], MOOD, frame_at=now, now=now, operator_id=pupil.school_id)


def test_the_panel_says_open_closed_or_never_answered_and_since_when(django_assert_num_queries: Any) -> None:
    pupil = PupilFactory.create()
    guardian_id = GuardianshipFactory.create(pupil=pupil).guardian_id
    opened = given(pupil, guardian_id)
    refused = line(
        pupil, EventKind.REFUSED, guardian_id=guardian_id, purpose=Purpose.AGENCY_SHARING, operator=pupil.school
    )

    with django_assert_num_queries(3):
        rows = {row.purpose: (row.state, row.since) for row in consent_panel(pupil.pk)}

    assert rows == {
        Purpose.MOOD_ANALYSIS: ("on", opened.at),
        Purpose.ROUTINE_SCREENING: ("none", None),
        Purpose.AGENCY_SHARING: ("off", refused.at),
        Purpose.PSYCHOLOGICAL_SUPPORT: ("none", None),
    }
