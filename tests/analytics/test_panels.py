"""What other pages show of the analysis: the case, the portal, the API."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.enums import Mode, Presence, RunState
from analytics.models import AnalysisRun, RunSeat, SeatState
from analytics.services.correcting import take_out_contradicted
from analytics.services.signals import evaluate
from analytics.services.switching import set_mode
from analytics.services.withdrawal import purge_withdrawn
from caseflow.audit.models import AuditEntry
from caseflow.cases.services import assign_case
from caseflow.consent.enums import EventKind, Purpose
from caseflow.consent.services import approve_exclusion, dissent, exclude_guardian
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.triage.models import TriageItem
from caseflow.triage.services import decide
from tests.analytics.factories import (
    GROUNDS,
    Lesson,
    history,
    lesson,
    run_of,
    seen,
    signal_for,
    withdraw,
)
from tests.cases.factories import case_of
from tests.consent.factories import line
from tests.directory.factories import MembershipFactory, actor, parent_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=2)


@pytest.fixture
def client(where: Lesson) -> Client:
    return signed_in(where.psychologist)


@pytest.fixture
def lead(where: Lesson) -> Client:
    return signed_in(actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district))


def text(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"analytics:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


class TestMoodPanel:
    def test_it_shows_the_own_days_and_is_recorded(self, where: Lesson, client: Client) -> None:
        history(where, usual=5, shifted=0)

        page = text(client, "mood-panel", where.pupils[0].pk)

        assert "5 valid days" in page
        assert "15 more valid days until the usual range is known." in page
        assert "tirek-builtin 1.0" in page
        assert AuditEntry.objects.filter(action="read", pupil_id=where.pupils[0].pk).count() == 1

    def test_a_signal_is_one_click_away(self, where: Lesson, client: Client) -> None:
        signal = signal_for(where)

        page = text(client, "mood-panel", where.pupils[0].pk)
        assert reverse("analytics:signal", args=[signal.pk]) in page
        assert "A sustained change in observed facial expression against the pupil's own baseline" in page

    def test_a_closed_gate_and_no_data_look_the_same(self, where: Lesson, client: Client) -> None:
        history(where, usual=2, shifted=0)
        withdraw(where.pupils[0])

        closed = text(client, "mood-panel", where.pupils[0].pk)

        assert closed == text(client, "mood-panel", where.pupils[1].pk)
        assert "Nothing to show" in closed

    def test_in_shadow_the_school_sees_nothing(self, where: Lesson, client: Client, lead: Client) -> None:
        history(where, usual=2, shifted=0)
        set_mode(where.psychologist.user, where.school, Mode.SHADOW, GROUNDS)

        assert "Nothing to show" in text(client, "mood-panel", where.pupils[0].pk)
        assert "2 valid days" in text(lead, "mood-panel", where.pupils[0].pk)

    def test_once_it_is_active_a_lead_sees_only_the_pupils_of_their_cases(self, where: Lesson) -> None:
        history(where, usual=2, shifted=0)
        leading = actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district)
        assert "Nothing to show" in text(signed_in(leading), "mood-panel", where.pupils[0].pk)

        case = case_of(where.psychologist, where.pupils[0])
        assign_case(where.psychologist, case.pk, leading.user.pk)

        assert "2 valid days" in text(signed_in(leading), "mood-panel", where.pupils[0].pk)

    def test_another_schools_pupil_is_not_there(self, where: Lesson) -> None:
        stranger = signed_in(lesson(pupils=1).psychologist)

        assert stranger.get(reverse("analytics:mood-panel", args=[where.pupils[0].pk])).status_code == 404


class TestAiUse:
    def test_a_parent_reads_when_where_and_with_what_a_fortnight_later(self, where: Lesson) -> None:
        run = run_of(where, state=RunState.DONE)
        seen(run, where.seats[0])
        parent = signed_in(parent_of(where.pupils[0]))
        assert "tirek-builtin" not in text(parent, "ai-use", where.pupils[0].pk)

        ended(run, days=15)

        page = text(parent, "ai-use", where.pupils[0].pk)
        assert "tirek-builtin 1.0" in page
        assert str(where.slot.room) in page
        assert "0.1" not in page

    def test_what_was_decided_is_told_a_fortnight_later(self, where: Lesson) -> None:
        signal = signal_for(where)
        decide(where.psychologist, item_id=signal.pk, decision="open_case")
        parent = signed_in(parent_of(where.pupils[0]))
        assert "noticed a shift" not in text(parent, "ai-use", where.pupils[0].pk)

        TriageItem.objects.update(decided_at=timezone.now() - timedelta(days=15))

        assert "Case opened" in text(parent, "ai-use", where.pupils[0].pk)

    def test_what_was_decided_in_shadow_is_not_told(self, where: Lesson) -> None:
        set_mode(where.psychologist.user, where.school, Mode.SHADOW, GROUNDS)
        signal = signal_for(where)
        lead = actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district)
        decide(lead, item_id=signal.pk, decision="open_case")
        TriageItem.objects.update(decided_at=timezone.now() - timedelta(days=15))

        page = text(signed_in(parent_of(where.pupils[0])), "ai-use", where.pupils[0].pk)

        assert "noticed a shift" not in page

    def test_that_an_item_was_closed_for_a_withdrawal_is_not_told(self, where: Lesson) -> None:
        signal = signal_for(where)
        withdraw(where.pupils[0])
        decide(where.psychologist, item_id=signal.pk, decision="dismiss", reason_code="consent_withdrawn")
        TriageItem.objects.update(decided_at=timezone.now() - timedelta(days=15))

        page = text(signed_in(parent_of(where.pupils[0])), "ai-use", where.pupils[0].pk)

        assert "noticed a shift" not in page

    def test_another_child_is_not_there(self, where: Lesson) -> None:
        parent = signed_in(parent_of(where.pupils[0]))

        assert parent.get(reverse("analytics:ai-use", args=[where.pupils[1].pk])).status_code == 404

    def test_nothing_to_tell_is_said_without_saying_that_nothing_was(self, where: Lesson) -> None:
        page = text(signed_in(parent_of(where.pupils[1])), "ai-use", where.pupils[1].pk)

        assert "Nothing to show yet. A use of AI appears 14 days after it." in page


@pytest.mark.parametrize("closing", ["exclusion", "dissent", "withdrawal of the other guardian"])
def test_what_guardians_were_told_of_ai_stays_said_whatever_closes_the_gate(where: Lesson, closing: str) -> None:
    pupil = where.pupils[0]
    guardian = pupil.guardianships.get().guardian
    assert guardian.user is not None
    excluded = Actor(guardian.user, MembershipFactory.create(user=guardian.user, role=Role.PARENT, guardian=guardian))
    readers = [signed_in(excluded), signed_in(parent_of(pupil))]
    told = history(where, usual=20, shifted=4)
    signal = evaluate(told)
    assert signal is not None
    decide(where.psychologist, item_id=signal.pk, decision="open_case")
    long_ago = timezone.now() - timedelta(days=15)
    AnalysisRun.objects.update(ended_at=long_ago)
    TriageItem.objects.update(decided_at=long_ago)
    before = [text(reader, "ai-use", pupil.pk) for reader in readers]
    assert before[0] == before[1]
    assert "Case opened" in before[0]
    assert "tirek-builtin 1.0" in before[0]

    close_gate(where, guardian.pk, closing)

    assert purge_withdrawn() == 1
    assert not RunSeat.objects.filter(pupil=pupil).exists()
    assert [text(reader, "ai-use", pupil.pk) for reader in readers] == before


def test_a_use_that_a_teacher_contradicts_is_no_use_of_ai_on_that_pupil(where: Lesson) -> None:
    run = run_of(where, state=RunState.DONE)
    seen(run, where.seats[0])
    ended(run, days=15)
    SeatState.objects.filter(seat=where.seats[0]).update(state=Presence.ABSENT)

    take_out_contradicted(where.confirmation)

    assert "tirek-builtin" not in text(signed_in(parent_of(where.pupils[0])), "ai-use", where.pupils[0].pk)


def ended(run: AnalysisRun, *, days: int) -> None:
    AnalysisRun.objects.filter(pk=run.pk).update(ended_at=timezone.now() - timedelta(days=days))


def close_gate(where: Lesson, guardian_id: UUID, closing: str) -> None:
    pupil = where.pupils[0]
    if closing == "exclusion":
        proposal = exclude_guardian(
            where.psychologist, pupil_id=pupil.pk, guardian_id=guardian_id, reason="What was told speaks for it."
        )
        approve_exclusion(actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district), proposal.pk)
    elif closing == "dissent":
        dissent(where.psychologist, pupil_id=pupil.pk)
    else:
        line(pupil, EventKind.WITHDRAWN, guardian_id=guardian_id, purpose=Purpose.MOOD_ANALYSIS)


class TestApi:
    def test_signals_carry_the_mark_of_the_machine(self, where: Lesson, client: Client) -> None:
        signal = signal_for(where)

        (listed,) = client.get("/api/v1/signals/").json()["results"]
        opened = client.get(f"/api/v1/signals/{signal.pk}/").json()

        assert (listed["ai_generated"], listed["model"], listed["version"]) == (True, "tirek-builtin", "1.0")
        assert listed["id"] == str(signal.pk)
        assert "evidence" not in listed
        assert len(opened["evidence"]["days"]) == 24

    def test_no_field_adds_signals_up(self, where: Lesson, client: Client) -> None:
        signal_for(where)

        (listed,) = client.get("/api/v1/signals/").json()["results"]

        assert not {"score", "rank", "risk", "total"} & set(listed)

    def test_runs_tell_of_open_seats_only(self, where: Lesson, client: Client) -> None:
        run = run_of(where, state=RunState.DONE, masked_seats=2)
        seen(run, where.seats[0])

        opened = client.get(f"/api/v1/runs/{run.pk}/").json()

        assert opened["masked_seats"] == 2
        assert [seat["pupil"] for seat in opened["seen"]] == [str(where.pupils[0].pk)]
        assert opened["run"]["ai_generated"] is True
        assert "p_neg" not in str(opened)

    def test_a_closed_gate_is_closed_here_too(self, where: Lesson, client: Client) -> None:
        signal = signal_for(where)
        withdraw(where.pupils[0])

        assert client.get("/api/v1/signals/").json()["results"] == []
        assert client.get(f"/api/v1/signals/{signal.pk}/").status_code == 404

    @pytest.mark.parametrize("role", [Role.TEACHER, Role.PRINCIPAL, Role.SCHOOL_ADMIN])
    @pytest.mark.parametrize("path", ["runs", "signals"])
    def test_other_roles_are_refused(self, where: Lesson, role: Role, path: str) -> None:
        assert signed_in(actor(role, school=where.school)).get(f"/api/v1/{path}/").status_code == 403

    def test_another_schools_are_not_there(self, where: Lesson) -> None:
        signal = signal_for(where)
        run = AnalysisRun.objects.filter(slot=where.slot).latest("date")
        stranger = signed_in(lesson(pupils=1).psychologist)

        assert stranger.get(f"/api/v1/signals/{signal.pk}/").status_code == 404
        assert stranger.get(f"/api/v1/runs/{run.pk}/").status_code == 404
        assert stranger.get("/api/v1/runs/").json()["results"] == []
