"""Whoever is the second person of a flow and leaves is followed by another (fact 4)."""

import pytest

from caseflow.protocols.services.leaving import hand_over_seconds, seconds_of
from tests.cases.factories import lead_over, psychologist
from tests.protocols.factories import flow_of, grave_case

pytestmark = pytest.mark.django_db


def test_the_one_named_follows_else_the_nearest_else_nobody() -> None:
    who = psychologist()
    school = who.schools().get()
    second = psychologist(school)
    flow = flow_of(grave_case(who))
    assert (flow.second, seconds_of(second.user.pk, school)) == (second.user, [f"Case no. {flow.case.number}"])
    assert hand_over_seconds(who.user, second.user.pk, school, None) == 0
    lead, other = lead_over(school), psychologist(school)
    assert hand_over_seconds(who.user, second.user.pk, school, lead.membership) == 1
    flow.refresh_from_db()
    assert (flow.second, flow.second_role) == (lead.user, "lead_psychologist")
    assert seconds_of(second.user.pk, school) == []
    assert hand_over_seconds(who.user, lead.user.pk, school, None) == 1
    flow.refresh_from_db()
    assert flow.second in (other.user, second.user)
