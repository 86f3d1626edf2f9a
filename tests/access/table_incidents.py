"""Whoever works at the school reports and follows the own reports. Reports of the school are read by its psychologist,
social pedagogue, principal and administrator, but those about staff go to the lead psychologist alone; the police of
the territory give the legal assessment of what is addressed to them."""

from caseflow.directory.enums import Role
from tests.access.cells import (
    ASSIGNED,
    CLOSED,
    CONFLICT,
    OWN,
    SAME_SCHOOL,
    Answer,
    Asked,
    Cell,
    Relation,
    Sent,
    api,
    cell,
    each,
    only,
    within,
)
from tests.access.objects_of_cases import an_hour_ago, just_now

LEAD = Role.LEAD_PSYCHOLOGIST
AT_SCHOOL = (Role.PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL, Role.SCHOOL_ADMIN)
REPORTERS = (*AT_SCHOOL, Role.TEACHER, Role.CLASS_TEACHER)
# That it arrived, and whether somebody works on it: nothing that the reporter has not written, even of the own child.
OWN_REPORT = each(REPORTERS, only(200, OWN, CLOSED, CONFLICT))
OFFICER = Role.AGENCY_OFFICER
READ = {**each(AT_SCHOOL, within(200, same_school=404)), LEAD: only(200, ASSIGNED, SAME_SCHOOL)}


def _report(asked: Asked) -> Sent:
    pupil = str(asked.places.child.pk)
    facts = {"category": "conflict", "place": "у раздевалки", "words": "Отобрали рюкзак"}
    return facts | {"occurred_at": an_hour_ago(), "party_pupil": [pupil], "party_role": ["harmed"]}


def _api_report(asked: Asked) -> Sent:
    facts = {"category": "conflict", "place": "у раздевалки", "words": "Отобрали рюкзак"}
    parties = [{"role": "harmed", "pupil": str(asked.places.child.pk)}]
    return facts | {"occurred_at": f"{an_hour_ago()}:00", "parties": parties}


def _into(asked: Asked) -> Sent:
    """Another report that the role may read; a matter about staff and a cry for help do not join."""
    things = asked.places.things["incident"]
    if asked.role == LEAD:
        return {"into": str(things[SAME_SCHOOL if asked.relation == ASSIGNED else ASSIGNED]["pk"])}
    return {"into": str(things[CLOSED if asked.relation == OWN else OWN]["pk"])}


def _decided_by(at_school: int, lead: int) -> dict[Role, dict[Relation, Answer]]:
    return {Role.PSYCHOLOGIST: within(at_school, same_school=404), LEAD: only(lead, ASSIGNED, SAME_SCHOOL)}


TABLE: list[Cell] = [
    cell("incidents:list", "GET", allow=each((*AT_SCHOOL, LEAD), 200)),
    cell("incidents:create", "GET", allow=each(REPORTERS, 200)),
    cell("incidents:create", "POST", allow=each(REPORTERS, 302), sends=_report),
    cell("incidents:party", "GET", allow=each(REPORTERS, 200)),
    cell("incidents:pupils", "GET", allow=each(REPORTERS, 200), sends={"q": "Қал"}),
    cell("incidents:mine", "GET", allow=each(REPORTERS, 200)),
    cell("incidents:sent", "GET", "report", allow=OWN_REPORT),
    cell("incidents:legal", "GET", allow={OFFICER: 200}),
    cell("incidents:legal-incident", "GET", "addressed", allow={OFFICER: only(200, OWN, SAME_SCHOOL, CLOSED)}),
    cell(
        "incidents:legal-incident",
        "POST",
        "addressed",
        allow={OFFICER: only(302, OWN, SAME_SCHOOL, CLOSED)},
        sends={"conclusion": "prevention", "text": "Состава нет"},
    ),
    cell(
        "incidents:of-item",
        "GET",
        "incident",
        allow={Role.PSYCHOLOGIST: within(302, same_school=404), LEAD: only(302, ASSIGNED, SAME_SCHOOL)},
    ),
    cell("incidents:detail", "GET", "incident", allow=READ),
    cell(
        "incidents:police",
        "POST",
        "incident",
        # Self-harm and a matter about staff had no duty to inform the police, so there is nothing to record of them;
        # the school's administrator keeps the deadlines but does not speak with the police.
        allow={
            **each(
                (Role.PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL),
                within(302, same_school=404),
            ),
            LEAD: only(302, ASSIGNED, SAME_SCHOOL),
        },
        sends=lambda _asked: {"at": just_now()},
    ),
    cell(
        "incidents:established",
        "POST",
        "incident",
        # ASSIGNED and SAME_SCHOOL name nobody of whom it could be established.
        allow={
            Role.PSYCHOLOGIST: within(302, same_school=404, assigned=404),
            LEAD: only(404),
        },
        sends=lambda asked: {"party": str(asked.thing["party"]), "established": "yes"},
    ),
    cell("incidents:merge", "GET", "incident", allow=_decided_by(200, 200)),
    cell("incidents:merge", "POST", "incident", allow=_decided_by(302, 422), sends=_into),
    cell("incidents:split", "POST", "incident", allow=_decided_by(302, 302)),
    api("api:incident-mergeable", "GET", "incident", allow=_decided_by(200, 200)),
    api("api:incident-merge", "POST", "incident", allow=_decided_by(200, 400), sends=_into),
    api("api:incident-split", "POST", "incident", allow=_decided_by(400, 400), sends={"reason": "Два разных дня"}),
    api("api:incident-list", "GET", allow=each((*AT_SCHOOL, LEAD), 200)),
    api("api:incident-list", "POST", allow=each(REPORTERS, 201), sends=_api_report),
    api("api:incident-detail", "GET", "incident", allow=READ),
    api("api:incident-pupils", "GET", allow=each(REPORTERS, 200), sends={"q": "Қал"}),
    api(
        "api:incident-of-item",
        "GET",
        "incident",
        allow={Role.PSYCHOLOGIST: within(200, same_school=404), LEAD: only(200, ASSIGNED, SAME_SCHOOL)},
    ),
    api(
        "api:incident-police",
        "POST",
        "incident",
        allow={
            **each((Role.PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL), within(200, same_school=404)),
            LEAD: only(200, ASSIGNED, SAME_SCHOOL),
        },
        sends=lambda _asked: {"at": just_now()},
    ),
    api(
        "api:incident-established",
        "POST",
        "incident",
        allow={Role.PSYCHOLOGIST: within(200, same_school=404, assigned=404), LEAD: only(404)},
        sends=lambda asked: {"party": str(asked.thing["party"]), "established": True},
    ),
    api("api:own-report-list", "GET", allow=each(REPORTERS, 200)),
    api("api:own-report-detail", "GET", "report", allow=OWN_REPORT),
    api("api:legal-request-list", "GET", allow={OFFICER: 200}),
    api("api:legal-request-detail", "GET", "addressed", allow={OFFICER: only(200, OWN, SAME_SCHOOL, CLOSED)}),
    api(
        "api:legal-request-assess",
        "POST",
        "addressed",
        allow={OFFICER: only(204, OWN, SAME_SCHOOL, closed=409)},
        sends={"conclusion": "prevention", "text": "Состава нет"},
    ),
]
