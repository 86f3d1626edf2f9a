import pytest
from django.http import Http404
from django.utils import timezone

from caseflow.consent.enums import EventKind, Purpose
from caseflow.consent.errors import AlreadyAnsweredError, NotItsGuardianError, NotNeededError, SamePersonError
from caseflow.consent.selectors import dissenting, excluded_guardians, gate_open
from caseflow.consent.services import (
    approve_exclusion,
    dissent,
    exclude_guardian,
    lift_dissent,
    readmit_guardian,
    reject_exclusion,
)
from caseflow.consent.services.ledger import reason_of
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Pupil
from tests.consent.factories import given, line
from tests.directory.factories import GuardianshipFactory, PupilFactory, actor

pytestmark = pytest.mark.django_db
REASON = "Ребёнок рассказал о побоях дома."


@pytest.fixture
def pupil() -> Pupil:
    return PupilFactory.create()


@pytest.fixture
def mother(pupil: Pupil) -> Guardian:
    return GuardianshipFactory.create(pupil=pupil).guardian


@pytest.fixture
def psychologist(pupil: Pupil) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=pupil.school)


@pytest.fixture
def lead(pupil: Pupil) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, district=pupil.school.district)


def is_open(pupil: Pupil, purpose: Purpose) -> bool:
    now = timezone.now()
    return gate_open(pupil.pk, purpose, frame_at=now, now=now, operator_id=pupil.school_id)


def test_the_pupils_no_closes_mood_analysis_and_screening_and_leaves_support(
    pupil: Pupil, mother: Guardian, psychologist: Actor
) -> None:
    for purpose in Purpose:
        given(pupil, mother.pk, purpose)

    dissent(psychologist, pupil_id=pupil.pk)

    assert dissenting(pupil.pk)
    assert [is_open(pupil, purpose) for purpose in Purpose] == [False, False, True, True]
    lift_dissent(psychologist, pupil_id=pupil.pk)
    assert all(is_open(pupil, purpose) for purpose in Purpose)


def test_what_is_so_already_is_not_said_twice(pupil: Pupil, psychologist: Actor) -> None:
    with pytest.raises(NotNeededError):
        lift_dissent(psychologist, pupil_id=pupil.pk)
    dissent(psychologist, pupil_id=pupil.pk)
    with pytest.raises(NotNeededError):
        dissent(psychologist, pupil_id=pupil.pk)


def test_another_schools_psychologist_records_no_word(pupil: Pupil) -> None:
    with pytest.raises(Http404):
        dissent(actor(Role.PSYCHOLOGIST, school=PupilFactory.create().school), pupil_id=pupil.pk)


def test_an_exclusion_holds_when_a_second_person_has_approved_it(
    pupil: Pupil, mother: Guardian, psychologist: Actor, lead: Actor
) -> None:
    given(pupil, mother.pk)
    proposal = exclude_guardian(psychologist, pupil_id=pupil.pk, guardian_id=mother.pk, reason=REASON)
    assert is_open(pupil, Purpose.MOOD_ANALYSIS)

    approve_exclusion(lead, proposal.pk)

    assert not is_open(pupil, Purpose.MOOD_ANALYSIS)
    assert excluded_guardians(pupil.pk) == {mother.pk}
    assert reason_of(proposal) == REASON
    assert REASON.encode() not in bytes(proposal.reason_sealed)


def test_an_excluded_guardians_refusal_still_closes_mood_analysis(
    pupil: Pupil, mother: Guardian, psychologist: Actor, lead: Actor
) -> None:
    father = GuardianshipFactory.create(pupil=pupil).guardian
    for purpose in (Purpose.MOOD_ANALYSIS, Purpose.AGENCY_SHARING):
        given(pupil, mother.pk, purpose)
        line(pupil, EventKind.REFUSED, guardian_id=father.pk, purpose=purpose)

    proposal = exclude_guardian(psychologist, pupil_id=pupil.pk, guardian_id=father.pk, reason=REASON)
    approve_exclusion(lead, proposal.pk)

    assert not is_open(pupil, Purpose.MOOD_ANALYSIS)
    assert is_open(pupil, Purpose.AGENCY_SHARING)


def test_one_person_in_two_roles_is_not_two_persons(pupil: Pupil, mother: Guardian, psychologist: Actor) -> None:
    proposal = exclude_guardian(psychologist, pupil_id=pupil.pk, guardian_id=mother.pk, reason=REASON)
    as_lead = actor(Role.LEAD_PSYCHOLOGIST, district=pupil.school.district, user=psychologist.user)

    with pytest.raises(SamePersonError):
        approve_exclusion(as_lead, proposal.pk)


def test_a_proposal_is_answered_once_and_can_be_rejected(
    pupil: Pupil, mother: Guardian, psychologist: Actor, lead: Actor
) -> None:
    proposal = exclude_guardian(psychologist, pupil_id=pupil.pk, guardian_id=mother.pk, reason=REASON)
    with pytest.raises(NotNeededError):
        exclude_guardian(psychologist, pupil_id=pupil.pk, guardian_id=mother.pk, reason=REASON)

    reject_exclusion(lead, proposal.pk)

    with pytest.raises(AlreadyAnsweredError):
        approve_exclusion(lead, proposal.pk)
    assert not excluded_guardians(pupil.pk)


def test_a_readmitted_guardians_consent_counts_again(
    pupil: Pupil, mother: Guardian, psychologist: Actor, lead: Actor
) -> None:
    given(pupil, mother.pk)
    with pytest.raises(NotNeededError):
        readmit_guardian(lead, pupil_id=pupil.pk, guardian_id=mother.pk, reason=REASON)
    approve_exclusion(lead, exclude_guardian(psychologist, pupil_id=pupil.pk, guardian_id=mother.pk, reason=REASON).pk)

    readmit_guardian(lead, pupil_id=pupil.pk, guardian_id=mother.pk, reason=REASON)

    assert is_open(pupil, Purpose.MOOD_ANALYSIS)


def test_only_a_guardian_of_this_pupil_can_be_excluded_and_only_in_ones_own_district(
    pupil: Pupil, mother: Guardian, psychologist: Actor
) -> None:
    with pytest.raises(NotItsGuardianError):
        exclude_guardian(
            psychologist, pupil_id=pupil.pk, guardian_id=GuardianshipFactory.create().guardian_id, reason=REASON
        )
    proposal = exclude_guardian(psychologist, pupil_id=pupil.pk, guardian_id=mother.pk, reason=REASON)
    with pytest.raises(Http404):
        approve_exclusion(actor(Role.LEAD_PSYCHOLOGIST, district=PupilFactory.create().school.district), proposal.pk)
