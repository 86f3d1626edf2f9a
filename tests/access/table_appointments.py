"""A psychologist works in the calendar of the own school, colleagues' appointments included; a lead psychologist reads
the appointments of the cases given to them; whoever knows the secret address reads busy times, signed in or not."""

from datetime import timedelta

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import (
    ASSIGNED,
    CLOSED,
    OTHER_SCHOOL,
    OWN,
    Asked,
    Cell,
    Sent,
    api,
    cell,
    each,
    only,
    within,
)
from tests.access.objects_of_cases import REASON

PSYCHOLOGIST, LEAD = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST
READERS = (PSYCHOLOGIST, LEAD)
READ = {PSYCHOLOGIST: within(200), LEAD: only(200, ASSIGNED, CLOSED)}
# What was answered stays as it is, and the page says so.
CHANGE = {PSYCHOLOGIST: within(302, closed=422)}
CORRECT = {PSYCHOLOGIST: within(422, closed=302)}
CHANGE_BY_API = {PSYCHOLOGIST: within(200, closed=409)}
# Everybody who works at a school learns when a room is taken.
STAFF = (PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL, Role.SCHOOL_ADMIN, Role.TEACHER, Role.CLASS_TEACHER)
EVERYBODY = each(tuple(Role), only(200, OWN, OTHER_SCHOOL))


def _day(days: int = 3) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _form(_asked: Asked) -> Sent:
    return {"day": _day(), "time": "10:00", "minutes": "45", "kind": "meeting"}


def _plan(_asked: Asked) -> Sent:
    return {"starts_at": f"{_day()}T10:00", "kind": "meeting"}


def _moved(_asked: Asked) -> Sent:
    return {"starts_at": f"{_day(4)}T10:00"}


TABLE: list[Cell] = [
    cell("appointments:calendar", "GET", allow=each(READERS, 200)),
    cell("appointments:rooms", "GET", allow=each(STAFF, 200)),
    api("api:appointment-rooms", "GET", allow=each(STAFF, 200)),
    cell("appointments:today", "GET", allow=each(READERS, 200)),
    cell("appointments:of-case", "GET", "case", allow=READ),
    cell("appointments:detail", "GET", "appointment", allow=READ),
    cell("appointments:new", "GET", allow={PSYCHOLOGIST: 200}),
    cell("appointments:new", "POST", allow={PSYCHOLOGIST: 302}, sends=_form),
    cell("appointments:people", "GET", allow={PSYCHOLOGIST: 200}),
    cell("appointments:slots", "GET", allow={PSYCHOLOGIST: 200}),
    cell("appointments:change", "GET", "appointment", allow={PSYCHOLOGIST: within(200)}),
    cell("appointments:change", "POST", "appointment", allow=CHANGE, sends=_form),
    cell("appointments:held", "POST", "appointment", allow=CHANGE),
    cell("appointments:not-come", "POST", "appointment", allow=CHANGE),
    cell("appointments:correct", "POST", "appointment", allow=CORRECT, sends={"reason": REASON}),
    cell("appointments:off", "POST", "appointment", allow=CHANGE, sends={"by": "school"}),
    cell("appointments:settings", "GET", allow={PSYCHOLOGIST: 200}),
    cell("appointments:settings", "POST", allow={PSYCHOLOGIST: 302}, sends={"minutes": "30"}),
    cell("appointments:make-address", "POST", allow={PSYCHOLOGIST: 200}),
    cell("appointments:end-address", "POST", allow={PSYCHOLOGIST: 302}),
    cell("appointments:feed", "GET", "feed", allow=EVERYBODY, anonymous=200, revoked=200),
    api("api:appointment-list", "GET", allow=each(READERS, 200)),
    api("api:appointment-list", "POST", allow={PSYCHOLOGIST: 201}, sends=_plan),
    api("api:appointment-detail", "GET", "appointment", allow=READ),
    api("api:appointment-change", "POST", "appointment", allow=CHANGE_BY_API, sends=_plan),
    api("api:appointment-move", "POST", "appointment", allow=CHANGE_BY_API, sends=_moved),
    api("api:appointment-held", "POST", "appointment", allow=CHANGE_BY_API, sends={}),
    api("api:appointment-not-come", "POST", "appointment", allow=CHANGE_BY_API, sends={}),
    api(
        "api:appointment-correct",
        "POST",
        "appointment",
        allow={PSYCHOLOGIST: within(409, closed=200)},
        sends={"reason": REASON},
    ),
    api("api:appointment-off", "POST", "appointment", allow=CHANGE_BY_API, sends={"by": "pupil"}),
    api("api:appointment-slots", "GET", allow={PSYCHOLOGIST: 200}),
    api("api:appointment-of-case", "GET", "case", allow=READ),
    api("api:calendar-settings-mine", "GET", allow={PSYCHOLOGIST: 200}),
    api("api:calendar-settings-reminder", "POST", allow={PSYCHOLOGIST: 204}, sends={"minutes": 30}),
    api("api:calendar-settings-address", "POST", allow={PSYCHOLOGIST: 201}),
    api("api:calendar-settings-end-address", "POST", allow={PSYCHOLOGIST: 204}),
]
