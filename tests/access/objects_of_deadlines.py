"""Clocks, terms and absences.

clock         of the task that stands in the same relation (`objects_of_cases`).
term          OWN a code of the table, everybody's alike.
led           OWN the person's own right; SAME_SCHOOL a psychologist of the school; OTHER_SCHOOL one of another.
absence       OWN the person's; SAME_SCHOOL a colleague's; OTHER_SCHOOL; CLOSED an own one that was ended.
"""

from datetime import timedelta

from django.utils import timezone

from caseflow.cases.models import Task
from caseflow.clocks.models import Absence
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.access.cells import CLOSED, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing, Things

STAFF = tuple(role for role in Role if role not in (Role.PARENT, Role.PUPIL))


def fill(places: Places) -> None:
    """Make the objects of this module."""
    places.things["clock"] = _clocks(places.things["task"])
    places.things["term"] = {OWN: {"code": "task"}}
    places.things["led"] = {
        OWN: {role: {"pk": places[role].membership.pk} for role in Role},
        SAME_SCHOOL: {"pk": places.here.colleague.membership.pk},
        OTHER_SCHOOL: {"pk": places.there.colleague.membership.pk},
    }
    places.things["absence"] = _absences(places)


def _clocks(tasks: Things) -> Things:
    def clock(thing: Thing) -> Thing:
        if "pk" in thing:
            return {"pk": Task.objects.get(pk=thing["pk"]).clock_id}
        return {role: clock(each) for role, each in thing.items()}

    return {relation: clock(thing) for relation, thing in tasks.items()}


def _absences(places: Places) -> Things:
    here, there = places.here, places.there

    def absent(who: Actor, stand_in: Actor, **facts: object) -> Thing:
        day = timezone.localdate() + timedelta(days=9)
        absence = Absence.objects.create(
            membership=who.membership,
            stand_in=stand_in.membership,
            first_day=day,
            last_day=day,
            entered_by=who.user,
            entered_at=timezone.now(),
            **facts,
        )
        return {"pk": absence.pk}

    return {
        OWN: {role: absent(places[role], here.colleague) for role in STAFF},
        SAME_SCHOOL: absent(here.colleague, places[Role.PSYCHOLOGIST]),
        OTHER_SCHOOL: absent(there.colleague, here.colleague),
        CLOSED: {role: absent(places[role], here.colleague, ended_at=timezone.now()) for role in STAFF},
    }
