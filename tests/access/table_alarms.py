"""Alarms are the police operator's, whose centre was called, and the duty person's of the school; nobody else has one.
A phone is enrolled by whoever works at the school, or by its code; a press asks for the phone's key alone. Coming
drills are the drill officer's of the district alone: no other role, the prosecutor's included, gets a page of them.
Centres are set up by the administrator of the installation, for all regions."""

from caseflow.alarms.services.enrolling import PRESSERS
from caseflow.directory.enums import Role
from tests.access.cells import (
    CLOSED,
    JSON,
    OTHER_SCHOOL,
    OWN,
    SAME_SCHOOL,
    Answer,
    Asked,
    Cell,
    Sent,
    api,
    cell,
    each,
    only,
    open_to_all,
    within,
)
from tests.directory.factories import AgencyFactory

OPERATOR, DUTY, ADMIN = Role.POLICE_OPERATOR, Role.DUTY_PERSON, Role.SCHOOL_ADMIN
OFFICER, INSTALLATION = Role.DRILL_OFFICER, Role.SYSTEM_ADMIN
READERS = (ADMIN, DUTY, Role.PRINCIPAL, OFFICER)
ACCEPT, LINE = {"step": "accept"}, {"text": "Закройте двери"}
ACCEPTED = within(200, same_school=409, closed=409)
IN_FORCE = (OWN, SAME_SCHOOL, OTHER_SCHOOL)  # of centres: those of every region, none that has ended
END = {**each(PRESSERS, only(302, OWN, CLOSED)), ADMIN: only(302, OWN, SAME_SCHOOL, CLOSED)}


def without_key(route: str, method: str, kind: str = "", sends: Sent | None = None) -> Cell:
    """A route of an enrolled phone: whoever comes without its key is told so, whatever the role."""
    return cell(route, method, kind, allow={}, others=401, anonymous=401, revoked=401, sends=sends, content_type=JSON)


def by_code(method: str, taken: Answer) -> Cell:
    """The code of a school enrols whoever holds it, signed in or not; a revoked one is over."""
    answers = {OWN: taken, OTHER_SCHOOL: taken, CLOSED: 404}
    return cell("panic:join", method, "code", allow=each(tuple(Role), answers), anonymous=taken, revoked=taken)


def _centre(asked: Asked) -> Sent:
    district = asked.places.here.school.district
    return {"agency": AgencyFactory.create(region=district.region, district=district).pk, "arrival_minutes": 9}


TABLE: list[Cell] = [
    cell("alarms:console", "GET", allow={OPERATOR: 200}),
    cell("alarms:list", "GET", allow={OPERATOR: 200}),
    cell("alarms:map", "GET", allow={OPERATOR: 200}),
    cell("alarms:end-shift", "POST", allow={OPERATOR: 302}),
    cell("alarms:delivered", "POST", allow={OPERATOR: 204}, sends={"alarm": "no id"}),
    cell("alarms:detail", "GET", "alarm", allow={OPERATOR: within(200)}),
    cell("alarms:step", "POST", "alarm", allow={OPERATOR: ACCEPTED}, sends=ACCEPT),
    cell("alarms:say", "POST", "alarm", allow={OPERATOR: within(200, closed=409)}, sends=LINE),
    cell("alarms:school", "GET", allow={DUTY: 200}),
    cell("alarms:school-alarm", "GET", "alarm", allow={DUTY: within(200)}),
    cell("alarms:school-alarm", "POST", "alarm", allow={DUTY: within(302, closed=422)}, sends=LINE),
    cell("alarms:own-phone", "GET", allow=each(PRESSERS, 200)),
    cell("alarms:own-phone", "POST", allow=each(PRESSERS, 302)),
    cell("alarms:phones", "GET", allow={ADMIN: 200}),
    cell("alarms:new-code", "POST", allow={ADMIN: 302}),
    cell("alarms:end-phone", "POST", "device", allow=END),
    cell("alarms:buttons", "GET", allow=each(READERS, 200)),
    cell("alarms:add-button", "GET", allow={ADMIN: 200}),
    cell("alarms:add-button", "POST", allow={ADMIN: 200}, sends={"spot": "gym"}),
    cell("alarms:button", "GET", "button", allow={ADMIN: only(200, OWN, SAME_SCHOOL)}),
    cell("alarms:button", "POST", "button", allow={ADMIN: only(302, OWN, SAME_SCHOOL)}, sends={"spot": "gym"}),
    cell("alarms:new-button-key", "POST", "button", allow={ADMIN: only(200, OWN, SAME_SCHOOL)}),
    cell("alarms:end-button", "POST", "button", allow={ADMIN: only(302, OWN, SAME_SCHOOL)}),
    cell("alarms:centres", "GET", allow={INSTALLATION: 200}),
    cell("alarms:centres", "POST", allow={INSTALLATION: 302}, sends=_centre),
    cell("alarms:centre", "GET", "centre", allow={INSTALLATION: only(200, *IN_FORCE)}),
    cell("alarms:centre", "POST", "centre", allow={INSTALLATION: only(302, *IN_FORCE)}, sends={"arrival_minutes": 9}),
    cell("alarms:end-centre", "POST", "centre", allow={INSTALLATION: only(302, *IN_FORCE)}),
    cell("alarms:drills", "GET", allow={OFFICER: 200}),
    cell("alarms:drills", "POST", allow={OFFICER: 422}, sends={"at": "soon"}),
    cell("alarms:drill", "GET", "drill", allow={OFFICER: within(200)}),
    cell("alarms:move-drill", "POST", "drill", allow={OFFICER: within(302)}, sends={"at": "2126-09-01T10:00"}),
    cell("alarms:cancel-drill", "POST", "drill", allow={OFFICER: within(302)}),
    cell("alarms:arm-drill", "POST", "drill", allow={OFFICER: within(302)}),
    cell("alarms:disarm-drill", "POST", "drill", allow={OFFICER: within(302)}),
    cell("alarms:figures", "GET", allow=each((OFFICER, OPERATOR), 200)),
    without_key("panic:button-press", "POST", sends={"device": "5d0f3b1e-0000-4000-8000-000000000000"}),
    without_key("panic:button-heartbeat", "POST", sends={"device": "5d0f3b1e-0000-4000-8000-000000000000"}),
    open_to_all("panic:panic", "GET", visitors=200, signed_in=200),
    open_to_all("panic:manifest", "GET", visitors=200, signed_in=200),
    open_to_all("panic:worker", "GET", visitors=200, signed_in=200),
    by_code("GET", 200),
    by_code("POST", 302),
    without_key("panic:press", "POST", sends={"client_key": "5d0f3b1e-0000-4000-8000-000000000000"}),
    without_key("panic:progress", "GET", "alarm"),
    without_key("panic:needed", "POST", "alarm", sends={"needed": False}),
    without_key("panic:real", "POST", "alarm"),
    without_key("panic:word", "POST", "alarm", sends={"word": "injured"}),
    api("api:alarm-list", "GET", allow=each((OPERATOR, DUTY), 200)),
    api("api:alarm-detail", "GET", "alarm", allow=each((OPERATOR, DUTY), within(200))),
    api("api:alarm-step", "POST", "alarm", allow={OPERATOR: ACCEPTED}, sends=ACCEPT),
    api("api:alarm-say", "POST", "alarm", allow=each((OPERATOR, DUTY), within(200, closed=409)), sends=LINE),
]
