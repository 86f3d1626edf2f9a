"""The chronology as one reader sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.happening import tells_both
from caseflow.cases.keeping import kept_refs
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.rules import may_read_text
from caseflow.cases.selectors.assessments import Assessed
from caseflow.cases.selectors.entries import Entry, entries_of, names_of
from caseflow.cases.selectors.lists import TaskRow
from caseflow.cases.selectors.narrowing import EVERYTHING, Facts, LineFilter
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.cases.wordings import consent_sentence, page_of, sentence
from caseflow.consent.enums import EventKind
from caseflow.consent.models import ConsentEvent
from caseflow.consent.selectors import Told, told_of
from caseflow.directory.actors import Actor
from caseflow.records.vault import unseal, where

PER_PAGE = 60
SHOWN_CONSENT_EVENTS = (
    EventKind.GIVEN,
    EventKind.PAPER_CONFIRMED,
    EventKind.WITHDRAWN,
    EventKind.REFUSED,
    EventKind.DISSENT,
    EventKind.DISSENT_LIFTED,
)
ICONS = {
    EntryKind.CASE: "folder",
    EntryKind.NOTE: "note",
    EntryKind.SIGNAL: "activity",
    EntryKind.INCIDENT: "messages",
    EntryKind.ASSESSMENT: "clipboard-check",
    EntryKind.TASK: "circle-check",
    EntryKind.APPOINTMENT: "calendar-event",
    EntryKind.ATTACHMENT: "paperclip",
    EntryKind.CONSENT: "file-certificate",
    EntryKind.REFERRAL: "send",
}


Happening = Entry | ConsentEvent


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `text` is empty where there is none, and where this reader may not read it (`hidden`).

    `code` and `ref` say for programs what was recorded and what it refers to ("task:<uuid>"); both are empty for a
    consent. `at` is when it happened, of which only the day is known with `day_only`; `recorded_at` is when
    it was written down, None where that is the same minute. `model` names the model and its version where a model found
    what the line refers to.
    """

    id: UUID
    kind: EntryKind
    at: datetime
    title: str
    by: str
    text: str = ""
    readers: str = ""
    hidden: bool = False
    struck: bool = False
    corrects: bool = False
    can_correct: bool = False
    url: str | None = None
    model: str = ""
    day_only: bool = False
    recorded_at: datetime | None = None
    shared: bool = False
    code: str = ""
    ref: str = ""

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    @property
    def is_private(self) -> bool:
        """Whether only its author and the lead psychologist read it."""
        return bool(self.readers) and not self.shared

    @property
    def ai_generated(self) -> bool:
        """Whether the line refers to something a model found (rule 7)."""
        return self.kind == EntryKind.SIGNAL


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Sources:
    """What lines refer to within the case, in clear: tasks and assessments."""

    tasks: Mapping[UUID, TaskRow]
    assessments: Mapping[UUID, Assessed]


@dataclass(frozen=True, slots=True)
class Chronology:
    """A page of the chronology; `page` counts happenings, `days` hold them as lines.

    `authors` are all who wrote in the case, with id and name, by name.
    """

    page: Page[Happening]
    days: list[Day]
    authors: list[tuple[int, str]]

    @property
    def lines(self) -> list[Line]:
        return [line for day in self.days for line in day.lines]

    @property
    def notes_read(self) -> list[str]:
        """The ids of the notes whose text this page shows."""
        return [str(line.id) for line in self.lines if line.kind == EntryKind.NOTE and not line.hidden]


def chronology(
    case: Case,
    actor: Actor,
    sources: Sources,
    *,
    asked: LineFilter = EVERYTHING,
    number: str | int = 1,
    told: Told | None = None,
) -> Chronology:
    """What happened, the newest first, narrowed to what is asked for, without what is kept from the actor.

    Two queries, and those of the rooms that keep something; one less with `told`, what the ledger of consents says.
    """
    shown = _shown(case, actor, sources, asked, told)
    page = Paginator(shown.happenings, PER_PAGE).get_page(number)
    lines = [shown.line(happening) for happening in page]
    zone = timezone.get_current_timezone()
    by_day = groupby(lines, key=lambda line: line.at.astimezone(zone).date())
    return Chronology(page, [Day(day, list(of_day)) for day, of_day in by_day], shown.authors)


