"""The weekly timetable from day to day: what is taken out, and what comes in its place."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot, School, SchoolClass, SchoolYear
from caseflow.directory.rules import is_in_force, last_day
from caseflow.directory.selectors import timetable_of
from caseflow.directory.services.timetable import add_slot, remove_slot
from tests.analytics.factories import confirm, plan_for
from tests.directory.factories import (
    LessonSlotFactory,
    RoomFactory,
    SchoolClassFactory,
    SchoolFactory,
    SchoolYearFactory,
    actor,
    signed_in,
)

pytestmark = pytest.mark.django_db
PAGE = "/directory/timetable/"
DAY = timedelta(days=1)


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def office(school: School) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=school)


def today() -> date:
    return timezone.localdate()


def year_of(school: School, first: int, last: int) -> SchoolYear:
    """A school year from and to so many days from today."""
    days = {"starts_on": today() + first * DAY, "ends_on": today() + last * DAY}
    return SchoolYearFactory.create(region=school.district.region, **days)


def running_class(school: School) -> SchoolClass:
    return SchoolClassFactory.create(school=school, year=year_of(school, -200, 100))


def confirmed(slot: LessonSlot, day: date | None = None) -> LessonSlot:
    """Its teacher said who sat where, a week ago unless another day is given."""
    confirm(slot, day or today() - 7 * DAY, plan_for(slot, []))
    return slot


def at_weekday_of(day: date, school_class: SchoolClass, **facts: Any) -> LessonSlot:
    return LessonSlotFactory.create(school_class=school_class, weekday=day.isoweekday(), **facts)


def form_like(slot: LessonSlot, **changes: object) -> dict[str, object]:
    names = ("weekday", "subject")
    form = {name: getattr(slot, name) for name in names} | {"school_class": slot.school_class_id, "room": slot.room_id}
    teacher = actor(Role.TEACHER, school=slot.school_class.school).user.pk
    return form | {"starts_at": "09:00", "ends_at": "09:45", "teacher": teacher} | changes


class TestTakingOut:
    def test_a_lesson_that_was_never_held_is_gone(self, school: School, office: Actor) -> None:
        coming = SchoolClassFactory.create(school=school, year=year_of(school, 5, 300))
        slots = [LessonSlotFactory.create(school_class=coming)]
        slots.append(LessonSlotFactory.create(school_class=running_class(school), starts_on=today() + DAY))
        for slot in slots:
            page = signed_in(office).post(f"{PAGE}{slot.pk}/remove/", follow=True)
            assert "The lesson is out of the timetable.</" in page.text.replace("\n", "")
        assert not LessonSlot.objects.exists()

    def test_one_that_nobody_confirmed_yet_keeps_its_past_days(self, school: School, office: Actor) -> None:
        """Otherwise what is entered in its place would be taken for the lesson that was held last week."""
        old = at_weekday_of(today() + DAY, running_class(school))
        assert remove_slot(office, old.pk) == today() - DAY
        assert signed_in(office).post(PAGE, form_like(old, subject="Физика")).status_code == 302
        new = LessonSlot.objects.get(subject="Физика")
        assert [is_in_force(slot, today() - 6 * DAY) for slot in (old_as_is(old), new)] == [True, False]

    def test_a_confirmed_one_ends_and_no_longer_shows(self, school: School, office: Actor) -> None:
        slot = confirmed(at_weekday_of(today() + DAY, running_class(school), subject="Геометрия"))
        page = signed_in(office).post(f"{PAGE}{slot.pk}/remove/", follow=True)
        assert "out of the timetable from today on. Lessons before today stay as they were." in page.text
        assert "Геометрия" not in page.text
        slot.refresh_from_db()
        assert slot.ends_on == today() - DAY
        assert AuditEntry.objects.get(action="remove_lesson").detail == {"ends_on": slot.ends_on.isoformat()}

    def test_one_that_has_begun_today_ends_today_and_no_longer_shows(self, school: School, office: Actor) -> None:
        slot = confirmed(at_weekday_of(today(), running_class(school), starts_at=time(0), ends_at=time(0, 45)))
        page = signed_in(office).post(f"{PAGE}{slot.pk}/remove/", follow=True)
        assert "out of the timetable from tomorrow on. Lessons up to today stay as they were." in page.text
        slot.refresh_from_db()
        assert slot.ends_on == today()
        assert not timetable_of(office).exists()

    def test_it_is_taken_out_once(self, school: School, office: Actor) -> None:
        slot = confirmed(LessonSlotFactory.create(school_class=running_class(school)))
        assert remove_slot(office, slot.pk)
        with pytest.raises(LessonSlot.DoesNotExist):
            remove_slot(office, slot.pk)
        assert signed_in(office).post(f"{PAGE}{slot.pk}/remove/").status_code == 404

    def test_the_class_s_own_page_and_the_api_leave_it_out(self, school: School, office: Actor) -> None:
        slot = confirmed(LessonSlotFactory.create(school_class=running_class(school), subject="Геометрия"))
        client, page = signed_in(office), f"/directory/classes/{slot.school_class_id}/"
        assert "Геометрия" in client.get(page).text
        assert [row["id"] for row in client.get("/api/v1/lessons/").json()["results"]] == [slot.pk]
        remove_slot(office, slot.pk)
        assert "Геометрия" not in client.get(page).text
        assert client.get("/api/v1/lessons/").json()["results"] == []

    @pytest.mark.parametrize(
        ("at", "starts_on", "ends_on"),
        [
            ((13, 8, 59), None, date(2026, 10, 12)),
            ((13, 9, 0), None, date(2026, 10, 13)),
            ((13, 20, 0), None, date(2026, 10, 13)),
            ((14, 9, 0), None, date(2026, 10, 13)),
            ((13, 8, 59), date(2026, 10, 13), date(2026, 10, 13)),
        ],
    )
    def test_its_last_day_is_today_once_it_has_begun(
        self, at: tuple[int, int, int], starts_on: date | None, ends_on: date
    ) -> None:
        day, hour, minute = at
        now = datetime(2026, 10, day, hour, minute, tzinfo=timezone.get_default_timezone())
        tuesdays = LessonSlotFactory.build(weekday=2, starts_on=starts_on, school_class=None, room=None, teacher=None)
        assert last_day(tuesdays, now) == ends_on

    def test_no_lesson_ends_before_it_starts(self, school: School) -> None:
        with pytest.raises(IntegrityError):
            LessonSlotFactory.create(school_class=running_class(school), starts_on=today(), ends_on=today() - DAY)


class TestWhatComesInItsPlace:
    def test_class_and_room_are_free_again_from_the_day_after(self, school: School, office: Actor) -> None:
        old = confirmed(at_weekday_of(today() + DAY, running_class(school)))
        client = signed_in(office)
        assert client.post(PAGE, form_like(old)).status_code == 422
        remove_slot(office, old.pk)
        assert client.post(PAGE, form_like(old, subject="Физика")).status_code == 302
        new = LessonSlot.objects.get(subject="Физика")
        assert (new.starts_on, new.ends_on) == (today(), None)
        assert [is_in_force(slot, today() - DAY) for slot in (old_as_is(old), new)] == [True, False]
        assert [is_in_force(slot, today()) for slot in (old_as_is(old), new)] == [False, True]

    def test_a_lesson_in_a_free_place_holds_for_the_whole_year(self, school: School, office: Actor) -> None:
        place = {"school_class": running_class(school), "room": RoomFactory.create(school=school)}
        slot = LessonSlotFactory.build(**place, teacher=office.user)
        assert add_slot(office, slot).starts_on is None

    def test_last_year_s_classes_block_no_room(self, school: School, office: Actor) -> None:
        past = SchoolClassFactory.create(school=school, year=year_of(school, -400, -201))
        old = LessonSlotFactory.create(school_class=past)
        client, form = signed_in(office), form_like(old, school_class=running_class(school).pk)
        assert client.post(PAGE, form).status_code == 302
        assert LessonSlot.objects.exclude(pk=old.pk).get().starts_on is None
        assert client.post(PAGE, form).status_code == 422

    def test_last_year_s_classes_are_neither_shown_nor_offered(self, school: School, office: Actor) -> None:
        years = [year_of(school, -400, -201), year_of(school, -200, 100), year_of(school, 101, 400)]
        for year, subject in zip(years, ("Былое", "Нынешнее", "Будущее"), strict=True):
            school_class = SchoolClassFactory.create(school=school, year=year, grade=7, letter="Б")
            LessonSlotFactory.create(school_class=school_class, subject=subject)
        page = signed_in(office).get(PAGE)
        assert [slot.subject for slot in page.context["classes"]] == ["Нынешнее", "Будущее"]
        offered = [label for _value, label in page.context["form"].fields["school_class"].choices]
        assert offered[1:] == ["7 «Б»", f"7 «Б» ({years[2]})"]
        assert page.text.count(f"7 «Б» ({years[2]})") == 2


def old_as_is(slot: LessonSlot) -> LessonSlot:
    return LessonSlot.objects.select_related("school_class__year").get(pk=slot.pk)
