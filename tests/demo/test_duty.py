"""The demo's rosters have no gap, whenever the demo is made."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine

from caseflow.clocks.enums import Rung
from caseflow.clocks.models import DutyShift
from caseflow.clocks.selectors.duty import week_of, whom_to_ring
from caseflow.demo.duty import make_duty
from caseflow.demo.people import make_people
from caseflow.demo.places import make_places

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Almaty")
MONDAY = datetime(2026, 11, 23, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "on_duty"),
    [
        (MONDAY + timedelta(hours=7, minutes=59, seconds=30), "pedagogue"),
        (MONDAY + timedelta(hours=8), "duty"),
        (MONDAY + timedelta(days=2, hours=12), "duty"),
        (MONDAY + timedelta(days=6, hours=23), "psychologist2"),
    ],
)
def test_somebody_is_on_duty_now_and_in_the_weeks_around(now: datetime, on_duty: str) -> None:
    with time_machine.travel(now, tick=False):
        places = make_places(now.date())
        people = make_people(places)
        make_duty(people, now)
        (ringing,) = whom_to_ring(places.school, Rung.SCHOOL, at=now)
        assert ringing.user.username == on_duty
        (lead,) = whom_to_ring(places.school, Rung.REGION, at=now)
        assert lead == people.staff["lead"].membership
        for monday in (MONDAY - timedelta(days=7), MONDAY, MONDAY + timedelta(days=7)):
            week = week_of(people.staff["schooladmin"], monday.date())
            assert min(len(day.shifts) for day in week) >= 2
    shifts = list(DutyShift.objects.filter(school=places.school).values_list("starts_at", "ends_at"))
    assert shifts[0][0] == MONDAY - timedelta(days=7) + timedelta(hours=8)
    assert all(ended == begun for (_, ended), (begun, _) in pairwise(shifts))
    assert shifts[-1][1] == MONDAY + timedelta(days=14, hours=8)
