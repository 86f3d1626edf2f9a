"""What the room of drafts asks of this one by name: into which note somebody may write now."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseflow.directory.actors import Actor
from caseflow.drafts.places import Kind, Place, keep_drafts_of
from caseflow.supervision.selectors.notes import notes_in_reach, own_supervision

NOTE, CORRECTION = "supervision", "supervisioncorrection"
HOME = "caseflow.supervision.drafting"
LABELS = {"themes": _("What it was about"), "held_on": _("Day")}


def register_drafts() -> None:
    keep_drafts_of(NOTE, Kind(f"{HOME}.note_in_supervision", "text", LABELS))
    keep_drafts_of(CORRECTION, Kind(f"{HOME}.correction_of_note", "text", LABELS))


def note_in_supervision(actor: Actor, supervision_id: UUID) -> Place:
    """A new note: about no pupil until it is kept."""
    found = own_supervision(actor, supervision_id)
    return Place(None, found.data_key, reverse("supervision:write", args=[found.pk]))


def correction_of_note(actor: Actor, note_id: UUID) -> Place:
    """The correction of one of the actor's own notes."""
    note = notes_in_reach(actor).get(pk=note_id, supervision__lead=actor.user)
    pupil = note.case.pupil_id if note.case else None
    return Place(pupil, note.key, reverse("supervision:correct", args=[note.pk]))
