"""A questionnaire is given within a case: for the psychologist's screen, by a one-time code, or as a typed total."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.models import Case
from caseflow.cases.services.locking import hold_open_case
from caseflow.directory.actors import Actor
from caseflow.instruments.enums import OPEN, Filling, Respondent, State
from caseflow.instruments.models import Administration
from caseflow.instruments.rules.codes import TERMS, new_code, normal_code
from caseflow.instruments.rules.refusals import InstrumentRefused
from caseflow.instruments.rules.scoring.typed import TOTAL
from caseflow.instruments.selectors.administrations import LABEL, write_score
from caseflow.instruments.selectors.versions import Entry, given_at
from caseflow.instruments.services.holding import digest_of_code, enter, hold_open, log
from caseflow.records.vault import seal, where


@dataclass(frozen=True, slots=True)
class Given:
    """A questionnaire with its one-time code, which is told this once; "" where it needs none."""

    administration: Administration
    code: str


@transaction.atomic
def give(
    actor: Actor, case_id: UUID, *, version_id: UUID, respondent: Respondent, filling: Filling, language: str
) -> Given:
    """Give a questionnaire within an open case.

    Raises Case.DoesNotExist, CaseRefused (closed case), InstrumentRefused (a version, respondent or language that is
    not offered, one that is still open).
    """
    case = hold_open_case(actor, case_id)
    pack = _entry(case, version_id, typed=False).pack
    if respondent not in pack.respondent:
        raise InstrumentRefused(gettext("This questionnaire is not for this respondent."))
    if language not in pack.offered:
        raise InstrumentRefused(gettext("There is no approved text in this language."))
    if filling not in (Filling.SCREEN, Filling.CODE):
        raise InstrumentRefused(gettext("Choose where it is filled in."))
    _refuse_second(case, version_id, respondent)
    one = Administration(
        case=case,
        version_id=version_id,
        respondent=respondent,
        filling=filling,
        language=language,
        given_by=actor.user,
        given_at=timezone.now(),
    )
    code = _set_code(one) if filling == Filling.CODE else ""
    one.save(force_insert=True)
    enter(one, "questionnaire_given", actor)
    log(actor, "instrument_given", one, instrument=pack.instrument, respondent=respondent, filling=filling)
    return Given(one, code)


@transaction.atomic
def renew_code(actor: Actor, administration_id: UUID) -> Given:
    """A new code for one that is still filled in by code; the one before ends, what was answered stays.

    Raises Administration.DoesNotExist, InstrumentRefused.
    """
    one = hold_open(actor, administration_id)
    if one.filling != Filling.CODE:
        raise InstrumentRefused(gettext("This questionnaire is filled in on the psychologist's screen."))
    code = _set_code(one)
    one.save(update_fields=["code_digest", "code_expires_at"])
    log(actor, "instrument_code_made", one)
    return Given(one, code)


@transaction.atomic
def type_total(
    actor: Actor, case_id: UUID, *, version_id: UUID, respondent: Respondent, total: int, source: dict[str, Any]
) -> Administration:
    """Keep a total that was scored elsewhere; `source` says in words who scored it (`by`) and where (`place`).

    Raises Case.DoesNotExist, CaseRefused (closed case), InstrumentRefused.
    """
    case = hold_open_case(actor, case_id)
    pack = _entry(case, version_id, typed=True).pack
    highest = max(pack.rule.questions[TOTAL])
    if not pack.rule.takes(TOTAL, total):
        raise InstrumentRefused(gettext("The total lies between 0 and %(highest)s.") % {"highest": highest})
    if respondent not in pack.respondent or not all(str(source.get(key, "")).strip() for key in ("by", "place")):
        raise InstrumentRefused(gettext("Say who scored it, and where."))
    now = timezone.now()
    one = Administration(
        case=case,
        version_id=version_id,
        respondent=respondent,
        filling=Filling.TYPED,
        state=State.FINISHED,
        given_by=actor.user,
        given_at=now,
        ended_at=now,
        rule=pack.rule.name,
        rule_version=pack.rule.version,
    )
    said = {key: str(source[key]).strip() for key in ("by", "place")}
    score = write_score(pack.rule.score({TOTAL: total}))
    one.result_sealed = seal(case.data_key, score, where(LABEL, one.pk, "result"))
    one.source_sealed = seal(case.data_key, json.dumps(said), where(LABEL, one.pk, "source"))
    one.save(force_insert=True)
    enter(one, "questionnaire_typed", actor)
    log(actor, "instrument_total_typed", one, instrument=pack.instrument)
    return one


def _entry(case: Case, version_id: UUID, *, typed: bool) -> Entry:
    for entry in given_at(case.school):
        if entry.version.pk == version_id and entry.pack.is_typed == typed:
            return entry
    raise InstrumentRefused(gettext("This questionnaire is not offered here."))


def _refuse_second(case: Case, version_id: UUID, respondent: Respondent) -> None:
    """Two open ones of a kind are one too many: a reload of the page, or a code that was mislaid."""
    open_ones = Administration.objects.filter(case=case, state__in=OPEN, respondent=respondent)
    if open_ones.filter(version=version_id).exists():
        raise InstrumentRefused(gettext("It is given already and still open: make a new code there, or stop it."))


def _set_code(one: Administration) -> str:
    """A fresh code in place of the one before, and until when it works."""
    code = new_code()
    one.code_digest = digest_of_code(normal_code(code))
    one.code_expires_at = _end_of(one, timezone.now())
    return code


def _end_of(one: Administration, now: datetime) -> datetime:
    return now + TERMS[Respondent(one.respondent)]