def whole_chronology(case: Case, actor: Actor, sources: Sources, *, asked: LineFilter = EVERYTHING) -> list[Line]:
    """All that `chronology` shows page by page, the oldest first. As many queries as there."""
    shown = _shown(case, actor, sources, asked, None)
    return [shown.line(happening) for happening in reversed(shown.happenings)]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What happened and is asked for, the newest first, and what makes lines of it: which notes are struck through, and
    the names of all who wrote in the case."""

    case: Case
    actor: Actor
    sources: Sources
    happenings: list[Happening]
    struck: frozenset[UUID]
    names: Mapping[int, str]

    @property
    def authors(self) -> list[tuple[int, str]]:
        return sorted(self.names.items(), key=lambda author: author[1])

    def line(self, happening: Happening) -> Line:
        return _consent_line(happening) if isinstance(happening, ConsentEvent) else _entry_line(happening, self)

    def speaking_of(self, asked: LineFilter) -> list[Happening]:
        """Those in whose lines this reader finds the words asked for."""
        return [one for one in self.happenings if _speaks_of(self.line(one), asked)]


def _shown(case: Case, actor: Actor, sources: Sources, asked: LineFilter, told: Told | None) -> _Shown:
    entries = entries_of(case)
    kept = kept_refs(actor, case.pk, {entry.ref for entry in entries})
    entries = [entry for entry in entries if entry.ref not in kept] if kept else entries
    struck = frozenset(entry.corrects_id for entry in entries if entry.corrects_id)
    happenings: list[Happening] = [*entries, *(told or told_of(case.pupil_id, SHOWN_CONSENT_EVENTS)).events]
    if asked != EVERYTHING:
        happenings = [one for one in happenings if asked.admits(_facts(one))]
    happenings.sort(key=_moment, reverse=True)
    shown = _Shown(case, actor, sources, happenings, struck, names_of(entries))
    return replace(shown, happenings=shown.speaking_of(asked)) if asked.words else shown


def text_of_own_note(actor: Actor, case_id: UUID, entry_id: UUID) -> str:
    """What the actor wrote in a note of a case they may open; empty where it is no note of theirs."""
    own = ChronologyEntry.objects.filter(case__in=scoped_cases(actor).filter(pk=case_id), author=actor.user)
    note = own.filter(pk=entry_id, kind=EntryKind.NOTE).select_related("case__data_key").first()
    return unseal(note.case.data_key, note.text_sealed, where("cases.ChronologyEntry", note.pk, "text")) if note else ""


def _facts(happening: Happening) -> Facts:
    if isinstance(happening, ConsentEvent):
        return Facts(EntryKind.CONSENT, happening.at)
    return Facts(happening.kind, happening.event_at, happening.author_id, happening.visibility)


def _speaks_of(line: Line, asked: LineFilter) -> bool:
    return not line.hidden and asked.finds(f"{line.title} {line.text}")


def _moment(happening: Happening) -> datetime:
    return happening.at if isinstance(happening, ConsentEvent) else happening.event_at


def _consent_line(event: ConsentEvent) -> Line:
    """Never who decided: the panel beside does not say it either."""
    return Line(event.pk, EntryKind.CONSENT, event.at, consent_sentence(event.kind, event.purpose), by="")


def _entry_line(entry: Entry, shown: _Shown) -> Line:
    reader, case = shown.actor.user.pk, shown.case
    mine, is_struck = entry.author_id == reader, entry.pk in shown.struck
    readable = may_read_text(
        visibility=entry.visibility, author_id=entry.author_id, user_id=reader, role=shown.actor.role
    )
    return Line(
        id=entry.pk,
        kind=EntryKind(entry.kind),
        at=entry.event_at,
        title=_title(entry, readable=readable),
        by=gettext("system") if entry.author_id is None else shown.names[entry.author_id],
        text=_text(entry, case, shown.sources) if readable else "",
        readers=_readers(entry, mine=mine),
        hidden=not readable,
        struck=is_struck,
        corrects=entry.corrects_id is not None,
        can_correct=mine and case.is_open and not is_struck and entry.kind == EntryKind.NOTE,
        url=page_of(entry.ref) if readable else None,
        model=str(entry.params.get("model", "")) if readable else "",
        day_only=entry.day_only,
        recorded_at=entry.recorded_at if _is_late(entry) else None,
        shared=entry.visibility == Visibility.SHARED_PLAN,
        code=entry.code,
        ref=entry.ref,
    )


def _title(entry: Entry, *, readable: bool) -> str:
    if readable:
        return sentence(entry.kind, entry.code, entry.params)
    return gettext("File hidden") if entry.kind == EntryKind.ATTACHMENT else gettext("Note hidden")


def _is_late(entry: Entry) -> bool:
    return tells_both(entry.event_at, entry.recorded_at, day_only=entry.day_only)


def _text(entry: Entry, case: Case, sources: Sources) -> str:
    """What a person wrote: in the entry itself, or in the task or the assessment it refers to."""
    prefix, _colon, key = entry.ref.partition(":")
    if prefix == "assessment":
        assessed = sources.assessments.get(UUID(key))
        return assessed.words if assessed else ""
    if prefix == "task" and not entry.text_sealed and UUID(key) in sources.tasks:
        row = sources.tasks[UUID(key)]
        return f"{row.title}\n{row.outcome}".strip() if entry.code == "task_done" else row.title
    return unseal(case.data_key, entry.text_sealed, where("cases.ChronologyEntry", entry.pk, "text"))


def _readers(entry: Entry, *, mine: bool) -> str:
    """Who can see a confidential or a shared entry; nothing for one that the whole team sees."""
    if entry.visibility == Visibility.SHARED_PLAN:
        return gettext("shared plan: the parents read it too")
    if entry.visibility != Visibility.ME_AND_LEAD:
        return ""
    if mine:
        return gettext("you and the lead psychologist can see it")
    return str(Visibility.ME_AND_LEAD.label)
