"""All demo data, in one transaction: all of it or nothing."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.demo.anonymous import make_anonymous_report
from caseflow.demo.appointments import make_appointments
from caseflow.demo.attachments import make_attachments
from caseflow.demo.climate import make_climate
from caseflow.demo.consents import make_consents
from caseflow.demo.council import make_council
from caseflow.demo.disturbances import make_disturbances
from caseflow.demo.duty import make_duty
from caseflow.demo.following import follow_reports
from caseflow.demo.fresh_events import make_cases, make_reports
from caseflow.demo.history import make_history
from caseflow.demo.journals import make_journals
from caseflow.demo.lessons import Lesson, make_plan, make_video, switch_on
from caseflow.demo.past import make_past
from caseflow.demo.people import make_people
from caseflow.demo.places import is_made, make_places, make_timetable, school_days
from caseflow.demo.plans import make_plans
from caseflow.demo.questionnaires import make_questionnaires
from caseflow.demo.referrals import make_referrals
from caseflow.demo.relations import make_relations
from caseflow.demo.schoolyear import make_school_year
from caseflow.demo.supervision import make_supervision
from caseflow.demo.wishes import make_wishes
from caseflow.directory.models import LessonSlot

HISTORY_WEEKS = 10


class RealDataError(Exception):
    """This installation holds real people: demo logins beside them would open their data to everybody."""


def make_demo() -> bool:
    """Make the demo's data unless it is there. Returns whether anything was made. Raises RealDataError."""
    if is_made():
        return False
    if User.objects.filter(is_active=True).exists():
        raise RealDataError
    with transaction.atomic():
        _make_all()
    return True


def _make_all() -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    places = make_places(today)
    people = make_people(places)
    make_consents(places, people)
    slots = make_timetable(places, people.staff["teacher"].user.pk)
    plan = make_plan(places, people)
    switch_on(places, people, today)
    first = max(places.year.starts_on + timedelta(days=2), today - timedelta(weeks=HISTORY_WEEKS))
    *earlier, newest = school_days(first, today - timedelta(days=1))
    lessons = [Lesson(slot, day) for day in earlier for slot in _on(slots, day.isoweekday())]
    make_history(plan, lessons, people)
    make_video(plan, Lesson(_on(slots, newest.isoweekday())[0], newest), people)
    make_climate(places, people, today)
    make_past(places, people, now)
    make_duty(people, now)
    make_wishes(people)  # what is new from here on is told to them
    make_cases(people, now)
    make_appointments(places, people, now)
    make_questionnaires(people)
    make_journals(places, people)
    make_reports(people, now)
    follow_reports(people, now)
    make_plans(people, now)
    make_supervision(people, now)
    make_referrals(people)
    make_attachments(people)
    make_relations(people)
    make_anonymous_report(people, now)
    make_disturbances(places, people, now, today)
    make_school_year(places, people, today)
    make_council(places, people, now)


def _on(slots: list[LessonSlot], weekday: int) -> list[LessonSlot]:
    return [slot for slot in slots if slot.weekday == weekday]
