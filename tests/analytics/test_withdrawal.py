"""A withdrawal blocks at once and erases; terms erase the rest."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.enums import RunState
from analytics.models import AnalysisRun, DayValue, RunSeat, Series, Signal, Window
from analytics.rules.terms import WINDOWS_KEPT
from analytics.selectors.signals import readable_items
from analytics.services import sweeping
from analytics.services.ending import cancel_run
from analytics.services.leases import claim_run
from analytics.services.series import rebuild_day
from analytics.services.withdrawal import end_terms, purge_withdrawn
from analytics.tasks import purge_withdrawn as purge_task
from caseflow.audit.models import AuditEntry
from caseflow.consent.services import end_guardianship
from caseflow.directory.enums import Role
from caseflow.directory.models import SchoolYear
from caseflow.triage.models import TriageItem
from caseflow.triage.services import decide
from tests.analytics.factories import Lesson, history, lesson, run_of, seen, signal_for, withdraw
from tests.consent.factories import given
from tests.directory.factories import GuardianshipFactory, actor, parent_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=2)


def test_reading_is_blocked_at_once(where: Lesson) -> None:
    item = signal_for(where).triage_item
    assert readable_items([item]) == {item.pk}

    withdraw(where.pupils[0])

    assert readable_items([item]) == set()


def test_the_purge_erases_everything_of_that_pupil_and_nothing_of_others(where: Lesson) -> None:
    item = signal_for(where).triage_item
    counted = {"frames_used": 360, "frames_rejected": {"turned_away": 40}}
    run = run_of(where, day=timezone.localdate(), state=RunState.DONE, recorded_at=timezone.now(), **counted)
    seen(run, where.seats[0])
    seen(run, where.seats[1])
    withdraw(where.pupils[0])

    assert purge_task() == 1

    assert not Signal.objects.exists()
    assert not Series.objects.exists()
    assert not DayValue.objects.exists()
    assert set(Window.objects.values_list("pupil", flat=True)) == {where.pupils[1].pk}
    assert set(RunSeat.objects.values_list("pupil", flat=True)) == {where.pupils[1].pk}
    run.refresh_from_db()
    assert (run.masked_seats, run.frames_used, run.frames_rejected) == (1, 180, {"turned_away": 20})
    kept = TriageItem.objects.get(pk=item.pk)
    assert kept.facts == {}
    assert AuditEntry.objects.filter(action="mood.erased", pupil_id=where.pupils[0].pk).count() == 1


def test_what_rested_on_an_ended_guardianship_alone_is_erased_like_after_a_withdrawal(where: Lesson) -> None:
    item = signal_for(where).triage_item
    run = run_of(where, day=timezone.localdate() - timedelta(days=26), state=RunState.DONE, frames_used=360)
    seen(run, where.seats[0])
    seen(run, where.seats[1])
    ended, kept = where.pupils
    other = GuardianshipFactory.create(pupil=kept)
    given(kept, other.guardian_id, at=timezone.now() - timedelta(days=200))
    office = actor(Role.SCHOOL_ADMIN, school=where.school)
    for guardianship in (ended.guardianships.get(), kept.guardianships.exclude(pk=other.pk).get()):
        end_guardianship(office, guardianship.pk, last_day=timezone.localdate(), ground="Решение суда")

    assert readable_items([item]) == set()
    assert purge_task() == 1

    assert set(RunSeat.objects.values_list("pupil", flat=True)) == {kept.pk}
    assert set(Window.objects.values_list("pupil", flat=True)) == {kept.pk}
    assert not Signal.objects.exists()
    run.refresh_from_db()
    assert run.masked_seats == 1


def test_the_case_opened_from_a_signal_keeps_no_word_of_it(where: Lesson) -> None:
    item = signal_for(where).triage_item
    case = decide(where.psychologist, item_id=item.pk, decision="open_case").case
    assert case is not None
    address = f"/cases/{case.pk}/"
    client = signed_in(where.psychologist)
    assert "Case opened" in client.get(address).content.decode()

    withdraw(where.pupils[0])

    assert "shift of mood" not in client.get(address).content.decode()


def test_what_was_closed_once_stays_closed_though_consent_is_given_again(where: Lesson) -> None:
    item = signal_for(where).triage_item
    withdraw(where.pupils[0])
    consent_again(where)

    assert readable_items([item]) == set()
    assert purge_withdrawn() == 1
    assert not Signal.objects.exists()


def test_what_was_seen_under_the_newer_consent_stays(where: Lesson) -> None:
    history(where, usual=1, shifted=0)
    withdraw(where.pupils[0])
    consent_again(where)
    fresh = run_of(where, day=timezone.localdate(), state=RunState.DONE, recorded_at=timezone.now())
    seen(fresh, where.seats[0])

    purge_withdrawn()

    assert [seat.run_id for seat in RunSeat.objects.all()] == [fresh.pk]
    assert purge_withdrawn() == 0


def test_a_series_that_began_under_the_newer_consent_stays(where: Lesson) -> None:
    history(where, usual=1, shifted=0)
    withdraw(where.pupils[0])
    consent_again(where)
    seat = where.seats[0]
    seat.polygon = [[x + 40, y] for x, y in seat.polygon]
    seat.save()
    today = timezone.localdate()
    seen(run_of(where, day=today, state=RunState.DONE, recorded_at=timezone.now()), seat)
    (fresh,) = rebuild_day(where.pupils[0].pk, today)

    assert purge_withdrawn() == 1

    assert Series.objects.get() == fresh
    assert list(DayValue.objects.values_list("date", flat=True)) == [today]


def consent_again(where: Lesson) -> None:
    given(where.pupils[0], where.pupils[0].guardianships.get().guardian_id)


def test_an_open_gate_loses_nothing(where: Lesson) -> None:
    signal_for(where)

    assert purge_withdrawn() == 0
    assert Signal.objects.exists()


def test_a_pupil_without_any_consent_keeps_nothing(where: Lesson) -> None:
    other = lesson(pupils=1, consented=0)
    seen(run_of(other, state=RunState.DONE), other.seats[0])

    assert purge_withdrawn() == 1
    assert not RunSeat.objects.exists()


def test_windows_go_after_thirty_days(where: Lesson) -> None:
    old = run_of(where, day=timezone.localdate() - WINDOWS_KEPT - timedelta(days=1), state=RunState.DONE)
    seen(old, where.seats[0], windows=3)
    seen(run_of(where, state=RunState.DONE), where.seats[0], windows=4)

    assert end_terms() == 3
    assert Window.objects.count() == 4


def test_day_values_and_dismissed_signals_go_with_the_school_year(where: Lesson) -> None:
    dismissed = signal_for(where)
    decide(where.psychologist, item_id=dismissed.pk, decision="dismiss", reason_code="other", reason="Talked it over")
    end_year()

    end_terms()

    assert not Signal.objects.exists()
    assert not DayValue.objects.exists()


def test_a_signal_that_led_to_a_case_stays_with_it(where: Lesson) -> None:
    signal = signal_for(where)
    decide(where.psychologist, item_id=signal.pk, decision="open_case")
    end_year()

    end_terms()

    assert Signal.objects.get().pk == signal.pk


def test_within_the_school_year_nothing_goes(where: Lesson) -> None:
    history(where, usual=2, shifted=0)
    Window.objects.all().delete()

    assert end_terms() == 0
    assert DayValue.objects.count() == 2


def end_year() -> None:
    SchoolYear.objects.update(ends_on=timezone.localdate() - timedelta(days=1))


def test_windows_of_a_lost_try_go_with_it(where: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    """They have no seat's row yet, so a purge would not find them."""
    monkeypatch.setattr(sweeping, "send_run", lambda _run_id: None)
    run = run_of(where)
    claim_run(run.pk)
    seen(run, where.seats[0]).delete()
    AnalysisRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))

    sweeping.sweep()

    run.refresh_from_db()
    assert run.state == RunState.QUEUED
    assert not Window.objects.exists()
    seen(run, where.seats[0]).delete()
    assert cancel_run(where.psychologist, run.pk).state == RunState.CANCELLED
    assert not Window.objects.exists()


def test_a_guardian_sees_no_use_of_ai_on_a_grown_pupil(where: Lesson) -> None:
    mother = parent_of(where.pupils[0])
    address = reverse("analytics:ai-use", args=[where.pupils[0].pk])
    assert signed_in(mother).get(address).status_code == 200

    grown = timezone.localdate() - timedelta(days=19 * 366)
    type(where.pupils[0]).objects.update(birth_date=grown)

    assert signed_in(mother).get(address).status_code == 404
