"""Rooms, cameras, classes, members and the access log: what the pages show, to whom the pages show it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.audit.services import record, seal_pending
from caseflow.directory.actors import Actor
from caseflow.directory.enums import CameraPurpose, Role
from caseflow.directory.models import School
from tests.api.asking import get, post, rows
from tests.directory.factories import (
    AgencyFactory,
    CameraFactory,
    GuardianshipFactory,
    LessonSlotFactory,
    PupilFactory,
    RoomFactory,
    SchoolClassFactory,
    SchoolFactory,
    actor,
    parent_of,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def office(school: School) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=school)


@pytest.fixture
def administrator() -> Actor:
    return actor(Role.SYSTEM_ADMIN)


def test_rooms_come_with_their_cameras_and_only_those_of_the_own_school(school: School, office: Actor) -> None:
    room = RoomFactory.create(school=school, name="каб. 12")
    camera = CameraFactory.create(room=room, name="над доской")
    CameraFactory.create()
    expected = {
        "id": camera.pk,
        "room": room.pk,
        "name": "над доской",
        "purpose": CameraPurpose.CLASSROOM,
        "wired_to_police": False,
    }
    assert rows(office, "room-list") == [{"id": room.pk, "school": school.pk, "name": "каб. 12", "cameras": [expected]}]
    assert rows(office, "camera-list") == [expected]


def test_a_class_comes_with_its_roll_and_lessons(school: School, office: Actor) -> None:
    school_class = SchoolClassFactory.create(school=school)
    here = PupilFactory.create(school_class=school_class)
    PupilFactory.create(school_class=school_class, left_on=timezone.localdate())
    slot = LessonSlotFactory.create(school_class=school_class)
    found = get(office, "class-detail", school_class.pk).json()
    assert [row["id"] for row in found["pupils"]] == [str(here.pk)]
    assert [row["id"] for row in found["lessons"]] == [slot.pk]
    assert get(office, "class-detail", SchoolClassFactory.create().pk).status_code == 404
    assert AuditEntry.objects.filter(action="denied").count() == 1


def test_the_list_of_classes_is_for_the_psychologist_too_but_not_the_roll(school: School) -> None:
    school_class = SchoolClassFactory.create(school=school)
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    assert [row["id"] for row in rows(psychologist, "class-list")] == [school_class.pk]
    assert get(psychologist, "class-detail", school_class.pk).status_code == 403


def test_a_pupil_comes_with_who_stands_for_the_pupil_and_the_reading_is_logged(school: School) -> None:
    guardianship = GuardianshipFactory.create(pupil=PupilFactory.create(school=school))
    pupil, psychologist = guardianship.pupil, actor(Role.PSYCHOLOGIST, school=school)
    found = get(psychologist, "pupil-detail", pupil.pk).json()
    assert (found["id"], found["last_name"]) == (str(pupil.pk), pupil.last_name)
    name = guardianship.guardian.full_name
    assert found["guardians"] == [{"guardian": str(guardianship.guardian_id), "name": name, "relation": "mother"}]
    assert AuditEntry.objects.get(action="read").obj == f"pupil {pupil.pk}"


def test_a_police_operator_finds_the_schools_served_with_their_telephones(school: School) -> None:
    school.address, school.phone = "ул. Абая, 1", "+7 000"
    school.save()
    SchoolFactory.create()
    agency = AgencyFactory.create(region=school.district.region)
    (row,) = rows(actor(Role.POLICE_OPERATOR, agency=agency), "served-school-list")
    assert (row["id"], row["address"], row["phone"]) == (school.pk, "ул. Абая, 1", "+7 000")


def test_holidays_ahead_are_named(office: Actor) -> None:
    found = rows(office, "holiday-list")
    assert found == sorted(found, key=lambda day: str(day["starts_on"]))
    assert all(row["name"] and row["ends_on"] >= timezone.localdate().isoformat() for row in found)
    assert found != []


def test_the_administrator_finds_members_and_no_parents_child_is_told(administrator: Actor, school: School) -> None:
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    (row,) = rows(administrator, "member-list", q=psychologist.user.username)
    assert (row["role"], row["unit"]) == ("psychologist", school.name)
    parent = parent_of(PupilFactory.create())
    (row,) = rows(administrator, "member-list", q=parent.user.username)
    assert (row["role"], row["unit"]) == ("parent", None)


def test_a_role_is_ended_once_and_never_the_own(administrator: Actor, school: School) -> None:
    member = actor(Role.TEACHER, school=school).membership
    assert post(administrator, "member-end", member.pk).status_code == 204
    member.refresh_from_db()
    assert member.ends_on is not None
    assert member.ends_on < timezone.localdate()
    assert post(administrator, "member-end", member.pk).status_code == 404
    own = post(administrator, "member-end", administrator.membership.pk)
    assert (own.status_code, own.json()) == (409, {"detail": "You cannot end the role you are acting in."})


def test_the_administrator_lists_schools_agencies_and_years(administrator: Actor, school: School) -> None:
    agency = AgencyFactory.create(region=school.district.region)
    year = SchoolClassFactory.create(school=school).year
    assert [row["id"] for row in rows(administrator, "school-list")] == [school.pk]
    assert [(row["id"], row["kind"]) for row in rows(administrator, "agency-list")] == [(agency.pk, "police")]
    assert [(row["id"], row["breaks"]) for row in rows(administrator, "school-year-list")] == [(year.pk, [])]


def test_the_protection_officer_searches_the_access_log_without_its_details() -> None:
    officer = actor(Role.DPO)
    record(action="case_read", actor_id=officer.user.pk, role="dpo", obj="cases.Case/1", detail={"notes": ["secret"]})
    record(action="read", actor_id=officer.user.pk, role="dpo", obj="pupil 1")
    answer = get(officer, "access-log-list", q="case_")
    assert [(row["action"], row["obj"]) for row in answer.json()["results"]] == [("case_read", "cases.Case/1")]
    assert "secret" not in answer.content.decode()


def test_the_protection_officer_checks_the_chain() -> None:
    officer = actor(Role.DPO)
    entry = record(action="read", actor_id=officer.user.pk, role="dpo", obj="pupil 1")
    seal_pending()
    whole = get(officer, "access-log-chain").json()
    assert (whole["broken_at"], whole["checkpoint"]["sequence"]) == (None, 1)
    AuditEntry.objects.filter(pk=entry.pk).update(obj="pupil 2")
    assert get(officer, "access-log-chain").json()["broken_at"] == "entry 1"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DPO}))
def test_nobody_else_reads_the_access_log(role: Role, school: School) -> None:
    assert get(actor(role, school=school), "access-log-list").status_code == 403


def test_visitors_get_nothing() -> None:
    assert {Client().get(reverse(f"api:{name}-list")).status_code for name in ("room", "member", "access-log")} == {403}


def test_the_search_is_bounded(administrator: Actor) -> None:
    answer = signed_in(administrator).get(reverse("api:member-list"), {"q": "x" * 101})
    assert (answer.status_code, list(answer.json())) == (400, ["q"])
