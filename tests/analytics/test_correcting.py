"""A teacher's correction after the analysis: the days are worked out anew and signals follow them."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from analytics.enums import Presence, RunState, SeriesState
from analytics.models import DayValue, Series, Signal
from analytics.selectors.signals import readable_items
from analytics.services.correcting import take_out_contradicted
from analytics.services.series import rebuild_days
from analytics.services.signals import evaluate
from caseflow.audit.models import AuditEntry
from caseflow.cases.models import ChronologyEntry
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.services import AlreadyDecidedError, decide
from tests.analytics.factories import Lesson, confirm, history, lesson, run_of, seen, two_slots
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=1)


@pytest.fixture
def signal(where: Lesson) -> Signal:
    """A signal that stands on two shifted days."""
    filed = evaluate(history(where, shifted=2))
    assert filed is not None
    return filed


@transaction.atomic
def correct(where: Lesson, day: date, number: int = 0) -> int:
    """The teacher says that somebody else sat there in the first lesson of that day."""
    label = f"s{where.seats[number].label.replace('-', '_')}"
    return take_out_contradicted(confirm(where.slot, day, where.plan, **{label: Presence.OTHER_PERSON}))


def test_an_open_signal_that_no_longer_stands_is_withdrawn_and_blank(where: Lesson, signal: Signal) -> None:
    item = signal.triage_item

    assert correct(where, signal.day) == 1

    item.refresh_from_db()
    assert (item.state, item.facts, item.decided_by) == (ItemState.WITHDRAWN, {}, None)
    assert item.decided_at is not None
    assert item.corrected_at == item.decided_at
    item.psych_clock.refresh_from_db()
    assert item.psych_clock.stopped_at == item.decided_at
    assert not Signal.objects.exists()
    assert readable_items([item]) == set()
    assert AuditEntry.objects.filter(action="triage.withdrawn", obj=f"triage:{item.pk}").count() == 1
    series = Series.objects.get()
    assert series.state == SeriesState.WATCHING
    assert DayValue.objects.get(series=series, date=timezone.localdate() - timedelta(days=1)).value is None


def test_who_is_deciding_a_withdrawn_item_is_told(where: Lesson, signal: Signal) -> None:
    client = signed_in(where.psychologist)
    correct(where, signal.day)

    with pytest.raises(AlreadyDecidedError):
        decide(where.psychologist, item_id=signal.pk, decision="open_case")
    answer = client.post(reverse("triage:decide", args=[signal.pk]), {"decision": "open_case"})

    assert answer.status_code == 409
    assert "This was withdrawn: the data under it were corrected." in answer.content.decode()
    listed = client.get(reverse("analytics:signals"), {"show": "decided"}).content.decode()
    assert "Withdrawn: the data were corrected" in listed
    assert "Consent withdrawn" not in listed


def test_the_series_goes_on_and_may_make_another_signal(where: Lesson, signal: Signal) -> None:
    correct(where, signal.day)
    for number in range(2):
        day = timezone.localdate() + timedelta(days=number)
        for slot in two_slots(where):
            seen(run_of(where, day=day, state=RunState.DONE, slot=slot), where.seats[0], p_neg=0.45, windows=16)
        (series,) = rebuild_days([where.pupils[0].pk], day)

    again = evaluate(series)

    assert again is not None
    assert again.series.pk == Series.objects.get().pk
    assert again.triage_item_id != signal.triage_item_id


def test_an_open_signal_that_still_stands_tells_the_corrected_days(where: Lesson) -> None:
    signal = evaluate(history(where, shifted=4))
    assert signal is not None
    corrected = signal.since

    correct(where, corrected)

    item = TriageItem.objects.get()
    assert item.state == ItemState.NEW
    fresh = Signal.objects.get(pk=signal.pk)
    assert fresh.day > signal.day
    (day,) = [each for each in fresh.evidence["days"] if each["day"] == corrected.isoformat()]
    assert day["value"] is None
    assert item.facts["days"] >= 1
    assert item.corrected_at is None


def test_a_decision_stays_with_the_mark_that_its_data_were_corrected(where: Lesson, signal: Signal) -> None:
    case = decide(where.psychologist, item_id=signal.pk, decision="open_case").case
    assert case is not None

    correct(where, signal.day)

    item = TriageItem.objects.get()
    assert (item.state, item.case) == (ItemState.CASE_OPENED, case)
    assert item.corrected_at is not None
    assert Signal.objects.get().evidence == signal.evidence
    entry = ChronologyEntry.objects.get(case=case, code="triage_corrected")
    assert entry.ref == f"triage:{item.pk}"
    assert AuditEntry.objects.filter(action="triage.corrected", obj=f"triage:{item.pk}").count() == 1
    client = signed_in(where.psychologist)
    note = "The data under it were corrected on"
    assert note in client.get(reverse("analytics:signal", args=[item.pk])).content.decode()
    assert note in client.get(reverse("triage:case-items", args=[case.pk])).content.decode()
    assert "The data under a signal were corrected" in client.get(f"/cases/{case.pk}/").content.decode()


def test_a_decision_whose_signal_still_stands_keeps_what_it_rested_on(where: Lesson) -> None:
    signal = evaluate(history(where, shifted=4))
    assert signal is not None
    facts = signal.triage_item.facts
    decide(where.psychologist, item_id=signal.pk, decision="open_case")

    correct(where, signal.since)

    item = TriageItem.objects.get()
    assert (item.state, item.facts) == (ItemState.CASE_OPENED, facts)
    assert item.corrected_at is not None
    kept = Signal.objects.get()
    assert (kept.day, kept.evidence) == (signal.day, signal.evidence)


def test_a_dismissal_has_no_case_to_tell(where: Lesson, signal: Signal) -> None:
    decide(where.psychologist, item_id=signal.pk, decision="dismiss", reason_code="other", reason="A cold, he says.")

    correct(where, signal.day)

    assert TriageItem.objects.get().corrected_at is not None
    assert not ChronologyEntry.objects.exists()


def test_a_day_after_the_signal_changes_nothing_of_it(where: Lesson) -> None:
    signal = evaluate(history(where, shifted=4))
    assert signal is not None
    decide(where.psychologist, item_id=signal.pk, decision="open_case")

    correct(where, timezone.localdate() - timedelta(days=1))

    assert signal.day < timezone.localdate() - timedelta(days=1)
    assert TriageItem.objects.get().corrected_at is None


def test_a_confirmation_that_contradicts_nothing_changes_nothing(where: Lesson, signal: Signal) -> None:
    before = list(DayValue.objects.values())

    with transaction.atomic():
        assert take_out_contradicted(confirm(where.slot, signal.day, where.plan)) == 0

    assert list(DayValue.objects.values()) == before


def test_a_classmates_day_is_worked_out_anew_without_the_wrong_one_in_the_median() -> None:
    where = lesson(pupils=8)
    day = timezone.localdate() - timedelta(days=1)
    for slot in two_slots(where):
        run = run_of(where, day=day, state=RunState.DONE, slot=slot)
        for number, seat in enumerate(where.seats):
            seen(run, seat, p_neg=0.1 + number / 50, windows=16)
    rebuild_days([pupil.pk for pupil in where.pupils], day)
    assert DayValue.objects.exclude(value=None).count() == 8

    correct(where, day)

    classmate = DayValue.objects.get(pupil=where.pupils[5], date=day)
    assert (classmate.series.class_median, classmate.value) == (True, None)  # seven are too few for a median
