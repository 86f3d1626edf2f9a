from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from analytics.models import AiUse, AnalysisRun
from caseflow.consent.selectors import decidable_pupils
from caseflow.directory.actors import Actor
from caseflow.portal.rules import LAG
from caseflow.triage.enums import Audience, DismissReason, ItemKind, ItemState
from caseflow.triage.models import TriageItem

SHOWN: Final = 30
DECIDED: Final = (ItemState.CASE_OPENED, ItemState.LINKED, ItemState.DISMISSED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person decided about a signal, and when, and which model had made it. Never a value."""

    noticed_on: date
    decided_on: date
    state: ItemState
    model: str
    version: str


@dataclass(frozen=True, slots=True)
class Uses:
    """When, where and with which model AI was used on a pupil (rule 5), newest first."""

    runs: tuple[AnalysisRun, ...]
    outcomes: tuple[Outcome, ...]


def uses_of(actor: Actor, pupil_id: UUID) -> Uses:
    """The uses of AI on the own child, or on oneself (3 queries). Raises LookupError for any other pupil.

    All of it is told a fortnight later, to every guardian alike as the access log is (rule 10a). It is read from what
    no closing of the gate erases, so an exclusion or a dissent changes nothing here (rule 10).
    """
    if not decidable_pupils(actor).filter(pk=pupil_id).exists():
        raise LookupError(pupil_id)
    until = timezone.now() - LAG
    told = AiUse.objects.filter(pupil=pupil_id, run__ended_at__lt=until).select_related(
        "run__slot__room", "run__card", "run__slot__school_class", "run__school"
    )
    runs = tuple(use.run for use in told.order_by("-run__date", "-run__recorded_at", "run")[:SHOWN])
    return Uses(runs, _outcomes(pupil_id, until))


def _outcomes(pupil_id: UUID, until: datetime) -> tuple[Outcome, ...]:
    """What the items in the queue prove: those closed because the consent ended say nothing about a signal."""
    told = TriageItem.objects.filter(
        kind=ItemKind.SIGNAL, audience=Audience.SCHOOL, pupil=pupil_id, state__in=DECIDED, decided_at__lt=until
    ).exclude(reason_code=DismissReason.CONSENT_WITHDRAWN)
    rows = told.order_by("-decided_at").values_list("created_at", "decided_at", "state", "model_label")
    return tuple(
        Outcome(timezone.localdate(noticed), timezone.localdate(decided), ItemState(state), *_model_of(label))
        for noticed, decided, state, label in rows
        if decided is not None
    )


def _model_of(label: str) -> tuple[str, str]:
    """Name and version out of an item's "name version"."""
    name, _space, version = label.rpartition(" ")
    return name, version
