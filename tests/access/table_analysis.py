"""Lesson videos and their runs are the psychologist's; signals too, those in shadow the lead's. The office and the
psychologist draw who sits where, teachers say who sat where. Guardians learn of the use of AI on the own child and
read the models' card; police, prosecutor, council and analyst see nothing of it (rule 2)."""

from analytics.services.files import create_empty
from caseflow.directory.enums import Role
from tests.access.cells import CONFLICT, OWN, SAME_SCHOOL, Asked, Cell, Sent, api, cell, each, only, within

PSYCHOLOGIST, LEAD, OFFICE, ADMINISTRATOR = (
    Role.PSYCHOLOGIST,
    Role.LEAD_PSYCHOLOGIST,
    Role.SCHOOL_ADMIN,
    Role.SYSTEM_ADMIN,
)
BOTH = (PSYCHOLOGIST, LEAD)
DRAWS = (OFFICE, PSYCHOLOGIST)
TEACHERS = (Role.TEACHER, Role.CLASS_TEACHER)
GUARDIANS = (Role.PARENT, Role.PUPIL)
CARD_READERS = (
    *BOTH,
    Role.SOCIAL_PEDAGOGUE,
    Role.PRINCIPAL,
    OFFICE,
    *TEACHERS,
    ADMINISTRATOR,
    Role.DPO,
    *GUARDIANS,
)
# A lesson is no child: its run, its plan and its seats stay open to a parent on the staff. They tell of the own child
# at most where it sits, never a value and never whether somebody consented.
PLACES = TAUGHT = (OWN, SAME_SCHOOL, CONFLICT)
TUS = {"Tus-Resumable": "1.0.0"}
SIGNAL = {PSYCHOLOGIST: within(200, same_school=404), LEAD: only(200, SAME_SCHOOL)}
# Of a class, never of a past year's. The school's switch is active, so the lead's work on its values in shadow is done.
CLIMATE = {PSYCHOLOGIST: only(200, OWN, SAME_SCHOOL, CONFLICT), LEAD: only(404)}
MINE = {PSYCHOLOGIST: only(200, OWN)}
SENT = {LEAD: only(404)}  # who sends clips of incidents, and so comes to the same address, but none of lessons
DISMISS = {"decision": "dismiss", "reason_code": "not_confirmed", "reason": "Разговор не подтвердил"}
GROUNDS = {"mode": "off"}
FILM = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42"


def _piece(asked: Asked) -> Sent:
    create_empty(asked.thing["pk"])  # an answer before this one may have removed it
    return {"body": FILM}


def _drawing(asked: Asked) -> Sent:
    seat = asked.thing["seat"]
    drawn = {
        "name": seat.label,
        "polygon": seat.polygon,
        "pupil": str(seat.pupil_id),
        "face_height_px": seat.face_height_px,
    }
    return {"base": None, "still": str(asked.thing["still"]), "seats": [drawn]}


def _run(asked: Asked) -> Sent:
    slot = asked.places.things["lesson"][OWN]["pk"]
    return {"video": asked.thing["pk"], "slot": slot, "date": "2026-02-07"}


def _nothing(_asked: Asked) -> Sent:
    return {}


