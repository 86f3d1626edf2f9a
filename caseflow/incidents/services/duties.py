"""What has to follow a report of suspected bullying (Order 506): its clocks, and the acts that stop them."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.clocks.models import Clock
from caseflow.clocks.services import start_clock, tell_of_deadline
from caseflow.clocks.watchers import Told
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardian, Pupil
from caseflow.incidents.enums import SUSPECTED_BULLYING
from caseflow.incidents.models import CouncilHeld, Incident, ParentTold
from caseflow.incidents.rules.bullying import is_reason
from caseflow.incidents.rules.duties import DUTIES
from caseflow.incidents.selectors.duties import ends_of_duties, has_duties, pupils_to_tell_of
from caseflow.incidents.selectors.home import standing_guardians
from caseflow.incidents.selectors.merging import deciding_scope
from caseflow.incidents.selectors.scope import reports_of_duties
from caseflow.incidents.services.checking import BadReportError
from caseflow.records.vault import seal, where
from caseflow.triage.models import TriageItem
from caseflow.triage.services.climbing import targets_of
from caseflow.triage.services.filing import deciders, leads_who_may_know
from caseflow.triage.services.item_clocks import enter_step
from notifications.enums import AlertKind


def begin_duties(incident: Incident, at: datetime) -> None:
    """Start what suspected bullying asks for, in the caller's transaction; nothing for another category.

    Where no pupil is named there is no parent to tell.
    """
    if incident.category not in SUSPECTED_BULLYING:
        return
    named = pupils_to_tell_of(incident.parties.select_related("pupil"))
    for name, code in DUTIES.items():
        if name != "parents_clock" or named:
            setattr(incident, name, start_clock(code, incident.school, at))
    incident.save(update_fields=list(DUTIES))


def settle_duties(incident: Incident) -> None:
    """Bring these clocks in line with what has been done: each stops when its own duty is done, else it runs.

    Those of a merged report stay as the merge left them: the other one goes on.
    """
    if incident.merged_into_id or not has_duties(incident):
        return
    for name, end in ends_of_duties(incident).items():
        clock: Clock | None = getattr(incident, name)
        if clock:
            Clock.objects.filter(pk=clock.pk).update(stopped_at=end and max(end, clock.started_at))


def settle_after_decision(item: TriageItem) -> None:
    """The same after a decision on the report's item, or after it was taken back."""
    for incident in Incident.objects.filter(triage_item=item.pk).select_related(*DUTIES):
        settle_duties(incident)


@transaction.atomic
def note_parent_told(
    actor: Actor, incident_id: UUID, *, pupil_id: UUID, guardian_id: UUID | None, told_at: datetime
) -> ParentTold:
    """Note that a parent of a pupil was told of the report; None for a representative who is not on record.

    The duty is done once a parent of each pupil knows. Raises Incident.DoesNotExist unless the actor decides on the
    report, BadReportError (merged, not bullying, nobody of theirs, a wrong time).
    """
    incident = _to_act_on(actor, incident_id)
    pupil, guardian = _of_family(incident, pupil_id, guardian_id)
    if not (incident.occurred_at or incident.created_at) <= told_at <= timezone.now():
        raise BadReportError(_("The time must lie between the incident and now"))
    told = ParentTold.objects.create(
        incident=incident,
        pupil=pupil,
        guardian=guardian,
        told_at=told_at,
        told_by=actor.user,
        noted_at=timezone.now(),
    )
    settle_duties(incident)
    _log(actor, "incident.parent_told", incident, pupil.pk)
    return told


@transaction.atomic
def note_council(actor: Actor, incident_id: UUID, *, held_on: date, outcome: str) -> CouncilHeld:
    """Note when the council met on the report, and what it came to; the first one stops the clock.

    Raises Incident.DoesNotExist unless the actor decides on the report, BadReportError (merged, not bullying, a day
    that has not come or was before the report, nothing said).
    """
    incident = _to_act_on(actor, incident_id)
    if not timezone.localdate(incident.created_at) <= held_on <= timezone.localdate():
        raise BadReportError(_("The day must lie between the report and today"))
    if not is_reason(outcome):
        raise BadReportError(_("Write in a sentence what the council came to"))
    council = CouncilHeld(incident=incident, held_on=held_on, noted_by=actor.user, noted_at=timezone.now())
    place = where("incidents.CouncilHeld", council.pk, "outcome")
    council.outcome_sealed = seal(incident.data_key, outcome.strip(), place)
    council.save(force_insert=True)
    settle_duties(incident)
    _log(actor, "incident.council_held", incident, incident.triage_item.pupil_id)
    return council


def tell_of_duty_clocks(clock_ids: Iterable[UUID]) -> None:
    """Tell those who decide on a report that a duty nears its end; of a missed one without a ladder the leads too."""
    for clock in Clock.objects.filter(pk__in=list(clock_ids)):
        for incident in reports_of_duties([clock.pk]).select_related(
            "school__district", "triage_item__school__district"
        ):
            missed = clock.escalated_at is not None
            told = deciders(incident.triage_item)
            tell_of_deadline(
                clock,
                told + leads_who_may_know(incident.triage_item) if missed else told,
                kind=AlertKind.DEADLINE_MISSED if missed else AlertKind.DEADLINE_NEAR,
                params={"clock": clock.code, "due": clock.due_at.isoformat(), "school": incident.school.names},
                url=reverse("incidents:detail", args=[incident.pk]),
            )


def targets_of_duty_clock(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """Who is told that a duty was missed: psychologists and leads, none that is a party or a parent (rule 10b)."""
    shown = reports_of_duties([clock_id]).select_related("triage_item__school__district")
    return [
        told
        for incident in shown
        for told in targets_of(incident.triage_item, targets, reverse("incidents:detail", args=[incident.pk]))
    ]


def chronicle_duty_step(clock_id: UUID, step: int, told: list[str]) -> None:
    """Enter into the chronology of the report's case that a duty was missed, and who was told."""
    clock = Clock.objects.get(pk=clock_id)
    for incident in reports_of_duties([clock_id]).select_related("triage_item__case__data_key"):
        enter_step(incident.triage_item, clock.code, step, told)


def _to_act_on(actor: Actor, incident_id: UUID) -> Incident:
    deciding_scope(actor).only("pk").get(pk=incident_id)
    Incident.objects.select_for_update().only("pk").get(pk=incident_id)
    incident = Incident.objects.select_related("data_key", "triage_item", *DUTIES).get(pk=incident_id)
    if incident.merged_into_id:
        raise BadReportError(_("This report is merged into another. Decide there"))
    if not has_duties(incident):
        raise BadReportError(_("This is asked for where bullying is suspected"))
    return incident


def _of_family(incident: Incident, pupil_id: UUID, guardian_id: UUID | None) -> tuple[Pupil, Guardian | None]:
    pupils = {pupil.pk: pupil for pupil in pupils_to_tell_of(incident.parties.select_related("pupil"))}
    if pupil_id not in pupils:
        raise BadReportError(_("Choose whose parent was told"))
    known = {guardian.pk: guardian for guardian in standing_guardians([pupil_id])[pupil_id]}
    if guardian_id is not None and guardian_id not in known:
        raise BadReportError(_("Choose who was told"))
    return pupils[pupil_id], known.get(guardian_id) if guardian_id else None


def _log(actor: Actor, action: str, incident: Incident, pupil_id: UUID | None) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"incident:{incident.pk}",
        pupil_id=pupil_id,
    )
