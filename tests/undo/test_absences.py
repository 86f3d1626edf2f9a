"""An absence that was ended by mistake goes on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.clocks.models import Absence
from caseflow.clocks.selectors.absences import absences_on
from caseflow.clocks.services import enter_absence
from caseflow.directory.actors import Actor
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import take_back
from tests.cases.factories import case_of, lead_over, psychologist
from tests.directory.factories import signed_in
from tests.undo.factories import offer_in

pytestmark = pytest.mark.django_db


def ended_absence() -> tuple[Actor, Actor, str]:
    """Somebody who was away today, who stood in, and the offer to undo that it was ended."""
    who = psychologist()
    colleague = psychologist(who.membership.school)
    absence = away(who, colleague)
    answer = signed_in(who).post(reverse("clocks:end-away", args=[absence.pk]))
    assert absences_on([who.membership.pk]) == {}
    return who, colleague, offer_in(answer)


def away(who: Actor, instead: Actor) -> Absence:
    today = timezone.localdate()
    return enter_absence(who, stand_in_id=instead.membership.pk, first_day=today, last_day=today + timedelta(days=2))


def test_an_absence_that_was_ended_goes_on() -> None:
    who, colleague, offered = ended_absence()
    assert take_back(who, offered) == reverse("clocks:away")
    assert absences_on([who.membership.pk])[who.membership.pk].stand_in == colleague.membership
    with pytest.raises(TooLateError):
        take_back(who, offered)


@pytest.mark.parametrize("entered_for", [0, 1])
def test_it_does_not_where_one_of_the_two_is_away_in_these_days_by_now(entered_for: int) -> None:
    who, colleague, offered = ended_absence()
    people = (who, colleague)
    stays = away(people[entered_for], people[1 - entered_for])
    with pytest.raises(TooLateError):
        take_back(who, offered)
    assert list(absences_on([one.membership.pk for one in people]).values()) == [stays]


def test_the_lead_goes_on_at_the_page_of_whoever_is_away() -> None:
    who = psychologist()
    lead = lead_over(case_of(who).school)
    absence = away(who, psychologist(who.membership.school))
    answer = signed_in(lead).post(reverse("clocks:end-away", args=[absence.pk]))
    assert take_back(lead, offer_in(answer)) == reverse("clocks:away-of", args=[who.membership.pk])
