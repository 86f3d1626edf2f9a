"""The agency is reminded, and a missed decision reaches prosecutor and chair by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.clocks.models import Clock, Escalation
from caseflow.clocks.services import sweep
from caseflow.council.enums import Move
from caseflow.council.models import Decision
from caseflow.council.selectors.register import LATE, Asked, counts_of, register
from caseflow.council.services.clocks import looks_at_decisions
from caseflow.council.wording import state_words
from notifications.models import Alert
from tests.council.factories import Table, approved, moved, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(db: None) -> Table:
    return table()


def told(kind: str) -> set[int]:
    return set(Alert.objects.filter(kind=kind).values_list("recipient_id", flat=True))


def ended(decision: Decision, days: int) -> Decision:
    """As if its day had been over for so long."""
    day = timezone.localdate() - timedelta(days=days)
    Decision.objects.filter(pk=decision.pk).update(due_on=day)
    due = timezone.now() - timedelta(days=days, minutes=1)
    Clock.objects.filter(council_decision=decision).update(
        started_at=due - timedelta(days=9), warn_at=due - timedelta(days=2), due_at=due
    )
    decision.refresh_from_db()
    return decision


def test_the_agency_alone_is_reminded(at: Table) -> None:
    decision = approved(at)
    assert decision.clock is not None
    sweep(decision.clock.warn_at + timedelta(minutes=1))
    assert told("deadline_near") == {at.officer.user.pk}
    assert told("deadline_missed") == set()


def test_a_missed_one_reaches_the_prosecutor_at_once_and_the_chair_after_three_working_days(at: Table) -> None:
    decision = ended(approved(at), 1)
    sweep(timezone.now())
    assert told("deadline_missed") == {at.officer.user.pk, at.prosecutor.user.pk}
    sweep(timezone.now() + timedelta(days=8))
    assert told("deadline_missed") == {at.officer.user.pk, at.prosecutor.user.pk, at.chair.user.pk}
    reached = Escalation.objects.filter(clock=decision.clock_id)
    assert [step.told for step in reached] == [
        ["agency:agency_officer", "region:prosecutor"],
        ["region:council_chair"],
    ]


def test_what_was_reported_in_time_escalates_no_more_and_runs_on_when_it_is_returned(at: Table) -> None:
    decision = approved(at)
    moved(at.officer, decision, Move.REPORT)
    assert decision.clock is not None
    sweep(decision.clock.due_at + timedelta(days=9))
    assert told("deadline_missed") == set()
    moved(at.chair, decision, Move.RETURN)
    sweep(decision.clock.due_at + timedelta(days=9))
    assert at.prosecutor.user.pk in told("deadline_missed")


def test_overdue_is_computed_and_stands_first(at: Table) -> None:
    late, _running = ended(approved(at), 2), approved(at)
    done = approved(at)
    moved(at.officer, done, Move.REPORT)
    assert next(iter(register(at.member, Asked()))).pk == late.pk
    assert [one.pk for one in register(at.officer, Asked(LATE))] == [late.pk]
    counts = counts_of(at.chair)
    assert (counts.all, counts.running, counts.late, counts.waiting, counts.done) == (3, 2, 1, 1, 0)
    assert state_words(register(at.chair, Asked())[0]) == "overdue, 2 days"
    moved(at.officer, late, Move.REPORT)
    moved(at.chair, late, Move.ACCEPT)
    assert state_words(register(at.chair, Asked("done"))[0]).startswith("done late, ")


def test_a_list_of_clocks_says_who_has_it_and_leads_only_those_who_may_read_it(at: Table) -> None:
    decision = approved(at)
    assert decision.clock_id is not None
    mine = looks_at_decisions(at.officer, [decision.clock_id])[decision.clock_id]
    assert (mine.who, mine.url) == (str(at.agency), f"/council/decisions/{decision.pk}/")
    assert looks_at_decisions(table().chair, [decision.clock_id])[decision.clock_id].url == ""
