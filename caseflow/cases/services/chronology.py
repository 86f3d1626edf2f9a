from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.happening import FieldRefused, Happened, happened
from caseflow.cases.meanwhile import Saved, SavedMeanwhile
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services.locking import hold_open_case, log
from caseflow.cases.services.telling import tell_family
from caseflow.directory.actors import Actor
from caseflow.records.vault import seal, unseal, where

if TYPE_CHECKING:
    from caseflow.accounts.models import User

NOTE = "note"


@transaction.atomic
def add_note(
    actor: Actor,
    case_id: UUID,
    *,
    text: str,
    visibility: Visibility,
    event_on: date | None = None,
    event_time: time | None = None,
    confirmed: bool = False,
) -> ChronologyEntry:
    """Keep a note; it cannot be changed afterwards, only corrected by another one. Of a shared one the family is told.

    `event_on` and `event_time` say when it happened, by the local clock; now where they are not given. What the
    parents may read has to be `confirmed`. Raises Case.DoesNotExist, CaseRefused (closed case, empty text, not
    confirmed), WrongTime.
    """
    case = hold_open_case(actor, case_id)
    if visibility == Visibility.SHARED_PLAN and not confirmed:
        raise FieldRefused(gettext("Confirm that the parents may read this note."), "confirmed")
    when = happened(event_on, event_time, now=timezone.now(), born=case.pupil.birth_date)
    note = write_entry(
        case, kind=EntryKind.NOTE, code=NOTE, author=actor.user, text=_said(text), visibility=visibility, when=when
    )
    log(actor, "case_note", case, entry=str(note.pk))
    if visibility == Visibility.SHARED_PLAN:
        tell_family(case)
    return note


@transaction.atomic
def correct_note(
    actor: Actor,
    case_id: UUID,
    entry_id: UUID,
    *,
    text: str,
    event_on: date | None = None,
    event_time: time | None = None,
    after: UUID | None = None,
) -> ChronologyEntry:
    """Strike the actor's own note through by a new one with the same readers; the old text stays.

    It is about the same moment unless another one is given. One that was corrected already is corrected further by
    whoever names the newest correction as seen, `after`. Raises Case.DoesNotExist, ChronologyEntry.DoesNotExist
    (somebody else's, no note), CaseRefused (the same words about the same moment), SavedMeanwhile (a correction not
    seen), WrongTime.
    """
    case = hold_open_case(actor, case_id)
    old = ChronologyEntry.objects.get(pk=entry_id, case=case, author=actor.user, kind=EntryKind.NOTE)
    old = _newest(case, old, text, after)
    when = Happened(old.event_at, old.day_only)
    if not (event_on or event_time) and _text_of(case, old) == text.strip():
        raise CaseRefused(gettext("Nothing differs from the old note."))
    if event_on or event_time:
        when = happened(event_on, event_time, now=timezone.now(), born=case.pupil.birth_date)
    note = write_entry(
        case,
        kind=EntryKind.NOTE,
        code=NOTE,
        author=actor.user,
        text=_said(text),
        visibility=Visibility(old.visibility),
        corrects=old,
        when=when,
    )
    log(actor, "case_note_corrected", case, entry=str(note.pk), corrects=str(old.pk))
    if note.visibility == Visibility.SHARED_PLAN:
        tell_family(case)
    return note


def _newest(case: Case, old: ChronologyEntry, text: str, after: UUID | None) -> ChronologyEntry:
    """The note itself, or the newest correction of it if whoever corrects has seen that one."""
    corrections = {entry.corrects_id: entry for entry in case.entries.exclude(corrects=None).select_related("author")}
    newest = old
    while newest.pk in corrections:
        newest = corrections[newest.pk]
    if newest.pk in (old.pk, after):
        return newest
    said = gettext("This note has been corrected already.")
    kept = _text_of(case, newest)
    if kept == text.strip():
        raise CaseRefused(said)
    by = newest.author.short_name if newest.author else ""
    raise SavedMeanwhile(said, Saved(newest.pk, kept, by, newest.recorded_at))


def add_system_entry(
    case: Case,
    *,
    kind: EntryKind,
    code: str,
    params: dict[str, Any] | None = None,
    ref: str = "",
    author: "User | None" = None,
    event_at: datetime | None = None,
) -> ChronologyEntry:
    """Enter what happened, inside the caller's transaction, in a closed case too.

    `params` hold numbers, codes and short labels, never a person's words. `code` reads as the sentence that its room
    gave to `caseflow.cases.wordings.name_entry`; `ref` is "<prefix>:<uuid>", linked as `link_refs` says.
    """
    return write_entry(case, kind=kind, code=code, params=params, ref=ref, author=author, event_at=event_at)


def write_entry(
    case: Case,
    *,
    kind: EntryKind,
    code: str,
    author: "User | None",
    text: str = "",
    visibility: Visibility = Visibility.TEAM,
    params: dict[str, Any] | None = None,
    ref: str = "",
    event_at: datetime | None = None,
    when: Happened | None = None,
    corrects: ChronologyEntry | None = None,
) -> ChronologyEntry:
    """Enter a line into the chronology, its text sealed with the case's key.

    `when` says when it happened as somebody remembers it, `event_at` as the system knows it; now without either.
    """
    now = timezone.now()
    when = when or Happened(event_at or now, day_only=False)
    entry = ChronologyEntry(
        case=case,
        kind=kind,
        code=code,
        author=author,
        visibility=visibility,
        params=params or {},
        ref=ref,
        event_at=when.at,
        day_only=when.day_only,
        recorded_at=now,
        corrects=corrects,
    )
    entry.text_sealed = seal(case.data_key, text, where("cases.ChronologyEntry", entry.pk, "text"))
    entry.save(force_insert=True)
    return entry


def _text_of(case: Case, entry: ChronologyEntry) -> str:
    return unseal(case.data_key, entry.text_sealed, where("cases.ChronologyEntry", entry.pk, "text"))


def _said(text: str) -> str:
    if not text.strip():
        raise CaseRefused(gettext("Write the note first."))
    return text.strip()
