"""Questionnaires in two cases of the demo: a history that goes down, a parent's view, a total scored elsewhere, and one
that waits to be filled in by a code, in Kazakh. Invented answers, none of which raises an alarm."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F

from caseflow.cases.models import Case, ChronologyEntry
from caseflow.demo.people import People
from caseflow.instruments.enums import Filling, Respondent
from caseflow.instruments.models import Administration, InstrumentVersion
from caseflow.instruments.selectors.versions import pack_of
from caseflow.instruments.services import give, import_shipped, save_answers, type_total
from caseflow.instruments.texts import REF

# instrument, respondent, days ago, answers in the order of the questions
ANSWERED: tuple[tuple[str, Respondent, int, str], ...] = (
    ("gad-7", Respondent.PUPIL, 30, "3221212"),
    ("psc-17", Respondent.PARENT, 29, "01100110110001101"),
    ("who-5", Respondent.PUPIL, 16, "22213"),
    ("gad-7", Respondent.PUPIL, 15, "2121111"),
    ("gad-7", Respondent.PUPIL, 2, "1110101"),
)
MOOD = ("phq-a", Respondent.PUPIL, 5, "1121011000000")
TOTAL, SOURCE = 14, {"by": "Центр психологической поддержки", "place": "на бумаге, по ключу издателя"}


def make_questionnaires(people: People) -> None:
    """Import what ships, then give and fill in by the product's own services, and set back in time."""
    import_shipped()
    dana = Case.objects.get(pupil=people.pupil("Бекова", "Дана"))
    for instrument, respondent, days, answers in ANSWERED:
        _answered(people, dana, instrument, respondent, days, answers)
    sdq = type_total(
        people.staff["psychologist"],
        dana.pk,
        version_id=_version("sdq"),
        respondent=Respondent.PARENT,
        total=TOTAL,
        source=SOURCE,
    )
    _set_back(sdq, timedelta(days=20))
    _answered(people, Case.objects.get(pupil=people.pupil("Өтеген", "Адия")), *MOOD)
    if settings.DEMO:
        give(
            people.staff["psychologist"],
            dana.pk,
            version_id=_version("demo"),
            respondent=Respondent.PUPIL,
            filling=Filling.CODE,
            language="kk",
        )


def _answered(people: People, case: Case, instrument: str, respondent: Respondent, days: int, answers: str) -> None:
    psychologist, version = people.staff["psychologist"], InstrumentVersion.objects.get(instrument=instrument)
    one = give(
        psychologist,
        case.pk,
        version_id=version.pk,
        respondent=respondent,
        filling=Filling.SCREEN,
        language="en",
    ).administration
    rows = zip(pack_of(version).questions, answers, strict=True)
    save_answers(psychologist, one.pk, {question.id: int(value) for question, value in rows}, ends=True)
    _set_back(one, timedelta(days=days))


def _version(instrument: str) -> UUID:
    return InstrumentVersion.objects.get(instrument=instrument).pk


def _set_back(one: Administration, by: timedelta) -> None:
    rows = Administration.objects.filter(pk=one.pk)
    rows.update(given_at=F("given_at") - by, begun_at=F("begun_at") - by, ended_at=F("ended_at") - by)
    _enter_anew(f"{REF}:{one.pk}", by)


def _enter_anew(ref: str, by: timedelta) -> None:
    """Lines of a chronology are never changed, so they are entered anew."""
    written = ChronologyEntry._base_manager.filter(ref=ref)
    lines = list(written)
    for line in lines:
        line.event_at, line.recorded_at = line.event_at - by, line.recorded_at - by
    written._raw_delete(written.db)
    ChronologyEntry.objects.bulk_create(lines)
