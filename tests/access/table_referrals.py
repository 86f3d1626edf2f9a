"""Referrals belong to those who work on the case, and, once they are sent, to the agency or school they are addressed
to: officers read nothing else of a case. The lead looks at legal grounds of all schools led, without the case."""

from typing import Any

from caseflow.directory.enums import Role
from caseflow.referrals.models import Referral
from tests.access.cells import ASSIGNED, CLOSED, OWN, SAME_SCHOOL, Asked, Cell, Sent, api, cell, each, only, within
from tests.access.objects_of_cases import REASON
from tests.referrals.factories import ASKED, WHY, seen

PSYCHOLOGIST, LEAD, OFFICER = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.AGENCY_OFFICER
SENDERS = (PSYCHOLOGIST, LEAD)
BY_HAND = {"ground": "legal", "basis": "violence", "ground_words": WHY, "asked": ASKED}
REVIEW = {"holds": 1, "words": REASON}


def _works(status: int, closed: int) -> dict[Role, Any]:
    return {PSYCHOLOGIST: within(status, closed=closed), LEAD: only(status, ASSIGNED, closed=closed)}


def _reads(status: int) -> dict[Role, Any]:
    return {PSYCHOLOGIST: within(status), LEAD: only(status, ASSIGNED, CLOSED)}


def _read(status: int) -> dict[Role, Any]:
    """A sent one, by both sides."""
    return _reads(status) | {OFFICER: only(status, OWN, SAME_SCHOOL, CLOSED)}


def _moves(status: int, refused: int) -> dict[Role, Any]:
    """To revoke is the sender's move, and no move of one that is over."""
    return _works(status, refused) | {OFFICER: only(refused, OWN, SAME_SCHOOL, CLOSED)}


def _form(asked: Asked) -> Sent:
    return BY_HAND | {"receiver": f"agency:{asked.thing['agency']}", "fields_told": ["reason"], "reason": REASON}


def _sending(asked: Asked) -> Sent:
    agency = f"agency:{asked.thing['agency']}"
    return BY_HAND | {"receiver": agency, "fields_told": [], "seen": seen(Referral(pk=asked.thing["pk"]))}


def _seen(asked: Asked) -> Sent:
    return {"seen_sha256": seen(Referral(pk=asked.thing["pk"]))}


def _written(asked: Asked) -> Sent:
    return BY_HAND | {"agency": asked.thing["agency"], "told": ["birth_date"]}


def _begun(asked: Asked) -> Sent:
    return {"case": str(asked.places.things["case"][ASSIGNED]["pk"])}


TABLE: list[Cell] = [
    cell("referrals:list", "GET", allow=each(SENDERS, 200)),
    cell("referrals:inbox", "GET", allow=each((PSYCHOLOGIST, OFFICER), 200)),
    cell("referrals:grounds", "GET", allow={LEAD: 200}),
    cell("referrals:of-case", "GET", "case", allow=_reads(200)),
    # This leads back to the case, where it is said what was not possible.
    cell("referrals:begin", "POST", "case", allow=_reads(302), sends={"kind": "referral"}),
    cell("referrals:write", "GET", "drafted", allow=_reads(200)),
    cell("referrals:write", "POST", "drafted", allow=_works(302, 422), sends=_form),
    cell("referrals:send", "POST", "drafted", allow=_works(302, 422), sends=_sending),
    cell("referrals:drop", "POST", "drafted", allow=_reads(302)),
    cell("referrals:detail", "GET", "referral", allow=_read(200)),
    cell("referrals:paper", "GET", "referral", allow=_read(200)),
    cell("referrals:act", "POST", "referral", allow=_moves(302, 422), sends={"words": REASON}),
    cell("referrals:ground", "GET", "referral", allow={LEAD: within(200)}),
    cell("referrals:ground", "POST", "referral", allow={LEAD: within(302, closed=422)}, sends=REVIEW),
    api("api:referral-list", "GET", allow=each(SENDERS, 200)),
    api("api:referral-list", "POST", allow=each(SENDERS, 201), sends=_begun),
    api("api:referral-inbox", "GET", allow=each((PSYCHOLOGIST, OFFICER), 200)),
    api("api:referral-detail", "GET", "referral", allow=_read(200)),
    api("api:referral-draft", "GET", "drafted", allow=_reads(200)),
    api("api:referral-draft", "POST", "drafted", allow=_works(200, 409), sends=_written),
    api("api:referral-send", "POST", "drafted", allow=_works(200, 409), sends=_seen),
    api("api:referral-drop", "POST", "drafted", allow=_works(204, 409)),
    api("api:referral-act", "POST", "referral", allow=_moves(200, 409), sends={"move": "revoke", "words": REASON}),
    api("api:referral-ground-list", "GET", allow={LEAD: 200}),
    api("api:referral-ground-detail", "GET", "referral", allow={LEAD: within(200)}),
    api("api:referral-ground-review", "POST", "referral", allow={LEAD: within(200, closed=409)}, sends=REVIEW),
]
