"""What the council's reports tell of the demo's past, on whatever day the demo is made."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import F, Q
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.alarms.models import Alarm, Button, Call
from caseflow.cases.models import Case
from caseflow.clocks.models import Clock
from caseflow.clocks.one_clock import OneClock
from caseflow.coordination.models import Report
from caseflow.coordination.selectors import ReportView, Table, lay_out
from caseflow.demo.neighbours import SCHOOLS
from caseflow.demo.past import make_past
from caseflow.demo.people import make_people
from caseflow.demo.places import Places, make_places
from caseflow.demo.quarters import QUARTERS, Trend, lesson_days, past_of
from caseflow.directory.actors import Actor
from caseflow.directory.models import Membership, Pupil, School
from caseflow.duties.enums import DutyKind
from caseflow.duties.selectors.owing import owing, reach_of
from caseflow.incidents.models import Incident
from caseflow.indicators.enums import Chapter
from caseflow.indicators.rules.periods import Period, period_named
from caseflow.referrals.models import Referral
from caseflow.releases.models import Release

ZONE = ZoneInfo("Asia/Almaty")
SHOWN = {
    Chapter.EVENTS: ("events", "bullying", "bullying_confirmed", "violence", "domestic", "other"),
    Chapter.ASSESSMENTS: ("psych_in_time", "psych_late", "legal_in_time", "legal_late"),
    Chapter.ALARMS: ("alarms", "alarms_mistaken", "drills"),
    Chapter.WORK: ("cases_opened", "cases_closed", "referrals", "referrals_in_time", "referrals_late"),
    Chapter.SAFETY: ("schools", "cameras", "wired", "fixed_buttons", "mobile_buttons", "tested_buttons"),
}
"""Of which the newest report shows a figure of the region."""


@pytest.fixture(autouse=True)
def no_other_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of its own time is not asked, so that another day can be told here."""
    monkeypatch.setattr(OneClock, "ahead_s", lambda _clock: 0.0)


def made(now: datetime) -> Places:
    """The demo's past, made at that moment."""
    places = make_places(timezone.localdate(now))
    make_past(places, make_people(places), now)
    return places


def table_of(view: ReportView, chapter: Chapter) -> Table:
    table = view.table(chapter)
    assert table is not None
    return table


def hidden_or_nought(view: ReportView, period: str) -> set[str]:
    """Those of `SHOWN` that the region's line does not show, beside the period named `now` or one before."""
    found = set()
    for chapter, codes in SHOWN.items():
        table = table_of(view, chapter)
        if period == "now" or chapter != Chapter.SAFETY:
            found |= {code for code in codes if not getattr(table.total_of(code), period)}
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 7, 2, 9, tzinfo=ZONE),  # just after one, in summer
        datetime(2027, 1, 3, 9, tzinfo=ZONE),  # on a Sunday, just after a year
    ],
)
def test_the_councils_report_says_something_in_every_chapter(now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        places = made(now)
        the_reports_say_something(now)
        the_future_is_untouched(now)
        the_own_school_is_left_alone(places)


def the_reports_say_something(now: datetime) -> None:
    """The newest one beside the quarter before and the year before; and few assessments are overdue for good."""
    newest, earlier = map(lay_out, Report.objects.order_by("-release__period"))
    quarter = past_of(now.date()).quarters[0]
    assert (newest.period, earlier.period) == (quarter, quarter.before)
    for side in ("now", "previous", "before"):
        assert hidden_or_nought(newest, side) == set()
    times = [cell for column, cell in table_of(newest, Chapter.ALARMS).total.pairs if column.is_time]
    assert len(times) == 2
    assert all(cell.times and cell.times_before for cell in times)
    assert 1 <= owing_of_prosecutor(now).count(DutyKind.LEGAL) <= 10


def owing_of_prosecutor(now: datetime) -> list[DutyKind]:
    membership = Membership.objects.select_related("user", "region").get(user__username="prosecutor")
    actor = Actor(membership.user, membership)
    reach = reach_of(actor)
    assert reach is not None
    return [one.kind for one in owing(actor, reach, now)]


def the_future_is_untouched(now: datetime) -> None:
    assert not Incident.objects.filter(Q(created_at__gt=now) | Q(triage_item__decided_at__gt=now)).exists()
    assert not Alarm.objects.filter(Q(pressed_at__gt=now) | Q(closed_at__gt=now)).exists()
    assert not Case.objects.filter(
        Q(opened_at__gt=now) | Q(closed_at__gt=now) | Q(closed_at__lt=F("opened_at"))
    ).exists()
    assert not Referral.objects.filter(sent_at__gt=now).exists()
    assert not Clock.objects.filter(stopped_at__gt=now).exists()


def the_own_school_is_left_alone(places: Places) -> None:
    """Its alarms and people are those of the demo's other parts, and an operator's console shows its alarms alone."""
    assert places.school.pupils.count() == Pupil.objects.exclude(school__cases__isnull=False).count()
    assert not Case.objects.filter(school=places.school).exists()
    assert {call.alarm.school_id for call in Call.objects.select_related("alarm")} == {places.school.pk}
    assert Button.objects.filter(device__school=places.school).count() == 3
    assert School.objects.filter(latitude__isnull=False).count() == len(places.schools)


@pytest.mark.django_db
def test_each_quarter_since_the_year_before_is_spread_over_many_schools() -> None:
    now = datetime(2026, 11, 30, 12, tzinfo=ZONE)
    with time_machine.travel(now, tick=False):
        places = made(now)
        the_reports_say_something(now)
    assert [release.period for release in Release.objects.order_by("period")] == [
        "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3",
    ]  # fmt: skip
    assert School.objects.count() == sum(SCHOOLS)
    for release in Release.objects.all():
        days = lesson_days(period_named(release.period))
        told = Incident.objects.filter(created_at__date__gte=days[0], created_at__date__lte=days[-1])
        for district, number in zip(places.districts, SCHOOLS, strict=True):
            assert told.filter(school__district=district).values("school").distinct().count() > number / 3
    others = User.objects.filter(username__startswith="demo-staff")
    assert others.count() > sum(SCHOOLS)
    assert not any(user.has_usable_password() for user in others)


def test_counts_lie_between_those_of_the_ends_and_follow_the_season() -> None:
    past = past_of(datetime(2026, 11, 30, tzinfo=ZONE).date())
    assert past.quarters == (Period(2026, 3), Period(2026, 2), Period(2026, 1), Period(2025, 4), Period(2025, 3))
    trend = Trend((40, 8), (80, 0))
    assert [past.counts(trend, age) for age in range(QUARTERS)] == [[40, 8], [62, 8], [82, 6], [96, 3], [80, 0]]
