"""Deadlines: whoever has a task, leads its case or decides on a report pauses and extends its clock, the lead too; the
table is read by everybody who works here and changed by the lead of a region (here the lead is a district's); what is
overdue is the lead's to see; an absence is one's own affair and that of the lead above."""

from datetime import timedelta

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, CLOSED, OWN, SAME_SCHOOL, Asked, Cell, Sent, api, cell, each, only, within

PSYCHOLOGIST, LEAD = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST
TASKS = (Role.SOCIAL_PEDAGOGUE, Role.CLASS_TEACHER)
STAFF = tuple(role for role in Role if role not in (Role.PARENT, Role.PUPIL))
OTHERS = tuple(role for role in STAFF if role != LEAD)
WHY = "Ученица на олимпиаде"

OPEN = {PSYCHOLOGIST: within(200), LEAD: only(200, OWN, ASSIGNED, CLOSED), **each(TASKS, only(200, OWN, CLOSED))}
CHANGE = {
    PSYCHOLOGIST: only(302, OWN, closed=422),
    LEAD: only(302, OWN, ASSIGNED, closed=422),
    **each(TASKS, only(302, OWN, closed=422)),
}
RESUME = {
    PSYCHOLOGIST: only(302, OWN, CLOSED),
    LEAD: only(302, OWN, ASSIGNED, CLOSED),
    **each(TASKS, only(302, OWN, CLOSED)),
}
API_CHANGE = {
    PSYCHOLOGIST: only(200, OWN, closed=409),
    LEAD: only(200, OWN, ASSIGNED, closed=409),
    **each(TASKS, only(200, OWN, closed=409)),
}
API_RESUME = {
    PSYCHOLOGIST: only(409, OWN, CLOSED),
    LEAD: only(409, OWN, ASSIGNED, CLOSED),
    **each(TASKS, only(409, OWN, CLOSED)),
}
CAN_BE_STOOD_IN_FOR = (PSYCHOLOGIST, Role.TEACHER, *TASKS)
ALONE = tuple(role for role in STAFF if role not in CAN_BE_STOOD_IN_FOR)


def _pause(_asked: Asked) -> Sent:
    return {"pause-through": f"{timezone.localdate():%Y-%m-%d}", "pause-reason": WHY}


def _api_pause(_asked: Asked) -> Sent:
    return {"through": f"{timezone.localdate():%Y-%m-%d}", "reason": WHY}


def _term(_asked: Asked) -> Sent:
    return {
        "amount": 4,
        "unit": "days",
        "basis": "school",
        "longest_pause": 0,
        "longest_extension": 0,
        "source": "[P] decision of the region",
        "effective_from": f"{timezone.localdate():%Y-%m-%d}",
    }


def _absence(asked: Asked) -> Sent:
    here = asked.places.here
    others = {PSYCHOLOGIST: here.colleague, Role.TEACHER: here.reporter}
    stand_in = others.get(asked.role, asked.places[LEAD]) if asked.role in CAN_BE_STOOD_IN_FOR else here.colleague
    day = timezone.localdate() + timedelta(days=40)
    return {"stand_in": stand_in.membership.pk, "first_day": f"{day:%Y-%m-%d}", "last_day": f"{day:%Y-%m-%d}"}


def _api_absence(asked: Asked) -> Sent:
    absence = _absence(asked)
    return {"stand_in_id": absence.pop("stand_in"), **absence}


def _absence_of_staff(asked: Asked) -> Sent:
    return _absence(asked) | {"stand_in": asked.places[LEAD].membership.pk}


TABLE: list[Cell] = [
    cell("clocks:clock", "GET", "clock", allow=OPEN),
    cell("clocks:pause", "POST", "clock", allow=CHANGE, sends=_pause),
    cell("clocks:extend", "POST", "clock", allow=CHANGE, sends={"extend-amount": 1, "extend-reason": WHY}),
    cell("clocks:resume", "POST", "clock", allow=RESUME),
    cell("clocks:table", "GET", allow=each(STAFF, 200)),
    cell("clocks:term", "GET", "term", allow=each(STAFF, only(200, OWN))),
    cell("clocks:term", "POST", "term", allow=each(STAFF, only(403, OWN)), sends=_term),
    cell("clocks:overdue", "GET", allow={LEAD: 200}),
    cell("clocks:away", "GET", allow=each(STAFF, 200)),
    cell("clocks:away", "POST", allow={**each(CAN_BE_STOOD_IN_FOR, 302), **each(ALONE, 422)}, sends=_absence),
    cell("clocks:away-of", "GET", "led", allow={LEAD: only(200, OWN, SAME_SCHOOL)}),
    cell("clocks:away-of", "POST", "led", allow={LEAD: only(302, SAME_SCHOOL, own=422)}, sends=_absence_of_staff),
    cell(
        "clocks:end-away",
        "POST",
        "absence",
        allow={**each(OTHERS, only(302, OWN)), LEAD: only(302, OWN, SAME_SCHOOL)},
    ),
    api("api:clock-detail", "GET", "clock", allow=OPEN),
    api("api:clock-pause", "POST", "clock", allow=API_CHANGE, sends=_api_pause),
    api("api:clock-extend", "POST", "clock", allow=API_CHANGE, sends={"amount": 1, "reason": WHY}),
    api("api:clock-resume", "POST", "clock", allow=API_RESUME),
    api("api:deadline-list", "GET", allow=each(STAFF, 200)),
    api("api:deadline-detail", "GET", "term", allow=each(STAFF, only(200, OWN))),
    api("api:deadline-change", "POST", "term", allow=each(STAFF, only(403, OWN)), sends=_term),
    api("api:deadline-preview", "POST", "term", allow=each(STAFF, only(403, OWN)), sends=_term),
    api("api:overdue-list", "GET", allow={LEAD: 200}),
    api("api:absence-list", "GET", allow=each(STAFF, 200)),
    api(
        "api:absence-list",
        "POST",
        allow={**each(CAN_BE_STOOD_IN_FOR, 201), **each(ALONE, 400)},
        sends=_api_absence,
    ),
    api(
        "api:absence-detail",
        "DELETE",
        "absence",
        allow={**each(OTHERS, only(204, OWN)), LEAD: only(204, OWN, SAME_SCHOOL)},
    ),
    api("api:absence-standing-in", "GET", allow=each(STAFF, 200)),
    api("api:absence-stand-ins", "GET", allow=each(STAFF, 200)),
]
