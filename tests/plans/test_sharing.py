"""What guardians may read and sign of a safety plan, and who of them has (rules 10 and 10a)."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import close_case, complete_task
from caseflow.consent.services import approve_exclusion, exclude_guardian
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Guardianship, Pupil
from caseflow.plans.enums import Signer
from caseflow.plans.models import SafetyPlan, SafetyPlanVersion, SharedReading, Sharing
from caseflow.plans.rules import Line
from caseflow.plans.selectors.versions import read_version, safety_of
from caseflow.plans.services import begin_draft, countersign, end_sharing, share_plan
from caseflow.plans.services import sharing as sharing_services
from caseflow.plans.services.sharing import open_shared
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import MembershipFactory, PupilFactory, parent_of
from tests.plans.factories import DRAWN, SECRET, SHARED, fresh, signed, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def pupil(who: Actor) -> Pupil:
    return pupil_of(who, birth_date=date(2012, 5, 1))


@pytest.fixture
def parent(pupil: Pupil) -> Actor:
    return parent_of(pupil)


@pytest.fixture
def case(who: Actor, pupil: Pupil) -> Case:
    return case_of(who, pupil)


def guardian_of(parent: Actor) -> Guardian:
    guardian = parent.membership.guardian
    assert guardian is not None
    return guardian


def excluded(who: Actor, case: Case, parent: Actor) -> None:
    line = exclude_guardian(who, pupil_id=case.pupil_id, guardian_id=guardian_of(parent).pk, reason="Страх")
    approve_exclusion(lead_over(case.school), line.pk)


def test_a_parent_reads_the_marked_lines_and_nothing_else(who: Actor, case: Case, parent: Actor) -> None:
    signed(who, case)
    assert open_shared(parent, case.pupil_id) is None
    share_plan(who, case.pk)
    shown = open_shared(parent, case.pupil_id)
    assert shown is not None
    assert [[line.text for line in step] for step in shown.text.steps] == [[], [], [], [], [], [SHARED]]
    assert (shown.text.name, shown.psychologist) == ("Мадина", who.user.short_name)
    assert SECRET not in shown.text.written()


def test_the_case_shows_who_read_it_and_log_and_chronology_say_so(who: Actor, case: Case, parent: Actor) -> None:
    signed(who, case)
    share_plan(who, case.pk)
    assert safety_of(fresh(who, case)).readings == []
    open_shared(parent, case.pupil_id)
    open_shared(parent, case.pupil_id)
    (reading,) = safety_of(fresh(who, case)).readings
    assert reading.guardian == guardian_of(parent)
    assert reading.first_at < reading.last_at
    assert AuditEntry.objects.filter(action="shared_plan_read", actor=parent.user).count() == 2
    codes = ChronologyEntry.objects.filter(case=case).values_list("code", flat=True)
    assert "safety_plan_shared" in codes


def test_guardians_are_told_without_a_word_of_what_it_is(who: Actor, case: Case, parent: Actor) -> None:
    signed(who, case)
    share_plan(who, case.pk)
    (told,) = Alert.objects.filter(kind="plan_shared")
    assert (told.recipient_id, told.params) == (parent.user.pk, {})
    assert str(case.pk) not in told.url


def test_where_there_is_no_portal_nobody_is_told_and_it_is_shared_all_the_same(
    who: Actor, case: Case, parent: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(who, case)
    monkeypatch.setattr(sharing_services, "PORTAL_PAGE", "portal:nowhere")
    share_plan(who, case.pk)
    assert not Alert.objects.filter(kind="plan_shared").exists()
    assert open_shared(parent, case.pupil_id) is not None


def test_an_excluded_guardian_finds_what_everybody_finds_before_anything_is_shared(
    who: Actor, case: Case, parent: Actor
) -> None:
    other = parent_of(case.pupil)
    signed(who, case)
    excluded(who, case, parent)
    share_plan(who, case.pk)
    assert open_shared(parent, case.pupil_id) is None
    assert open_shared(other, case.pupil_id) is not None
    assert list(Alert.objects.filter(kind="plan_shared").values_list("recipient", flat=True)) == [other.user.pk]
    assert safety_of(fresh(who, case)).may_read == [guardian_of(other)]
    assert list(SharedReading.objects.values_list("guardian", flat=True)) == [guardian_of(other).pk]


def test_an_exclusion_after_the_sharing_holds_at_once(who: Actor, case: Case, parent: Actor) -> None:
    signed(who, case)
    share_plan(who, case.pk)
    excluded(who, case, parent)
    assert open_shared(parent, case.pupil_id) is None


def test_nobody_elses_child_is_there_and_no_staff_and_no_grown_pupil_reads_by_this_way(
    who: Actor, case: Case, parent: Actor
) -> None:
    signed(who, case)
    share_plan(who, case.pk)
    for stranger in (parent_of(PupilFactory.create()), who):
        with pytest.raises(Pupil.DoesNotExist):
            open_shared(stranger, case.pupil_id)
    Guardianship.objects.filter(pupil=case.pupil).update(starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))
    with pytest.raises(Pupil.DoesNotExist):
        open_shared(parent, case.pupil_id)


def test_at_eighteen_the_parents_reading_ends_and_the_pupil_finds_no_parents_page(
    who: Actor, case: Case, parent: Actor
) -> None:
    signed(who, case)
    share_plan(who, case.pk)
    Pupil.objects.filter(pk=case.pupil_id).update(birth_date=date(2000, 1, 1))
    with pytest.raises(Pupil.DoesNotExist):
        open_shared(parent, case.pupil_id)
    membership = MembershipFactory.create(role=Role.PUPIL, pupil=case.pupil)
    assert open_shared(Actor(membership.user, membership), case.pupil_id) is None


def test_only_a_signed_version_with_marked_lines_is_shared_and_only_once(who: Actor, case: Case) -> None:
    with pytest.raises(SafetyPlan.DoesNotExist):
        share_plan(who, case.pk)
    begin_draft(who, case.pk)
    for words in (None, text(surroundings=[Line(SHARED)])):
        if words:
            signed(who, case, words)
        with pytest.raises(CaseRefused, match="No signed line is marked"):
            share_plan(who, case.pk)
    signed(who, case)
    share_plan(who, case.pk)
    with pytest.raises(CaseRefused, match="can read this version already"):
        share_plan(who, case.pk)


def test_a_new_version_is_shared_by_an_act_of_its_own(who: Actor, case: Case, parent: Actor) -> None:
    signed(who, case)
    share_plan(who, case.pk)
    signed(who, case, text(surroundings=[Line("Окна закрыты", shared=True)]))
    shown = open_shared(parent, case.pupil_id)
    assert shown is not None
    assert SHARED in shown.text.written()
    share_plan(who, case.pk)
    shown = open_shared(parent, case.pupil_id)
    assert shown is not None
    assert "Окна закрыты" in shown.text.written()
    assert [one.ended_at is None for one in Sharing.objects.order_by("at")] == [False, True]


def test_sharing_ends_at_once_by_hand_and_with_the_case(who: Actor, case: Case, parent: Actor) -> None:
    with pytest.raises(SafetyPlan.DoesNotExist):
        end_sharing(who, case.pk)
    version = signed(who, case)
    with pytest.raises(CaseRefused, match="Nothing is shared"):
        end_sharing(who, case.pk)
    share_plan(who, case.pk)
    end_sharing(who, case.pk)
    assert open_shared(parent, case.pupil_id) is None
    share_plan(who, case.pk)
    complete_task(who, version.review_id, outcome="Подходит")
    close_case(who, case.pk, reason="Пора")
    assert open_shared(parent, case.pupil_id) is None
    end_sharing(who, case.pk)
    assert not Sharing.objects.filter(ended_at=None).exists()
    with pytest.raises(CaseRefused, match="The case is closed"):
        share_plan(who, case.pk)


def test_a_guardian_signs_what_is_shared_and_no_more(who: Actor, case: Case, parent: Actor) -> None:
    version = signed(who, case)
    seen = text().shared.sha256
    countersign(who, case.pk, guardian_id=guardian_of(parent).pk, mark=DRAWN, seen_sha256=seen)
    last = read_version(fresh(who, case), version).signed[-1]
    assert (last.who, last.signature.signer, last.signature.sha256) == (
        guardian_of(parent).short_name,
        Signer.GUARDIAN,
        seen,
    )
    assert seen != version.text_sha256


def test_who_may_not_sign_for_the_pupil_does_not(who: Actor, case: Case, parent: Actor) -> None:
    seen = text().shared.sha256

    def sign(guardian: object, seen_sha256: str = seen) -> None:
        countersign(who, case.pk, guardian_id=guardian, mark=DRAWN, seen_sha256=seen_sha256)  # type: ignore[arg-type]

    with pytest.raises(SafetyPlanVersion.DoesNotExist):
        sign(guardian_of(parent).pk)
    signed(who, case)
    with pytest.raises(CaseRefused, match="changed the text meanwhile"):
        sign(guardian_of(parent).pk, "0" * 64)
    with pytest.raises(CaseRefused, match="cannot sign for the pupil"):
        sign(uuid4())
    sign(guardian_of(parent).pk)
    with pytest.raises(CaseRefused, match="signed already"):
        sign(guardian_of(parent).pk)
    second, third = (guardian_of(parent_of(case.pupil)) for _ in range(2))
    sign(second.pk)
    with pytest.raises(CaseRefused, match="signed already"):
        sign(third.pk)
    late = parent_of(case.pupil)
    excluded(who, case, late)
    with pytest.raises(CaseRefused, match="cannot sign for the pupil"):
        sign(guardian_of(late).pk)
    unmarked = signed(who, case, text(surroundings=[Line(SHARED)]))
    with pytest.raises(CaseRefused, match="No signed line is marked"):
        sign(guardian_of(parent).pk, unmarked.shared_sha256)
    assert timezone.now() > unmarked.signed_at
