"""Questionnaires for tests, given the way the product gives them. Everything is invented."""

from typing import Any

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.instruments.enums import Filling, Respondent
from caseflow.instruments.models import Administration, InstrumentVersion
from caseflow.instruments.services import Given, give, import_shipped
from caseflow.instruments.services.importing import SHIPPED
from caseflow.protocols.enums import Cause
from caseflow.protocols.models import Flow
from tests.directory.factories import actor

RUSSIAN = {
    "Not at all": "Совсем нет",
    "Several days": "Несколько дней",
    "More than half the days": "Больше половины дней",
    "Nearly every day": "Почти каждый день",
}


def shipped() -> None:
    """All packs that came with the product, in use."""
    import_shipped()


def version_of(instrument: str) -> InstrumentVersion:
    """The shipped version."""
    if not InstrumentVersion.objects.filter(instrument=instrument).exists():
        shipped()
    return InstrumentVersion.objects.get(instrument=instrument, region=None)


def given(who: Actor, case: Case, instrument: str = "phq-a", **facts: Any) -> Given:
    """A questionnaire given to the pupil, by code where nothing else is said."""
    wanted = {"respondent": Respondent.PUPIL, "filling": Filling.CODE, "language": "en"} | facts
    return give(who, case.pk, version_id=version_of(instrument).pk, **wanted)


def on_screen(who: Actor, case: Case, instrument: str = "phq-a", **facts: Any) -> Administration:
    """One that the psychologist fills in."""
    return given(who, case, instrument, filling=Filling.SCREEN, **facts).administration


def school_of(who: Actor) -> School:
    """The school in which somebody acts."""
    assert who.membership.school is not None
    return who.membership.school


def region_lead(school: School) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)


def pack_text(name: str) -> str:
    """A shipped pack, word for word."""
    return (SHIPPED / f"{name}.toml").read_text(encoding="utf-8")


def translated_pack(version: str = "1-ru", status: str = "approved") -> str:
    """GAD-7 with words in Russian that are no translation, but stand where one would: "ru: …"."""
    proof = 'source = "Протокол № 3"\napproved_by = "Областной методический совет"\napproved_on = 2026-10-01\n'
    language = f'[languages.ru]\nstatus = "{status}"\nlead_in = "ru: lead-in"\n{proof}\n'
    lines = []
    for line in pack_text("gad-7").splitlines():
        key, equals, words = line.partition(' = "')
        if key == "version" and equals:
            line = f'version = "{version}"'
        elif key == "en" and equals:
            line = f'{line}\nru = "ru: {words}'
        elif "{ en = " in line:
            english = line.split('"')[1]
            line = line.replace(" }", f', ru = "{RUSSIAN[english]}" }}')
        lines.append(line)
    return "\n".join(lines).replace("[answers.often]", language + "[answers.often]") + "\n"


def flows_of(case: Case) -> list[str]:
    """What the case's high-risk flows began with, as refs."""
    return list(Flow.objects.filter(case=case, cause=Cause.ANSWER).values_list("ref", flat=True))
