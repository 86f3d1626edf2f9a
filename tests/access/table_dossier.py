"""Papers for a meeting are made by those who work on the case: a psychologist of the school, a lead who was let in."""

from caseflow.directory.enums import Role
from caseflow.dossier.enums import Kind
from caseflow.dossier.rules import ticked_beforehand
from tests.access.cells import ASSIGNED, CLOSED, Cell, Sent, api, cell, only, within

READ = {Role.PSYCHOLOGIST: within(200), Role.LEAD_PSYCHOLOGIST: only(200, ASSIGNED, CLOSED)}


def _asked(kind: Kind) -> Sent:
    facts = {"meeting": "lead", "purpose": "Совет школы", "tongue": "kk-ru"}
    return facts | {"parts": [*ticked_beforehand(kind), "risk", "private_notes"]}


TABLE: list[Cell] = [
    cell("dossier:profile", "GET", "case", allow=READ),
    cell("dossier:profile", "POST", "case", allow=READ, sends=_asked(Kind.PROFILE)),
    cell("dossier:chronology", "GET", "case", allow=READ),
    cell("dossier:chronology", "POST", "case", allow=READ, sends=_asked(Kind.CHRONOLOGY)),
    api("api:dossier-detail", "GET", "case", allow=READ),
    api("api:dossier-profile", "POST", "case", allow=READ, sends=_asked(Kind.PROFILE)),
    api("api:dossier-chronology", "POST", "case", allow=READ, sends=_asked(Kind.CHRONOLOGY)),
]
