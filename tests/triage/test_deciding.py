from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.cases.services import open_case
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.triage import readable
from caseflow.triage.enums import Audience, DismissReason, ItemKind, ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import items_of_case, reasons_of, scoped_items
from caseflow.triage.services import (
    AlreadyDecidedError,
    BadDecisionError,
    ClaimedError,
    claim,
    decide,
    release,
    undo,
)
from caseflow.triage.services.deciding import _win
from caseflow.undo.rules import TooLateError
from tests.cases.factories import note_in
from tests.directory.factories import SchoolFactory, actor
from tests.triage.factories import item_at, make_parent, pupil_at, signal_at

pytestmark = pytest.mark.django_db
REASON: dict[str, Any] = {
    "decision": "dismiss",
    "reason_code": "not_confirmed",
    "reason": "Старая ссора, решена",
}


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def colleague(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def lead(school: School) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, district=school.district)


def nothing_readable(_items: object) -> set[UUID]:
    return set()


@pytest.fixture
def withdrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(readable._filters, ItemKind.SIGNAL, f"{__name__}.nothing_readable")


def test_opening_a_case_stops_the_psychological_clock_and_leaves_the_legal_one(
    school: School, psychologist: Actor
) -> None:
    item = item_at(school)
    decided = decide(psychologist, item_id=item.pk, decision="open_case")
    assert decided.state == ItemState.CASE_OPENED
    assert decided.case is not None
    assert decided.case.pupil_id == item.pupil_id
    assert decided.case.entries.get().ref == f"triage:{item.pk}"
    assert Clock.objects.get(pk=item.psych_clock_id).stopped_at == decided.decided_at
    assert Clock.objects.get(pk=item.legal_clock_id or uuid4()).stopped_at is None


def test_linking_leaves_a_reference_in_the_chronology(school: School, psychologist: Actor) -> None:
    item = item_at(school)
    case = open_case(psychologist, pupil_id=item.pupil_id or uuid4(), reason="Раньше")
    decided = decide(psychologist, item_id=item.pk, decision="link", case_id=case.pk)
    assert decided.state == ItemState.LINKED
    assert [(e.code, e.ref) for e in case.entries.filter(kind="incident")] == [("triage_linked", f"triage:{item.pk}")]


def test_linking_to_a_case_of_another_school_is_refused(school: School, psychologist: Actor) -> None:
    elsewhere = SchoolFactory.create()
    stranger = actor(Role.PSYCHOLOGIST, school=elsewhere)
    case = open_case(stranger, pupil_id=pupil_at(elsewhere).pk, reason="Чужое")
    item = item_at(school)
    with pytest.raises(BadDecisionError, match="Choose an open case"):
        decide(psychologist, item_id=item.pk, decision="link", case_id=case.pk)
    assert TriageItem.objects.get(pk=item.pk).state == ItemState.NEW


def test_a_dismissal_is_kept_with_its_sealed_reason(school: School, psychologist: Actor) -> None:
    item = item_at(school)
    decided = decide(psychologist, item_id=item.pk, **REASON)
    assert (decided.state, decided.reason_code) == (ItemState.DISMISSED, DismissReason.NOT_CONFIRMED)
    assert REASON["reason"].encode() not in bytes(decided.reason_sealed)
    assert reasons_of(decided) == (REASON["reason"], "")


@pytest.mark.parametrize(
    "missing", [{"reason_code": ""}, {"reason": ""}, {"reason": "да"}, {"reason_code": "consent_withdrawn"}]
)
def test_a_dismissal_without_reason_and_explanation_is_refused(
    school: School, psychologist: Actor, missing: dict[str, Any]
) -> None:
    item = item_at(school)
    with pytest.raises(BadDecisionError):
        decide(psychologist, item_id=item.pk, **REASON | missing)
    assert Clock.objects.get(pk=item.psych_clock_id).stopped_at is None


