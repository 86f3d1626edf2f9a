"""What the psychologist enters on the own screen, and how a questionnaire is ended from there."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from caseflow.directory.actors import Actor
from caseflow.instruments.enums import State
from caseflow.instruments.models import Administration
from caseflow.instruments.rules.refusals import InstrumentRefused
from caseflow.instruments.selectors.administrations import read_answers
from caseflow.instruments.selectors.sheets import Sheet, sheet_of
from caseflow.instruments.services.holding import hold_on_screen, hold_open, log
from caseflow.instruments.services.recording import end, keep


def save_answers(
    actor: Actor, administration_id: UUID, answers: Mapping[str, int | None], *, ends: bool = False
) -> Sheet:
    """Keep what was entered or changed, and with `ends` finish it: what was entered stays even if that is refused.

    Raises Administration.DoesNotExist, InstrumentRefused (ended, filled in by code, no answer to that question; with
    `ends` as `finish` does).
    """
    with transaction.atomic():
        one = hold_on_screen(actor, administration_id)
        known = read_answers(one)
        changed = {each: value for each, value in answers.items() if each not in known or known[each] != value}
        if changed:
            keep(one, changed, actor)
            log(actor, "instrument_answered", one, questions=sorted(changed))
        sheet = sheet_of(one)
    if ends:
        finish(actor, administration_id)
    return sheet


@transaction.atomic
def finish(actor: Actor, administration_id: UUID) -> Administration:
    """End and score what was filled in on the screen: every question has an answer or a refusal.

    Raises Administration.DoesNotExist, InstrumentRefused.
    """
    one = hold_on_screen(actor, administration_id)
    if sheet_of(one).question is not None:
        raise InstrumentRefused(gettext("Some questions have no answer yet. Enter “rather not answer” for a refusal."))
    end(one, State.FINISHED, actor)
    log(actor, "instrument_finished", one)
    return one


@transaction.atomic
def stop(actor: Actor, administration_id: UUID) -> Administration:
    """End it as it stands: what was answered is scored with the rest missing; its code works no more.

    Raises Administration.DoesNotExist, InstrumentRefused (ended already).
    """
    one = hold_open(actor, administration_id)
    end(one, State.STOPPED, actor)
    log(actor, "instrument_stopped", one)
    return one
