"""Whether a case may be closed is answered in time, or others hear of the silence."""

from datetime import timedelta

import pytest

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import ClosingRequest
from caseflow.cases.services import ask_to_close, return_closing, set_risk
from caseflow.cases.services.closing_clocks import looks_at_closings, matter_of_closing
from caseflow.cases.services.reading import open_case_page
from caseflow.clocks.matters import may_know
from caseflow.clocks.selectors.escalation import ladder_of
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist
from tests.directory.factories import GuardianFactory, GuardianshipFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def wish(who: Actor) -> ClosingRequest:
    case = case_of(who)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    lead = lead_over(case.school)
    asked = ask_to_close(who, case.pk, membership_id=lead.membership.pk, reason="Переехали")
    Alert.objects.all().delete()
    return asked


def told() -> list[tuple[str, int]]:
    found = list(Alert.objects.values_list("kind", "recipient"))
    Alert.objects.all().delete()
    return found


def test_the_lead_is_reminded_then_told_and_then_the_region_hears(who: Actor, wish: ClosingRequest) -> None:
    region = actor(Role.LEAD_PSYCHOLOGIST, region=wish.case.school.district.region)
    sweep(wish.clock.warn_at + MINUTE)
    assert told() == [("deadline_near", wish.owner_id)]
    first, second = ladder_of(wish.clock)
    sweep(first.due_at + MINUTE)
    assert told() == [("deadline_missed", wish.owner_id)]
    # Nobody of the region has the case, so all of the region hear of it.
    sweep(second.due_at + MINUTE)
    assert told() == [("deadline_missed", region.user.pk)]
    titles = [line.title for line in open_case_page(who, wish.case_id).chronology.lines[:2]]
    assert titles == [
        "Nobody answered in time whether the case may be closed. Told: lead psychologist of the region",
        "Nobody answered in time whether the case may be closed. Told: whoever has it",
    ]


def test_silence_that_reaches_nobody_stands_in_the_chronology_too(who: Actor, wish: ClosingRequest) -> None:
    wish.owner.is_active = False
    wish.owner.save()
    sweep(wish.clock.due_at + timedelta(days=9))
    assert told() == []
    assert "nobody was there to be told" in open_case_page(who, wish.case_id).chronology.lines[0].title


def test_an_answered_wish_tells_nobody(wish: ClosingRequest) -> None:
    case = wish.case
    lead = Actor(wish.owner, wish.owner.memberships.get())
    return_closing(lead, case.pk, text="Позже")
    told()
    sweep(wish.clock.due_at + timedelta(days=9))
    assert told() == []


def test_the_wish_is_shown_to_whoever_may_open_the_case(who: Actor, wish: ClosingRequest) -> None:
    matter = matter_of_closing(who, wish.clock_id)
    assert matter is not None
    assert (matter.title, matter.may_change) == (f"The closing of case no. {wish.case.number}", False)
    stranger = lead_over(wish.case.school)
    assert matter_of_closing(stranger, wish.clock_id) is None
    seen, unseen = looks_at_closings(who, [wish.clock_id]), looks_at_closings(stranger, [wish.clock_id])
    assert (seen[wish.clock_id].who, seen[wish.clock_id].url) == (wish.owner.short_name, matter.url)
    assert unseen[wish.clock_id].url == ""


def test_a_parent_on_the_staff_never_sees_the_clock(who: Actor, wish: ClosingRequest) -> None:
    assert may_know(who, wish.clock)
    GuardianshipFactory.create(pupil=wish.case.pupil, guardian=GuardianFactory.create(user=who.user))
    assert not may_know(who, wish.clock)
