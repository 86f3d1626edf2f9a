"""The head and the administrator keep the duty roster of the school, lead psychologists that of their district or
region; a duty call is for those it rings for."""

from datetime import timedelta

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import CLOSED, OWN, Asked, Cell, Sent, api, cell, each, only

KEEPERS = (Role.PRINCIPAL, Role.SCHOOL_ADMIN, Role.LEAD_PSYCHOLOGIST)
RUNG = (Role.DUTY_PERSON, Role.PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL, Role.LEAD_PSYCHOLOGIST)


def _shift(asked: Asked) -> Sent:
    lead = asked.role == Role.LEAD_PSYCHOLOGIST
    who = asked.places[Role.LEAD_PSYCHOLOGIST] if lead else asked.places[Role.DUTY_PERSON]
    begins = timezone.localtime() + timedelta(days=9)
    return {"member": who.membership.pk, "starts_at": _minute(begins), "ends_at": _minute(begins + timedelta(hours=8))}


def _api_shift(asked: Asked) -> Sent:
    shift = _shift(asked)
    return {"member_id": shift.pop("member"), **{name: f"{moment}:00" for name, moment in shift.items()}}


def _minute(moment: object) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


TABLE: list[Cell] = [
    cell("clocks:roster", "GET", allow=each(KEEPERS, 200)),
    cell("clocks:roster", "POST", allow=each(KEEPERS, 302), sends=_shift),
    cell("clocks:take-off", "POST", "duty_shift", allow=each(KEEPERS, only(302, OWN))),
    cell("clocks:calls", "GET", allow=each(RUNG, 200)),
    cell("clocks:call", "GET", "duty_call", allow=each(RUNG, only(200, OWN, CLOSED))),
    cell("clocks:answer", "POST", "duty_call", allow=each(RUNG, only(302, OWN, CLOSED))),
    api("api:duty-call-list", "GET", allow=each(RUNG, 200)),
    api("api:duty-call-detail", "GET", "duty_call", allow=each(RUNG, only(200, OWN, CLOSED))),
    api("api:duty-call-answer", "POST", "duty_call", allow=each(RUNG, only(200, OWN, closed=409))),
    api("api:duty-shift-list", "GET", allow=each(KEEPERS, 200)),
    api("api:duty-shift-list", "POST", allow=each(KEEPERS, 201), sends=_api_shift),
    api("api:duty-shift-detail", "DELETE", "duty_shift", allow=each(KEEPERS, only(204, OWN))),
]