def test_the_second_decision_learns_who_was_first_and_when(
    school: School, psychologist: Actor, colleague: Actor
) -> None:
    item = item_at(school)
    first = decide(psychologist, item_id=item.pk, **REASON)
    with pytest.raises(AlreadyDecidedError) as lost:
        decide(colleague, item_id=item.pk, decision="open_case")
    assert (lost.value.by, lost.value.at) == (psychologist.user.short_name, first.decided_at)
    assert not Case.objects.exists()


def test_a_decided_item_is_claimed_by_nobody(school: School, psychologist: Actor) -> None:
    item = item_at(school)
    decide(psychologist, item_id=item.pk, **REASON)

    with pytest.raises(AlreadyDecidedError):
        claim(psychologist, item.pk)


def test_a_claim_keeps_others_out_until_it_is_released_or_over(
    school: School, psychologist: Actor, colleague: Actor
) -> None:
    item = item_at(school)
    claim(psychologist, item.pk)
    with pytest.raises(ClaimedError) as held:
        decide(colleague, item_id=item.pk, **REASON)
    assert held.value.by == psychologist.user.short_name
    assert release(colleague, item.pk) is False
    assert release(psychologist, item.pk) is True
    claim(colleague, item.pk)
    TriageItem.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert decide(psychologist, item_id=item.pk, **REASON).state == ItemState.DISMISSED


def test_a_report_that_names_nobody_needs_a_pupil_for_its_case(school: School, psychologist: Actor) -> None:
    item = item_at(school)
    TriageItem.objects.update(pupil=None)
    with pytest.raises(BadDecisionError, match="pupil"):
        decide(psychologist, item_id=item.pk, decision="open_case")
    pupil = pupil_at(school)
    assert decide(psychologist, item_id=item.pk, decision="open_case", pupil_id=pupil.pk).pupil == pupil
    assert undo(psychologist, item.pk).pupil is None


def test_a_second_case_for_a_pupil_is_refused_with_its_number(school: School, psychologist: Actor) -> None:
    item = item_at(school)
    open_case(psychologist, pupil_id=item.pupil_id or uuid4(), reason="Раньше")
    with pytest.raises(BadDecisionError, match=r"no\. 1"):
        decide(psychologist, item_id=item.pk, decision="open_case")
    assert TriageItem.objects.get(pk=item.pk).state == ItemState.NEW


def test_a_withdrawn_signal_can_only_be_closed(school: School, psychologist: Actor, withdrawn: None) -> None:
    item = signal_at(school)
    wishes: list[dict[str, Any]] = [REASON, {"decision": "open_case"}]
    for wish in wishes:
        with pytest.raises(BadDecisionError, match="withdrawn"):
            decide(psychologist, item_id=item.pk, **wish)
    closed = decide(psychologist, item_id=item.pk, decision="dismiss", reason_code="consent_withdrawn")
    assert closed.state == ItemState.DISMISSED


def test_a_cry_for_help_waits_for_the_lead_and_its_clock_runs_on(
    school: School, psychologist: Actor, lead: Actor
) -> None:
    item = item_at(school, second_person=True)
    proposed = decide(psychologist, item_id=item.pk, **REASON)
    assert (proposed.state, proposed.decided_at) == (ItemState.SECOND_PERSON, None)
    assert Clock.objects.get(pk=item.psych_clock_id).stopped_at is None
    with pytest.raises(BadDecisionError, match="second person"):
        decide(psychologist, item_id=item.pk, **REASON)
    confirmed = decide(lead, item_id=item.pk, **REASON | {"reason": "Проверила, согласна"})
    assert (confirmed.state, confirmed.decided_by) == (ItemState.DISMISSED, lead.user)
    assert reasons_of(confirmed) == (REASON["reason"], "Проверила, согласна")


def test_a_proposal_and_a_confirmation_can_each_be_taken_back(school: School, psychologist: Actor, lead: Actor) -> None:
    item = item_at(school, second_person=True)
    decide(psychologist, item_id=item.pk, **REASON)
    assert undo(psychologist, item.pk).state == ItemState.NEW
    decide(psychologist, item_id=item.pk, **REASON)
    decide(lead, item_id=item.pk, **REASON)
    assert undo(lead, item.pk).state == ItemState.SECOND_PERSON
    assert Clock.objects.get(pk=item.psych_clock_id).stopped_at is None


