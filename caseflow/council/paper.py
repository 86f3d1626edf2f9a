"""Minutes and register as files, in one language or in both state languages."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from caseflow.council.enums import DecisionState, Presence, SessionState
from caseflow.council.models import Decision
from caseflow.council.selectors.sessions import ItemRow, SessionFile
from caseflow.council.wording import day_words, session_title, state_words
from caseflow.documents.sheets import FileFormat, Paper, Text, paper_file, said_in, said_list
from caseflow.documents.xlsx import Cell, Table

REGISTER_WEIGHTS = (2, 9, 5, 5, 3, 5)
DECIDED_WEIGHTS = (2, 9, 5, 5, 3)
THERE_WEIGHTS = (5, 6, 6, 5)


def register_file(unit: str, decisions: list[Decision], kind: FileFormat, language: str) -> bytes:
    """The register of decisions of a council, or of an agency that carries them out."""
    now = timezone.now()
    rows = [[*_decided(one, language), said_in(language, lambda one=one: state_words(one))] for one in decisions]  # type: ignore[misc]
    heads = said_list(language, lambda: [*_decision_heads(), gettext("How far it is")])
    today = day_words(timezone.localdate(now))
    facts = [unit, said_in(language, lambda: gettext("As it stood on %(day)s") % {"day": today})]
    title = said_in(language, lambda: gettext("Register of decisions"))
    empty = said_in(language, lambda: gettext("No decision fits."))
    table = Table(heads, list(REGISTER_WEIGHTS), rows)
    return paper_file(kind, language, Paper(title, facts, [table], now, empty=empty))


def minutes_file(file: SessionFile, kind: FileFormat, language: str) -> bytes:
    """The agenda of a session to come, the minutes of one that was held; closed ones bear their digest."""
    session = file.session
    held = session.state in (SessionState.HELD, SessionState.CLOSED)
    decided = [one for row in (*file.items,) for one in row.decisions] + list(file.others)
    shown = [one for one in decided if one.state != DecisionState.DRAFT or session.state != SessionState.CLOSED]
    tables = [_agenda(file, language)]
    if held:
        tables.append(_attendance(file, language))
    if shown:
        title = said_in(language, lambda: gettext("Decisions"))
        heads = said_list(language, _decision_heads)
        tables.append(Table(heads, list(DECIDED_WEIGHTS), [_decided(one, language) for one in shown], title=title))
    texts = [_heard(row) for row in file.items if row.item.heard]
    moment = session.closed_at or timezone.now()
    paper = Paper(said_in(language, lambda: _title(file)), _facts(file, language), tables, moment, texts)
    return paper_file(kind, language, paper)


def _title(file: SessionFile) -> str:
    held = file.session.state in (SessionState.HELD, SessionState.CLOSED)
    said = {"session": session_title(file.session)}
    return gettext("Minutes. %(session)s") % said if held else gettext("Agenda. %(session)s") % said


def _facts(file: SessionFile, language: str) -> list[str]:
    session = file.session
    begins = timezone.localtime(session.starts_at)
    facts = [
        said_in(language, lambda: str(session.council)),
        said_in(language, lambda: f"{session.get_kind_display()}, {session.get_state_display()}"),
        f"{date_format(begins, 'd.m.Y H:i')}, {session.place}",
    ]
    if session.state in (SessionState.HELD, SessionState.CLOSED):
        there = {"there": file.there, "all": len(file.members)}
        facts.append(said_in(language, lambda: gettext("%(there)s of %(all)s there") % there))
    if session.closed_at and session.closed_by:
        who = {"who": str(session.closed_by), "day": day_words(timezone.localdate(session.closed_at))}
        facts.append(said_in(language, lambda: gettext("Closed by %(who)s on %(day)s") % who))
        facts.append(said_in(language, lambda: gettext("Checksum (SHA-256): %(digest)s") % {"digest": session.digest}))
    return facts


def _agenda(file: SessionFile, language: str) -> Table:
    rows: list[list[Cell]] = [
        [row.item.place, row.item.title, said_in(language, lambda row=row: reporter(row))]  # type: ignore[misc]
        for row in file.items
    ]
    heads = said_list(language, lambda: [gettext("No."), gettext("What is spoken of"), gettext("Who reports")])
    return Table(heads, [1, 10, 6], rows, title=said_in(language, lambda: gettext("Agenda")))


def _attendance(file: SessionFile, language: str) -> Table:
    rows: list[list[Cell]] = []
    for row in file.members:
        there = row.attendance
        said = said_in(language, lambda there=there: str(there.get_presence_display()) if there else "–")  # type: ignore[misc]
        instead = f": {there.substitute}" if there and there.presence == Presence.REPRESENTED else ""
        body = said_in(language, lambda row=row: row.member.body)  # type: ignore[misc]
        rows.append([row.member.name, row.member.position, body, f"{said}{instead}"])
    heads = said_list(
        language, lambda: [pgettext("person", "Name"), gettext("Office"), gettext("Body"), gettext("There?")]
    )
    return Table(heads, list(THERE_WEIGHTS), rows, title=said_in(language, lambda: gettext("Who was there")))


def _heard(row: ItemRow) -> Text:
    return Text(str(row.item), row.item.heard)


def reporter(row: ItemRow) -> str:
    """Who reports on a point: the body, the person, or both."""
    return ", ".join(part for part in (str(row.item.agency or ""), row.item.speaker) if part)


def _decision_heads() -> list[str]:
    return [
        gettext("No."),
        gettext("What is decided"),
        gettext("Agency"),
        gettext("Who answers for it"),
        pgettext("day", "Until"),
    ]


def _decided(decision: Decision, language: str) -> list[Cell]:
    return [
        f"{decision.number}/{decision.session.year}" if decision.number else "–",
        decision.text,
        said_in(language, lambda: str(decision.agency or "–")),
        decision.person or "–",
        day_words(decision.due_on) if decision.due_on else "–",
    ]
