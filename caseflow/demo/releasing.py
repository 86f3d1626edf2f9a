"""The figures of the past quarters as the council released them, two reports of it, and what of it is open."""

from caseflow.coordination.services import compose_report
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.demo.quarters import Past
from caseflow.explorer.services import publish
from caseflow.releases.services import release_once

OPEN = ("events", "bullying", "violence", "psych_in_time", "cameras")
REPORTS = 2


def release_past(places: Places, people: People, past: Past) -> None:
    """Quarter by quarter in the order of time, as they would have been: what was released first is never changed."""
    prosecutor = people.staff["prosecutor"]
    for age, quarter in reversed(list(enumerate(past.quarters))):
        if age < REPORTS:
            compose_report(prosecutor, region=places.region, period=quarter)
        else:
            release_once(prosecutor, places.region, quarter)
    publish(prosecutor, places.region, OPEN)
