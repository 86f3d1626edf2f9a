"""Two reports of one event become one, and two again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.incidents.enums import PartyRole
from caseflow.incidents.models import Incident, Merge, Party
from caseflow.incidents.rules.duties import DUTIES
from caseflow.incidents.selectors.merging import Joining, chosen_roles, deciding_scope, joining
from caseflow.incidents.selectors.reading import SHOWN, standing_merge
from caseflow.incidents.services.checking import BadReportError
from caseflow.incidents.services.settling import exchange, settle, take_earlier_clocks
from caseflow.records.vault import seal, where
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.services.merging import close_as_merged, open_after_split

UNDO_WITHIN = timedelta(minutes=10)
SHORTEST_REASON = 5


class RolesDifferError(BadReportError):
    """The reports name somebody in different parts: `joining.conflicts` says whom, and somebody has to choose."""

    def __init__(self, found: Joining) -> None:
        super().__init__(_("The reports name somebody in different parts. Choose which one holds."))
        self.joining = found


@transaction.atomic
def merge_reports(
    actor: Actor, incident_id: UUID, into_id: UUID, *, roles: Mapping[UUID, PartyRole] | None = None
) -> Incident:
    """Merge a report into another of the same school that tells of the same event; returns the one that goes on.

    The merged one stays readable, its item is closed with it, its parties join the other, and the other keeps the
    earlier terms. A cry for help stays one. `roles` says by parties of the merged report which part holds.

    Raises Incident.DoesNotExist unless the actor decides on both, BadReportError (they cannot be one), RolesDifferError
    while a choice is missing, ClaimedError while somebody else decides on the item.
    """
    merged, into = _both(actor, incident_id, into_id)
    _refuse(merged, into)
    found = joining(merged, into)
    chosen = chosen_roles(found, dict(roles or {}))
    if chosen is None:
        raise RolesDifferError(found)
    now = timezone.now()
    state = close_as_merged(actor, merged.triage_item_id, now)
    before = _facts(into) | _join(into, found, chosen) | {"state": state}
    before["exchanged"] = take_earlier_clocks(merged, into, now)
    _carry_over(merged, into)
    settle(into)
    Incident.objects.filter(pk=merged.pk).update(merged_into=into)
    Merge.objects.create(merged=merged, into=into, by=actor.user, at=now, before=before)
    _log(actor, "incident.merged", merged, into)
    return deciding_scope(actor).select_related(*SHOWN).get(pk=into_id)


@transaction.atomic
def split_report(actor: Actor, incident_id: UUID, *, reason: str = "") -> Incident:
    """Take a merged report out again: both are as before, with what has been done to them since.

    Whoever merged them needs no reason for ten minutes. Raises Incident.DoesNotExist outside the actor's scope,
    BadReportError (not merged, no reason).
    """
    merged = _locked(actor, incident_id)
    merge = standing_merge(merged)
    if merge is None:
        raise BadReportError(_("This report is not merged into another"))
    undone = merge.by_id == actor.user.pk and timezone.now() - merge.at <= UNDO_WITHIN
    if not undone and len(reason.strip()) < SHORTEST_REASON:
        raise BadReportError(_("Explain in a few words why they are two events"))
    into = _locked(actor, merge.into_id)
    _part(merged, into, merge.before)
    exchange(merged, into, merge.before["exchanged"])
    if merge.before["state"]:
        open_after_split(actor, merged.triage_item_id, merge.before["state"])
    merged.merged_into = None
    merged.save(update_fields=["merged_into"])
    told_by_merge = ["police_clock"] if merge.before["informed_at"] is None else []
    settle(merged, since=merge.at, exchanged=merge.before["exchanged"])
    settle(into, since=merge.at, exchanged=merge.before["exchanged"] + told_by_merge)
    sealed = seal(merged.data_key, reason.strip(), where("incidents.Merge", merge.pk, "reason"))
    Merge.objects.filter(pk=merge.pk).update(split_by=actor.user, split_at=timezone.now(), reason_sealed=sealed)
    _log(actor, "incident.split", merged, into)
    return deciding_scope(actor).select_related(*SHOWN).get(pk=incident_id)


def _both(actor: Actor, *ids: UUID) -> list[Incident]:
    """Locked in one order, whichever is merged into which."""
    locked = {pk: _locked(actor, pk) for pk in sorted(set(ids))}
    return [locked[pk] for pk in ids]


def _locked(actor: Actor, pk: UUID) -> Incident:
    deciding_scope(actor).only("pk").get(pk=pk)
    Incident.objects.select_for_update().only("pk").get(pk=pk)
    shown = ("data_key", "police_clock", *DUTIES, "triage_item__psych_clock", "triage_item__legal_clock")
    return Incident.objects.select_related(*shown).get(pk=pk)


def _refuse(merged: Incident, into: Incident) -> None:
    """Raises BadReportError where the two cannot be one."""
    if merged.pk == into.pk or merged.school_id != into.school_id:
        raise BadReportError(_("Choose another report of the same school"))
    if merged.merged_into_id or into.merged_into_id or merged.merged_here.exists():
        raise BadReportError(_("One of them is merged already. Split it first"))
    if merged.about_staff != into.about_staff:
        raise BadReportError(_("Only one of them is about an employee, so the school may not see both"))
    if into.triage_item.state == ItemState.DISMISSED:
        raise BadReportError(_("The other report was dismissed. Decide on this one by itself"))


def _facts(into: Incident) -> dict[str, Any]:
    informed = into.police_informed_at
    return {
        "violence": into.violence,
        "second_person": into.triage_item.second_person,
        "informed_at": informed.isoformat() if informed else None,
    }


def _carry_over(merged: Incident, into: Incident) -> None:
    """What one of the reports asks for, the event asks for."""
    into.violence = into.violence or merged.violence
    if into.police_informed_at is None:
        into.police_informed_at, into.police_informed_by_id = merged.police_informed_at, merged.police_informed_by_id
    into.save(update_fields=["violence", "police_informed_at", "police_informed_by"])
    if merged.triage_item.second_person:
        TriageItem.objects.filter(pk=into.triage_item_id).update(second_person=True)


def _join(into: Incident, found: Joining, chosen: Mapping[UUID, PartyRole]) -> dict[str, Any]:
    """Join the parties; returns what is needed to part them again."""
    added = Party.objects.bulk_create(
        Party(
            incident=into,
            pupil_id=party.pupil_id,
            employee_id=party.employee_id,
            role=party.role,
            established=party.established,
        )
        for party in found.new
    )
    changed = {str(pair.theirs.pk): pair.theirs.role for pair in found.conflicts}
    for pk, role in chosen.items():
        Party.objects.filter(pk=pk).update(role=role)
    return {"added": [str(party.pk) for party in added], "roles": changed}


def _part(merged: Incident, into: Incident, before: dict[str, Any]) -> None:
    Party.objects.filter(incident=into, pk__in=before["added"]).delete()
    for pk, role in before["roles"].items():
        Party.objects.filter(incident=into, pk=pk).update(role=role)
    into.violence = before["violence"]
    if before["informed_at"] is None and into.police_informed_at == merged.police_informed_at:
        into.police_informed_at = into.police_informed_by = None
    into.save(update_fields=["violence", "police_informed_at", "police_informed_by"])
    TriageItem.objects.filter(pk=into.triage_item_id).update(second_person=before["second_person"])


def _log(actor: Actor, action: str, merged: Incident, into: Incident) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"incident:{merged.pk}",
        pupil_id=merged.triage_item.pupil_id,
        detail={"into": str(into.pk)},
    )
