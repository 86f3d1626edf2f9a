"""Pupils, parents and teachers by a one-time code: no login, no name, and nothing stays on the device.

What a page carries instead of a cookie is a signed pass of half an hour; every page that is shown renews it. It names
the questionnaire, the code and the sitting: a new code, the same code typed once more, a pause or the end make it
worthless, so whoever has the tablet next finds nothing behind its back button.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils import timezone

from caseflow.accounts.rules import Count
from caseflow.accounts.services.throttle import take_try
from caseflow.instruments.enums import State
from caseflow.instruments.models import Administration
from caseflow.instruments.rules.codes import TRIES, normal_code
from caseflow.instruments.rules.refusals import InstrumentRefused, NoSuchCodeError
from caseflow.instruments.selectors.sheets import Sheet, sheet_after, sheet_at, sheet_before, sheet_of
from caseflow.instruments.services.holding import digest_of_code, hold, log
from caseflow.instruments.services.recording import end, keep
from caseflow.records.vault import keyed_digest

SALT = "instruments.sheet"
PASS_AGE = timedelta(minutes=30)
Move = Literal["go_on", "show", "answer", "back", "language", "pause", "finish"]


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did on a page: `question` is the one that was shown, "" before the first and after the last."""

    move: Move
    question: str = ""
    value: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What comes next; `carried` is the pass for it. Without a sheet it is finished, or interrupted by a pause."""

    sheet: Sheet | None
    carried: str = ""
    is_beginning: bool = False


def open_code(code: str, *, address: str) -> Shown:
    """The page before the first question, or where it was left.

    Raises TooManyTriesError, NoSuchCodeError.
    """
    take_try((Count(keyed_digest("instrument address", address), TRIES),))
    with transaction.atomic():
        found = Administration.objects.filter(code_digest=digest_of_code(normal_code(code))).only("pk").first()
        one = _hold_by_code(found.pk if found else None)
        one.sitting = secrets.token_hex(16)
        one.save(update_fields=["sitting"])
        log(None, "instrument_opened_by_code", one)
    return Shown(sheet_of(one), _carried(one), is_beginning=one.state == State.GIVEN)


@transaction.atomic
def respond(carried: str, step: Step) -> Shown:
    """Keep the answer at once and show what comes next.

    Raises NoSuchCodeError (the pass is older than half an hour, or its questionnaire has ended), InstrumentRefused.
    """
    return _MOVES[step.move](_hold_by_pass(carried), step)


def _go_on(one: Administration, _step: Step) -> Shown:
    return Shown(sheet_of(one), _carried(one))


def _show(one: Administration, step: Step) -> Shown:
    if step.question not in sheet_of(one).asked:
        raise InstrumentRefused(step.question)
    return Shown(sheet_at(one, step.question), _carried(one))


def _back(one: Administration, step: Step) -> Shown:
    if step.question and step.question not in sheet_of(one).asked:
        raise InstrumentRefused(step.question)
    return Shown(sheet_before(one, step.question or None), _carried(one))


def _answer(one: Administration, step: Step) -> Shown:
    if step.question not in sheet_of(one).asked:
        raise InstrumentRefused(step.question)
    keep(one, {step.question: step.value}, None)
    return Shown(sheet_after(one, step.question), _carried(one))


def _pause(one: Administration, _step: Step) -> Shown:
    one.sitting = ""
    one.save(update_fields=["sitting"])
    return Shown(None)


def _finish(one: Administration, _step: Step) -> Shown:
    """Only what is whole is finished; else the first open question is shown."""
    sheet = sheet_of(one)
    if sheet.question is not None:
        return Shown(sheet, _carried(one))
    end(one, State.FINISHED, None)
    log(None, "instrument_finished", one)
    return Shown(None)


def _speak(one: Administration, step: Step) -> Shown:
    """The same page in another language that is offered."""
    sheet = sheet_of(one)
    if step.language not in sheet.pack.offered:
        raise InstrumentRefused(step.language)
    one.language = step.language
    one.save(update_fields=["language"])
    begins = one.state == State.GIVEN and not step.question
    shown = sheet_at(one, step.question) if step.question in sheet.asked else sheet_of(one)
    return Shown(shown, _carried(one), is_beginning=begins)


def _hold_by_code(administration_id: UUID | None) -> Administration:
    if administration_id is None:
        raise NoSuchCodeError
    one = hold(administration_id)
    if one.code_digest is None or one.code_expires_at is None or one.code_expires_at <= timezone.now():
        raise NoSuchCodeError
    return one


def _carried(one: Administration) -> str:
    return signing.dumps([str(one.pk), one.code_digest, one.sitting], salt=SALT)


def _hold_by_pass(carried: str) -> Administration:
    try:
        pk, digest, sitting = signing.loads(carried, salt=SALT, max_age=PASS_AGE)
    except signing.BadSignature as error:
        raise NoSuchCodeError from error
    one = _hold_by_code(UUID(pk))
    if not sitting or (one.code_digest, one.sitting) != (digest, sitting):
        raise NoSuchCodeError
    return one


_MOVES: dict[Move, Callable[[Administration, Step], Shown]] = {
    "go_on": _go_on,
    "show": _show,
    "answer": _answer,
    "back": _back,
    "language": _speak,
    "pause": _pause,
    "finish": _finish,
}
