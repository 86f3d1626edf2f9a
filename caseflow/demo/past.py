"""What the council's reports tell of: the region's other schools, and what happened there in past quarters."""

from datetime import datetime

from django.utils import timezone

from caseflow.demo.alarms import make_alarms
from caseflow.demo.buttons import make_buttons
from caseflow.demo.neighbours import make_neighbours
from caseflow.demo.past_alarms import make_past_alarms
from caseflow.demo.past_bullying import make_past_bullying
from caseflow.demo.past_cases import make_past_cases
from caseflow.demo.past_events import make_past_events
from caseflow.demo.past_referrals import make_past_referrals
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.demo.quarters import past_of
from caseflow.demo.releasing import release_past
from caseflow.demo.safety import make_safety


def make_past(places: Places, people: People, now: datetime) -> None:
    """Rows of past quarters entered by the hundred, the own school's alarms and buttons, and then the figures of it."""
    past = past_of(timezone.localdate(now))
    neighbours = make_neighbours(places, people, timezone.localdate(now))
    safety = make_safety(neighbours, past.quarters[-1].first_day, now)
    make_past_events(neighbours, people, past, now)
    make_alarms(places, people, now)
    make_buttons(places, people, now, safety.walls)
    make_past_alarms(places, people, neighbours, safety, past)
    cases = make_past_cases(places, neighbours, past, now)
    make_past_referrals(neighbours, cases, now)
    make_past_bullying(neighbours, now)
    release_past(places, people, past)
