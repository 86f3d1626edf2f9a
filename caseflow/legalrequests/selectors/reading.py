"""Words of a request, whom it may be about, and what the family is told."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from caseflow.cases.models import Case
from caseflow.consent.selectors.exclusions import excluded_since
from caseflow.directory.actors import Actor
from caseflow.directory.rules.spelling import name_words, sounds
from caseflow.legalrequests.enums import Given
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.rules import Snapshot, read_snapshot
from caseflow.records.vault import unseal, where

PLACE = "legalrequests.LegalRequest"


@dataclass(frozen=True, slots=True)
class Child:
    """Whom a request is about, as its maker wrote it."""

    last_name: str
    first_name: str
    birth_date: date
    school: str = ""

    @property
    def names(self) -> str:
        return f"{self.last_name} {self.first_name}"

    def written(self) -> str:
        return json.dumps([self.last_name, self.first_name, self.birth_date.isoformat(), self.school])

    @classmethod
    def read(cls, written: str) -> Self:
        last_name, first_name, born, school = json.loads(written)
        return cls(last_name, first_name, date.fromisoformat(born), school)


@dataclass(frozen=True, slots=True)
class RequestFile:
    """A request opened. `child` and `asked` are None for whoever may not know them, `words` say why it ended."""

    request: LegalRequest
    child: Child | None
    asked: str | None
    words: str
    fields: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What the family is told of something that was given."""

    request: LegalRequest
    fields: tuple[Given, ...]


def place(request: LegalRequest, field: str) -> str:
    """Where a sealed value of a request belongs."""
    return where(PLACE, request.pk, field)


def file_of(request: LegalRequest, *, with_child: bool) -> RequestFile:
    """A request with its words; whom it is about only where that may be known."""
    key = request.data_key
    return RequestFile(
        request,
        Child.read(unseal(key, request.child_sealed, place(request, "child"))) if with_child else None,
        unseal(key, request.asked_sealed, place(request, "asked")) if with_child else None,
        unseal(key, request.words_sealed, place(request, "words")),
        tuple(Given(code) for code in request.fields),
    )


def copy_of(request: LegalRequest) -> Snapshot | None:
    """What was chosen to be given; None once it is destroyed."""
    if request.snapshot_key is None:
        return None
    return read_snapshot(unseal(request.snapshot_key, request.snapshot_sealed, place(request, "snapshot")))


def candidates(actor: Actor, child: Child) -> list[Case]:
    """The cases of the actor's schools that it may be: the same day of birth, and a name that sounds alike.

    None about the actor's own child (rule 10b). One query.
    """
    born = Case.objects.filter(school__in=actor.schools(), pupil__birth_date=child.birth_date)
    reached = born.exclude(pupil__in=actor.children())
    around = reached.select_related("pupil__school_class", "school__district", "data_key").order_by("-opened_at", "pk")
    asked = _sounds(child.names.split())
    return [case for case in around if asked & _sounds([case.pupil.last_name, case.pupil.first_name])]


def notes_for(actor: Actor, pupil_id: UUID) -> list[Note]:
    """What the family is told of this pupil, the newest first; nothing new for an excluded guardian (rule 10)."""
    told = LegalRequest.objects.filter(case__pupil=pupil_id, told_at__isnull=False).order_by("-told_at")
    since = excluded_since(pupil_id, actor.membership.guardian_id)
    found = told.filter(told_at__lt=since) if since else told
    return [Note(request, tuple(Given(code) for code in request.fields)) for request in found]


def _sounds(names: Iterable[str]) -> set[bytes]:
    return {sound for name in names for word in name_words(name) for sound in sounds(word)}
