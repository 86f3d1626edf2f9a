"""The turn of the year, moves, classes in other hands and people who leave: the office of the school alone."""

from datetime import timedelta

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import OWN, SAME_SCHOOL, Asked, Cell, Sent, api, cell, only, within

OFFICE = Role.SCHOOL_ADMIN
READ = {OFFICE: within(200)}
# What is done stays as it is, and the page says so.
PLAN = {OFFICE: within(302)}
PLAN_BY_API = {OFFICE: within(200, closed=409)}
# A class of a past year is handed to nobody; in the own child's class the office does what it does in any other.
CLASS = within(200, closed=404, conflict=200)
CHANGE_CLASS = within(302, closed=404, conflict=302)
# Nobody ends the own roles; who has left has none here.
PERSON = only(200, OWN, SAME_SCHOOL)


def _today(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _taught(asked: Asked) -> Sent:
    return {"teacher": asked.places.here.reporter.user.pk, "first": _today()}


def _substituted(asked: Asked) -> Sent:
    return {"s-teacher": asked.places.here.reporter.user.pk, "s-first": _today(), "s-last": _today(2)}


def _led(asked: Asked) -> Sent:
    return {"user": asked.places.here.reporter.user.pk, "first": _today(), "last": _today(2)}


def _leaving(_asked: Asked) -> Sent:
    return {"day": _today(), "elsewhere": "Другая область"}


def _leaving_by_api(asked: Asked) -> Sent:
    return {"pupil": str(asked.places.child.pk), "day": _today(), "elsewhere": "Другая область"}


def _arrival(asked: Asked) -> Sent:
    return {"code": "AAAA-BBBB-CCCC", "school_class": asked.places.here.own_class.pk, "number": "N-1"}


def _placed(asked: Asked) -> Sent:
    return {"pupil": str(asked.places.child.pk), "target": "8Б"}


TABLE: list[Cell] = [
    cell("schoolyear:home", "GET", allow={OFFICE: 200}),
    cell("schoolyear:turn", "GET", allow={OFFICE: 200}),
    cell("schoolyear:turn", "POST", allow={OFFICE: 302}),
    cell("schoolyear:say-classes", "POST", "turn", allow=PLAN),
    cell("schoolyear:confirm", "POST", "turn", allow=PLAN),
    cell("schoolyear:place", "POST", "turn", allow=PLAN, sends={"target": "8Б"}),
    cell("schoolyear:class-turn", "GET", "class_turn", allow=READ),
    cell("schoolyear:class-turn", "POST", "class_turn", allow=PLAN),
    cell("schoolyear:moves", "GET", allow={OFFICE: 200}),
    cell("schoolyear:moves", "POST", allow={OFFICE: 422}, sends=_arrival),
    cell("schoolyear:leave", "GET", "pupil", allow={OFFICE: within(200, closed=404)}),
    cell("schoolyear:leave", "POST", "pupil", allow={OFFICE: within(200, closed=404)}, sends=_leaving),
    cell("schoolyear:back", "POST", "move", allow={OFFICE: only(302, OWN)}),
    cell("schoolyear:ages", "GET", allow={OFFICE: 200}),
    cell("schoolyear:classes", "GET", allow={OFFICE: 200}),
    cell("schoolyear:class", "GET", "class_", allow={OFFICE: CLASS}),
    cell("schoolyear:class", "POST", "class_", allow={OFFICE: CHANGE_CLASS}, sends=_taught),
    cell("schoolyear:substitute", "POST", "class_", allow={OFFICE: CHANGE_CLASS}, sends=_substituted),
    cell("schoolyear:end-substitute", "POST", "substitution", allow={OFFICE: only(302, OWN)}),
    cell("schoolyear:staff", "GET", allow={OFFICE: 200}),
    cell("schoolyear:person", "GET", "staff", allow={OFFICE: PERSON}),
    cell(
        "schoolyear:person",
        "POST",
        "staff",
        allow={OFFICE: only(302, SAME_SCHOOL, own=422)},
        sends=lambda _asked: {"last_day": _today()},
    ),
    api("api:year-turn-list", "GET", allow={OFFICE: 200}),
    api("api:year-turn-list", "POST", allow={OFFICE: 201}),
    api("api:year-turn-detail", "GET", "turn", allow=READ),
    api("api:year-turn-classes", "POST", "turn", allow=PLAN_BY_API, sends={"classes": []}),
    api("api:year-turn-pupils", "POST", "turn", allow={OFFICE: within(204, closed=409)}, sends=_placed),
    api("api:year-turn-confirm", "POST", "turn", allow=PLAN_BY_API),
    api("api:school-move-list", "GET", allow={OFFICE: 200}),
    api("api:school-move-list", "POST", allow={OFFICE: 201}, sends=_leaving_by_api),
    api("api:school-move-take-in", "POST", allow={OFFICE: 409}, sends=_arrival),
    api("api:school-move-detail", "DELETE", "move", allow={OFFICE: only(204, OWN)}),
    api("api:coming-of-age-list", "GET", allow={OFFICE: 200}),
    api("api:class-teacher-list", "GET", allow={OFFICE: 200}),
    api("api:class-teacher-hand-over", "POST", "class_", allow={OFFICE: CLASS}, sends=_led),
    api("api:class-teacher-substitute", "POST", "class_", allow={OFFICE: CLASS}, sends=_led),
    api("api:substitute-detail", "DELETE", "substitution", allow={OFFICE: only(204, OWN)}),
    api("api:school-staff-list", "GET", allow={OFFICE: 200}),
    api("api:school-staff-detail", "GET", "staff", allow={OFFICE: PERSON}),
    api(
        "api:school-staff-leave",
        "POST",
        "staff",
        allow={OFFICE: only(200, SAME_SCHOOL, own=409)},
        sends=lambda _asked: {"last_day": _today()},
    ),
]
