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
from caseflow.drafts.rules import KEPT_FOR, Fields, fits
from caseflow.drafts.selectors import Kept, Versions, beside, drafts_of, read
from caseflow.records.models import DataKey
from caseflow.records.vault import seal, where
from caseflow.undo.acts import Facts
from caseflow.undo.rules import UNDO_WITHIN, TooLateError

Done = TypeVar("Done")


class DraftTooLong(Exception):  # noqa: N818  said to a program, not an error of this one
    """More than a form can hold was to be kept."""


class DraftDiffers(Exception):  # noqa: N818  said to a person, who decides
    """Another device keeps another version; `versions` holds both, and nothing was changed."""

    def __init__(self, versions: Versions) -> None:
        super().__init__(versions.key)
        self.versions = versions


@dataclass(frozen=True, slots=True)
class Written:
    """What a device sends from the form `key`, and the revision of the draft that it has seen (None: none)."""

    key: str
    fields: Fields
    seen: UUID | None


@transaction.atomic
def save_draft(actor: Actor, written: Written) -> Kept:
    """Keep what the actor has written so far. Only a version that the device has seen is replaced.

    Raises ObjectDoesNotExist where the actor may not write now, DraftTooLong, DraftDiffers.
    """
    if not fits(written.fields):
        raise DraftTooLong
    place = place_of(actor, written.key)
    now = timezone.now()
    fresh = Draft(author=actor.user, key=written.key, pupil_id=place.pupil_id, data_key=place.data_key, updated_at=now)
    _write(fresh, written.fields)
    values = {name: getattr(fresh, name) for name in ("id", "pupil_id", "data_key", "updated_at", *SEALED)}
    draft, is_new = (
        Draft.objects.filter(discarded_at=None)
        .select_for_update(of=("self",))
        .select_related("data_key")
        .get_or_create(author=actor.user, key=written.key, defaults=values)
    )
    if not is_new:
        _refuse_unseen(draft, written)
        _write(draft, written.fields)
        draft.updated_at = now
        draft.save(update_fields=["updated_at", *SEALED])
    return read(draft)


SEALED = ("fields_sealed", "revision")


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
    if _held(actor, key) is not None:
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
    return drafts_of(actor).select_for_update(of=("self",)).filter(key=key).first()


def _write(draft: Draft, fields: Fields) -> None:
    content = json.dumps(dict(fields), ensure_ascii=False)
    draft.fields_sealed = seal(draft.data_key, content, where("drafts.Draft", draft.pk, "fields"))
    draft.revision = uuid4()


def _refuse_unseen(draft: Draft, written: Written, *, even_if_equal: bool = False) -> None:
    kept = read(draft)
    if draft.revision != written.seen and (even_if_equal or kept.fields != written.fields):
        raise DraftDiffers(beside(kept, written.fields))


def _says_the_same(kept: Kept, written: Written) -> bool:
    text = kind_of(kept.key).text
    return kept.text.strip() == written.fields.get(text, "").strip()
