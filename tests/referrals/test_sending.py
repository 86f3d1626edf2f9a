from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import close_case, set_risk
from caseflow.directory.enums import AgencyKind, Role
from caseflow.records.vault import seal, where
from caseflow.referrals.enums import Ground, Kind, State, Told
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import LONGEST_TEXT, Draft
from caseflow.referrals.selectors.composing import letter_of
from caseflow.referrals.selectors.writing import writing_of
from caseflow.referrals.services import begin_referral, drop_referral, send_referral, send_written, write_referral
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import AgencyFactory, GuardianshipFactory, SchoolFactory, actor
from tests.plans.factories import SECRET, SHARED, signed
from tests.referrals.factories import ASKED, REASON, WHY, agree, drafted, officer_of, seen, sent, withdraw, written

pytestmark = pytest.mark.django_db


def told_in(referral: Referral) -> dict[Told, str]:
    return {line.told: line.plain for line in letter_of(Referral.objects.get(pk=referral.pk)).lines}


def test_a_referral_on_a_legal_ground_is_frozen_told_and_reviewed() -> None:
    who = psychologist()
    case = case_of(who)
    lead, officer = lead_over(case.school), officer_of(case)
    referral = sent(who, case, officer)
    fresh = Referral.objects.get(pk=referral.pk)
    assert (fresh.state, fresh.basis, fresh.sent_by) == (State.SENT, "danger_to_life", who.user)
    assert bytes(fresh.draft_sealed) == b""
    assert told_in(referral) == {
        Told.NAME: case.pupil.full_name,
        Told.BIRTH_DATE: f"{case.pupil.birth_date:%d.%m.%Y}",
        Told.REASON: REASON,
        Told.ASKED: ASKED,
    }
    assert letter_of(fresh).sha256 == fresh.letter_sha256
    assert case.entries.get(code="referral_send").params["receiver"]["ru"] == "Поликлиника"
    kinds = dict(Alert.objects.values_list("recipient", "kind"))
    assert (kinds[officer.user.pk], kinds[lead.user.pk]) == ("referral_new", "referral_ground")
    assert fresh.accept_clock is not None
    assert fresh.review_clock is not None
    assert (fresh.accept_clock.code, fresh.review_clock.code) == ("referral_accept", "protective_work_review")
    assert fresh.review_clock.due_at - fresh.review_clock.started_at == timedelta(hours=24)
    assert "referral_send" in AuditEntry.objects.values_list("action", flat=True)


