"""A prosecutor records a legal request, or takes it back."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.clocks.services import start_clock, stop_clock
from caseflow.directory.actors import Actor
from caseflow.legalrequests.enums import Ground, State
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.rules import RequestRefused
from caseflow.legalrequests.selectors.reading import Child, place
from caseflow.legalrequests.services.holding import hold, log_by
from caseflow.legalrequests.services.telling import tell_preparers
from caseflow.records.vault import new_key, seal

CLOCK = "legal_request"
LONGEST_BAR: Final = timedelta(days=366)  # then the family is told


@dataclass(frozen=True, slots=True)
class Wish:
    """What a prosecutor records: the document, whom it is about, what is asked and why, and what bars telling."""

    ground: Ground
    act: str
    number: str
    dated: date
    child: Child
    asked: str
    barred_act: str = ""
    barred_until: date | None = None


@transaction.atomic
def ask(actor: Actor, wish: Wish) -> LegalRequest:
    """Record the request; the lead psychologists of the region are told. Raises RequestRefused.

    Nothing is said about whether there is such a pupil or case.
    """
    region = actor.membership.region
    if region is None:
        raise RequestRefused(gettext("This is not possible here."))
    _check(wish)
    now = timezone.now()
    request = LegalRequest(
        region=region,
        ground=wish.ground,
        act=wish.act.strip(),
        number=wish.number.strip(),
        dated=wish.dated,
        barred_act=wish.barred_act.strip(),
        barred_until=wish.barred_until,
        data_key=new_key("legal_request"),
        made_by=actor.user,
        made_at=now,
        clock=start_clock(CLOCK, region, now),
    )
    request.child_sealed = seal(request.data_key, wish.child.written(), place(request, "child"))
    request.asked_sealed = seal(request.data_key, wish.asked.strip(), place(request, "asked"))
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise RequestRefused(gettext("A request under this number and date is recorded already.")) from error
    log_by(actor.user, actor.role, "legal_request_made", request, ground=str(wish.ground), barred=bool(wish.barred_act))
    tell_preparers(request)
    return request


@transaction.atomic
def withdraw(actor: Actor, request_id: UUID, words: str) -> LegalRequest:
    """Take a request back before anything was given. Raises LegalRequest.DoesNotExist, RequestRefused."""
    request = hold(actor, request_id, State.ASKED, State.PREPARED)
    end(actor, request, State.WITHDRAWN, words)
    log_by(actor.user, actor.role, "legal_request_withdrawn", request)
    return request


def end(actor: Actor, request: LegalRequest, state: State, words: str) -> None:
    """The request ends with nothing given; what was prepared is destroyed. Raises RequestRefused without a reason."""
    if not words.strip():
        raise RequestRefused(gettext("Say why."))
    request.state, request.ended_by, request.ended_at = state, actor.user, timezone.now()
    request.words_sealed = seal(request.data_key, words.strip(), place(request, "words"))
    destroy_copy(request)
    request.save()
    stop_clock(request.clock_id)


def destroy_copy(request: LegalRequest) -> None:
    """The copy and its key are gone for good; its digest stays. The caller saves."""
    key = request.snapshot_key
    request.snapshot_sealed, request.snapshot_key = b"", None
    if key is not None:
        key.delete()


def _check(wish: Wish) -> None:
    today = timezone.localdate()
    if not all(text.strip() for text in (wish.act, wish.number, wish.asked, wish.child.last_name)):
        raise RequestRefused(gettext("Ground, number and what is asked are needed."))
    if wish.dated > today:
        raise RequestRefused(gettext("The document cannot be of a day to come."))
    if bool(wish.barred_act.strip()) != (wish.barred_until is not None):
        raise RequestRefused(gettext("Name the article that bars telling the family, and until when."))
    if wish.barred_until and wish.barred_until <= today:
        raise RequestRefused(gettext("Telling the family can be barred until a day to come."))
    if wish.barred_until and wish.barred_until > today + LONGEST_BAR:
        raise RequestRefused(gettext("Telling the family can be barred for a year at most."))
