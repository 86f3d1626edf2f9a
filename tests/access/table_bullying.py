"""What is found of the acts between two pupils, and what the pupil concerned answers: for those who decide on the
report alone."""

from typing import Any

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, SAME_SCHOOL, Answer, Asked, Cell, Relation, Sent, api, cell, only, within

LEAD = Role.LEAD_PSYCHOLOGIST
REASON = "Записано со слов троих одноклассников"


def _decided_by(status: int) -> dict[Role, dict[Relation, Answer]]:
    return {Role.PSYCHOLOGIST: within(status, same_school=404), LEAD: only(status, ASSIGNED, SAME_SCHOOL)}


def _of_parties(status: int, again: int) -> dict[Role, dict[Relation, Answer]]:
    """Of an `incident`: ASSIGNED and SAME_SCHOOL name nobody said to have harmed; on CLOSED it is confirmed already."""
    return {Role.PSYCHOLOGIST: within(status, same_school=404, assigned=404, closed=again), LEAD: only(404)}


def _pair(asked: Asked) -> Sent:
    return {"pair": f"{asked.thing['party']}:{asked.thing['harmed']}", "override": REASON}


def _api_pair(asked: Asked) -> Sent:
    return {"said": str(asked.thing["party"]), "harmed": str(asked.thing["harmed"]), "override": REASON}


def _take_back(asked: Asked) -> Sent:
    return {"finding": str(asked.thing["finding"]), "reason": REASON}


def _noted_by(status: int, refused: int) -> dict[Role, dict[Relation, Answer]]:
    """ASSIGNED is talk of self-harm: there nothing of the kind is asked for."""
    at_school = within(status, same_school=404, assigned=refused)
    return {Role.PSYCHOLOGIST: at_school, LEAD: {**only(status, SAME_SCHOOL), ASSIGNED: refused}}


def _parent(asked: Asked) -> Sent:
    return {"who": f"{asked.thing['hurt']}:", "told_at": f"{timezone.localtime():%Y-%m-%dT%H:%M}"}


def _api_parent(asked: Asked) -> Sent:
    return {"pupil": str(asked.thing["hurt"]), "told_at": timezone.now().isoformat()}


def _council(_asked: Asked) -> Sent:
    return {"held_on": str(timezone.localdate()), "outcome": REASON}


def _answer(asked: Asked) -> Sent:
    said: dict[str, Any] = {"party": str(asked.thing["party"]), "answerer": "pupil", "text": "Я его не трогал"}
    return said


TABLE: list[Cell] = [
    cell("incidents:bullying", "POST", "incident", allow=_of_parties(302, 422), sends=_pair),
    cell("incidents:take-back-bullying", "POST", "bullying", allow=_decided_by(302), sends=_take_back),
    cell("incidents:answers", "POST", "bullying", allow=_decided_by(302), sends=_answer),
    cell("incidents:parents-told", "POST", "bullying", allow=_noted_by(302, 422), sends=_parent),
    cell("incidents:council", "POST", "bullying", allow=_noted_by(302, 422), sends=_council),
    api("api:incident-parents-told", "POST", "bullying", allow=_noted_by(204, 400), sends=_api_parent),
    api("api:incident-council", "POST", "bullying", allow=_noted_by(204, 400), sends=_council),
    api("api:incident-bullying", "POST", "incident", allow=_of_parties(204, 400), sends=_api_pair),
    api("api:incident-take-back-bullying", "POST", "bullying", allow=_decided_by(204), sends=_take_back),
    api("api:incident-answers", "POST", "bullying", allow=_decided_by(204), sends=_answer),
]
