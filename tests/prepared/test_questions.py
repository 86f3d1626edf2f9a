"""A kept question answers as Django's own queryset would, and is refused where its SQL follows from anything else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, Pupil, School
from prepared import UnpreparedError, prepared, questions
from tests.directory.factories import (
    AgencyFactory,
    MembershipFactory,
    PupilFactory,
    SchoolClassFactory,
    SchoolFactory,
    actor,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


def _pupils(actor: Actor, school_id: int, ids: tuple[UUID, ...], born_by: date, letter: str) -> QuerySet[Pupil]:
    found = Pupil.objects.filter(school__in=actor.schools(), school=school_id, pk__in=ids, birth_date__lte=born_by)
    return found.filter(last_name__startswith=letter).select_related("school_class").order_by("pk")


def _in_force(user_id: int, day: date) -> QuerySet[Membership, tuple[int, str]]:
    return Membership.objects.filter(user=user_id, starts_on__lte=day).order_by("pk").values_list("pk", "role")


def _with_classes(ids: tuple[int, ...]) -> QuerySet[School]:
    return School.objects.filter(pk__in=ids).order_by("pk").prefetch_related("classes")


def _changed_since(pupil_id: UUID, moment: datetime) -> QuerySet[Pupil]:
    return Pupil.objects.filter(pk=pupil_id, data_key__created_at__gte=moment)


class TestAnswers:
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(data=st.data())
    def test_they_are_those_of_the_queryset(self, data: st.DataObject) -> None:
        asked = prepared(_pupils)
        schools = [SchoolFactory.create() for _ in range(2)]
        pupils = [PupilFactory.create(school=school) for school in schools for _ in range(2)]
        askers = [
            actor(Role.PSYCHOLOGIST, school=schools[0]),
            actor(Role.LEAD_PSYCHOLOGIST, district=schools[0].district),
            actor(Role.LEAD_PSYCHOLOGIST, region=schools[1].district.region),
            actor(Role.CLASS_TEACHER, school_class=SchoolClassFactory.create(school=schools[1])),
            actor(Role.AGENCY_OFFICER, agency=AgencyFactory.create(district=schools[0].district)),
            actor(Role.SYSTEM_ADMIN),
        ]
        ids = st.sets(st.sampled_from([*(pupil.pk for pupil in pupils), uuid4()])).map(tuple)
        letters = st.sampled_from(["", pupils[0].last_name[0], "Я"])
        days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
        for _ in range(4):
            who, school = data.draw(st.sampled_from(askers)), data.draw(st.sampled_from(schools))
            rest = data.draw(ids), data.draw(days), data.draw(letters)
            assert asked(who, school.pk, *rest) == list(_pupils(who, school.pk, *rest))

    def test_rows_bring_what_was_selected_with_them(self) -> None:
        pupil, asked = PupilFactory.create(school_class=SchoolClassFactory.create()), prepared(_pupils)
        admin = actor(Role.SYSTEM_ADMIN)
        asked(admin, pupil.school_id, (pupil.pk,), timezone.localdate(), "")
        with CaptureQueriesContext(connection) as queries:
            (row,) = asked(admin, pupil.school_id, (pupil.pk,), timezone.localdate(), "")
            assert str(row.school_class) == str(pupil.school_class)
        assert len(queries) == 1

    def test_values_and_prefetched_rows_come_too(self) -> None:
        member = MembershipFactory.create(role=Role.TEACHER, school=SchoolFactory.create(), starts_on=DAY)
        assert prepared(_in_force)(member.user_id, DAY) == [(member.pk, Role.TEACHER)]
        assert prepared(_in_force)(member.user_id, DAY - timedelta(days=1)) == []
        assert prepared(_in_force).first(member.user_id, DAY) == (member.pk, Role.TEACHER)
        assert prepared(_in_force).first(member.user_id, DAY - timedelta(days=1)) is None
        of_class = SchoolClassFactory.create()
        with CaptureQueriesContext(connection) as queries:
            (school,) = prepared(_with_classes)((of_class.school_id,))
            assert list(school.classes.all()) == [of_class]
        assert len(queries) == 2

    def test_moments_are_values(self) -> None:
        pupil, now = PupilFactory.create(), timezone.now()
        asked = prepared(_changed_since)
        assert asked(pupil.pk, now - timedelta(hours=1)) == [pupil]
        assert asked(pupil.pk, now + timedelta(hours=1)) == []

    def test_what_can_have_no_rows_asks_nothing(self) -> None:
        asked = prepared(lambda ids: School.objects.filter(pk__in=ids))
        with CaptureQueriesContext(connection) as queries:
            assert asked(()) == []
        assert len(queries) == 0

    def test_a_none_is_another_question(self) -> None:
        school = SchoolFactory.create()
        asked = prepared(
            lambda district: School.objects.filter(district=district) if district else School.objects.all()
        )
        assert asked(school.district_id) == [school]
        assert set(asked(None)) == set(School.objects.all())


class TestKeeping:
    def test_django_writes_it_once(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.PREPARED_VERIFIED = False
        built: list[int] = []

        def schools(pk: int) -> QuerySet[School]:
            built.append(pk)
            return School.objects.filter(pk=pk)

        asked, there = prepared(schools), [SchoolFactory.create() for _ in range(3)]
        assert [asked(school.pk) for school in there] == [[school] for school in there]
        assert len(built) == 2  # with two sets of values nobody has
        assert not {school.pk for school in there} & set(built)

    def test_free_texts_do_not_fill_the_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(questions, "MOST_KEPT", 3)
        asked = prepared(lambda name: School.objects.filter(name_ru=name))
        for number in range(10):
            asked(str(number))
        assert len(asked._kept) <= 3

    @pytest.mark.django_db(transaction=True)
    def test_every_thread_asks_by_its_own_connection(self) -> None:
        school, asked = SchoolFactory.create(), prepared(lambda pk: School.objects.filter(pk=pk))
        assert asked(school.pk) == [school]

        def elsewhere() -> list[School]:
            try:
                return asked(school.pk)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(elsewhere).result() == [school]


@pytest.mark.usefixtures("on_postgresql")
class TestPlans:
    def test_a_question_is_prepared_once_on_a_connection(self) -> None:
        asked, schools = prepared(_of_kind), [SchoolFactory.create() for _ in range(3)]
        for school in schools:
            assert asked(school.pk) == [school]
        assert [count for sql, count in _plans() if "100%" in sql] == [3]

    def test_what_never_changes_is_written_out(self) -> None:
        prepared(_of_kind)(SchoolFactory.create().pk)
        ((sql, _),) = [plan for plan in _plans() if "100%" in plan[0]]
        assert "'100%s of ''them''" in sql
        assert "$1" in sql
        assert "$2" not in sql

    def test_a_pooler_that_cannot_keep_them_is_not_asked_to(self, settings: Settings) -> None:
        settings.PREPARED_PLANS = False
        school = SchoolFactory.create()
        assert prepared(_of_kind)(school.pk) == [school]
        assert [plan for plan in _plans() if "100%" in plan[0]] == []

    def test_the_log_of_queries_shows_them_each_time(self) -> None:
        asked = prepared(_of_kind)
        with CaptureQueriesContext(connection) as queries:
            asked(1), asked(2)
        assert ["100%" in query["sql"] for query in queries] == [True, True]

    def test_other_queries_are_not_prepared(self) -> None:
        prepared(_of_kind)(1)
        before = len(_plans())
        for _ in range(10):
            School.objects.filter(pk=1).first()
        assert len(_plans()) == before


def _of_kind(pk: int) -> QuerySet[School]:
    return School.objects.filter(pk=pk).exclude(name_ru="100%s of 'them'")


def _plans() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements")
        plans: list[tuple[str, int]] = cursor.fetchall()
    return plans


class TestRefusals:
    def test_a_day_from_the_clock(self) -> None:
        asked = prepared(lambda pk: Membership.objects.filter(pk=pk, starts_on__lte=timezone.localdate()))
        with pytest.raises(UnpreparedError, match="no argument named"):
            asked(1)

    def test_a_value_that_was_worked_out(self) -> None:
        with pytest.raises(UnpreparedError, match="follows from no argument"):
            prepared(lambda pk: School.objects.filter(pk=pk + 1))(1)

    def test_sql_that_differs_by_the_values(self) -> None:
        def either(pk: int) -> QuerySet[School]:
            return School.objects.filter(pk=pk) if seen.pop() else School.objects.filter(pk=pk, name_ru="")

        seen = [True, False]
        with pytest.raises(UnpreparedError, match="the SQL differs"):
            prepared(either)(1)

    def test_a_kept_question_that_is_another_one_now(self) -> None:
        names = ["a"]
        asked = prepared(lambda pk: School.objects.filter(pk=pk, name_ru=names[0]))
        assert asked(1) == []
        names[0] = "b"
        with pytest.raises(UnpreparedError, match="is kept"):
            asked(1)

    def test_a_question_without_rows_that_has_some_now(self) -> None:
        none = [True]
        asked = prepared(lambda pk: School.objects.none() if none[0] else School.objects.filter(pk=pk))
        assert asked(1) == []
        none[0] = False
        with pytest.raises(UnpreparedError, match="None is kept"):
            asked(1)
