"""The demo's ledger of consents: given, refused, withdrawn, not answered."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from caseflow.consent.enums import Channel, EventKind, Purpose
from caseflow.consent.selectors import text_in_force
from caseflow.consent.services.deciding import write_against, write_given
from caseflow.consent.services.ledger import Author, lock_ledger
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.directory.models import Pupil

# places of the class list: whose seat before the camera stays closed, and why
REFUSED, WITHDRAWN, UNANSWERED = 3, 10, 11
LATER_REFUSED = frozenset({16, 19})
REFUSED_IN_8V = frozenset({"Вагнер"})


def make_consents(places: Places, people: People) -> None:
    """Consents from the second day of the school year on, by the guardians themselves."""
    start = datetime.combine(places.year.starts_on + timedelta(days=1), time(18, 0), timezone.get_default_timezone())
    for number, pupil in enumerate(people.pupils[: places.class_7b.pupils.count()]):
        if number == UNANSWERED:
            continue
        if number == REFUSED or number in LATER_REFUSED:
            _decide(people, pupil, EventKind.REFUSED, start)
        else:
            _give(people, pupil, Purpose.MOOD_ANALYSIS, start)
        if number == WITHDRAWN:
            _decide(people, pupil, EventKind.WITHDRAWN, start + timedelta(weeks=3))
    for pupil in people.pupils:
        if pupil.school_class_id == places.class_8v.pk and pupil.last_name not in REFUSED_IN_8V:
            _give(people, pupil, Purpose.MOOD_ANALYSIS, start)
    madina = people.pupils[0]
    _give(people, madina, Purpose.PSYCHOLOGICAL_SUPPORT, start + timedelta(minutes=5))
    _give(people, people.pupil("Өтеген", "Адия"), Purpose.AGENCY_SHARING, start + timedelta(minutes=10))


@transaction.atomic
def _give(people: People, pupil: Pupil, purpose: Purpose, at: datetime) -> None:
    guardian = people.guardians[str(pupil.pk)]
    write_given(_author(people, at), lock_ledger(pupil.pk), text_in_force(purpose, "ru"), guardian_id=guardian.pk)


@transaction.atomic
def _decide(people: People, pupil: Pupil, kind: EventKind, at: datetime) -> None:
    guardian = people.guardians[str(pupil.pk)]
    write_against(_author(people, at), kind, lock_ledger(pupil.pk), Purpose.MOOD_ANALYSIS, guardian_id=guardian.pk)


def _author(people: People, at: datetime) -> Author:
    """The demo has one account for all parents, so the lines are written in its name."""
    return Author(people.parent.user.pk, people.parent.role, Channel.PORTAL, at)
