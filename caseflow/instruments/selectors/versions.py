"""Which versions there are, which are given where, and what they say."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.instruments.enums import OFFERED
from caseflow.instruments.models import InstrumentVersion, InUse
from caseflow.instruments.rules.packs import LANGUAGES, Pack, read_pack


class LanguageRow(NamedTuple):
    """A language, whether it is offered, and what is known of its words."""

    code: str
    offered: bool
    status: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A version with what its pack says; `use` is set while it is the one that is given in the region."""

    version: InstrumentVersion
    pack: Pack
    use: InUse | None = None

    @property
    def languages(self) -> list[LanguageRow]:
        """Each language with what is known of its words."""
        statuses = {code: self.pack.languages[code].status for code in LANGUAGES}
        return [LanguageRow(code, status in OFFERED, str(status.label)) for code, status in statuses.items()]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is given in the actor's region, and what else was imported."""

    used: list[Entry]
    others: list[Entry]
    may_import: bool


def pack_of(version: InstrumentVersion) -> Pack:
    """What the version's pack says."""
    return _read(version.content)


@lru_cache(maxsize=64)
def _read(content: str) -> Pack:
    return read_pack(content)


def region_of(actor: Actor) -> int | None:
    """The region in which the actor works; None for one without a place, and for the whole installation."""
    unit = actor.membership
    if unit.region_id:
        return unit.region_id
    if unit.district:
        return unit.district.region_id
    return unit.school.district.region_id if unit.school else None


def may_import(actor: Actor) -> bool:
    """Whether the actor answers for the questionnaires of a region: its lead psychologist."""
    return actor.role == Role.LEAD_PSYCHOLOGIST and actor.membership.region_id is not None


def versions_in_reach(actor: Actor) -> QuerySet[InstrumentVersion]:
    """What the actor may look at: of the whole installation and of the own region, demo packs only in a demo."""
    versions = InstrumentVersion.objects.filter(Q(region=None) | Q(region=region_of(actor)))
    return versions if settings.DEMO else versions.exclude(instrument="demo")


def catalogue(actor: Actor) -> Catalogue:
    """All versions in reach, those that are given first. Two queries."""
    uses = {use.version_id: use for use in _uses(region_of(actor))}
    entries = [
        Entry(version, pack_of(version), uses.get(version.pk))
        for version in versions_in_reach(actor).select_related("imported_by", "region")
    ]
    return Catalogue(
        used=[entry for entry in entries if entry.use],
        others=[entry for entry in entries if not entry.use],
        may_import=may_import(actor),
    )


def entry_of(actor: Actor, version_id: UUID) -> Entry:
    """One version in reach. Raises InstrumentVersion.DoesNotExist."""
    version = versions_in_reach(actor).select_related("imported_by", "region").get(pk=version_id)
    use = next((use for use in _uses(region_of(actor)) if use.version_id == version.pk), None)
    return Entry(version, pack_of(version), use)


def given_at(school: School) -> list[Entry]:
    """The versions that may be given at the school: in use, and with words to offer or a total to type."""
    uses = _uses(school.district.region_id)
    entries = [Entry(use.version, pack_of(use.version), use) for use in uses]
    if not settings.DEMO:
        entries = [entry for entry in entries if not entry.pack.demo]
    return sorted(
        (entry for entry in entries if entry.pack.offered or entry.pack.is_typed), key=lambda entry: entry.pack.name
    )


def _uses(region: int | None) -> list[InUse]:
    """What is in use in a region: its own choice, else that of the installation."""
    uses = InUse.objects.filter(Q(region=None) | Q(region=region)).select_related("version", "by")
    chosen: dict[str, InUse] = {}
    for use in sorted(uses, key=lambda use: use.region_id is not None):
        chosen[use.instrument] = use
    return list(chosen.values())
