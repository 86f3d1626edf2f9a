"""Mood data stays at the school that recorded it, and nothing of a past school year opens a gate (rules 1 and 9)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analytics.enums import Mode, RunState
from analytics.models import SeatPlan, Series, Signal, Window
from analytics.selectors.confirming import lessons_to_confirm
from analytics.selectors.plans import confirmed_pupils, latest_confirmations, plan_valid_on
from analytics.selectors.signals import mood_of, review_of, scoped_signals
from analytics.services.signals import evaluate
from analytics.services.switching import set_mode
from analytics.services.withdrawal import end_terms, purge_withdrawn
from caseflow.consent.enums import Purpose
from caseflow.consent.selectors import gate_open
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from tests.analytics.factories import GROUNDS, Lesson, confirm, history, lesson, run_of, signal_for
from tests.consent.factories import given
from tests.directory.factories import MembershipFactory, SchoolClassFactory, SchoolFactory, UserFactory, actor

pytestmark = pytest.mark.django_db


def _moved(where: Lesson, number: int = 0) -> tuple[Actor, Pupil]:
    """The pupil is at another school with the analysis switched on there; its psychologist."""
    school = SchoolFactory.create(district=where.school.district)
    set_mode(UserFactory.create(), school, Mode.ACTIVE, GROUNDS)
    pupil = Pupil.objects.get(pk=where.pupils[number].pk)
    pupil.school, pupil.school_class = school, SchoolClassFactory.create(school=school, year=where.school_class.year)
    pupil.save()
    return actor(Role.PSYCHOLOGIST, school=school), pupil


def test_what_was_recorded_before_a_move_stays_with_the_former_school_and_is_invisible_at_the_new_one() -> None:
    where = lesson()
    signal = signal_for(where)
    here, pupil = _moved(where)
    assert purge_withdrawn() == 0
    assert review_of(where.psychologist, signal.pk).signal == signal
    assert not scoped_signals(here).exists()
    assert mood_of(here, pupil.pk) is None
    with pytest.raises(Pupil.DoesNotExist):
        mood_of(where.psychologist, pupil.pk)

    given(pupil, pupil.guardianships.get().guardian_id)  # to the new school: the word to the former one is replaced
    assert mood_of(here, pupil.pk) is None
    assert purge_withdrawn() == 1
    kept = (Signal.objects.filter(pupil=pupil), Series.objects.filter(pupil=pupil), Window.objects.filter(pupil=pupil))
    assert [rows.exists() for rows in kept] == [False, False, False]
    assert purge_withdrawn() == 0


def test_nothing_new_is_filed_of_a_pupil_who_has_moved() -> None:
    where = lesson()
    series = history(where)
    _moved(where)
    series.refresh_from_db()
    assert evaluate(series) is None
    assert not Signal.objects.exists()


def test_terms_end_with_the_year_of_the_school_that_recorded() -> None:
    where = lesson()
    history(where)
    _moved(where)
    year = where.school_class.year
    year.ends_on = timezone.localdate() - timedelta(days=1)
    year.save()
    end_terms()
    assert not Series.objects.exists()


def test_no_seat_and_no_consent_of_the_old_year_opens_a_gate_in_the_new_one() -> None:
    where = lesson()
    year = where.school_class.year
    inside, after = year.ends_on, year.ends_on + timedelta(days=1)
    plans = SeatPlan.objects.all()
    assert plans.filter(plan_valid_on(inside)).exists()
    assert not plans.filter(plan_valid_on(after)).exists()
    confirm(where.slot, after, where.plan)
    assert latest_confirmations(where.slot.pk, after) == {}
    assert confirmed_pupils(run_of(where, day=after, state=RunState.DONE)) == {}
    assert len(confirmed_pupils(run_of(where))) == 3

    def is_open(days: int) -> bool:
        moment = timezone.now() + timedelta(days=days)
        school = where.school.pk
        return gate_open(where.pupils[0].pk, Purpose.MOOD_ANALYSIS, frame_at=moment, now=moment, operator_id=school)

    last = (year.ends_on - timezone.localdate()).days
    assert (is_open(last), is_open(last + 1), is_open(last + 300)) == (True, False, False)


def test_a_substitute_confirms_the_lessons_of_these_days_alone() -> None:
    where = lesson()
    day = where.date
    before, during = (
        MembershipFactory.create(
            role=Role.CLASS_TEACHER, school_class=where.school_class, starts_on=first, substitute=True
        )
        for first in (day + timedelta(days=1), day)
    )
    assert lessons_to_confirm(Actor(before.user, before)) == [
        each for each in lessons_to_confirm(Actor(during.user, during)) if each.day != day
    ]
    assert [each.day for each in lessons_to_confirm(Actor(during.user, during)) if each.day == day] == [day]
