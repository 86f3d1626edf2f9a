"""A psychologist works on the cases of the own school; a lead psychologist on those given to them, or by breaking the
glass; a social pedagogue, a class teacher and a head see the tasks given to them and nothing of a case."""

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.access.cells import (
    ASSIGNED,
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
from tests.access.objects_of_cases import tomorrow

PSYCHOLOGIST, LEAD = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST
CASES = (PSYCHOLOGIST, LEAD)
TASKS = (Role.SOCIAL_PEDAGOGUE, Role.CLASS_TEACHER, Role.PRINCIPAL)
OWNERS = (*CASES, *TASKS)
READ = {PSYCHOLOGIST: within(200), LEAD: only(200, ASSIGNED, CLOSED)}
# What is changed is an open case; a closed one says so on the form.
CHANGE = {PSYCHOLOGIST: within(302, closed=422), LEAD: only(302, ASSIGNED, closed=422)}
REASON = "Разговор с классным руководителем"
# Nobody of these cases was at high risk: who may ask, answer or take back is told that there is nothing to.
REFUSED = {PSYCHOLOGIST: within(422), LEAD: only(422, ASSIGNED, CLOSED)}
ANSWERED = {LEAD: only(422, ASSIGNED, CLOSED)}
SAID = {PSYCHOLOGIST: within(302), LEAD: only(302, ASSIGNED, CLOSED)}
CONFLICTS = {PSYCHOLOGIST: within(409), LEAD: only(409, ASSIGNED, CLOSED)}


def _task(asked: Asked) -> Sent:
    return {"title": "Побеседовать", "owner": asked.places.here.colleague.membership.pk, "due_at": tomorrow()}


def _free(asked: Asked) -> Actor:
    """A psychologist of the school who does not lead the case."""
    led_by_colleague = asked.relation in (ASSIGNED, SAME_SCHOOL, CONFLICT)
    free: Actor = asked.places[PSYCHOLOGIST] if led_by_colleague else asked.places.here.colleague
    return free


def _successor(asked: Asked) -> Sent:
    return {"member": _free(asked).membership.pk}


def _heir(asked: Asked) -> Sent:
    return {"user": _free(asked).user.pk, "role": PSYCHOLOGIST}


def _ask(asked: Asked) -> Sent:
    return {"lead": asked.places[LEAD].membership.pk, "reason": REASON}


def _number(asked: Asked) -> Sent:
    return {"school": asked.thing["school"], "number": asked.thing["number"], "reason": REASON}


OWN_TASK = {
    PSYCHOLOGIST: within(200),
    LEAD: only(200, OWN, ASSIGNED, CLOSED),
    **each(TASKS, only(200, OWN, CLOSED)),
}
COMPLETE = {
    PSYCHOLOGIST: within(302, closed=422),
    LEAD: only(302, OWN, ASSIGNED, closed=422),
    **each(TASKS, only(302, OWN, closed=422)),
}

TABLE: list[Cell] = [
    cell("cases:list", "GET", allow=each(CASES, 200)),
    cell(
        "cases:break-glass",
        "POST",
        "case",
        # ASSIGNED and the granted CLOSED one are open to the lead already; another school is none of the choices.
        allow={LEAD: {OWN: 302, SAME_SCHOOL: 302, ASSIGNED: 422, CLOSED: 422, OTHER_SCHOOL: 422, CONFLICT: 404}},
        sends=_number,
    ),
    cell("cases:tasks", "GET", allow=each(TASKS, 200)),
    cell("cases:complete", "GET", "task", allow=OWN_TASK),
    cell("cases:complete", "POST", "task", allow=COMPLETE, sends={"outcome": "Побеседовали"}),
    cell("cases:open", "GET", "pupil", allow={PSYCHOLOGIST: within(200, closed=404)}),
    cell("cases:open", "POST", "pupil", allow={PSYCHOLOGIST: within(302, closed=404)}, sends={"reason": REASON}),
    cell("cases:of-pupil", "GET", "pupil", allow={PSYCHOLOGIST: within(200, closed=404)}),
    cell("cases:detail", "GET", "case", allow=READ),
    cell("cases:assessments", "GET", "case", allow=READ),
    cell("cases:openings", "GET", "case", allow=READ),
    cell("cases:phone", "POST", "case", allow=READ),
    cell("cases:note", "POST", "case", allow=CHANGE, sends={"text": "Разговор состоялся"}),
    cell("cases:correct", "GET", "case", allow=READ),
    cell(
        "cases:correct",
        "POST",
        "case",
        # Nobody changes somebody else's note.
        allow={PSYCHOLOGIST: only(302, OWN, closed=422), LEAD: only(404, closed=422)},
        sends={"text": "Разговор состоялся днём раньше"},
    ),
    cell("cases:risk", "GET", "case", allow=READ),
    cell("cases:risk", "POST", "case", allow=CHANGE, sends={"level": "low", "basis": "Разговор"}),
    cell("cases:task", "GET", "case", allow=READ),
    cell("cases:task", "POST", "case", allow=CHANGE, sends=_task),
    cell("cases:close", "GET", "case", allow=READ),
    cell(
        "cases:close",
        "POST",
        "case",
        # Unfinished tasks keep all of these open (rule 14): who may close is told so.
        allow={PSYCHOLOGIST: within(422), LEAD: only(422, ASSIGNED, CLOSED)},
        sends={"reason": REASON},
    ),
    cell("cases:move", "GET", "case", allow=READ),
    cell("cases:move", "POST", "case", allow=CHANGE, sends={"stage": "assessment", "reason": REASON}),
    cell("cases:ask-closing", "POST", "case", allow=REFUSED, sends=_ask),
    cell("cases:agree-closing", "POST", "case", allow=ANSWERED, sends={"text": REASON}),
    cell("cases:return-closing", "POST", "case", allow=ANSWERED, sends={"text": REASON}),
    cell("cases:take-back-closing", "POST", "case", allow=SAID),
    cell("cases:reopen", "GET", "case", allow=READ),
    cell(
        "cases:reopen",
        "POST",
        "case",
        allow={PSYCHOLOGIST: within(422, closed=302), LEAD: only(422, ASSIGNED, closed=302)},
        sends={"reason": REASON},
    ),
    cell("cases:assign", "GET", "case", allow=READ),
    cell("cases:assign", "POST", "case", allow=CHANGE, sends=_successor),
    api("api:case-list", "GET", allow=each(CASES, 200)),
    api(
        "api:case-list",
        "POST",
        "pupil",
        # The parent's child and the one of the granted case have a case already.
        allow={PSYCHOLOGIST: only(201, SAME_SCHOOL, own=409, assigned=409)},
        sends=lambda asked: {"pupil": str(asked.thing["pupil"]), "reason": REASON},
    ),
    api("api:case-detail", "GET", "case", allow=READ),
    api(
        "api:case-note",
        "POST",
        "case",
        allow={PSYCHOLOGIST: within(201, closed=409), LEAD: only(201, ASSIGNED, closed=409)},
        sends={"text": "Разговор состоялся"},
    ),
    api(
        "api:case-risk",
        "POST",
        "case",
        allow={PSYCHOLOGIST: within(201, closed=409), LEAD: only(201, ASSIGNED, closed=409)},
        sends={"level": "low", "basis": "Разговор"},
    ),
    api(
        "api:case-close",
        "POST",
        "case",
        allow={PSYCHOLOGIST: within(409), LEAD: only(409, ASSIGNED, CLOSED)},
        sends={"reason": REASON},
    ),
    api("api:case-ways", "GET", "case", allow=READ),
    api("api:case-closing", "GET", "case", allow=READ),
    api(
        "api:case-move",
        "POST",
        "case",
        allow={PSYCHOLOGIST: within(200, closed=409), LEAD: only(200, ASSIGNED, closed=409)},
        sends={"stage": "assessment", "reason": REASON},
    ),
    api("api:case-ask-closing", "POST", "case", allow=CONFLICTS, sends=_ask),
    api("api:case-agree-closing", "POST", "case", allow={LEAD: CONFLICTS[LEAD]}, sends={"text": REASON}),
    api("api:case-return-closing", "POST", "case", allow={LEAD: CONFLICTS[LEAD]}, sends={"text": REASON}),
    api("api:case-take-back-closing", "POST", "case", allow=CONFLICTS),
    api(
        "api:case-reopen",
        "POST",
        "case",
        allow={PSYCHOLOGIST: within(409, closed=200), LEAD: only(409, ASSIGNED, closed=200)},
        sends={"reason": REASON},
    ),
    api("api:task-list", "GET", allow=each(OWNERS, 200)),
    api("api:task-detail", "GET", "task", allow=OWN_TASK),
    api(
        "api:task-complete",
        "POST",
        "task",
        allow={
            PSYCHOLOGIST: within(200, closed=409),
            LEAD: only(200, OWN, ASSIGNED, closed=409),
            **each(TASKS, only(200, OWN, closed=409)),
        },
        sends={"outcome": "Побеседовали"},
    ),
    api("api:case-assessments", "GET", "case", allow=READ),
    api("api:case-openings", "GET", "case", allow=READ),
    api("api:case-people", "GET", "case", allow=READ),
    api("api:case-phone", "POST", "case", allow=READ),
    api("api:case-workload", "GET", allow={LEAD: 200}),
    api("api:case-of-pupil", "GET", "pupil", allow={PSYCHOLOGIST: within(200, closed=404)}),
    api(
        "api:case-correct",
        "POST",
        "case",
        allow={PSYCHOLOGIST: only(201, OWN, closed=409), LEAD: only(404, closed=409)},
        sends={"text": "Разговор состоялся днём раньше"},
    ),
    api(
        "api:case-task",
        "POST",
        "case",
        allow={PSYCHOLOGIST: within(201, closed=409), LEAD: only(201, ASSIGNED, closed=409)},
        sends=_task,
    ),
    api(
        "api:case-assign",
        "POST",
        "case",
        allow={PSYCHOLOGIST: within(200, closed=409), LEAD: only(200, ASSIGNED, closed=409)},
        sends=_heir,
    ),
    api(
        "api:case-break-glass",
        "POST",
        "case",
        allow={LEAD: {OWN: 201, SAME_SCHOOL: 201, ASSIGNED: 409, CLOSED: 409, OTHER_SCHOOL: 404, CONFLICT: 404}},
        sends=_number,
    ),
]