def test_consent_carries_only_whom_it_names_and_any_refusal_wins() -> None:
    who = psychologist()
    case = case_of(who)
    clinic, police = officer_of(case), officer_of(case, AgencyKind.POLICE)
    by_consent = {"ground": Ground.CONSENT, "basis": "", "ground_words": ""}
    with pytest.raises(CaseRefused, match="no active consent"):
        sent(who, case, clinic, **by_consent)
    guardian = agree(case.pupil)
    with pytest.raises(CaseRefused, match="does not name receivers"):
        sent(who, case, police, **by_consent)
    referral = sent(who, case, clinic, **by_consent)
    assert (referral.ground, referral.review_clock) == (Ground.CONSENT, None)
    withdraw(case.pupil, guardian)
    with pytest.raises(CaseRefused, match="no active consent"):
        sent(who, case, clinic, **by_consent)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ground": ""}, "Choose on what ground"),
        ({"basis": "without_care"}, "a legal ground that holds"),
        ({"ground_words": " "}, "what makes the legal ground hold"),
        ({"draft": Draft((), " ")}, "what you ask"),
        ({"draft": Draft(("reason",), ASKED)}, "is chosen, but nothing"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_sent(changes: dict[str, object], said: str) -> None:
    who = psychologist()
    case = case_of(who)
    with pytest.raises(CaseRefused, match=said):
        sent(who, case, officer_of(case), **changes)
    assert not Alert.objects.exists()


def test_a_receiver_has_to_be_chosen_offered_and_there() -> None:
    who = psychologist()
    case = case_of(who)
    referral = begin_referral(who, case.pk, Kind.REFERRAL)
    assert writing_of(who, referral).missing == ("Choose who receives it.",)
    far = AgencyFactory.create(kind=AgencyKind.HEALTH)
    prosecution = AgencyFactory.create(
        kind=AgencyKind.PROSECUTION, region=case.school.district.region, district=case.school.district
    )
    for elsewhere in (far, prosecution, case.school, SchoolFactory.create()):
        with pytest.raises(CaseRefused, match="cannot be sent there"):
            write_referral(who, referral.pk, written(elsewhere))
    empty = AgencyFactory.create(kind=AgencyKind.HEALTH, region=case.school.district.region)
    write_referral(who, referral.pk, written(empty))
    with pytest.raises(CaseRefused, match="Nobody of this receiver"):
        send_referral(who, referral.pk, seen_sha256=seen(referral))


def test_what_is_sent_is_what_was_seen_and_never_changes() -> None:
    who = psychologist()
    case = case_of(who)
    officer = officer_of(case)
    referral = drafted(who, case, officer.membership.agency)
    old = seen(referral)
    changed = written(officer.membership.agency, draft=Draft((), "Другое"))
    with pytest.raises(CaseRefused, match="has changed since you saw it"):
        send_written(who, referral.pk, changed, seen_sha256=old)
    assert seen(referral) == old  # all or nothing
    send_written(who, referral.pk, written(officer.membership.agency), seen_sha256=old)
    for act in (
        lambda: write_referral(who, referral.pk, changed),
        lambda: send_referral(who, referral.pk, seen_sha256=old),
        lambda: drop_referral(who, referral.pk),
    ):
        with pytest.raises(CaseRefused, match="sent already"):
            act()


def test_fields_are_taken_from_the_case_at_the_moment() -> None:
    who = psychologist()
    pupil = pupil_of(who)
    mother, father = (GuardianshipFactory.create(pupil=pupil).guardian for _ in range(2))
    mother.phone_sealed = seal(mother.data_key, "+7 700 000 00 01", where("directory.Guardian", mother.pk, "phone"))
    mother.save()
    case = case_of(who, pupil)
    signed(who, case)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    every = Draft(tuple(Told.values), ASKED, (("reason", REASON), ("done_so_far", "Беседа"), ("facts", "Ушла")))
    told = told_in(sent(who, case, officer_of(case), draft=every))
    assert set(told) == set(Told)
    assert told[Told.RISK] == "high"
    assert told[Told.SAFETY_PLAN] == SHARED
    assert SECRET not in "".join(told.values())
    assert sorted(told[Told.GUARDIANS].split("\n")) == sorted(
        [f"{mother.full_name}, +7 700 000 00 01", f"{father.full_name}, —"]
    )
    lonely = psychologist()
    bare = case_of(lonely, pupil_of(lonely))
    police = officer_of(bare, AgencyKind.POLICE)
    told = told_in(sent(lonely, bare, police, draft=every))
    assert told[Told.GUARDIANS] == "—"
    assert set(told) == {Told.NAME, Told.BIRTH_DATE, Told.SCHOOL_CLASS, Told.GUARDIANS, Told.FACTS, Told.ASKED}


def test_a_draft_is_gone_on_with_dropped_and_limited() -> None:
    who = psychologist()
    case = case_of(who)
    first = begin_referral(who, case.pk, Kind.REFERRAL)
    assert begin_referral(who, case.pk, Kind.REFERRAL) == first
    assert begin_referral(who, case.pk, Kind.TRANSFER) != first
    with pytest.raises(CaseRefused, match="characters at most"):
        write_referral(who, first.pk, written(None, draft=Draft((), "я" * (LONGEST_TEXT + 1))))
    write_referral(who, first.pk, written(None, draft=Draft()))
    assert drop_referral(who, first.pk) == case.pk
    assert not Referral.objects.filter(pk=first.pk).exists()
    stranger = psychologist()
    other = begin_referral(who, case.pk, Kind.REFERRAL)
    with pytest.raises(Referral.DoesNotExist):
        drop_referral(stranger, other.pk)
    with pytest.raises(Case.DoesNotExist):
        begin_referral(stranger, case.pk, Kind.REFERRAL)
    drop_referral(who, other.pk)
    close_case(who, case.pk, reason="Помощь больше не нужна")
    with pytest.raises(CaseRefused, match="closed"):
        begin_referral(who, case.pk, Kind.REFERRAL)


def test_urgent_ones_are_due_today_and_a_parent_at_the_agency_is_not_told() -> None:
    who = psychologist()
    case = case_of(who)
    officer = officer_of(case)
    parent = actor(Role.AGENCY_OFFICER, agency=officer.membership.agency)
    guardian = GuardianshipFactory.create(pupil=case.pupil).guardian
    guardian.user = parent.user
    guardian.save()
    referral = sent(who, case, officer, urgent=True)
    clock = Referral.objects.get(pk=referral.pk).accept_clock
    assert clock is not None
    assert clock.code == "referral_accept_urgent"
    assert timezone.localdate(clock.due_at - timedelta(seconds=1)) == timezone.localdate()
    url = reverse("referrals:detail", args=[referral.pk])
    assert set(Alert.objects.filter(url=url).values_list("recipient", flat=True)) == {officer.user.pk}
    assert isinstance(referral.pk, UUID)
    assert WHY not in "".join(Alert.objects.values_list("params", flat=True).__str__())
