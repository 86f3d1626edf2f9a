"""A paper as JSON knows it: its head, its sections and its watermark, in the languages that were chosen."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from caseflow.cases.selectors.pages import CaseFile
from caseflow.directory.actors import Actor
from caseflow.documents.bilingual import in_tongues
from caseflow.dossier.enums import Kind
from caseflow.dossier.rules import Wanted
from caseflow.dossier.selectors.chronology import chronology_sections
from caseflow.dossier.selectors.profile import profile_sections
from caseflow.dossier.selectors.rows import Row, day_of, moment_of


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed; `data` holds texts, each alone or by language. `made_at` stands on every page of it."""

    kind: Kind
    data: Row
    made_at: datetime


SECTIONS = {Kind.PROFILE: profile_sections, Kind.CHRONOLOGY: chronology_sections}


def paper_of(actor: Actor, file: CaseFile, wanted: Wanted, made_at: datetime) -> Paper:
    """The paper. As many queries for each language as its parts take."""

    def compose() -> Row:
        return {
            "demo": gettext("All names and events are invented") if settings.DEMO else "",
            "title": str(wanted.kind.label),
            "facts": _facts(file, wanted),
            "sections": SECTIONS[wanted.kind](actor, file, wanted),
            "mark": _watermark(actor, wanted, made_at),
            "words": _words(),
        }

    codes = wanted.tongue.codes
    return Paper(wanted.kind, {"language": codes[0], **in_tongues(codes, compose)}, made_at)


def _facts(file: CaseFile, wanted: Wanted) -> list[Row]:
    """Who it is about, and for whom it was made."""
    case = file.case
    facts = [
        ("pupil", gettext("Pupil"), case.pupil.full_name),
        ("class", gettext("Class"), str(case.pupil.school_class or "")),
        ("school", gettext("School"), str(case.school)),
        ("born", gettext("Born"), day_of(case.pupil.birth_date)),
        ("age", gettext("Age"), str(file.age)),
        ("number", gettext("Case"), gettext("no. %(number)s") % {"number": case.number}),
        ("meeting", gettext("Made for"), str(wanted.meeting.label)),
        ("purpose", gettext("Meeting"), wanted.purpose),
        ("period", gettext("Period"), _period(wanted)),
    ]
    return [{"key": key, "name": name, "value": value} for key, name, value in facts if value]


def _period(wanted: Wanted) -> str:
    if wanted.since is None and wanted.until is None:
        return ""
    return f"{day_of(wanted.since) or '…'} – {day_of(wanted.until) or '…'}"


def _watermark(actor: Actor, wanted: Wanted, made_at: datetime) -> Row:
    return {"reader": actor.user.short_name, "at": moment_of(made_at), "purpose": wanted.purpose}


def _words() -> dict[str, str]:
    return {
        "confidential": gettext("confidential"),
        "ai": gettext("Found by the system"),
        "ai_note": gettext("Marked lines come from a model. They are no assessment and no diagnosis."),
        "nothing": gettext("Nothing is recorded."),
        "care": gettext("For this meeting alone. Do not copy it or leave it lying; destroy it afterwards."),
    }
