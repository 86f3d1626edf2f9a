"""The board is the lead psychologist's, with the work of the own territory; a note of supervision is its author's, and
the psychologist's with whom it was shared."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import OWN, Asked, Cell, Sent, api, cell, each, only

LEAD, PSYCHOLOGIST = Role.LEAD_PSYCHOLOGIST, Role.PSYCHOLOGIST
READERS = (LEAD, PSYCHOLOGIST)
REASON = "Уходит в отпуск"


def _leads(status: int) -> dict[Role, Any]:
    return {LEAD: only(status, OWN)}


def _reads(status: int) -> dict[Role, Any]:
    return each(READERS, only(status, OWN))


def _moved(asked: Asked) -> Sent:
    return {"case": [asked.thing["case"]], "to": [asked.thing["to"]], "reason": REASON}


def _looked_at(asked: Asked) -> Sent:
    return {"cases": [asked.thing["case"]], "to": [asked.thing["to"]], "reason": REASON}


def _said(_asked: Asked) -> Sent:
    day = timezone.localdate() - timedelta(days=1)
    return {"held_on": day.isoformat(), "themes": "Нагрузка", "text": "Говорили о нагрузке"}


def _noted(asked: Asked) -> Sent:
    return _said(asked) | {"supervision": str(asked.places.things["supervision"][OWN]["pk"])}


def _begun(asked: Asked) -> Sent:
    return {"member": asked.places[PSYCHOLOGIST].membership.pk}


NOTE = "supervised"
TABLE: list[Cell] = [
    cell("supervision:board", "GET", allow={LEAD: 200}),
    cell("supervision:work", "GET", "worked", allow=_leads(200)),
    cell("supervision:work", "POST", "worked", allow=_leads(200), sends=_moved),
    cell("supervision:notes", "GET", allow=each(READERS, 200)),
    cell("supervision:begin", "POST", allow={LEAD: 302}, sends=_begun),
    cell("supervision:write", "GET", "supervision", allow=_leads(200)),
    cell("supervision:write", "POST", "supervision", allow=_leads(302), sends=_said),
    cell("supervision:note", "GET", NOTE, allow=_reads(200)),
    cell("supervision:correct", "GET", NOTE, allow=_leads(200)),
    cell("supervision:correct", "POST", NOTE, allow=_leads(302), sends=_said),
    cell("supervision:share", "POST", NOTE, allow=_leads(302)),
    cell("supervision:finish", "POST", "agreed", allow=_reads(302)),
    api("api:board-list", "GET", allow={LEAD: 200}),
    api("api:board-work", "GET", "worked", allow=_leads(200)),
    api("api:board-reassign", "POST", "worked", allow=_leads(200), sends=_looked_at),
    api("api:supervision-note-list", "GET", allow=each(READERS, 200)),
    api("api:supervision-note-list", "POST", allow={LEAD: 201}, sends=_noted),
    api("api:supervision-note-begin", "POST", allow={LEAD: 200}, sends=_begun),
    api("api:supervision-note-detail", "GET", NOTE, allow=_reads(200)),
    api("api:supervision-note-correct", "POST", NOTE, allow=_leads(201), sends=_said),
    api("api:supervision-note-share", "POST", NOTE, allow=_leads(409)),
    api("api:supervision-note-finish", "POST", NOTE, allow=_reads(200)),
]
