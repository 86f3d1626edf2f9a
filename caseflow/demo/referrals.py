"""Referrals of the demo: one that a clinic answered, on consent; one on a legal ground that waits for the police."""

from uuid import UUID

from django.utils.translation import override

from caseflow.cases.models import Case
from caseflow.demo.people import People
from caseflow.referrals.enums import Ground, Kind, Move, Told
from caseflow.referrals.rules import Draft
from caseflow.referrals.selectors.writing import writing_of
from caseflow.referrals.services import Written, act_on, begin_referral, send_referral, write_referral

SLEEP = "Третью неделю плохо спит и плачет на переменах, аппетит снизился. Беседы в школе помогают ненадолго."
DONE = "Три беседы, договорённость с классным руководителем о паузах на уроке."
ANSWER = "Осмотрена. Режим сна, повторный приём через месяц. Школе: без контрольных подряд."
FACTS = "Дважды за месяц ушёл с уроков, оба раза найден у рынка. Мама вечером на работе, дома бывает один до 22:00."


def make_referrals(people: People) -> None:
    """Both through the product's own services, as psychologist."""
    clinic, police = people.staff["clinic"], people.staff["inspector"]
    with override("ru"):
        asked = _send(
            people,
            ("Өтеген", "Адия"),
            Written(
                agency_id=clinic.membership.agency_id,
                ground=Ground.CONSENT,
                draft=Draft(
                    (Told.SCHOOL_CLASS.value, Told.GUARDIANS.value, Told.REASON.value, Told.DONE_SO_FAR.value),
                    "Консультация детского невролога; что учитывать школе.",
                    ((Told.REASON.value, SLEEP), (Told.DONE_SO_FAR.value, DONE)),
                ),
            ),
        )
        act_on(clinic, asked, Move.ACCEPT, words="Приём во вторник в 10:30, кабинет 7, маме позвонили.")
        act_on(clinic, asked, Move.ANSWER, words=ANSWER)
        _send(
            people,
            ("Муканов", "Санжар"),
            Written(
                agency_id=police.membership.agency_id,
                ground=Ground.LEGAL,
                basis="without_care",
                ground_words="Ребёнок систематически остаётся вечером без взрослых, дважды уходил из школы.",
                draft=Draft(
                    (Told.SCHOOL_CLASS.value, Told.FACTS.value),
                    "Посетить семью вечером вместе со школой.",
                    ((Told.FACTS.value, FACTS),),
                ),
            ),
        )


def _send(people: People, name: tuple[str, str], written: Written) -> UUID:
    who = people.staff["psychologist"]
    case = Case.objects.get(pupil=people.pupil(*name))
    draft = begin_referral(who, case.pk, Kind.REFERRAL)
    letter = writing_of(who, write_referral(who, draft.pk, written)).letter
    return send_referral(who, draft.pk, seen_sha256=letter.sha256).pk
