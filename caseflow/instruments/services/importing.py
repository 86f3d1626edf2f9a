"""How a questionnaire comes in, as a file that says where its words are from, and how a version is put to use."""

from pathlib import Path
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.accounts.models import User
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.instruments.models import InstrumentVersion, InUse
from caseflow.instruments.rules.packs import BadPackError, digest_of, read_pack
from caseflow.instruments.selectors.versions import may_import, versions_in_reach

SHIPPED = Path(__file__).resolve().parent.parent / "packs"


@transaction.atomic
def import_pack(actor: Actor, text: str) -> InstrumentVersion:
    """Keep a pack for the actor's region, with its hash; nobody is given it before it is put to use.

    Raises PermissionDenied for whoever is not the lead psychologist of a region, BadPackError.
    """
    if not may_import(actor):
        raise PermissionDenied
    if read_pack(text).demo:
        raise BadPackError(gettext("What is for trying out cannot be imported here."))
    version = _keep(text, region=actor.membership.region_id, by=actor.user)
    _log(actor, "instrument_imported", version)
    return version


@transaction.atomic
def put_to_use(actor: Actor, version_id: UUID) -> InUse:
    """From now on this version is given in the actor's region; what was given before keeps its own.

    Raises PermissionDenied, InstrumentVersion.DoesNotExist outside the actor's reach.
    """
    if not may_import(actor):
        raise PermissionDenied
    version = versions_in_reach(actor).get(pk=version_id)
    use = _use(version, region=actor.membership.region_id, by=actor.user)
    _log(actor, "instrument_put_to_use", version)
    return use


@transaction.atomic
def import_text(text: str) -> InstrumentVersion:
    """Keep a pack for the whole installation, by command. Raises BadPackError."""
    version = _keep(text, region=None, by=None)
    _log(None, "instrument_imported", version)
    return version


@transaction.atomic
def use_everywhere(instrument: str, version: str) -> InUse:
    """Put a version of the whole installation to use, by command. Raises InstrumentVersion.DoesNotExist."""
    found = InstrumentVersion.objects.get(instrument=instrument, version=version, region=None)
    use = _use(found, region=None, by=None)
    _log(None, "instrument_put_to_use", found)
    return use


@transaction.atomic
def import_shipped() -> list[InstrumentVersion]:
    """Import the packs that came with the product and are not there yet; returns them.

    One is put to use by itself only where no version of its instrument is: a new release never changes by itself what
    children are asked.
    """
    new = []
    for path in sorted(SHIPPED.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        if InstrumentVersion.objects.filter(digest=digest_of(text), region=None).exists():
            continue
        version = import_text(text)
        if not InUse.objects.filter(instrument=version.instrument, region=None).exists():
            use_everywhere(version.instrument, version.version)
        new.append(version)
    return new


def _keep(text: str, *, region: int | None, by: User | None) -> InstrumentVersion:
    pack = read_pack(text)
    if InstrumentVersion.objects.filter(instrument=pack.instrument, version=pack.version, region=region).exists():
        message = gettext("Version %(version)s of %(name)s is here already. Give the changed one another version.")
        raise BadPackError(message % {"version": pack.version, "name": pack.name})
    return InstrumentVersion.objects.create(
        instrument=pack.instrument,
        name=pack.name,
        version=pack.version,
        digest=digest_of(text),
        content=text,
        region_id=region,
        imported_at=timezone.now(),
        imported_by=by,
    )


def _use(version: InstrumentVersion, *, region: int | None, by: User | None) -> InUse:
    of_region = Q(region=region)
    use = InUse.objects.filter(of_region, instrument=version.instrument).first()
    use = use or InUse(instrument=version.instrument, region_id=region)
    use.version, use.since, use.by = version, timezone.now(), by
    use.save()
    return use


def _log(actor: Actor | None, action: str, version: InstrumentVersion) -> None:
    record(
        action=action,
        actor_id=actor.user.pk if actor else None,
        role=actor.role if actor else "",
        obj=f"instruments.InstrumentVersion/{version.pk}",
        detail={"instrument": version.instrument, "version": version.version, "sha256": version.digest},
    )
