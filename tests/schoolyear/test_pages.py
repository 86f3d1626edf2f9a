"""The office's pages and their endpoints, from end to end."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, Pupil
from caseflow.schoolyear.enums import TurnState
from caseflow.schoolyear.models import SchoolMove, YearTurn
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import SchoolClassFactory, SchoolFactory, actor, signed_in
from tests.schoolyear.factories import DAY, teacher_at, turning

pytestmark = pytest.mark.django_db
JSON = "application/json"


def _said(page: object) -> str:
    return re.sub(r"\s+", " ", page.content.decode())  # type: ignore[attr-defined]


def test_the_office_prepares_changes_and_confirms_a_year() -> None:
    world = turning(timezone.localdate() + 30 * DAY)
    seventh = world.class_of(7, "Б")
    pupils = [world.pupil(seventh) for _ in range(4)]
    lost, teacher = world.pupil(None), teacher_at(world.school)
    office = signed_in(world.office)
    assert "Prepare" in _said(office.get("/school-year/turn/"))
    office.post("/school-year/turn/")
    row = YearTurn.objects.get().classes.get()
    body = {f"target-{row.pk}": "8 «б»", f"teacher-{row.pk}": str(teacher.user.pk), "timetable": "yes", "target-x": "1"}
    office.post(f"/school-year/turn/{row.turn_id}/classes/", body)
    answers = {
        f"choice-{pupils[0].pk}": "repeats",
        f"choice-{pupils[1].pk}": "leaves",
        f"choice-{pupils[2].pk}": "other",
        f"target-{pupils[2].pk}": "8В",
    }
    office.post(f"/school-year/turn/classes/{row.pk}/", answers)
    shown = _said(office.get(f"/school-year/turn/classes/{row.pk}/"))
    assert 'value="repeats" selected' in shown
    assert 'value="leaves" selected' in shown
    assert 'value="other" selected' in shown
    refused = office.post(f"/school-year/turn/{row.turn_id}/confirm/", follow=True)
    assert lost.last_name in _said(refused)
    office.post(f"/school-year/turn/{row.turn_id}/place/{lost.pk}/", {"target": "2А"})
    page = _said(office.post(f"/school-year/turn/{row.turn_id}/confirm/", follow=True))
    assert "It is carried out by itself on the first day" in page
    row.refresh_from_db()
    assert (row.target, row.teacher, row.turn.carries_timetable) == ("8Б", teacher.user, True)
    assert YearTurn.objects.get().state == TurnState.CONFIRMED
    assert "confirmed, waits for the first day" in _said(office.get("/school-year/"))


def test_a_pupil_leaves_by_one_page_and_is_taken_in_by_another() -> None:
    old, new = turning(), SchoolFactory.create()
    pupil = old.pupil(SchoolClassFactory.create(school=old.school, year=old.new))
    place = SchoolClassFactory.create(school=new)
    office = signed_in(old.office)
    assert f"/school-year/moves/leave/{pupil.pk}/" in _said(office.get(f"/directory/classes/{pupil.school_class_id}/"))
    body = {"day": timezone.localdate().isoformat(), "to_school": new.pk}
    code = re.search(r"<code[^>]*>([^<]+)</code>", _said(office.post(f"/school-year/moves/leave/{pupil.pk}/", body)))
    assert code is not None
    late = {"day": (timezone.localdate() + timedelta(days=400)).isoformat()}
    other = old.pupil(pupil.school_class)
    assert office.post(f"/school-year/moves/leave/{other.pk}/", late).status_code == 422
    assert pupil.last_name in _said(office.get("/school-year/moves/"))
    there = signed_in(actor(Role.SCHOOL_ADMIN, school=new))
    arrival = {"code": code[1], "school_class": place.pk, "number": "77"}
    assert there.post("/school-year/moves/", arrival | {"code": ""}).status_code == 422
    assert there.post("/school-year/moves/", arrival | {"code": "", "national_number": "123"}).status_code == 422
    assert there.post("/school-year/moves/", arrival | {"code": "NONE"}).status_code == 422
    assert pupil.last_name in _said(there.post("/school-year/moves/", arrival, follow=True))
    assert Pupil.objects.get(pk=pupil.pk).school == new
    office.post(f"/school-year/moves/leave/{other.pk}/", body)
    office.post(f"/school-year/moves/{SchoolMove.objects.get(taken_at=None).pk}/back/")
    assert Pupil.objects.get(pk=other.pk).left_on is None


def test_classes_and_people_by_their_pages() -> None:
    who = psychologist()
    world_school = who.schools().get()
    klass = SchoolClassFactory.create(school=world_school)
    office = signed_in(actor(Role.SCHOOL_ADMIN, school=world_school))
    teacher = teacher_at(world_school)
    today = timezone.localdate().isoformat()
    past = (timezone.localdate() - DAY).isoformat()
    url = f"/school-year/classes/{klass.pk}/"
    assert office.post(url, {"teacher": teacher.user.pk, "first": past}).status_code == 422
    assert office.post(url, {"teacher": teacher.user.pk, "first": today}).status_code == 302
    named = {"s-teacher": who.user.pk, "s-first": today, "s-last": past}
    assert office.post(f"{url}substitute/", named).status_code == 422
    assert office.post(f"{url}substitute/", named | {"s-last": today}).status_code == 302
    assert teacher.user.last_name in _said(office.get("/school-year/classes/"))
    office.post(f"/school-year/substitutes/{Membership.objects.get(substitute=True).pk}/end/")
    assert Membership.objects.get(substitute=True).ends_on is not None
    case_of(who)
    person = f"/school-year/staff/{who.user.pk}/"
    assert office.post(person, {"last_day": "2020-01-01"}).status_code == 422
    assert office.post(person, {"last_day": today}, follow=True).status_code == 200
    assert who.user.last_name in _said(office.get("/school-year/staff/"))


def test_the_endpoints_do_what_the_pages_do() -> None:
    world = turning(timezone.localdate() + 30 * DAY)
    seventh = world.class_of(7, "Б")
    pupil, lost, teacher = world.pupil(seventh), world.pupil(None), teacher_at(world.school)
    office = signed_in(world.office)
    turn = office.post("/api/v1/year-turns/").json()["id"]
    url = f"/api/v1/year-turns/{turn}/"
    plan = office.get(url).json()
    assert (plan["staying"], plan["homeless"], plan["may_confirm"]) == (1, [str(lost.pk)], False)
    row = plan["classes"][0]["id"]
    said = {"classes": [{"id": row, "target": "8А", "teacher": teacher.user.pk}]}
    office.post(f"{url}classes/", said, JSON)
    office.post(f"{url}pupils/", {"pupil": str(lost.pk), "target": "3А"}, JSON)
    office.post(f"{url}pupils/", {"pupil": str(pupil.pk), "target": "repeats", "class_turn": row}, JSON)
    assert office.post(f"{url}classes/", {"classes": [{"id": row, "target": "?"}]}, JSON).status_code == 409
    assert office.post(f"{url}confirm/").json()["state"] == "confirmed"
    assert len(office.get("/api/v1/year-turns/").json()["results"]) == 1
    body = {"pupil": str(pupil.pk), "day": timezone.localdate().isoformat(), "elsewhere": "Орал"}
    move = office.post("/api/v1/school-moves/", body, JSON).json()
    assert (move["code"], office.get("/api/v1/school-moves/").json()["leaving"][0]["elsewhere"]) == ("", "Орал")
    assert office.delete(f"/api/v1/school-moves/{move['move']['id']}/").status_code == 204
    staff = office.get("/api/v1/school-staff/").json()["results"]
    assert {one["id"] for one in staff} == {teacher.user.pk, world.office.user.pk}
    gone = office.post(
        f"/api/v1/school-staff/{teacher.user.pk}/leave/", {"last_day": timezone.localdate().isoformat()}, JSON
    )
    assert gone.json() == {"handed_over": {}}


@pytest.mark.parametrize("count", [1, 30])
def test_the_lists_cost_the_same_for_one_row_and_for_thirty(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    world = turning()
    for number in range(count):
        klass = SchoolClassFactory.create(school=world.school, year=world.old, letter=f"Б{number}")
        world.pupil(klass)
        world.teacher_of(klass)
    office = signed_in(world.office)
    office.post("/school-year/turn/")
    office.get("/school-year/turn/")
    with django_assert_num_queries(16):
        office.get("/school-year/turn/")
    with django_assert_num_queries(8):
        office.get("/school-year/staff/")
