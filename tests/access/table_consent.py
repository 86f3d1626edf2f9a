"""Consents on paper are entered by the office and checked by a second person of the school. The pupil's own word is
recorded by the psychologist; a guardian is excluded by the psychologist and the lead, nobody else learns of it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import CLOSED, OWN, SAME_SCHOOL, Asked, Cell, Sent, api, cell, each, only, within
from tests.consent.factories import picture

PSYCHOLOGIST, LEAD, OFFICE = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.SCHOOL_ADMIN
CHECKERS = (Role.SCHOOL_ADMIN, Role.PRINCIPAL)
GROUND = {"ground": "Решение суда", "confirmed": "on"}
REASON = "Ребёнок боится возвращаться домой"


def _paper(asked: Asked) -> Sent:
    return {
        "guardian": asked.thing["guardian"] or "",
        "purpose": "routine_screening",
        "decision": "given",
        "language": "ru",
        "scan": SimpleUploadedFile("form.png", picture(), "image/png"),
    }


def _end(_asked: Asked) -> Sent:
    return {"last_day": timezone.localdate().isoformat(), **GROUND}


TABLE: list[Cell] = [
    cell("consent:office", "GET", allow=each(CHECKERS, 200)),
    cell("consent:roll", "GET", "class_", allow={OFFICE: within(200, conflict=200)}),
    cell("consent:paper", "GET", "pupil", allow={OFFICE: within(200, closed=404)}),
    cell("consent:paper", "POST", "pupil", allow={OFFICE: within(302, closed=404)}, sends=_paper),
    cell("consent:answer", "POST", "entry", allow=each(CHECKERS, within(302))),
    cell("consent:scan", "GET", "scan", allow=each(CHECKERS, within(200))),
    cell("consent:staff-account", "GET", "guardian", allow={OFFICE: only(200, OWN, SAME_SCHOOL, CLOSED)}),
    cell(
        "consent:staff-account",
        "POST",
        "guardian",
        allow={OFFICE: only(302, OWN, SAME_SCHOOL, CLOSED)},
        sends={"account": ""},
    ),
    cell("consent:guardianship", "GET", "guardianship", allow={OFFICE: within(200)}),
    cell("consent:end-guardianship", "POST", "guardianship", allow={OFFICE: within(302)}, sends=_end),
    cell("consent:resume-guardianship", "POST", "guardianship", allow={OFFICE: within(302)}, sends=GROUND),
    cell(
        "consent:invite-guardian",
        "POST",
        "guardian",
        allow={OFFICE: only(200, OWN, SAME_SCHOOL, closed=302)},
        sends={"document": "seen"},
    ),
    cell(
        "consent:invite-pupil",
        "POST",
        "adult",
        allow={OFFICE: only(200, OWN, closed=302)},
        sends={"document": "seen"},
    ),
    cell(
        "consent:panel",
        "GET",
        "pupil",
        allow=each((PSYCHOLOGIST, LEAD), within(200, closed=404)),
    ),
    cell("consent:protection", "GET", "pupil", allow={PSYCHOLOGIST: within(200, closed=404)}),
    cell("consent:say", "POST", "pupil", allow={PSYCHOLOGIST: within(302, closed=404)}, sends={"word": "dissent"}),
    cell(
        "consent:exclude",
        "POST",
        "pupil",
        allow={PSYCHOLOGIST: within(302, closed=404)},
        sends=lambda asked: {"guardian": asked.thing["guardian"] or "", "reason": REASON},
    ),
    cell("consent:exclusions", "GET", allow={LEAD: 200}),
    cell("consent:answer-exclusion", "POST", "proposal", allow={LEAD: within(302)}),
    cell(
        "consent:readmit",
        "POST",
        "excluded",
        allow={LEAD: only(302, OWN, SAME_SCHOOL, CLOSED)},
        sends={"reason": REASON},
    ),
    api("api:pupil-consent-detail", "GET", "pupil", allow=each((PSYCHOLOGIST, LEAD), within(200, closed=404))),
    api("api:consent-coverage-list", "GET", allow=each(CHECKERS, 200)),
]
