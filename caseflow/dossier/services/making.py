"""Making a paper: what is shown, that it was shown and for whose meeting are one transaction (rule 24)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.cases.models import Case
from caseflow.cases.selectors.pages import CaseFile, case_file, case_label
from caseflow.cases.services.locking import log
from caseflow.directory.actors import Actor
from caseflow.dossier.enums import Kind
from caseflow.dossier.models import Making
from caseflow.dossier.rules import LONGEST_PURPOSE, MOST_LINES, DossierRefused, Wanted, kept_from
from caseflow.dossier.selectors.chronology import lines_of
from caseflow.dossier.selectors.offering import Offer, offer_of, purpose_place, read_offer, titles_of
from caseflow.dossier.selectors.papers import Paper, paper_of
from caseflow.records.vault import seal


@transaction.atomic
def open_offer(actor: Actor, case_id: UUID, kind: Kind) -> tuple[CaseFile, Offer]:
    """The case with the parts that may be taken along. Raises Case.DoesNotExist."""
    file = case_file(actor, case_id)
    log(actor, "dossier_offer_read", file.case, kind=kind.value)
    return file, read_offer(actor, file.case, kind)


@transaction.atomic
def make_paper(actor: Actor, case_id: UUID, wanted: Wanted) -> Paper:
    """The paper, with the proof of who took which parts to whose meeting.

    Raises Case.DoesNotExist, DossierRefused (no purpose, no part, a part that is not offered or must not go to that
    meeting, a period that ends before it begins, too much for one paper).
    """
    file = case_file(actor, case_id)
    _check(actor, file, wanted)
    now = timezone.now()
    paper = paper_of(actor, file, wanted, now)
    making = Making(
        case=file.case,
        by=actor.user,
        at=now,
        kind=wanted.kind,
        form=wanted.form,
        meeting=wanted.meeting,
        tongue=wanted.tongue,
        parts=sorted(wanted.parts),
        since=wanted.since,
        until=wanted.until,
    )
    making.purpose_sealed = seal(file.case.data_key, wanted.purpose.strip(), purpose_place(making))
    making.save(force_insert=True)
    _log(actor, file.case, making)
    return paper


def _check(actor: Actor, file: CaseFile, wanted: Wanted) -> None:
    if not wanted.purpose.strip() or len(wanted.purpose) > LONGEST_PURPOSE:
        raise DossierRefused(gettext("Say whose meeting it is for."))
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise DossierRefused(gettext("The period ends before it begins."))
    _check_parts(actor, file, wanted)
    if wanted.kind == Kind.CHRONOLOGY and len(lines_of(actor, file, wanted)) > MOST_LINES:
        raise DossierRefused(gettext("This is too long for one paper. Choose a shorter period."))


def _check_parts(actor: Actor, file: CaseFile, wanted: Wanted) -> None:
    if not wanted.parts:
        raise DossierRefused(gettext("Tick what the paper is to hold."))
    if wanted.parts - {choice.name for choice in offer_of(actor, file.case, wanted.kind)}:
        raise DossierRefused(gettext("You may not take one of these parts along."))
    kept = kept_from(wanted.meeting, wanted.parts)
    if kept:
        parts = {"parts": ", ".join(titles_of(kept))}
        raise DossierRefused(gettext("This never goes to such a meeting, untick it: %(parts)s.") % parts)


def _log(actor: Actor, case: Case, making: Making) -> None:
    record(
        action="dossier_profile_read" if making.kind == Kind.PROFILE else "dossier_chronology_read",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=case_label(case.pk),
        pupil_id=case.pupil_id,
        detail={
            "making": str(making.pk),
            "form": str(making.form),
            "meeting": str(making.meeting),
            "parts": list(making.parts),
        },
    )