TABLE: list[Cell] = [
    cell("analytics:videos", "GET", allow={PSYCHOLOGIST: 200}),
    cell("analytics:runs", "GET", allow={PSYCHOLOGIST: 200}),
    cell("analytics:own-videos", "GET", allow={PSYCHOLOGIST: 200}),
    cell("analytics:uploads", "POST", allow={PSYCHOLOGIST: 201}, headers={**TUS, "Upload-Length": "100"}),
    cell("analytics:upload", "HEAD", "upload", allow=MINE | SENT, headers=TUS),
    cell(
        "analytics:upload",
        "PATCH",
        "upload",
        allow={PSYCHOLOGIST: only(204, OWN, closed=409)} | SENT,
        headers={**TUS, "Upload-Offset": "0"},
        sends=_piece,
        content_type="application/offset+octet-stream",
    ),
    cell("analytics:upload", "DELETE", "upload", allow={PSYCHOLOGIST: only(204, OWN)} | SENT, headers=TUS),
    # It is not all there yet.
    cell("analytics:upload-check", "POST", "upload", allow={PSYCHOLOGIST: only(422, OWN)}),
    cell("analytics:upload-lessons", "GET", "upload", allow=MINE),
    cell("analytics:upload-analyse", "POST", "upload", allow={PSYCHOLOGIST: only(422, OWN)}, sends=_nothing),
    cell("analytics:upload-remove", "POST", "upload", allow={PSYCHOLOGIST: only(302, OWN)}),
    cell("analytics:run", "GET", "run", allow=each(BOTH, within(200, conflict=200))),
    cell(
        "analytics:run-progress",
        "GET",
        "run",
        allow=each(BOTH, within(200, closed=286, conflict=286)),  # htmx: ask no more
    ),
    cell("analytics:run-cancel", "POST", "run", allow={PSYCHOLOGIST: within(302, conflict=302)}),
    cell("analytics:signals", "GET", allow=each(BOTH, 200)),
    cell("analytics:signal", "GET", "signal", allow=SIGNAL),
    cell(
        "analytics:signal-decide",
        "POST",
        "signal",
        allow={PSYCHOLOGIST: within(302, same_school=404, closed=409), LEAD: only(302, SAME_SCHOOL)},
        sends=DISMISS,
    ),
    cell("analytics:mood-panel", "GET", "pupil", allow=each(BOTH, within(200, closed=404))),
    cell("analytics:climate", "GET", allow=each(BOTH, 200)),
    cell("analytics:class-climate", "GET", "class_", allow=CLIMATE),
    cell("analytics:ai-use", "GET", "pupil", allow=each(GUARDIANS, only(200, OWN))),
    cell("analytics:card", "GET", "card", allow=each(CARD_READERS, within(200))),
    cell("analytics:switch", "GET", allow=each((LEAD, ADMINISTRATOR), 200)),
    cell("analytics:switch-school", "POST", "school", allow={LEAD: only(302, OWN)}, sends=GROUNDS),
    cell("analytics:switch-everything", "POST", allow={ADMINISTRATOR: 302}, sends=GROUNDS),
    cell("analytics:seat-plans", "GET", allow=each(DRAWS, 200)),
    cell("analytics:seat-plan", "GET", "place", allow=each(DRAWS, only(200, *PLACES))),
    cell(
        "analytics:seat-plan-preview",
        "POST",
        "place",
        allow=each(DRAWS, only(200, *PLACES)),
        sends=_drawing,
        content_type="application/json",
    ),
    cell(
        "analytics:seat-plan-save",
        "POST",
        "place",
        # The drawing was not made over the version in force.
        allow=each(DRAWS, only(409, *PLACES)),
        sends=_drawing,
        content_type="application/json",
    ),
    cell("analytics:seat-still-upload", "POST", "place", allow=each(DRAWS, only(422, *PLACES)), sends=_nothing),
    cell("analytics:seat-still", "GET", "still", allow=each(DRAWS, within(200, conflict=200))),
    cell("analytics:seat-plan-version", "GET", "plan", allow=each(DRAWS, within(200, conflict=200))),
    cell("analytics:seat-plan-still", "GET", "plan", allow=each(DRAWS, within(200, conflict=200))),
    cell("analytics:seat-plan-seen", "GET", "plan", allow=each(DRAWS, within(200, conflict=200))),
    cell("analytics:confirmations", "GET", allow=each(TEACHERS, 200)),
    cell(
        "analytics:confirm",
        "GET",
        "taught",
        # A teacher may have taught in another's place; a class teacher looks after the own class alone.
        allow={Role.TEACHER: only(200, *TAUGHT), Role.CLASS_TEACHER: only(200, OWN, CONFLICT)},
    ),
    cell(
        "analytics:confirm",
        "POST",
        "taught",
        allow={Role.TEACHER: only(302, *TAUGHT), Role.CLASS_TEACHER: only(302, OWN, CONFLICT)},
        sends=lambda asked: {"plan": asked.thing["plan"], "taught": "on"},
    ),
    api("api:run-list", "GET", allow=each(BOTH, 200)),
    api("api:run-detail", "GET", "run", allow=each(BOTH, within(200, conflict=200))),
    api("api:signal-list", "GET", allow=each(BOTH, 200)),
    api("api:signal-detail", "GET", "signal", allow=SIGNAL),
    api("api:pupil-detail", "GET", "pupil", allow={PSYCHOLOGIST: within(200, closed=404)}),
    api(
        "api:run-list",
        "POST",
        "upload",
        # Nobody has said when it was recorded.
        allow={PSYCHOLOGIST: only(400, OWN)},
        sends=_run,
    ),
    api("api:run-cancel", "POST", "run", allow={PSYCHOLOGIST: within(200, conflict=200)}),
    api("api:video-list", "GET", allow={PSYCHOLOGIST: 200}),
    # It is not all there yet.
    api("api:video-check", "POST", "upload", allow={PSYCHOLOGIST: only(409, OWN)}),
    api("api:video-lessons", "GET", "upload", allow=MINE),
    api("api:video-detail", "DELETE", "upload", allow={PSYCHOLOGIST: only(204, OWN)}),
    api(
        "api:signal-decide",
        "POST",
        "signal",
        allow={PSYCHOLOGIST: within(200, same_school=404, closed=409), LEAD: only(200, SAME_SCHOOL)},
        sends=DISMISS,
    ),
    api("api:mood-detail", "GET", "pupil", allow=each(BOTH, within(200, closed=404))),
    api("api:climate-list", "GET", allow=each(BOTH, 200)),
    api("api:climate-detail", "GET", "class_", allow=CLIMATE),
    api("api:ai-use-detail", "GET", "pupil", allow=each(GUARDIANS, only(200, OWN))),
    api("api:card-detail", "GET", "card", allow=each(CARD_READERS, within(200))),
    api("api:switch-list", "GET", allow=each((LEAD, ADMINISTRATOR), 200)),
    api("api:switch-turn", "POST", "school", allow={LEAD: only(200, OWN)}, sends=GROUNDS),
    api("api:switch-everything", "POST", allow={ADMINISTRATOR: 200}, sends={"stopped": True}),
    api("api:seat-plan-list", "GET", allow=each(DRAWS, 200)),
    api("api:seat-plan-detail", "GET", "plan", allow=each(DRAWS, within(200, conflict=200))),
    api("api:confirmation-list", "GET", allow=each(TEACHERS, 200)),
    api(
        "api:confirmation-detail",
        "GET",
        "taught",
        allow={Role.TEACHER: only(200, *TAUGHT), Role.CLASS_TEACHER: only(200, OWN, CONFLICT)},
    ),
    api(
        "api:confirmation-confirm",
        "POST",
        "taught",
        allow={Role.TEACHER: only(201, *TAUGHT), Role.CLASS_TEACHER: only(201, OWN, CONFLICT)},
        sends=lambda asked: {"plan": asked.thing["plan"], "taught": True},
    ),
]
