"""The protocols of a region: drafts, and versions that come into force. What is in force is never changed."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.cases.meanwhile import Saved
from caseflow.directory.actors import Actor
from caseflow.protocols.enums import VersionState
from caseflow.protocols.models import Protocol, ProtocolStep, ProtocolVersion
from caseflow.protocols.rules import MOST_STEPS, FlowRefused, VersionText, problems
from caseflow.protocols.selectors.versions import may_edit_protocols, saved_draft, seen_of, text_of, version_of
from caseflow.undo.acts import Facts
from caseflow.undo.services import keep_removed, put_back, removed_rows

OWN_CODE = "own-%d"
DISCARDED = "protocol_discarded"  # as an act that can be undone


class DraftChanged(FlowRefused):
    """Somebody has saved the draft since; whoever sees `saved` beside the own text decides."""

    def __init__(self, saved: Saved) -> None:
        super().__init__(gettext("Somebody has saved this draft meanwhile. Nothing was overwritten."))
        self.saved = saved


@transaction.atomic
def begin_draft(actor: Actor, version_id: UUID) -> ProtocolVersion:
    """The draft of the region's own protocol, begun with what this version says, or the one that is there.

    Raises PermissionDenied for everybody but the lead of a region, ProtocolVersion.DoesNotExist.
    """
    require_editor(actor)
    source = version_of(actor, version_id)
    protocol, _made = Protocol.objects.get_or_create(code=source.protocol.code, region=actor.membership.region)
    Protocol.objects.select_for_update(of=("self",)).get(pk=protocol.pk)
    present = protocol.versions.filter(state=VersionState.DRAFT).first()
    return present or _draft(actor, protocol, text_of(source))


@transaction.atomic
def new_protocol(actor: Actor, text: VersionText) -> ProtocolVersion:
    """The first draft of a protocol that the region adds. Raises PermissionDenied, FlowRefused (too many steps)."""
    require_editor(actor)
    own = Protocol.objects.filter(region=actor.membership.region, code__startswith="own-")
    protocol = Protocol.objects.create(code=OWN_CODE % (own.count() + 1), region=actor.membership.region)
    return _draft(actor, protocol, text)


@transaction.atomic
def save_draft(actor: Actor, version_id: UUID, text: VersionText, *, seen: str) -> ProtocolVersion:
    """Write the draft anew.

    Raises PermissionDenied, ProtocolVersion.DoesNotExist, FlowRefused (no draft, too many steps), DraftChanged where
    somebody has saved it since `seen`.
    """
    version = _hold_draft(actor, version_id)
    if seen_of(version) != seen:
        raise DraftChanged(saved_draft(version))
    version.title, version.source = text.title, text.source.strip()
    version.made_by, version.made_at = actor.user, timezone.now()
    version.save(update_fields=["title", "source", "made_by", "made_at"])
    version.steps.all().delete()
    _write_steps(version, text)
    _log(actor, "protocol_changed", version)
    return version


@transaction.atomic
def publish(actor: Actor, version_id: UUID) -> ProtocolVersion:
    """Put the draft into force; the version before is kept for the flows that began with it.

    Raises PermissionDenied, ProtocolVersion.DoesNotExist, FlowRefused (no draft, what keeps it from coming into force).
    """
    version = _hold_draft(actor, version_id)
    wrong = problems(text_of(version), version.protocol.setting)
    if wrong:
        raise FlowRefused(" ".join(wrong))
    version.protocol.versions.filter(state=VersionState.IN_FORCE).update(state=VersionState.RETIRED)
    version.state, version.in_force_from = VersionState.IN_FORCE, timezone.now()
    version.save(update_fields=["state", "in_force_from"])
    _log(actor, "protocol_published", version)
    return version


@transaction.atomic
def withdraw(actor: Actor, version_id: UUID, *, reason: str) -> ProtocolVersion:
    """Take a version of the region out of force; flows that run go on with it, and where the product ships a protocol
    of that kind, that one holds again.

    Raises PermissionDenied, ProtocolVersion.DoesNotExist, FlowRefused (not in force, shipped, no reason).
    """
    version = _hold(actor, version_id)
    if version.protocol.region_id is None:
        raise FlowRefused(gettext("What is shipped with the product is not withdrawn. Write a version of the region."))
    if not version.may_be_withdrawn:
        raise FlowRefused(gettext("This version is not in force."))
    if not reason.strip():
        raise FlowRefused(gettext("Say why."))
    version.state, version.withdrawn_why = VersionState.WITHDRAWN, reason.strip()
    version.withdrawn_at, version.withdrawn_by = timezone.now(), actor.user
    version.save(update_fields=["state", "withdrawn_why", "withdrawn_at", "withdrawn_by"])
    _log(actor, "protocol_withdrawn", version)
    return version


@transaction.atomic
def discard_draft(actor: Actor, version_id: UUID) -> None:
    """Throw the draft away. Raises PermissionDenied, ProtocolVersion.DoesNotExist, FlowRefused (no draft)."""
    version = _hold_draft(actor, version_id)
    _log(actor, "protocol_discarded", version)
    keep_removed(actor, DISCARDED, version.pk, [version, *version.steps.all()])
    version.delete()


def take_up_again(actor: Actor, version_id: str, _facts: Facts) -> str:
    """Take back that the actor threw a draft away. Returns its page.

    Raises PermissionDenied, Removed.DoesNotExist, TooLateError (another was begun meanwhile).
    """
    require_editor(actor)
    rows = removed_rows(actor, DISCARDED, version_id)
    put_back(rows)
    version = version_of(actor, UUID(version_id))
    _log(actor, "protocol_restored", version)
    return reverse("protocols:version", args=[version.pk])


def require_editor(actor: Actor) -> None:
    """Raises PermissionDenied for everybody but the lead psychologist of a region."""
    if not may_edit_protocols(actor):
        raise PermissionDenied


def _hold(actor: Actor, version_id: UUID) -> ProtocolVersion:
    require_editor(actor)
    version = version_of(actor, version_id)
    Protocol.objects.select_for_update(of=("self",)).get(pk=version.protocol_id)
    return version_of(actor, version_id)


def _hold_draft(actor: Actor, version_id: UUID) -> ProtocolVersion:
    version = _hold(actor, version_id)
    if version.state != VersionState.DRAFT:
        raise FlowRefused(gettext("This version is no draft: what was in force is never changed. Begin a new draft."))
    return version


def _draft(actor: Actor, protocol: Protocol, text: VersionText) -> ProtocolVersion:
    last = protocol.versions.aggregate(last=Max("number"))["last"] or 0
    version = ProtocolVersion.objects.create(
        protocol=protocol,
        number=last + 1,
        title=text.title,
        source=text.source.strip(),
        made_by=actor.user,
        made_at=timezone.now(),
    )
    _write_steps(version, text)
    _log(actor, "protocol_drafted", version)
    return version


def _write_steps(version: ProtocolVersion, text: VersionText) -> None:
    if len(text.steps) > MOST_STEPS:
        raise FlowRefused(gettext("A protocol has %(number)s steps at most.") % {"number": MOST_STEPS})
    taken = {step.code for step in text.steps if step.code}
    free = (code for number in range(1, 2 * MOST_STEPS + 2) if (code := f"step-{number}") not in taken)
    ProtocolStep.objects.bulk_create(
        ProtocolStep(
            version=version,
            position=position,
            code=step.code or next(free),
            title=step.title,
            hint=step.hint if any(step.hint.values()) else {},
            doer=step.doer,
            amount=step.amount,
            unit=step.unit,
            basis=step.basis,
            evidence=step.evidence,
            part=step.part,
            missed=step.missed,
        )
        for position, step in enumerate(text.steps, start=1)
    )


def _log(actor: Actor, action: str, version: ProtocolVersion) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"protocols.ProtocolVersion/{version.pk}",
        detail={"protocol": version.protocol.code, "number": version.number},
    )
