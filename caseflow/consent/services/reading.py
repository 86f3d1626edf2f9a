"""Reading what is for a few alone: what is shown and the entry that it was shown are one transaction (rule 24).

The entries name no pupil as their subject, so that no guardian's log can hint at an exclusion (rule 10a).
"""

from dataclasses import dataclass

from django.db import transaction

from caseflow.audit.services import record
from caseflow.consent.models import ConsentEvent
from caseflow.consent.selectors.exclusions import exclusions_in_force, open_proposals
from caseflow.consent.selectors.gate import dissenting
from caseflow.consent.selectors.guardianships import ending_of
from caseflow.consent.services.ledger import reason_of
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardianship, Pupil


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Proposals that wait, each with its reason, and the exclusions in force."""

    proposals: list[tuple[ConsentEvent, str]]
    in_force: list[ConsentEvent]


@dataclass(frozen=True, slots=True)
class Protection:
    """A pupil's own word, and what was proposed and decided about the pupil's guardians."""

    dissenting: bool
    proposed: list[ConsentEvent]
    excluded: list[ConsentEvent]


@transaction.atomic
def open_exclusions(actor: Actor) -> Exclusions:
    """The exclusions of the lead's schools, with why they were proposed."""
    shown = Exclusions([(line, reason_of(line)) for line in open_proposals(actor)], exclusions_in_force(actor))
    lines = [*(line for line, _reason in shown.proposals), *shown.in_force]
    _log(actor, "consent.Exclusions", events=[str(line.pk) for line in lines])
    return shown


@transaction.atomic
def open_protection(actor: Actor, pupil: Pupil) -> Protection:
    """What protects one pupil of the psychologist's."""
    shown = Protection(
        dissenting=dissenting(pupil.pk),
        proposed=list(open_proposals(actor).filter(pupil=pupil)),
        excluded=[line for line in exclusions_in_force(actor) if line.pupil_id == pupil.pk],
    )
    _log(actor, "consent.Protection", pupil=str(pupil.pk))
    return shown


@transaction.atomic
def open_ending(actor: Actor, guardianship: Guardianship) -> tuple[ConsentEvent, str] | None:
    """How the office ended a guardianship of its own, with the ground; None while it lasts."""
    line = ending_of(guardianship)
    if line is None:
        return None
    _log(actor, f"consent.ConsentEvent/{line.pk}")
    return line, reason_of(line)


def _log(actor: Actor, obj: str, **detail: object) -> None:
    record(action="read", actor_id=actor.user.pk, role=actor.role, obj=obj, detail=detail)
