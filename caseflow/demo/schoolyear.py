"""What changes at the demo's school: the coming year in preparation, a pupil who leaves, a substitute. All invented."""

from datetime import date, timedelta

from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.directory.models import SchoolYear
from caseflow.schoolyear.services.classes import name_substitute
from caseflow.schoolyear.services.moves import Leaving, record_leaving
from caseflow.schoolyear.services.turning import REPEATS, prepare_turn, say_pupils

REPEATING, LEAVING = -1, -2  # counted from the end of the roll: nobody of whom the demo tells anything else


def make_school_year(places: Places, people: People, today: date) -> None:
    """The plan of the coming year with one pupil who repeats, a pupil who moves in two weeks, a week's substitute."""
    first = places.year.ends_on + timedelta(days=1)
    SchoolYear.objects.create(region=places.region, starts_on=first, ends_on=date(first.year + 1, 8, 31))
    office = people.staff["schooladmin"]
    turn = prepare_turn(office)
    repeating, leaving = people.pupils[REPEATING], people.pupils[LEAVING]
    row = turn.classes.get(old_class=repeating.school_class_id)
    say_pupils(office, row.pk, {repeating.pk: REPEATS})
    record_leaving(office, leaving.pk, Leaving(today + timedelta(days=14), places.schools[1].pk))
    teacher = people.staff["teacher"].user.pk
    name_substitute(office, places.class_7b.pk, user_id=teacher, first=today, last=today + timedelta(days=6))