def test_undo_closes_the_case_and_lets_the_clock_run_on(school: School, psychologist: Actor) -> None:
    item = item_at(school)
    case = decide(psychologist, item_id=item.pk, decision="open_case").case
    assert case is not None
    back = undo(psychologist, item.pk)
    assert (back.state, back.case, back.decided_by) == (ItemState.NEW, None, None)
    assert Case.objects.get(pk=case.pk).stage == "closed"
    assert Clock.objects.get(pk=item.psych_clock_id).stopped_at is None
    assert AuditEntry.objects.filter(action="triage.undone", obj=f"triage:{item.pk}").count() == 1


def test_undo_of_a_link_stays_visible_in_the_chronology(school: School, psychologist: Actor) -> None:
    item = item_at(school)
    case = open_case(psychologist, pupil_id=item.pupil_id or uuid4(), reason="Раньше")
    decide(psychologist, item_id=item.pk, decision="link", case_id=case.pk)
    undo(psychologist, item.pk)
    codes = case.entries.filter(kind="incident").order_by("recorded_at").values_list("code", flat=True)
    assert list(codes) == ["triage_linked", "triage_unlinked"]


def test_undo_is_for_the_decider_within_fifteen_seconds(school: School, psychologist: Actor, colleague: Actor) -> None:
    item = item_at(school)
    decide(psychologist, item_id=item.pk, **REASON)
    with pytest.raises(TooLateError):
        undo(colleague, item.pk)
    TriageItem.objects.update(decided_at=timezone.now() - timedelta(seconds=16))
    with pytest.raises(TooLateError):
        undo(psychologist, item.pk)
    assert TriageItem.objects.get(pk=item.pk).state == ItemState.DISMISSED


def test_undo_is_refused_once_somebody_worked_in_the_case(school: School, psychologist: Actor) -> None:
    from_item = decide(psychologist, item_id=item_at(school).pk, decision="open_case")
    assert from_item.case is not None
    note_in(from_item.case, psychologist, "Разговор состоялся")
    with pytest.raises(TooLateError):
        undo(psychologist, from_item.pk)
    assert TriageItem.objects.get(pk=from_item.pk).state == ItemState.CASE_OPENED


def test_the_school_never_sees_what_is_for_the_lead(school: School, psychologist: Actor, lead: Actor) -> None:
    kept, plain = item_at(school, audience=Audience.LEAD), item_at(school)
    assert set(scoped_items(psychologist)) == {plain}
    assert set(scoped_items(lead)) == {kept}
    with pytest.raises(TriageItem.DoesNotExist):
        decide(psychologist, item_id=kept.pk, **REASON)


def test_a_parent_on_the_staff_does_not_see_the_own_childs_item(
    school: School, psychologist: Actor, colleague: Actor
) -> None:
    pupil = pupil_at(school)
    make_parent(psychologist, pupil)
    item = item_at(school, pupil)
    assert list(scoped_items(psychologist)) == []
    assert list(scoped_items(colleague)) == [item]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)])
def test_no_other_role_has_a_queue(school: School, role: Role) -> None:
    item_at(school)
    assert list(scoped_items(actor(role, school=school))) == []


def test_who_read_the_item_before_a_rivals_decision_still_loses(
    school: School, psychologist: Actor, colleague: Actor
) -> None:
    stale = item_at(school, second_person=True)
    decide(psychologist, item_id=stale.pk, **REASON)
    with pytest.raises(AlreadyDecidedError) as lost:
        _win(colleague, stale, {"reason_code": "other"})
    assert (lost.value.by, lost.value.state) == (psychologist.user.short_name, ItemState.SECOND_PERSON)


def test_a_lead_sees_what_was_kept_from_the_school_in_a_case(school: School, psychologist: Actor, lead: Actor) -> None:
    item = item_at(school, audience=Audience.LEAD)
    case = decide(lead, item_id=item.pk, decision="open_case").case
    assert case is not None
    assert list(items_of_case(lead, case.pk)) == [item]
    assert list(items_of_case(psychologist, case.pk)) == []
