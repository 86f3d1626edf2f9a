"""Notes of supervision: written once, corrected by another, read by the psychologist once they are shared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.cases.models import Case
from caseflow.clocks.services import resume_clock, start_clock, stop_clock
from caseflow.directory.actors import Actor
from caseflow.records.vault import new_key, seal
from caseflow.supervision.models import Agreement, NoteSharing, Supervision, SupervisionNote
from caseflow.supervision.rules import (
    CLOCK,
    LONGEST_AGREEMENT,
    LONGEST_TEXT,
    LONGEST_THEMES,
    MOST_AGREEMENTS,
    SupervisionRefused,
)
from caseflow.supervision.selectors.notes import (
    NoteRow,
    cases_to_speak_of,
    led_psychologists,
    notes_in_reach,
    own_supervision,
    place,
    read_note,
    read_notes,
)
from caseflow.undo.acts import Facts
from notifications.enums import AlertKind
from notifications.services import alert

if TYPE_CHECKING:
    from caseflow.directory.models import School


@dataclass(frozen=True, slots=True)
class Agreed:
    """What one of the two does until `due_at`."""

    what: str
    by_lead: bool
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What a note holds. `case` is one the lead was let into, or None: about the work as a whole."""

    held_on: date
    themes: str
    text: str
    case: UUID | None = None
    agreements: tuple[Agreed, ...] = ()


@transaction.atomic
def begin_supervision(actor: Actor, member_id: int) -> Supervision:
    """The actor's supervision of a psychologist they lead, begun now where there is none yet.

    Raises Membership.DoesNotExist.
    """
    member = led_psychologists(actor).select_for_update(of=("self",), no_key=True).get(pk=member_id)
    mine = Supervision.objects.filter(lead=actor.user, member=member)
    found = mine.first()
    if found is None:
        found = Supervision.objects.create(
            lead=actor.user, member=member, data_key=new_key("supervision"), begun_at=timezone.now()
        )
        record(
            action="supervision_begun",
            actor_id=actor.user.pk,
            role=actor.role,
            obj=f"supervision.Supervision/{found.pk}",
            detail={"member": member_id},
        )
    return found


@transaction.atomic
def write_note(actor: Actor, supervision_id: UUID, said: Said, *, share: bool = False) -> SupervisionNote:
    """Keep a note with its agreements, and let the psychologist read it if `share`.

    Raises Supervision.DoesNotExist, Case.DoesNotExist (one the actor was not let into), SupervisionRefused.
    """
    supervision = own_supervision(actor, supervision_id)
    case = cases_to_speak_of(actor, supervision).get(pk=said.case) if said.case else None
    note = _keep(supervision, case, said)
    _log(actor, "supervision_noted", note)
    if share:
        _share(actor, note)
    return note


@transaction.atomic
def correct_note(actor: Actor, note_id: UUID, said: Said) -> SupervisionNote:
    """Strike the actor's own note through by another with the same readers and about the same; the old text stays.

    Raises SupervisionNote.DoesNotExist, SupervisionRefused (corrected already).
    """
    old = _own_note(actor, note_id)
    if SupervisionNote.objects.filter(corrects=old).exists():
        raise SupervisionRefused(gettext("This note has been corrected already."))
    note = _keep(old.supervision, old.case, said, corrects=old)
    _log(actor, "supervision_corrected", note)
    if NoteSharing.objects.filter(note=old).exists():
        _share(actor, note)
    return note


@transaction.atomic
def share_note(actor: Actor, note_id: UUID) -> SupervisionNote:
    """Let the psychologist read the note, from now on; they are told. Raises as `correct_note` does."""
    note = _own_note(actor, note_id)
    if NoteSharing.objects.filter(note=note).exists():
        raise SupervisionRefused(gettext("This note is shared already."))
    _share(actor, note)
    return note


@transaction.atomic
def finish_agreement(actor: Actor, agreement_id: UUID, *, note_id: UUID | None = None) -> Agreement:
    """Say that the agreement, of this note where one is named, is done: by whoever reads the note.

    Raises Agreement.DoesNotExist, SupervisionRefused (done already).
    """
    reached = Agreement.objects.filter(note__in=notes_in_reach(actor).values("pk"))
    if note_id is not None:
        reached = reached.filter(note=note_id)
    agreement = reached.select_related("note__supervision", "note__case").get(pk=agreement_id)
    now = timezone.now()
    done = Agreement.objects.filter(pk=agreement_id, done_at=None).update(done_at=now, done_by=actor.user)
    if not done:
        raise SupervisionRefused(gettext("This is done already."))
    stop_clock(agreement.clock_id, now)
    _log(actor, "supervision_agreement_done", agreement.note)
    agreement.refresh_from_db()
    return agreement


