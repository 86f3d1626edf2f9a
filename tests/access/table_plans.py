"""Plans belong to those who work on the case. A social pedagogue reads the goals and measures of the own school's open
cases, a parent what is shared of the own child's safety plan (table_portal.py); a class teacher sees no plan."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, CLOSED, Asked, Cell, Sent, api, cell, each, only, within
from tests.access.objects_of_cases import REASON, tomorrow
from tests.access.table_cases import OWN_TASK
from tests.plans.factories import INK, text

PSYCHOLOGIST, LEAD, PEDAGOGUE = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE
SUPPORTERS = (PSYCHOLOGIST, LEAD, PEDAGOGUE)
SEEN = text().sha256
INKED = {"way": "drawn", "content": INK}
GOAL = {"title": "Ходит в школу", "shown_by": "Две недели без пропусков"}
ENDED = {"state": "given_up", "reason": REASON}


def _works(status: int, closed: int) -> dict[Role, Any]:
    return {PSYCHOLOGIST: within(status, closed=closed), LEAD: only(status, ASSIGNED, closed=closed)}


def _reads(status: int) -> dict[Role, Any]:
    return {PSYCHOLOGIST: within(status), LEAD: only(status, ASSIGNED, CLOSED)}


def _shares(new: int, own: int, closed: int) -> dict[Role, Any]:
    """The plan of OWN alone is shared."""
    return {PSYCHOLOGIST: within(new, own=own, closed=closed), LEAD: only(new, ASSIGNED, closed=closed)}


GOALS = _reads(200) | {PEDAGOGUE: within(200, closed=404)}


def _signing(_asked: Asked) -> Sent:
    drawn = {f"{who}_{part}": said for who in ("pupil", "psychologist") for part, said in _drawn().items()}
    return {"seen": SEEN, "read_aloud": "on", "review_on": _in_a_month()} | drawn


def _drawn() -> Sent:
    return {"way": "drawn", "ink": INK}


def _in_a_month() -> str:
    return (timezone.localdate() + timedelta(days=30)).isoformat()


def _signed(_asked: Asked) -> Sent:
    marks = {"pupil": INKED, "psychologist": INKED}
    return {"seen_sha256": SEEN, "read_aloud": True, "review_on": _in_a_month()} | marks


def _countersigning(asked: Asked) -> Sent:
    mark = {f"guardian_{part}": said for part, said in _drawn().items()}
    return {"seen": text().shared.sha256, "guardian": str(asked.thing["guardian"])} | mark


def _countersigned(asked: Asked) -> Sent:
    guardian = str(asked.thing["guardian"])
    return {"seen_sha256": text().shared.sha256, "guardian": guardian, "mark": INKED}


def _measure(asked: Asked) -> Sent:
    owner = asked.places.here.colleague.membership.pk
    return {"title": "Встречать", "expected": "Приходит", "owner": owner, "due_at": tomorrow()}


def _draft(_asked: Asked) -> Sent:
    return {"seen_sha256": SEEN, "name": "Мадина", "steps": [[{"text": "Рисую"}], [], [], [], [], []]}


KIND = "planned"
TABLE: list[Cell] = [
    cell("plans:list", "GET", allow=each(SUPPORTERS, 200)),
    cell("plans:task-readers", "GET", "task", allow=OWN_TASK),
    cell("plans:case", "GET", KIND, allow=_reads(200)),
    cell("plans:support", "GET", KIND, allow=GOALS),
    cell("plans:safety", "GET", KIND, allow=_reads(200)),
    cell("plans:safety", "POST", KIND, allow=_works(302, 422), sends={"seen": SEEN, "line_1_0": "Рисую"}),
    # These lead back to the plans, where it is said what was not possible.
    cell("plans:begin", "POST", KIND, allow=_reads(302)),
    cell("plans:drop", "POST", KIND, allow=_reads(302), sends={"seen": SEEN}),
    cell("plans:share", "POST", KIND, allow=_reads(302)),
    cell("plans:unshare", "POST", KIND, allow=_reads(302)),
    cell("plans:sign", "GET", KIND, allow=_reads(200)),
    cell("plans:sign", "POST", KIND, allow=_works(302, 422), sends=_signing),
    cell("plans:countersign", "GET", KIND, allow=_reads(200)),
    cell("plans:countersign", "POST", KIND, allow=_works(302, 422), sends=_countersigning),
    cell("plans:version", "GET", KIND, allow=_reads(200)),
    cell("plans:paper", "GET", KIND, allow=_reads(200), sends={"language": "kk"}),
    cell("plans:goal", "GET", KIND, allow=_reads(200)),
    cell("plans:goal", "POST", KIND, allow=_works(302, 422), sends=GOAL),
    cell("plans:measure", "GET", KIND, allow=_reads(200)),
    cell("plans:measure", "POST", KIND, allow=_works(302, 422), sends=_measure),
    cell("plans:end-goal", "GET", KIND, allow=_reads(200)),
    cell("plans:end-goal", "POST", KIND, allow=_works(302, 422), sends=ENDED),
    api("api:safety-plan-detail", "GET", KIND, allow=_reads(200)),
    api("api:safety-plan-version", "GET", KIND, allow=_reads(200)),
    api("api:safety-plan-begin", "POST", KIND, allow=_works(200, 409)),
    api("api:safety-plan-draft", "POST", KIND, allow=_works(200, 409), sends=_draft),
    api("api:safety-plan-drop", "POST", KIND, allow=_works(200, 409), sends={"seen_sha256": SEEN}),
    api("api:safety-plan-sign", "POST", KIND, allow=_works(201, 409), sends=_signed),
    api("api:safety-plan-countersign", "POST", KIND, allow=_works(201, 409), sends=_countersigned),
    api("api:safety-plan-share", "POST", KIND, allow=_shares(200, own=409, closed=409)),
    api("api:safety-plan-unshare", "POST", KIND, allow=_shares(409, own=200, closed=409)),
    api("api:support-plan-list", "GET", allow=each(SUPPORTERS, 200)),
    api("api:support-plan-detail", "GET", KIND, allow=GOALS),
    api("api:support-plan-goals", "POST", KIND, allow=_works(201, 409), sends=GOAL),
    api("api:support-plan-measures", "POST", KIND, allow=_works(201, 409), sends=_measure),
    api("api:support-plan-end", "POST", KIND, allow=_works(200, 409), sends=ENDED),
]
