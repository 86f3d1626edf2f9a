import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.drafts.models import Draft
from caseflow.drafts.places import kind_of, place_of
from caseflow.drafts.rules import KEPT_FOR, MOST_UNDECIDED, Fields, fits
from caseflow.drafts.selectors import Kept, Versions, beside, drafts_of, read
from caseflow.records.models import DataKey
from caseflow.records.vault import seal, where
from caseflow.undo.acts import Facts
from caseflow.undo.rules import UNDO_WITHIN, TooLateError

Done = TypeVar("Done")


class DraftTooLong(Exception):  # noqa: N818  said to a program, not an error of this one
    """More than a form can hold was to be kept."""


class DraftDiffers(Exception):  # noqa: N818  said to a person, who decides
    """Another device keeps another version; `versions` holds both, and nothing was changed.

    `aside` is the revision under which `keep_draft` has kept the version that was sent.
    """

    def __init__(self, versions: Versions) -> None:
        super().__init__(versions.key)
        self.versions = versions
        self.aside: UUID | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a device sends from the form `key`, and the revision of the draft that it has seen (None: none).

    `aside` is the revision of the undecided version that it goes on from, or that it decides about.
    """

    key: str
    fields: Fields
    seen: UUID | None
    aside: UUID | None = None


def keep_draft(actor: Actor, written: Written) -> Kept:
    """As `save_draft`, for a device on which somebody types: where another version is kept, this one is set aside
    until its author decides, and DraftDiffers names it."""
    try:
        return save_draft(actor, written)
    except DraftDiffers as differs:
        differs.aside = set_aside(actor, written)
        raise


@transaction.atomic
def save_draft(actor: Actor, written: Written) -> Kept:
    """Keep what the actor has written so far. Only a version that the device has seen is replaced.

    Raises ObjectDoesNotExist where the actor may not write now, DraftTooLong, DraftDiffers.
    """
    if not fits(written.fields):
        raise DraftTooLong
    fresh = _fresh(actor, written)
    values = {name: getattr(fresh, name) for name in ("id", "pupil_id", "data_key", "updated_at", *SEALED)}
    draft, is_new = (
        Draft.objects.filter(discarded_at=None, undecided=False)
        .select_for_update(of=("self",))
        .select_related("data_key")
        .get_or_create(author=actor.user, key=written.key, defaults=values)
    )
    if not is_new:
        _refuse_unseen(draft, written)
        _replace(draft, written.fields)
    _settle(actor, written)
    return read(draft)


SEALED = ("fields_sealed", "revision")


@transaction.atomic
def set_aside(actor: Actor, written: Written) -> UUID:
    """Keep a version about which the actor has to decide, instead of the one it goes on from; return its revision.

    Raises ObjectDoesNotExist where the actor may not write now.
    """
    fresh = _fresh(actor, written)
    others = drafts_of(actor).select_for_update(of=("self",)).filter(key=written.key, undecided=True)
    for other in others:
        if read(other).fields == written.fields:
            return other.revision
        if other.revision == written.aside:
            _replace(other, written.fields)
            return other.revision
    drafts_of(actor).filter(pk__in=[other.pk for other in others[MOST_UNDECIDED - 1 :]]).delete()
    fresh.undecided = True
    fresh.save(force_insert=True)
    return fresh.revision


@transaction.atomic
def save_with_draft(actor: Actor, written: Written, act: Callable[[], Done]) -> Done:
    """Do what saves the text, and remove its draft, both or neither.

    Raises DraftDiffers where another version is kept than the device has seen, and whatever `act` raises.
    """
    draft = _held(actor, written.key)
    if draft is not None:
        if not _says_the_same(read(draft), written):
            _refuse_unseen(draft, written)
        draft.delete()
    _settle(actor, written)
    return act()


@transaction.atomic
def discard_draft(actor: Actor, key: str, *, seen: UUID | None) -> Draft | None:
    """Discard the actor's draft as they saw it; one that is gone already is no error. It stays for the seconds in which
    `restore_draft` brings it back, and what was discarded before is removed.

    Raises ObjectDoesNotExist where the actor may not write, DraftDiffers where it was written on elsewhere since.
    """
    place_of(actor, key)
    draft = _held(actor, key)
    if draft is not None:
        _refuse_unseen(draft, Written(key, read(draft).fields, seen), even_if_equal=True)
        Draft.objects.filter(author=actor.user, discarded_at__isnull=False).delete()
        draft.discarded_at = timezone.now()
        draft.save(update_fields=["discarded_at"])
    return draft


def discard_seen_draft(actor: Actor, key: str, revision: str) -> UUID | None:
    """As `discard_draft`, for a page: which revision is discarded; None where it was written on elsewhere since
    `revision`, and stays. One that is gone already counts as discarded."""
    try:
        seen = UUID(revision) if revision else None
        draft = discard_draft(actor, key, seen=seen)
    except (DraftDiffers, ValueError):
        return None
    return draft.revision if draft else seen or uuid4()


@transaction.atomic
def restore_draft(actor: Actor, key: str, facts: Facts) -> str:
    """Bring back what the actor has just discarded, and return the page of its form.

    Raises Draft.DoesNotExist where it is gone, ObjectDoesNotExist where the actor may not write there now, TooLateError
    where something new is written already.
    """
    page = place_of(actor, key).page
    held = _held(actor, key)
    if held is not None and not held.undecided:
        raise TooLateError
    thrown = Draft.objects.filter(author=actor.user, key=key, discarded_at__isnull=False)
    draft = thrown.select_for_update(of=("self",)).get(revision=facts["revision"])
    draft.discarded_at = None
    draft.save(update_fields=["discarded_at"])
    return page


def drop_drafts(data_key: DataKey) -> int:
    """Remove everybody's drafts about what this key seals, inside the caller's transaction; how many there were."""
    return Draft.objects.filter(data_key=data_key).delete()[0]


def erase_old_drafts() -> int:
    """Remove what nobody has written on for the term of drafts, and what was discarded; how many there were."""
    now = timezone.now()
    over = Q(updated_at__lt=now - KEPT_FOR) | Q(discarded_at__lt=now - UNDO_WITHIN)
    return Draft.objects.filter(over).delete()[0]


def _held(actor: Actor, key: str) -> Draft | None:
    """The draft in use, or the newest version that nobody has decided about where there is none."""
    found = drafts_of(actor).select_for_update(of=("self",)).filter(key=key)
    return found.order_by("undecided", "-updated_at").first()


def _settle(actor: Actor, written: Written) -> None:
    """Remove the versions aside that the device had before it: what it says now is what its author decided."""
    seen = [revision for revision in (written.seen, written.aside) if revision]
    drafts_of(actor).filter(key=written.key, undecided=True, revision__in=seen).delete()


def _fresh(actor: Actor, written: Written) -> Draft:
    place = place_of(actor, written.key)
    draft = Draft(author=actor.user, key=written.key, pupil_id=place.pupil_id, data_key=place.data_key)
    draft.updated_at = timezone.now()
    _write(draft, written.fields)
    return draft


def _replace(draft: Draft, fields: Fields) -> None:
    _write(draft, fields)
    draft.updated_at = timezone.now()
    draft.save(update_fields=["updated_at", *SEALED])


def _write(draft: Draft, fields: Fields) -> None:
    content = json.dumps(dict(fields), ensure_ascii=False)
    draft.fields_sealed = seal(draft.data_key, content, where("drafts.Draft", draft.pk, "fields"))
    draft.revision = uuid4()


def _refuse_unseen(draft: Draft, written: Written, *, even_if_equal: bool = False) -> None:
    kept = read(draft)
    if draft.revision != written.seen and (even_if_equal or kept.fields != written.fields):
        raise DraftDiffers(beside(kept, written.fields))


def _says_the_same(kept: Kept, written: Written) -> bool:
    return kept.text.strip() == kind_of(kept.key).text_of(written.fields).strip()
