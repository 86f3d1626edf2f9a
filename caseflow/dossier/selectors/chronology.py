"""The whole chronology as rows of a paper."""

from collections.abc import Mapping

from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.selectors.chronology import Line, whole_chronology
from caseflow.cases.selectors.narrowing import LineFilter
from caseflow.cases.selectors.pages import CaseFile
from caseflow.directory.actors import Actor
from caseflow.dossier.enums import Part
from caseflow.dossier.rules import Wanted, part_of_line, reads_shared_notes_alone, reads_words
from caseflow.dossier.selectors.referring import referred_to
from caseflow.dossier.selectors.rows import Row, day_of, moment_of, row, section
from caseflow.dossier.selectors.telling import telling_tasks

RESULT_COMES = frozenset({"questionnaire_finished", "questionnaire_typed"})


def lines_of(actor: Actor, file: CaseFile, wanted: Wanted) -> list[Line]:
    """The lines that are asked for and that the actor may read, the oldest first."""
    asked = LineFilter(since=wanted.since, until=wanted.until)
    lines, telling = whole_chronology(file.case, actor, file.sources, asked=asked), telling_tasks(file.case)
    found = [line for line in lines if not line.hidden and _part(line, telling) in wanted.parts]
    if reads_shared_notes_alone(wanted.meeting):
        return [line for line in found if line.kind != EntryKind.NOTE or line.shared]
    return found


def chronology_sections(actor: Actor, file: CaseFile, wanted: Wanted) -> list[Row]:
    """One section, in the active language."""
    wordless = frozenset() if reads_words(wanted.meeting) else frozenset({EntryKind.CASE})
    referred = referred_to(actor, file.case, wanted)
    rows = [
        _row(line, "" if line.kind in wordless else line.text or _result(line, referred))
        for line in lines_of(actor, file, wanted)
    ]
    return [section("lines", gettext("Chronology"), rows)]


def _part(line: Line, telling: Mapping[str, Part]) -> str:
    about = line.ref.partition(":")[0]
    return telling.get(line.ref, part_of_line(line.kind, line.code, about, is_private=line.is_private)).value


def _result(line: Line, referred: Mapping[str, str]) -> str:
    """What the line is about: the item of Today, or the result of a questionnaire once it has come."""
    is_about = line.ref.startswith("triage:") or line.code in RESULT_COMES
    return referred.get(line.ref, "") if is_about else ""


def _row(line: Line, text: str) -> Row:
    return row(
        line.id,
        line.title,
        when=day_of(line.at) if line.day_only else moment_of(line.at),
        text=text,
        meta=_meta(line),
        mark=line.model or (gettext("found by the system") if line.ai_generated else ""),
        struck=line.struck,
        tags=_tags(line),
    )


def _meta(line: Line) -> str:
    if line.recorded_at is None:
        return line.by
    return gettext("%(by)s, written down %(moment)s") % {"by": line.by, "moment": moment_of(line.recorded_at)}


def _tags(line: Line) -> list[str]:
    tags = [gettext("corrected")] if line.struck else []
    tags += [gettext("correction")] if line.corrects else []
    tags += [gettext("confidential")] if line.is_private else []
    return tags