@transaction.atomic
def go_on_with(actor: Actor, agreement_id: str, facts: Facts) -> str:
    """Take back that the actor has just said it is done: its clock runs on. Returns the page of the notes.

    Raises Agreement.DoesNotExist, also where it is not theirs any more.
    """
    reached = Agreement.objects.filter(note__in=notes_in_reach(actor).values("pk")).select_related("note")
    at = datetime.fromisoformat(facts["at"])
    agreement = reached.get(pk=agreement_id, done_at=at, done_by=actor.user)
    Agreement.objects.filter(pk=agreement.pk).update(done_at=None, done_by=None)
    resume_clock(agreement.clock_id, at)
    _log(actor, "supervision_agreement_undone", agreement.note)
    return reverse("supervision:notes")


@transaction.atomic
def open_note(actor: Actor, note_id: UUID) -> NoteRow:
    """One note in clear; the reading is logged. Raises SupervisionNote.DoesNotExist."""
    row = read_note(actor, note_id)
    _log(actor, "supervision_note_read", row.note)
    return row


@transaction.atomic
def list_notes(actor: Actor, notes: Iterable[SupervisionNote]) -> list[NoteRow]:
    """These of the actor's notes in clear; which were shown is one entry in the log."""
    rows = read_notes(actor, notes)
    record(
        action="supervision_notes_read",
        actor_id=actor.user.pk,
        role=actor.role,
        obj="supervision.SupervisionNote",
        detail={"notes": [str(row.note.pk) for row in rows]},
    )
    return rows


def _keep(
    supervision: Supervision, case: Case | None, said: Said, *, corrects: SupervisionNote | None = None
) -> SupervisionNote:
    now = timezone.now()
    _check(said, now)
    note = SupervisionNote(supervision=supervision, case=case, held_on=said.held_on, recorded_at=now, corrects=corrects)
    note.themes_sealed = seal(note.key, said.themes.strip(), place("SupervisionNote", note.pk, "themes"))
    note.text_sealed = seal(note.key, said.text.strip(), place("SupervisionNote", note.pk, "text"))
    note.save(force_insert=True)
    for agreed in said.agreements:
        _agree(note, agreed, now)
    return note


def _agree(note: SupervisionNote, agreed: Agreed, now: datetime) -> None:
    school: School = note.supervision.member.school  # type: ignore[assignment]  # a psychologist's unit is a school
    agreement = Agreement(
        note=note,
        by_lead=agreed.by_lead,
        due_at=agreed.due_at,
        clock=start_clock(CLOCK, school, now, due_at=agreed.due_at),
    )
    agreement.what_sealed = seal(note.key, agreed.what.strip(), place("Agreement", agreement.pk, "what"))
    agreement.save(force_insert=True)


def _check(said: Said, now: datetime) -> None:
    if not said.text.strip() or len(said.text) > LONGEST_TEXT:
        raise SupervisionRefused(gettext("Write the note first."))
    if not said.themes.strip() or len(said.themes) > LONGEST_THEMES:
        raise SupervisionRefused(gettext("Say in a few words what it was about."))
    if said.held_on > timezone.localdate(now):
        raise SupervisionRefused(gettext("This day has not come yet. Choose the day on which it happened."))
    if len(said.agreements) > MOST_AGREEMENTS:
        raise SupervisionRefused(gettext("Write at most %(most)s agreements.") % {"most": MOST_AGREEMENTS})
    for agreed in said.agreements:
        if not agreed.what.strip() or len(agreed.what) > LONGEST_AGREEMENT or agreed.due_at <= now:
            raise SupervisionRefused(gettext("Each agreement needs words and a day that is still to come."))


def _own_note(actor: Actor, note_id: UUID) -> SupervisionNote:
    """A note of the actor, held with the supervision so that it is shared and corrected once."""
    mine = notes_in_reach(actor).select_related("supervision__member__school__district")
    note = mine.get(pk=note_id, supervision__lead=actor.user)
    Supervision.objects.select_for_update(no_key=True).only("pk").get(pk=note.supervision_id)
    return note


def _share(actor: Actor, note: SupervisionNote) -> None:
    NoteSharing.objects.create(note=note, at=timezone.now())
    _log(actor, "supervision_shared", note)
    member = note.supervision.member
    alert(
        recipients=[(member.user_id, member.pk)],
        kind=AlertKind.SUPERVISION_SHARED,
        params={},
        url=reverse("supervision:note", args=[note.pk]),
    )


def _log(actor: Actor, action: str, note: SupervisionNote) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"supervision.SupervisionNote/{note.pk}",
        pupil_id=note.case.pupil_id if note.case else None,
    )
