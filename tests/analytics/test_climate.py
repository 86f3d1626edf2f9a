"""The climate of a class: what is shown of it, to whom, and that every reading asks each gate anew."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics.enums import ClimateBreak, ClimateLevel, ClimateSpan, Mode, RunState
from analytics.models import AnalysisRun, ModelCard, RunSeat, SeatPlan, Window
from analytics.rules.builtin_card import SLUG
from analytics.rules.climate import FEWEST_WINDOWS
from analytics.selectors.climate import Climate, climate_classes, climate_of
from analytics.services.reviewing import open_climate
from analytics.services.series import rebuild_days
from analytics.services.switching import set_mode, stop_everything
from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import SchoolClass
from tests.analytics.climate_factories import BACK, RAISED, ago, everybody, weeks_of
from tests.analytics.factories import GROUNDS, Lesson, lesson, plan_for, run_of, withdraw
from tests.directory.factories import actor

pytestmark = pytest.mark.django_db
TEN = 10


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=TEN)


def shown(where: Lesson, span: ClimateSpan = ClimateSpan.LESSONS, reader: Actor | None = None) -> Climate:
    return climate_of(reader or where.psychologist, where.school_class.pk, span)


def cells(climate: Climate) -> list[list[int | None]]:
    """The levels of each row, without the weeks that have not been taught yet."""
    return [list(row.levels[: len(BACK)]) for row in climate.rows]


class TestLessons:
    def test_weeks_stand_beside_each_other_and_the_one_that_differs_stands_out(self, where: Lesson) -> None:
        weeks_of(where)
        climate = shown(where)
        assert cells(climate) == [[0, 0, 0, ClimateLevel.FAR_ABOVE], [0, 0, 0, 0]]
        assert climate.shows
        assert [row.slot for row in climate.rows] == list(where.school_class.slots.order_by("starts_at"))
        assert [row.opens for row in climate.rows] == [True, False]
        assert climate.columns[0].week == ago(28) - timedelta(days=ago(28).weekday())
        assert [str(card) for card in climate.cards] == ["tirek-builtin 1.0"]

    def test_nine_pupils_are_too_few(self) -> None:
        where = lesson(pupils=TEN, consented=TEN - 1)
        weeks_of(where)
        climate = shown(where)
        assert cells(climate) == [[None] * 4] * 2
        assert not climate.shows

    def test_a_lesson_that_few_pupils_were_seen_long_enough_in_is_not_shown(self, where: Lesson) -> None:
        first, *_others = weeks_of(where, back=(28, 21, 14, 7))
        Window.objects.filter(run=first, pupil=where.pupils[0], index__gte=FEWEST_WINDOWS - 1).delete()
        assert cells(shown(where))[0] == [None, 0, 0, 2]

    def test_a_lesson_counts_once_however_often_it_was_analysed(self, where: Lesson) -> None:
        (first, *_others) = weeks_of(where)
        AnalysisRun.objects.filter(pk=first.pk).update(state=RunState.PARTIAL)
        again = run_of(where, day=first.date, slot=first.slot, state=RunState.DONE)
        everybody(again, where.seats)
        assert cells(shown(where))[0] == [0, 0, 0, 0]

    def test_whoever_left_the_class_counts_no_more(self, where: Lesson) -> None:
        weeks_of(where)
        where.pupils[0].left_on = ago(1)
        where.pupils[0].save()
        assert not shown(where).shows

    def test_a_class_that_was_never_analysed_has_an_empty_map(self, where: Lesson) -> None:
        climate = shown(where)
        assert (climate.columns, climate.rows, climate.cards, climate.shows) == ((), (), (), False)


class TestGate:
    def test_a_withdrawal_counts_at_the_next_reading_before_anything_is_erased(self, where: Lesson) -> None:
        weeks_of(where)
        withdraw(where.pupils[0])
        assert RunSeat.objects.filter(pupil=where.pupils[0]).exists()
        for span in ClimateSpan:
            assert not shown(where, span).shows

    def test_with_eleven_the_others_are_shown_as_if_the_pupil_had_never_been_seen(self) -> None:
        where = lesson(pupils=TEN + 1)
        weeks_of(where)
        Window.objects.filter(pupil=where.pupils[0]).update(p_neg=RAISED)
        withdraw(where.pupils[0])
        left = shown(where)
        Window.objects.filter(pupil=where.pupils[0]).delete()
        assert cells(left) == cells(shown(where)) == [[0, 0, 0, 2], [0, 0, 0, 0]]

    def test_a_consent_younger_than_a_lesson_does_not_open_it(self, where: Lesson) -> None:
        weeks_of(where)
        AnalysisRun.objects.filter(date=ago(28)).update(recorded_at=timezone.now() - timedelta(days=220))
        assert cells(shown(where)) == [[None, 0, 0, 2], [None, 0, 0, 0]]

    def test_a_parent_on_the_staff_reads_the_class_without_the_own_child(self, where: Lesson) -> None:
        weeks_of(where)
        guardian = where.pupils[0].guardianships.get().guardian
        guardian.user = where.psychologist.user
        guardian.save()
        assert not shown(where).shows
        assert shown(where, reader=actor(Role.PSYCHOLOGIST, school=where.school)).shows


class TestWeekdays:
    days = (6, 7, 13, 14, 20, 21)

    def test_days_outlive_the_windows_of_their_lessons(self, where: Lesson) -> None:
        weeks_of(where, back=self.days, raised=())
        Window.objects.all().delete()
        climate = shown(where, ClimateSpan.WEEKS)
        assert {row.weekday for row in climate.rows} == {ago(day).isoweekday() for day in self.days}
        assert {level for row in climate.rows for level in row.levels} - {None} == {0}
        assert all(row.slot is None for row in climate.rows)
        assert not shown(where).shows

    def test_the_school_year_goes_back_further_than_twelve_weeks(self, where: Lesson) -> None:
        weeks_of(where, back=(*self.days, 100), raised=())
        assert len(shown(where, ClimateSpan.YEAR).columns) > 12 >= len(shown(where, ClimateSpan.WEEKS).columns)

    def test_a_day_of_a_camera_without_a_plan_of_the_class_is_not_the_class(self, where: Lesson) -> None:
        weeks_of(where, back=self.days)
        SeatPlan.objects.filter(pk=where.plan.pk).update(school_class=lesson(pupils=0).school_class)
        assert shown(where, ClimateSpan.WEEKS).rows == ()


class TestBreaks:
    def test_a_new_plan_and_a_new_model_are_marked_and_begin_anew(self, where: Lesson) -> None:
        weeks_of(where)
        other = ModelCard.objects.get(slug=SLUG)
        other.pk, other.slug, other.version = None, "another", "2.0"
        other.save(force_insert=True)
        AnalysisRun.objects.filter(date=ago(7)).update(card=other)
        climate = shown(where)
        assert [column.breaks for column in climate.columns[: len(BACK)]] == [(), (), (), (ClimateBreak.MODEL,)]
        assert [card.version for card in climate.cards] == ["1.0", "2.0"]
        # Two lessons with the new model do not say yet what is usual with it.
        assert cells(climate) == [[0, 0, 0, None], [0, 0, 0, None]]

    def test_a_redrawn_plan_is_marked_by_weekday_too(self, where: Lesson) -> None:
        weeks_of(where, back=TestWeekdays.days, raised=())
        fresh = plan_for(where.slot, [])
        SeatPlan.objects.filter(pk=where.plan.pk).update(valid_to=ago(10))
        SeatPlan.objects.filter(pk=fresh.pk).update(camera=where.plan.camera, valid_from=ago(9), version=2)
        marks = [column.breaks for column in shown(where, ClimateSpan.WEEKS).columns]
        assert [mark for mark in marks if mark] == [(ClimateBreak.SEATS,)]


class TestWhoSees:
    @pytest.fixture
    def lead(self, where: Lesson) -> Actor:
        return actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district)

    @pytest.fixture(autouse=True)
    def _taught(self, where: Lesson) -> Iterator[None]:
        weeks_of(where)
        return iter([None])

    def test_active_it_is_the_psychologists_of_the_school(self, where: Lesson, lead: Actor) -> None:
        assert climate_classes(where.psychologist).found == (where.school_class,)
        assert (climate_classes(lead).found, climate_classes(lead).elsewhere) == ((), True)
        with pytest.raises(SchoolClass.DoesNotExist):
            shown(where, reader=lead)

    def test_in_shadow_it_is_the_lead_alone(self, where: Lesson, lead: Actor) -> None:
        set_mode(lead.user, where.school, Mode.SHADOW, GROUNDS)
        assert climate_classes(lead).found == (where.school_class,)
        assert shown(where, reader=lead).shows
        assert climate_classes(where.psychologist).elsewhere
        with pytest.raises(SchoolClass.DoesNotExist):
            shown(where)

    def test_off_it_is_nobody(self, where: Lesson, lead: Actor) -> None:
        set_mode(lead.user, where.school, Mode.OFF)
        for reader in (where.psychologist, lead):
            assert (climate_classes(reader).found, climate_classes(reader).off) == ((), True)
            with pytest.raises(SchoolClass.DoesNotExist):
                shown(where, reader=reader)

    def test_stopped_everywhere_it_is_nobody(self, where: Lesson) -> None:
        stop_everything(actor(Role.SYSTEM_ADMIN), stopped=True)
        assert climate_classes(where.psychologist).off
        with pytest.raises(SchoolClass.DoesNotExist):
            shown(where)

    def test_another_schools_class_and_a_past_years_are_not_there(self, where: Lesson) -> None:
        with pytest.raises(SchoolClass.DoesNotExist):
            shown(where, reader=lesson(pupils=0).psychologist)
        year = where.school_class.year
        year.ends_on = ago(1)
        year.save()
        with pytest.raises(SchoolClass.DoesNotExist):
            shown(where)

    def test_a_class_of_nine_is_not_listed(self) -> None:
        small = lesson(pupils=TEN - 1)
        weeks_of(small, back=(7,))
        assert climate_classes(small.psychologist).found == ()


class TestReading:
    def test_every_reading_is_recorded_and_a_refused_one_is_not(self, where: Lesson) -> None:
        open_climate(where.psychologist, where.school_class.pk, ClimateSpan.WEEKS)
        with pytest.raises(SchoolClass.DoesNotExist):
            open_climate(lesson(pupils=0).psychologist, where.school_class.pk, ClimateSpan.WEEKS)
        entry = AuditEntry.objects.get(action="read")
        assert (entry.obj, entry.pupil_id) == (f"climate:{where.school_class.pk}", None)
        assert entry.detail == {"span": "weeks"}

    @pytest.mark.parametrize("span", ClimateSpan)
    def test_it_asks_the_database_as_often_for_thirty_pupils_and_four_weeks(self, span: ClimateSpan) -> None:
        few, many = lesson(pupils=1), lesson(pupils=30)
        weeks_of(few, back=(7,))
        weeks_of(many)
        asked = []
        for where in (few, many):
            with CaptureQueriesContext(connection) as queries:
                shown(where, span)
            asked.append(len(queries))
        assert asked[0] == asked[1] <= 11

    def test_the_days_are_not_worked_out_anew_by_a_reading(self, where: Lesson) -> None:
        weeks_of(where)
        before = [series.pk for series in rebuild_days([where.pupils[0].pk], ago(7))]
        shown(where, ClimateSpan.YEAR)
        assert [series.pk for series in rebuild_days([where.pupils[0].pk], ago(7))] == before
