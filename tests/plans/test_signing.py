"""From the draft to a signed version, and what a signature is bound to."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case, ChronologyEntry, Task
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import assign_case, close_case, complete_task
from caseflow.clocks.models import DeadlineRule
from caseflow.directory.actors import Actor
from caseflow.directory.models import Membership
from caseflow.plans.enums import Signer, Way
from caseflow.plans.models import SafetyPlan, SafetyPlanVersion, Signature
from caseflow.plans.rules import LONGEST_LINE, MOST_LINES, Line, Mark, PlanText
from caseflow.plans.selectors import signed_plan
from caseflow.plans.selectors.versions import read_version, review_day, safety_of
from caseflow.plans.services import begin_draft, drop_draft, save_draft, sign_plan
from caseflow.records.append_only import AppendOnlyError
from tests.cases.factories import case_of, lead_over, psychologist
from tests.plans.factories import INK, SECRET, drafted, fresh, given, signed, text

pytestmark = pytest.mark.django_db
TYPED = Mark(Way.TYPED, " Мадина ")


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def codes(case: Case) -> list[str]:
    """The lines of the chronology about plans, the oldest first."""
    entries = ChronologyEntry.objects.filter(case=case).order_by("recorded_at")
    return [code for code in entries.values_list("code", flat=True) if code.startswith("safety")]


def test_a_plan_begins_with_the_first_name_and_empty_steps(who: Actor, case: Case) -> None:
    begun = begin_draft(who, case.pk)
    assert (begun.name, begun.steps) == (case.pupil.first_name, ((),) * 6)
    assert codes(case) == ["safety_plan_begun"]
    assert begin_draft(who, case.pk) == begun
    assert codes(case) == ["safety_plan_begun"]


def test_a_draft_is_sealed_and_kept_as_it_was_written(who: Actor, case: Case) -> None:
    words = drafted(who, case)
    kept = bytes(SafetyPlan.objects.get().draft_sealed)
    assert SECRET.encode() not in kept
    assert safety_of(fresh(who, case)).draft == words


def test_who_saves_over_what_somebody_else_wrote_meanwhile_is_refused(who: Actor, case: Case) -> None:
    seen = begin_draft(who, case.pk)
    save_draft(psychologist(case.school), case.pk, text(name="Мади"), seen_sha256=seen.sha256)
    with pytest.raises(CaseRefused, match="Somebody has saved the safety plan meanwhile"):
        save_draft(who, case.pk, text(), seen_sha256=seen.sha256)
    kept = safety_of(fresh(who, case)).draft
    assert kept is not None
    assert kept.name == "Мади"


def test_longer_lines_and_more_of_them_than_a_page_takes_are_refused(who: Actor, case: Case) -> None:
    seen = begin_draft(who, case.pk).sha256
    for words, said in (
        (text(signs=[Line("а" * (LONGEST_LINE + 1))]), f"A line holds {LONGEST_LINE} characters"),
        (text(name="а" * 61), "A line holds"),
        (text(signs=[Line("а")] * (MOST_LINES + 1)), f"A step holds {MOST_LINES} lines"),
    ):
        with pytest.raises(CaseRefused, match=said):
            save_draft(who, case.pk, words, seen_sha256=seen)


def test_a_signed_plan_holds_the_exact_text_and_both_signatures(who: Actor, case: Case) -> None:
    words = drafted(who, case)
    version = sign_plan(who, case.pk, given(pupil=TYPED), seen_sha256=words.sha256)
    shown = read_version(fresh(who, case), version)
    assert (shown.text, version.number, version.text_sha256) == (words, 1, words.sha256)
    assert version.shared_sha256 == words.shared.sha256
    pupil, own = shown.signed
    assert (pupil.typed, pupil.path, pupil.who, pupil.signature.witness) == ("Мадина", "", "Мадина", who.user)
    assert (own.typed, own.path, own.who) == ("", "M100 200L300 80L500 220L820 120", who.user.short_name)
    assert {each.signature.sha256 for each in shown.signed} == {words.sha256}
    assert own.signature.witness is None
    assert INK.encode() not in bytes(own.signature.content_sealed)
    assert (version.read_aloud_by, version.read_aloud_at) == (who.user, version.signed_at)
    assert codes(case) == ["safety_plan_begun", "safety_plan_signed"]
    assert AuditEntry.objects.get(action="safety_plan_signed").detail == {"version": 1, "sha256": words.sha256}
    assert safety_of(fresh(who, case)).draft is None


def test_a_changed_text_is_a_new_version_signed_anew_and_the_old_one_stays(who: Actor, case: Case) -> None:
    first = signed(who, case)
    assert begin_draft(who, case.pk) == text()
    second = signed(who, case, text(alone=[Line("Рисую")]))
    assert [version.number for version in SafetyPlanVersion.objects.all()] == [2, 1]
    assert read_version(fresh(who, case), first).text == text()
    assert first.text_sha256 != second.text_sha256
    assert [second.signatures.count(), first.signatures.count()] == [2, 2]
    assert codes(case) == ["safety_plan_begun", "safety_plan_signed", "safety_plan_renewed", "safety_plan_signed"]


def test_a_signature_for_another_text_than_the_one_that_stands_there_is_refused(who: Actor, case: Case) -> None:
    read_aloud = drafted(who, case)
    save_draft(who, case.pk, text(name="Мади"), seen_sha256=read_aloud.sha256)
    with pytest.raises(CaseRefused, match="Somebody has changed the text meanwhile"):
        sign_plan(who, case.pk, given(), seen_sha256=read_aloud.sha256)
    assert not SafetyPlanVersion.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"read_aloud": False}, "Read the plan aloud"),
        ({"pupil": Mark(Way.DRAWN, "[]")}, "A signature is missing: Pupil"),
        ({"pupil": Mark(Way.DRAWN, "Мадина")}, "A signature is missing: Pupil"),
        ({"psychologist": Mark(Way.TYPED, " ")}, "A signature is missing: Psychologist"),
        ({"psychologist": Mark(Way.TYPED, "а" * 61)}, "A signature is missing: Psychologist"),
        ({"review_on": timezone.localdate()}, "This day has passed"),
        ({"review_on": timezone.localdate() + timedelta(days=367)}, "Choose a day within a year"),
    ],
)
def test_nothing_is_signed_while_something_of_the_signing_is_missing(
    who: Actor, case: Case, changes: dict[str, object], said: str
) -> None:
    draft = drafted(who, case)
    with pytest.raises(CaseRefused, match=said):
        sign_plan(who, case.pk, given(**changes), seen_sha256=draft.sha256)
    assert (SafetyPlanVersion.objects.count(), Signature.objects.count(), Task.objects.count()) == (0, 0, 0)


def test_without_means_restriction_nothing_is_signed(who: Actor, case: Case) -> None:
    draft = drafted(who, case, text(surroundings=[]))
    with pytest.raises(CaseRefused, match="Step 6 is empty"):
        sign_plan(who, case.pk, given(), seen_sha256=draft.sha256)


def test_a_plan_longer_than_a_page_says_which_step_to_shorten(who: Actor, case: Case) -> None:
    full = [Line("щ" * LONGEST_LINE)] * MOST_LINES  # one word: it breaks too
    draft = drafted(who, case, PlanText("Мадина", (tuple(full),) * 6))
    with pytest.raises(CaseRefused, match="Shorten step 1, “How I notice"):
        sign_plan(who, case.pk, given(), seen_sha256=draft.sha256)


def test_the_plan_is_looked_at_again_by_whoever_leads_the_case(who: Actor, case: Case) -> None:
    colleague = psychologist(case.school)
    version = signed(colleague, case)
    task = version.review
    day = timezone.localdate() + timedelta(days=30)
    assert (task.owner, timezone.localtime(task.due_at).date(), review_day()) == (who.user, day, day)
    DeadlineRule.objects.filter(code="safety_plan_review").update(amount=14)
    assert review_day(date(2026, 11, 1)) == date(2026, 11, 15)


def test_where_whoever_leads_the_case_has_left_the_signer_looks_again(who: Actor, case: Case) -> None:
    Membership.objects.filter(pk=who.membership.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    lead = lead_over(case.school)
    assign_case(psychologist(case.school), case.pk, lead.user.pk)
    assert signed(lead, case).review.owner == lead.user


def test_a_new_version_ends_the_task_to_look_at_the_old_one(who: Actor, case: Case) -> None:
    first = signed(who, case).review
    signed(who, case)
    first.refresh_from_db()
    assert first.done_at is not None
    second = Task.objects.get(done_at=None)
    complete_task(who, second.pk, outcome="План подходит")
    signed(who, case)
    assert Task.objects.filter(done_at=None).count() == 1


def test_a_draft_is_dropped_only_beside_something_signed(who: Actor, case: Case) -> None:
    draft = drafted(who, case)
    with pytest.raises(CaseRefused, match="Nothing of this plan is signed yet"):
        drop_draft(who, case.pk, seen_sha256=draft.sha256)
    signed(who, case)
    with pytest.raises(CaseRefused, match="Begin a new version first"):
        drop_draft(who, case.pk, seen_sha256=draft.sha256)
    draft = begin_draft(who, case.pk)
    drop_draft(who, case.pk, seen_sha256=draft.sha256)
    assert safety_of(fresh(who, case)).draft is None
    with pytest.raises(CaseRefused, match="Begin a new version first"):
        drop_draft(who, case_of(who).pk, seen_sha256="")


def test_in_a_closed_case_nothing_is_written_and_in_a_strangers_nothing_is_there(who: Actor, case: Case) -> None:
    with pytest.raises(Case.DoesNotExist):
        begin_draft(psychologist(), case.pk)
    close_case(who, case.pk, reason="Пора")
    with pytest.raises(CaseRefused, match="The case is closed"):
        begin_draft(who, case.pk)


def test_what_is_signed_cannot_be_changed_by_any_way_of_the_program(who: Actor, case: Case) -> None:
    version = signed(who, case)
    signature = version.signatures.all()[0]
    for row in (version, signature):
        with pytest.raises(AppendOnlyError):
            row.save()
    with pytest.raises(AppendOnlyError):
        SafetyPlanVersion.objects.filter(pk=version.pk).update(number=2)
    with pytest.raises(AppendOnlyError):
        Signature.objects.filter(pk=signature.pk).update(sha256="0" * 64)
    Signature.objects.filter(version=version).delete()
    version.delete()
    assert not SafetyPlanVersion.objects.exists()


def test_the_database_takes_no_second_signature_and_no_typed_name_without_a_witness(who: Actor, case: Case) -> None:
    version = signed(who, case)
    facts = {"version": version, "content_sealed": b"x", "sha256": "0" * 64, "at": version.signed_at}
    for wrong in (
        {"signer": Signer.PUPIL, "way": Way.DRAWN},
        {"signer": Signer.PSYCHOLOGIST, "user": who.user, "way": Way.TYPED},
        {"signer": Signer.GUARDIAN, "way": Way.DRAWN},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.create(**facts, **wrong)


def test_the_high_risk_flow_finds_a_version_signed_since_it_began(who: Actor, case: Case) -> None:
    assert signed_plan(case, None) is None
    begun = timezone.now()
    first = signed(who, case)
    assert signed_plan(case, None) == first
    assert signed_plan(case, begun) == first
    assert signed_plan(case, first.signed_at) == first
    assert signed_plan(case, first.signed_at + timedelta(seconds=1)) is None
    second = signed(who, case)
    assert signed_plan(case, first.signed_at + timedelta(microseconds=1)) == second
    assert signed_plan(case_of(who), None) is None


def test_a_draft_signed_at_once_by_drawing_has_no_witness(who: Actor, case: Case) -> None:
    version = signed(who, case)
    assert [(each.way, each.witness) for each in version.signatures.all()] == [(Way.DRAWN, None)] * 2
