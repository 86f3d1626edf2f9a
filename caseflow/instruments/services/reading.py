"""Opening what was answered: what is shown and the entry that it was shown are one transaction (rule 24)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.instruments.selectors.administrations import LABEL, CaseSheet, Result, case_sheet, result_of
from caseflow.instruments.selectors.offering import Offer, offers_of
from caseflow.instruments.selectors.sheets import Sheet, sheet_of
from caseflow.instruments.services.holding import hold_on_screen, log


@transaction.atomic
def open_case_sheet(actor: Actor, case_id: UUID) -> CaseSheet:
    """The questionnaires of a case; that their results were seen is logged. Raises Case.DoesNotExist."""
    sheet = case_sheet(actor, case_id)
    if sheet.rows:
        record(
            action="instrument_list_read",
            actor_id=actor.user.pk,
            role=actor.role,
            obj=LABEL,
            pupil_id=sheet.case.pupil_id,
            detail={"case": str(case_id), "questionnaires": [str(row.administration.pk) for row in sheet.rows]},
        )
    return sheet


@dataclass(frozen=True, slots=True)
class Card:
    """The questionnaires of a case in short, and those that can be given there now."""

    sheet: CaseSheet
    offers: list[Offer]


def open_card(actor: Actor, case_id: UUID) -> Card:
    """As `open_case_sheet`, with what may be given; nothing may in a closed case. Raises Case.DoesNotExist."""
    sheet = open_case_sheet(actor, case_id)
    return Card(sheet, offers_of(actor, case_id).rows if sheet.case.is_open else [])


@transaction.atomic
def open_result(actor: Actor, administration_id: UUID) -> Result:
    """One questionnaire with its answers; the reading is logged. Raises Administration.DoesNotExist."""
    result = result_of(actor, administration_id)
    log(actor, "instrument_read", result.administration)
    return result


@transaction.atomic
def open_sheet(actor: Actor, administration_id: UUID) -> Sheet:
    """The form on the psychologist's screen with what was entered so far; the reading is logged.

    Raises Administration.DoesNotExist, InstrumentRefused (ended, filled in by code).
    """
    one = hold_on_screen(actor, administration_id)
    log(actor, "instrument_read", one)
    return sheet_of(one)
