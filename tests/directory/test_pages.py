"""The directory's pages: who gets in, what they see, what is written down."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from caseflow.accounts.models import User
from caseflow.audit.models import AuditEntry
from caseflow.audit.services import seal_pending
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Camera, LessonSlot, Membership, Room, School
from tests.directory.factories import (
    AgencyFactory,
    CameraFactory,
    DistrictFactory,
    GuardianFactory,
    GuardianshipFactory,
    LessonSlotFactory,
    MembershipFactory,
    PupilFactory,
    RegionFactory,
    RoomFactory,
    SchoolClassFactory,
    SchoolFactory,
    UserFactory,
    actor,
    parent_of,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def admin(school: School) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=school)


def test_a_psychologist_finds_pupils_by_name_and_class(school: School) -> None:
    school_class = SchoolClassFactory.create(school=school, grade=7, letter="Б")
    madina = PupilFactory.create(school_class=school_class, last_name="Серікова", first_name="Мадина")
    other_class = SchoolClassFactory.create(school=school, grade=8)
    PupilFactory.create(school_class=other_class, last_name="Петров", first_name="Арман")
    client = signed_in(actor(Role.PSYCHOLOGIST, school=school))
    for query in ("Сер", "мад", "7Б", "сер Мад"):
        page = client.get("/directory/pupils/", {"q": query}).content.decode()
        assert madina.full_name in page
        assert "Петров" not in page


def test_a_pupil_of_another_school_does_not_exist(school: School) -> None:
    stranger = PupilFactory.create()
    client = signed_in(actor(Role.PSYCHOLOGIST, school=school))
    assert client.get(f"/directory/pupils/{stranger.pk}/").status_code == 404
    assert client.get(f"/directory/pupils/{uuid4()}/").status_code == 404
    assert stranger.last_name not in client.get("/directory/pupils/").content.decode()


def test_reading_a_pupil_s_card_is_logged(school: School) -> None:
    pupil = PupilFactory.create(school_class=SchoolClassFactory.create(school=school))
    GuardianshipFactory.create(pupil=pupil)
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    assert signed_in(psychologist).get(f"/directory/pupils/{pupil.pk}/").status_code == 200
    entry = AuditEntry.objects.get(action="read")
    assert (entry.actor, entry.pupil_id, entry.role) == (psychologist.user, pupil.pk, "psychologist")


def test_a_psychologist_does_not_reach_the_own_child(school: School) -> None:
    pupil = PupilFactory.create(school_class=SchoolClassFactory.create(school=school))
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    GuardianshipFactory.create(pupil=pupil, guardian=GuardianFactory.create(user=psychologist.user))
    assert signed_in(psychologist).get(f"/directory/pupils/{pupil.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_pupils_costs_the_same_for_one_and_for_thirty(
    school: School, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    PupilFactory.create_batch(count, school_class=SchoolClassFactory.create(school=school))
    client = signed_in(actor(Role.PSYCHOLOGIST, school=school))
    client.get("/directory/pupils/")
    with django_assert_num_queries(9):
        client.get("/directory/pupils/")


def test_a_role_that_ended_is_gone_at_the_next_request(school: School) -> None:
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    client = signed_in(psychologist)
    assert client.get("/directory/pupils/").status_code == 200
    Membership.objects.update(ends_on=date.today() - timedelta(days=1))  # noqa: DTZ011  a whole day apart
    assert client.get("/directory/pupils/").status_code == 403


def test_somebody_with_two_roles_acts_in_one_at_a_time(school: School) -> None:
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    other = MembershipFactory.create(user=psychologist.user, role=Role.SCHOOL_ADMIN, school=school)
    client = signed_in(psychologist)
    assert client.get("/directory/classes/").status_code == 403
    assert client.post("/directory/act/", {"membership": other.pk}).status_code == 302
    assert client.get("/directory/classes/").status_code == 200
    assert client.get("/directory/pupils/").status_code == 403


@pytest.mark.parametrize("chosen", ["", "x", "0", "999999"])
def test_a_role_that_is_not_one_s_own_cannot_be_taken(school: School, chosen: str) -> None:
    client = signed_in(actor(Role.PSYCHOLOGIST, school=school))
    assert client.post("/directory/act/", {"membership": chosen}).status_code == 404
    foreign = MembershipFactory.create(role=Role.SYSTEM_ADMIN)
    assert client.post("/directory/act/", {"membership": foreign.pk}).status_code == 404


def test_the_administrator_sees_classes_and_their_rolls(admin: Actor, school: School) -> None:
    slot = LessonSlotFactory.create(school_class=SchoolClassFactory.create(school=school))
    pupil = PupilFactory.create(school_class=slot.school_class)
    client = signed_in(admin)
    assert str(slot.school_class) in client.get("/directory/classes/").content.decode()
    page = client.get(f"/directory/classes/{slot.school_class.pk}/").content.decode()
    assert pupil.full_name in page
    assert slot.subject in page
    assert client.get(f"/directory/classes/{SchoolClassFactory.create().pk}/").status_code == 404


def lesson_form(school: School, **changes: object) -> dict[str, object]:
    room = RoomFactory.create(school=school)
    school_class = SchoolClassFactory.create(school=school)
    form = {"school_class": school_class.pk, "weekday": 2, "starts_at": "08:30", "ends_at": "09:15"}
    teacher = actor(Role.TEACHER, school=school).user
    return {**form, "subject": "Физика", "teacher": teacher.pk, "room": room.pk, **changes}


def test_a_lesson_is_entered_and_taken_out(admin: Actor, school: School) -> None:
    client = signed_in(admin)
    assert client.post("/directory/timetable/", lesson_form(school)).status_code == 302
    slot = LessonSlot.objects.get()
    assert "Физика" in client.get("/directory/timetable/").content.decode()
    assert client.post(f"/directory/timetable/{slot.pk}/remove/").status_code == 302
    assert "Физика" not in client.get("/directory/timetable/").content.decode()


def test_a_lesson_that_ends_before_it_starts_or_collides_is_refused(admin: Actor, school: School) -> None:
    client = signed_in(admin)
    assert client.post("/directory/timetable/", lesson_form(school, ends_at="08:30")).status_code == 422
    form = lesson_form(school)
    client.post("/directory/timetable/", form)
    same_room = lesson_form(school, room=form["room"], starts_at="09:00", ends_at="09:45")
    assert client.post("/directory/timetable/", same_room).status_code == 422
    assert LessonSlot.objects.count() == 1


def test_another_school_s_lesson_cannot_be_taken_out(admin: Actor) -> None:
    foreign = LessonSlotFactory.create()
    assert signed_in(admin).post(f"/directory/timetable/{foreign.pk}/remove/").status_code == 404
    assert LessonSlot.objects.filter(pk=foreign.pk).exists()


def test_rooms_and_cameras_are_entered_for_the_own_school_only(admin: Actor, school: School) -> None:
    client = signed_in(admin)
    assert client.post("/directory/rooms/", {"what": "room", "school": school.pk, "name": "214"}).status_code == 302
    room = Room.objects.get(name="214")
    camera = {"what": "camera", "room": room.pk, "name": "1", "purpose": "classroom"}
    assert client.post("/directory/rooms/", camera).status_code == 302
    assert Camera.objects.get().room == room
    foreign = {"what": "room", "school": SchoolFactory.create().pk, "name": "1"}
    assert client.post("/directory/rooms/", foreign).status_code == 422
    assert "Room 214" in client.get("/directory/rooms/").content.decode()


@pytest.mark.parametrize(("name", "shown"), [("214", "Room 214"), ("12а", "Room 12а"), ("каб. 214", "каб. 214")])
def test_a_room_named_by_a_number_alone_is_called_a_room(name: str, shown: str) -> None:
    room = RoomFactory.build(name=name)
    assert str(room) == shown
    assert str(CameraFactory.build(room=room, name="camera 2")) == f"{shown}, camera 2"
    assert room.name == name


def test_the_system_administrator_gives_a_role_to_a_new_person_and_ends_it(school: School) -> None:
    client = signed_in(actor(Role.SYSTEM_ADMIN))
    form = {"username": "sabyrova", "last_name": "Сабырова", "role": "psychologist", "school": school.pk}
    page = client.post("/directory/members/", {**form, "starts_on": "2026-01-01"})
    user = User.objects.get(username="sabyrova")
    assert user.must_change_password
    assert page.context["given"][1] in page.content.decode()
    assert user.check_password(page.context["given"][1])
    membership = user.memberships.get()
    assert client.post(f"/directory/members/{membership.pk}/end/").status_code == 302
    assert "Сабырова" not in client.get("/directory/members/", {"q": "Сабырова"}).content.decode().split("<table")[1]
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"give_role", "end_role"}


@pytest.mark.parametrize(
    ("role", "unit"),
    [("psychologist", {}), ("psychologist", {"region": True}), ("dpo", {"school": True}), ("parent", {"school": True})],
)
def test_a_role_in_the_wrong_kind_of_unit_is_refused(school: School, role: str, unit: dict[str, bool]) -> None:
    units = {"school": school.pk, "region": school.district.region_id}
    form = {"username": "x", "role": role, "starts_on": "2026-01-01", **{name: units[name] for name in unit}}
    assert signed_in(actor(Role.SYSTEM_ADMIN)).post("/directory/members/", form).status_code == 422
    assert not User.objects.filter(username="x").exists()


def test_the_role_one_acts_in_cannot_be_ended_by_oneself() -> None:
    who = actor(Role.SYSTEM_ADMIN)
    signed_in(who).post(f"/directory/members/{who.membership.pk}/end/")
    assert Membership.objects.get(pk=who.membership.pk).ends_on is None


def test_schools_show_counts_and_nobody_s_name(school: School) -> None:
    pupil = PupilFactory.create(school_class=SchoolClassFactory.create(school=school))
    page = signed_in(actor(Role.SYSTEM_ADMIN)).get("/directory/schools/").content.decode()
    assert school.name in page
    assert pupil.last_name not in page


def test_a_police_operator_sees_how_to_reach_the_schools_of_the_own_agency() -> None:
    region = RegionFactory.create()
    served = SchoolFactory.create(district=DistrictFactory.create(region=region), phone="+7 7292 00 00 00")
    elsewhere = SchoolFactory.create()
    client = signed_in(actor(Role.POLICE_OPERATOR, agency=AgencyFactory.create(region=region)))
    page = client.get("/directory/").content.decode()
    assert served.phone in page
    assert elsewhere.name not in page


def test_the_access_log_is_for_the_data_protection_officer_and_shows_the_chain(school: School) -> None:
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    pupil = PupilFactory.create(school_class=SchoolClassFactory.create(school=school))
    signed_in(psychologist).get(f"/directory/pupils/{pupil.pk}/")
    seal_pending()
    client = signed_in(actor(Role.DPO))
    page = client.get("/directory/access-log/", {"q": psychologist.user.last_name}).content.decode()
    assert f"pupil {pupil.pk}" in page
    assert pupil.last_name not in page
    assert "<td>Opened</td>" in page
    assert "<code>" not in page
    assert f"pupil {pupil.pk}" in client.get("/directory/access-log/", {"q": "opened"}).content.decode()
    assert f"pupil {pupil.pk}" not in client.get("/directory/access-log/", {"q": "refused"}).content.decode()
    assert "The chain holds" in client.get("/directory/access-log/check/").content.decode()
    AuditEntry.objects.filter(sequence=1).update(action="nothing")
    assert "entry 1" in client.get("/directory/access-log/check/").content.decode()
    assert signed_in(psychologist).get("/directory/access-log/").status_code == 403


def test_the_front_door_leads_to_the_role_s_own_page(school: School) -> None:
    assert signed_in(actor(Role.SCHOOL_ADMIN, school=school)).get("/").status_code == 302
    assert Client().get("/")["Location"].startswith("/accounts/login/")
    nobody = Client()
    nobody.force_login(UserFactory.create(), backend="django.contrib.auth.backends.ModelBackend")
    assert nobody.get("/").status_code == 403


@pytest.mark.parametrize("path", ["pupils", "classes", "import", "timetable", "rooms", "members", "schools"])
def test_a_parent_enters_none_of_it(path: str) -> None:
    assert signed_in(parent_of(PupilFactory.create())).get(f"/directory/{path}/").status_code == 403


def test_the_api_lists_the_same_pupils_as_the_page(school: School) -> None:
    pupil = PupilFactory.create(school_class=SchoolClassFactory.create(school=school))
    foreign = PupilFactory.create()
    client = signed_in(actor(Role.PSYCHOLOGIST, school=school))
    assert [found["id"] for found in client.get("/api/v1/pupils/").json()["results"]] == [str(pupil.pk)]
    assert client.get(f"/api/v1/pupils/{foreign.pk}/").status_code == 404
    assert client.get(f"/api/v1/pupils/{pupil.pk}/").json()["number"] == pupil.number
    assert AuditEntry.objects.filter(action="read", pupil_id=pupil.pk).count() == 1
