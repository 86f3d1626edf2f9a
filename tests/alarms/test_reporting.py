"""An alarm that is over becomes a report of the school, so that a child behind it gets both assessments."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.alarms.enums import Finding
from caseflow.alarms.models import Alarm
from caseflow.alarms.services import accept, classify, close
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.incidents.models import Incident
from caseflow.incidents.services import open_incident
from tests.alarms.factories import Territory, pressed, territory
from tests.directory.factories import RoomFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def psychologist(here: Territory) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=here.school)


def over(here: Territory, finding: Finding, **said: object) -> Alarm:
    alarm = pressed(here.phone, **said)
    accept(here.operator, alarm.pk)
    classify(here.operator, alarm.pk, finding)
    return close(here.operator, alarm.pk)


@pytest.mark.parametrize(
    ("finding", "category", "violence"),
    [
        (Finding.FIGHT, "violence", True),
        (Finding.ATTACK, "violence", True),
        (Finding.WEAPON, "weapon_drugs", False),
        (Finding.INTRUDER, "other", False),
        (Finding.SELF_HARM, "self_harm", False),
        (Finding.OTHER, "other", False),
    ],
)
def test_what_is_to_be_assessed_is_in_the_schools_queue_with_both_clocks(
    here: Territory, psychologist: Actor, finding: Finding, category: str, violence: bool
) -> None:
    alarm = over(here, finding)

    incident = Incident.objects.get()
    item = incident.triage_item
    assert alarm.incident == incident
    assert (incident.school, incident.category, incident.violence) == (here.school, category, violence)
    assert (incident.reported_by, incident.reporter_role) == (here.operator.user, "police_operator")
    assert item.psych_clock.stopped_at is None
    assert item.legal_clock
    assert item.second_person is (finding == Finding.SELF_HARM)


@pytest.mark.parametrize("finding", [Finding.UNWELL, Finding.MISTAKE])
def test_a_mistake_and_somebody_unwell_leave_nothing_to_assess(here: Territory, finding: Finding) -> None:
    assert over(here, finding).incident is None
    assert not Incident.objects.exists()


def test_the_police_are_informed_by_the_alarm_itself(here: Territory) -> None:
    alarm = over(here, Finding.FIGHT)

    incident = Incident.objects.get()
    assert (incident.police_informed_at, incident.police_informed_by) == (alarm.accepted_at, here.operator.user)
    assert incident.police_clock
    assert incident.police_clock.stopped_at


def test_it_tells_place_time_and_finding_in_both_state_languages_and_nobody_by_name(
    here: Territory, psychologist: Actor
) -> None:
    room = RoomFactory.create(school=here.school, name="214")
    over(here, Finding.FIGHT, room_id=room.pk, floor=2, waited_s=300)

    detail = open_incident(psychologist, Incident.objects.get().pk)
    assert detail.words
    kazakh, russian = detail.words.splitlines()
    assert "Драка" in russian
    assert "Төбелес" in kazakh
    assert [line for line in detail.place.splitlines() if "214" in line] == detail.place.splitlines()
    assert detail.parties == ()
    assert here.phone.user
    assert here.phone.user.last_name not in detail.words
    assert detail.incident.occurred_at
    assert timezone.now() - detail.incident.occurred_at >= timedelta(minutes=5)
