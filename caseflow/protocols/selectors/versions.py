"""The versions of protocols: who sees them, who writes them, and what they say."""

import json
from dataclasses import asdict
from hashlib import sha256
from uuid import UUID

from django.db.models import Q, QuerySet

from caseflow.cases.meanwhile import Saved
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.protocols.enums import VersionState
from caseflow.protocols.models import ProtocolStep, ProtocolVersion
from caseflow.protocols.rules import StepText, VersionText, read_out


def may_edit_protocols(actor: Actor) -> bool:
    """The lead psychologist of a region answers for its protocols, as for the table of deadlines."""
    return actor.role == Role.LEAD_PSYCHOLOGIST and actor.membership.region_id is not None


def visible_versions(actor: Actor) -> QuerySet[ProtocolVersion]:
    """The shipped versions and those of the actor's region, by protocol, the newest first; drafts for who writes them.

    Each with its steps, in two queries.
    """
    regions = actor.schools().order_by().values("district__region")
    seen = ProtocolVersion.objects.filter(Q(protocol__region=None) | Q(protocol__region__in=regions))
    if not may_edit_protocols(actor):
        seen = seen.exclude(state=VersionState.DRAFT)
    ordered = seen.order_by("protocol__code", "protocol__region", "-number")
    return ordered.select_related("protocol__region", "made_by", "withdrawn_by").prefetch_related("steps")


def version_of(actor: Actor, version_id: UUID) -> ProtocolVersion:
    """One of them. Raises ProtocolVersion.DoesNotExist."""
    return visible_versions(actor).get(pk=version_id)


def text_of(version: ProtocolVersion) -> VersionText:
    """What the version says."""
    return VersionText(dict(version.title), version.source, tuple(_step(step) for step in version.steps.all()))


def seen_of(version: ProtocolVersion) -> str:
    """The hash of what it says: whoever saves names what they have seen."""
    said = json.dumps(asdict(text_of(version)), ensure_ascii=False, sort_keys=True)
    return sha256(said.encode()).hexdigest()


def saved_draft(version: ProtocolVersion) -> Saved:
    """The draft as it is shown to somebody who wrote on an older one."""
    by = version.made_by.short_name if version.made_by else ""
    return Saved(seen_of(version), read_out(text_of(version)), by, version.made_at)


def _step(step: ProtocolStep) -> StepText:
    return StepText(
        code=step.code,
        title=dict(step.title),
        hint=dict(step.hint),
        doer=step.doer,
        amount=step.amount,
        unit=step.unit,
        basis=step.basis,
        evidence=step.evidence,
        part=step.part,
        missed=step.missed,
    )
