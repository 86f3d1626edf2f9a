"""Notes of supervision in clear: for the lead who wrote them, and for the psychologist once they are shared."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from caseflow.cases.enclosing import Enclosed
from caseflow.cases.models import Case
from caseflow.cases.selectors.scope import cases_in_unit, scoped_cases
from caseflow.clocks.matters import Look
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.directory.selectors import members_of_schools
from caseflow.records.vault import unseal, where
from caseflow.supervision.models import Agreement, Supervision, SupervisionNote
from prepared import prepared

if TYPE_CHECKING:
    from caseflow.accounts.models import User

AROUND = (
    "supervision__lead",
    "supervision__member__user",
    "supervision__member__school",
    "supervision__data_key",
    "case__data_key",
    "sharing",
    "correction",
    "corrects",
)


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement in clear; `mine` says whether this reader is the one to do it."""

    agreement: Agreement
    what: str
    who: str
    mine: bool


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note in clear. `by_me`: the reader wrote it; `struck`: a later one corrects it."""

    note: SupervisionNote
    themes: str
    text: str
    agreements: list[AgreementRow]
    by_me: bool

    @property
    def struck(self) -> bool:
        return hasattr(self.note, "correction")

    @property
    def is_shared(self) -> bool:
        return hasattr(self.note, "sharing")

    @property
    def case_number(self) -> int | None:
        return self.note.case.number if self.note.case else None


def notes_in_reach(actor: Actor) -> QuerySet[SupervisionNote]:
    """The notes the actor may read: a lead the own ones, a psychologist those that were shared with them.

    Nothing about the own child, and nothing of a case that a room keeps from them (rule 10b). One query.
    """
    about = Q(case=None) | Q(case__in=cases_in_unit(actor).values("pk"))
    notes = SupervisionNote.objects.filter(about).select_related(*AROUND)
    if actor.role == Role.LEAD_PSYCHOLOGIST:
        return notes.filter(supervision__lead=actor.user, supervision__member__school__in=actor.schools())
    if actor.role == Role.PSYCHOLOGIST:
        shared = notes.filter(sharing__isnull=False, supervision__member__user=actor.user)
        return shared.filter(supervision__member__school__in=actor.schools())
    return SupervisionNote.objects.none()


def read_notes(actor: Actor, notes: QuerySet[SupervisionNote] | Iterable[SupervisionNote]) -> list[NoteRow]:
    """These notes in clear. One query besides theirs."""
    found = list(notes)
    agreements: dict[UUID, list[Agreement]] = {note.pk: [] for note in found}
    for one in Agreement.objects.filter(note__in=list(agreements)).select_related("clock"):
        agreements[one.note_id].append(one)
    return [_read(actor, note, agreements[note.pk]) for note in found]


def read_note(actor: Actor, note_id: UUID) -> NoteRow:
    """One note. Raises SupervisionNote.DoesNotExist out of reach."""
    (row,) = read_notes(actor, [notes_in_reach(actor).get(pk=note_id)])
    return row


def led_psychologists(actor: Actor) -> QuerySet[Membership]:
    """Whose work the lead accompanies: the psychologists of the actor's schools, but themselves."""
    members = members_of_schools(actor.schools().values_list("pk", flat=True), [Role.PSYCHOLOGIST])
    named = members.exclude(user=actor.user).select_related("user", "school")
    return named.order_by("user__last_name", "user__first_name", "pk")


def own_supervision(actor: Actor, supervision_id: UUID) -> Supervision:
    """A supervision in which the actor is the lead. Raises Supervision.DoesNotExist."""
    if actor.role != Role.LEAD_PSYCHOLOGIST:
        raise Supervision.DoesNotExist
    mine = Supervision.objects.filter(lead=actor.user, member__school__in=actor.schools())
    return mine.select_related("member__user", "member__school__district", "data_key").get(pk=supervision_id)


def cases_to_speak_of(actor: Actor, supervision: Supervision) -> QuerySet[Case]:
    """The cases of the psychologist's school that the lead was let into."""
    cases = scoped_cases(actor).filter(school=supervision.member.school_id)
    return cases.select_related("pupil", "data_key").order_by("-opened_at")


def enclosed_notes(actor: Actor, case: Case) -> list[Enclosed]:
    """The notes about a case that the actor may read, for a paper on which they tick them; corrected ones left out."""
    rows = read_notes(actor, notes_in_reach(actor).filter(case=case, correction=None))
    return [Enclosed(str(row.note.pk), row.note.recorded_at, row.themes, row.text) for row in rows]


def looks_at_agreements(actor: Actor, clock_ids: Collection[UUID]) -> dict[UUID, Look]:
    """Who has the agreements of these clocks; their page for whoever may read the note."""
    found = list(_agreements().filter(clock__in=clock_ids))
    open_to = set(notes_in_reach(actor).filter(pk__in=[one.note_id for one in found]).values_list("pk", flat=True))
    return {one.clock_id: Look(doer_of(one).short_name, _page(one, open_to)) for one in found}


def kept_agreement_clocks(actor: Actor, _children: Collection[UUID]) -> QuerySet[Clock] | None:
    """The clocks of agreements about cases that are kept from the actor; None where there is none. One query.

    Of the actor's schools: of the others they see no clock anyway.
    """
    kept = _kept_agreements(actor)
    return Clock.objects.filter(pk__in=kept) if kept else None


def unfinished_agreements(clock_ids: Collection[UUID]) -> QuerySet[Agreement]:
    return _agreements().filter(clock__in=clock_ids, done_at=None)


def doer_of(agreement: Agreement) -> "User":
    """Who does it: the lead or the psychologist."""
    supervision = agreement.note.supervision
    return supervision.lead if agreement.by_lead else supervision.member.user


def place(model: str, pk: UUID, field: str) -> str:
    """Where a sealed text of this room belongs."""
    return where(f"supervision.{model}", pk, field)


@prepared
def _kept_agreements(actor: Actor) -> QuerySet[Agreement, UUID]:
    about = Agreement.objects.filter(clock__school__in=actor.schools(), note__case__isnull=False)
    return about.exclude(note__case__in=cases_in_unit(actor).values("pk")).order_by().values_list("clock", flat=True)


def _agreements() -> QuerySet[Agreement]:
    return Agreement.objects.select_related("clock", "note__supervision__lead", "note__supervision__member__user")


def _page(agreement: Agreement, open_to: set[UUID]) -> str:
    return reverse("supervision:note", args=[agreement.note_id]) if agreement.note_id in open_to else ""


def _read(actor: Actor, note: SupervisionNote, agreements: list[Agreement]) -> NoteRow:
    mine = note.supervision.lead_id == actor.user.pk and actor.role == Role.LEAD_PSYCHOLOGIST
    return NoteRow(
        note,
        unseal(note.key, note.themes_sealed, place("SupervisionNote", note.pk, "themes")),
        unseal(note.key, note.text_sealed, place("SupervisionNote", note.pk, "text")),
        [_read_agreement(note, one, by_me=mine) for one in agreements],
        mine,
    )


def _read_agreement(note: SupervisionNote, one: Agreement, *, by_me: bool) -> AgreementRow:
    what = unseal(note.key, one.what_sealed, place("Agreement", one.pk, "what"))
    one.note = note
    return AgreementRow(one, what, doer_of(one).short_name, one.by_lead == by_me)
