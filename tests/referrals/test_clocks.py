"""A missed acceptance climbs, and the case keeps who was told."""

from datetime import timedelta

import pytest

from caseflow.cases.models import Case
from caseflow.clocks.matters import may_know
from caseflow.clocks.models import Clock
from caseflow.clocks.selectors.escalation import ladder_of
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.referrals.enums import Move
from caseflow.referrals.models import Referral
from caseflow.referrals.selectors.people import senders_of
from caseflow.referrals.services import act_on
from caseflow.referrals.services.clocks import (
    chronicle_referral,
    looks_at_referrals,
    matter_of_referral,
    remind_of_referral,
    targets_of_referral,
)
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist
from tests.directory.factories import GuardianFactory, GuardianshipFactory, actor
from tests.referrals.factories import offered, officer_of, sent
from tests.referrals.test_transferring import moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def officer(case: Case) -> Actor:
    return officer_of(case)


@pytest.fixture
def referral(who: Actor, case: Case, officer: Actor) -> Referral:
    found = sent(who, case, officer)
    Alert.objects.all().delete()
    return found


def clock_of(referral: Referral, name: str = "accept") -> Clock:
    found = getattr(Referral.objects.get(pk=referral.pk), f"{name}_clock")
    assert isinstance(found, Clock)
    return found


def test_receivers_and_leads_are_reminded(who: Actor, case: Case, officer: Actor, referral: Referral) -> None:
    lead = lead_over(case.school)
    remind_of_referral([clock_of(referral).pk, clock_of(referral, "review").pk])
    assert set(Alert.objects.values_list("kind", "recipient")) == {
        ("deadline_near", officer.user.pk),
        ("deadline_near", lead.user.pk),
    }


def test_a_missed_one_tells_both_sides_then_those_above(
    who: Actor, case: Case, officer: Actor, referral: Referral
) -> None:
    clock = clock_of(referral)
    lead = lead_over(case.school)
    region = actor(Role.LEAD_PSYCHOLOGIST, region=case.school.district.region)
    ladder = ladder_of(clock)
    assert [rise.targets for rise in ladder] == [
        ("agency:agency_officer", "school:psychologist"),
        ("district:lead_psychologist",),
        ("region:lead_psychologist",),
    ]
    everybody = frozenset(target for rise in ladder for target in rise.targets)
    told = {(one.target, one.user_id) for one in targets_of_referral(clock.pk, everybody)}
    assert told == {
        ("agency:agency_officer", officer.user.pk),
        ("school:psychologist", who.user.pk),
        ("district:lead_psychologist", lead.user.pk),
        ("region:lead_psychologist", region.user.pk),
    }
    sweep(ladder[0].due_at + timedelta(minutes=1))
    assert case.entries.filter(code="referral_overdue").count() == 1
    chronicle_referral(clock.pk, 2, [])
    assert case.entries.filter(code="referral_overdue_alone").count() == 1
    act_on(officer, referral.pk, Move.ACCEPT)
    assert clock_of(referral).stopped_at is not None


def test_a_lead_who_did_not_look_is_not_called_a_receiver_who_is_late(
    case: Case, officer: Actor, referral: Referral
) -> None:
    review = clock_of(referral, "review")
    chronicle_referral(review.pk, 1, ["district:lead_psychologist"])
    chronicle_referral(review.pk, 2, [])
    said = set(case.entries.values_list("code", flat=True))
    assert said >= {"ground_unreviewed", "ground_unreviewed_alone"}
    assert not said & {"referral_overdue", "referral_overdue_alone"}


def test_who_may_open_the_case_finds_the_matter_and_its_receiver(who: Actor, case: Case, referral: Referral) -> None:
    clock, review = clock_of(referral), clock_of(referral, "review")
    matter = matter_of_referral(who, clock.pk)
    assert matter is not None
    assert (matter.title, matter.may_change) == (f"A referral in case no. {case.number}", False)
    lead = lead_over(case.school)
    found = matter_of_referral(lead, review.pk)
    assert found is not None
    assert "/grounds/" in found.url
    assert matter_of_referral(psychologist(), clock.pk) is None
    looks = looks_at_referrals(who, [clock.pk, review.pk])
    assert (looks[clock.pk].who, looks[review.pk].who) == ("Поликлиника", "")
    assert looks[clock.pk].url
    assert looks_at_referrals(lead, [clock.pk])[clock.pk].url == ""


def test_the_clocks_about_the_own_child_are_kept(who: Actor, case: Case, referral: Referral) -> None:
    clocks = (clock_of(referral), clock_of(referral, "review"))
    assert [may_know(who, clock) for clock in clocks] == [True, True]
    GuardianshipFactory.create(pupil=case.pupil, guardian=GuardianFactory.create(user=who.user))
    assert [may_know(who, clock) for clock in clocks] == [False, False]


def test_who_sent_a_case_away_hears_of_it_at_the_former_school(who: Actor, case: Case) -> None:
    new = psychologist()
    referral = offered(who, case, new.membership.school)
    moved(case.pupil, new.membership.school)
    act_on(new, referral.pk, Move.ACCEPT)
    assert senders_of(Referral.objects.select_related("case").get(pk=referral.pk)) == [(who.user.pk, who.membership.pk)]
    assert Alert.objects.filter(recipient=who.user, kind="referral_moved").exists()
