"""Pupils are read by the psychologist of their school; the office keeps classes, lessons and rolls; the administrator
of the installation keeps accounts; the data protection officer reads the access log."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import (
    CLOSED,
    CONFLICT,
    OTHER_SCHOOL,
    OWN,
    SAME_SCHOOL,
    Asked,
    Cell,
    Sent,
    api,
    cell,
    each,
    only,
    within,
)
from tests.access.objects_of_places import ROLL

PSYCHOLOGIST, OFFICE, ADMINISTRATOR, DPO = Role.PSYCHOLOGIST, Role.SCHOOL_ADMIN, Role.SYSTEM_ADMIN, Role.DPO
WITH_OWN_CHILD = within(200, conflict=200)  # the class is there, the own child is left out of it
# Whose own pages are about a pupil or a case.
SEARCHERS = (PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, OFFICE, Role.CLASS_TEACHER)
LISTS = (OWN, SAME_SCHOOL, CONFLICT)  # a list of the whole school names the own child as well
UNITS = (Role.POLICE_OPERATOR, Role.DUTY_PERSON, Role.DRILL_OFFICER)


def _roll(asked: Asked) -> Sent:
    content = SimpleUploadedFile("roll.csv", ROLL.encode(), "text/csv")
    return {"school": asked.places.here.school.pk, "file": content}


def _lesson(asked: Asked) -> Sent:
    here = asked.places.here
    room = here.school.rooms.first()
    return {
        "school_class": here.own_class.pk,
        "weekday": 6,
        "starts_at": "17:00",
        "ends_at": "17:45",
        "subject": "Химия",
        "teacher": asked.places[Role.TEACHER].user.pk,
        "room": room.pk if room else "",
    }


def _member(asked: Asked) -> Sent:
    return {
        "username": "new-dpo",
        "last_name": "Новая",
        "first_name": "Дана",
        "role": Role.DPO,
        "starts_on": timezone.localdate(),
    }


TABLE: list[Cell] = [
    cell("directory:home", "GET", allow=each(UNITS, 200)),
    cell("directory:pupils", "GET", allow={PSYCHOLOGIST: 200}),
    cell("directory:pupil", "GET", "pupil", allow={PSYCHOLOGIST: within(200, closed=404)}),
    cell("directory:search", "GET", allow=each(SEARCHERS, 200)),
    cell("directory:search", "POST", allow=each(SEARCHERS, 200), sends={"q": "серикова"}),
    cell("directory:search-hits", "POST", allow=each(SEARCHERS, 200), sends={"q": "серикова"}),
    cell("directory:classes", "GET", allow={OFFICE: 200}),
    cell("directory:class", "GET", "class_", allow={OFFICE: WITH_OWN_CHILD}),
    cell("directory:import", "GET", allow=each((OFFICE, ADMINISTRATOR), 200)),
    cell("directory:import", "POST", allow=each((OFFICE, ADMINISTRATOR), 302), sends=_roll),
    cell(
        "directory:import-preview",
        "GET",
        "draft",
        allow={
            OFFICE: only(200, *LISTS, closed=302),  # an applied list leads to its result
            ADMINISTRATOR: only(200, *LISTS, OTHER_SCHOOL, closed=302),
        },
    ),
    cell(
        "directory:import-preview",
        "POST",
        "draft",
        allow={
            OFFICE: only(302, *LISTS, CLOSED),
            ADMINISTRATOR: only(302, *LISTS, OTHER_SCHOOL, CLOSED),
        },
    ),
    cell("directory:timetable", "GET", allow={OFFICE: 200}),
    cell("directory:timetable", "POST", allow={OFFICE: 302}, sends=_lesson),
    cell("directory:remove-lesson", "POST", "lesson", allow={OFFICE: within(302, conflict=302, closed=404)}),
    cell("directory:rooms", "GET", allow={OFFICE: 200}),
    cell(
        "directory:rooms",
        "POST",
        allow={OFFICE: 302},
        sends=lambda asked: {"what": "room", "school": asked.places.here.school.pk, "name": "каб. 99"},
    ),
    cell("directory:members", "GET", allow={ADMINISTRATOR: 200}),
    cell("directory:members", "POST", allow={ADMINISTRATOR: 200}, sends=_member),
    cell(
        "directory:end-member", "POST", "membership", allow={ADMINISTRATOR: only(302, OWN, SAME_SCHOOL, OTHER_SCHOOL)}
    ),
    cell("directory:schools", "GET", allow={ADMINISTRATOR: 200}),
    cell(
        "directory:schools",
        "POST",
        allow={ADMINISTRATOR: 302},
        sends={"what": "region", "name_kk": "Жаңа облыс", "name_ru": "Новая область"},
    ),
    # The administrator of the installation keeps all its schools.
    cell("directory:school", "GET", "school", allow={ADMINISTRATOR: only(200, OWN, OTHER_SCHOOL)}),
    cell(
        "directory:school",
        "POST",
        "school",
        allow={ADMINISTRATOR: only(422, OWN, OTHER_SCHOOL)},
        sends={"name_ru": "Без района"},
    ),
    cell("directory:access-log", "GET", allow={DPO: 200}),
    cell("directory:check-chain", "GET", allow={DPO: 200}),
    cell("directory:deliveries", "GET", allow={DPO: 200, Role.SYSTEM_ADMIN: 200}),
    api("api:search-list", "POST", allow=each(SEARCHERS, 200), sends={"q": "серикова"}),
    api("api:class-detail", "GET", "class_", allow={OFFICE: WITH_OWN_CHILD}),
    api("api:served-school-list", "GET", allow=each(UNITS, 200)),
    api("api:agency-list", "GET", allow={ADMINISTRATOR: 200}),
    api("api:school-year-list", "GET", allow={ADMINISTRATOR: 200}),
    api("api:member-list", "GET", allow={ADMINISTRATOR: 200}),
    # Nobody ends the role they are acting in.
    api("api:member-end", "POST", "membership", allow={ADMINISTRATOR: only(204, SAME_SCHOOL, OTHER_SCHOOL, own=409)}),
    api("api:holiday-list", "GET", allow={OFFICE: 200}),
    api("api:room-list", "GET", allow={OFFICE: 200}),
    api("api:camera-list", "GET", allow={OFFICE: 200}),
    api("api:access-log-list", "GET", allow={DPO: 200}),
    api("api:access-log-chain", "GET", allow={DPO: 200}),
]
