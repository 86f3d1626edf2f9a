"""What the lead spoke of with the psychologist, and a paper that the psychologist took to a meeting."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import override

from caseflow.cases.models import Case
from caseflow.demo.people import People
from caseflow.documents.enums import Tongue
from caseflow.dossier.enums import Form, Kind, Meeting
from caseflow.dossier.rules import GOES_TO, Wanted, ticked_beforehand
from caseflow.dossier.services import make_paper
from caseflow.supervision.services import Agreed, Said, begin_supervision, write_note


def make_supervision(people: People, now: datetime) -> None:
    """Each through the product's own services."""
    lead, psychologist = people.staff["lead"], people.staff["psychologist"]
    with override("ru"):
        talk = Said(
            held_on=timezone.localdate(now) - timedelta(days=1),
            themes="Нагрузка и границы рабочего дня",
            text="Вечерние звонки родителей занимают больше часа в день. Договорились: после 18:00 отвечает дежурный, "
            "а два спокойных дела на месяц возьмёт коллега.",
            agreements=(
                Agreed("Сказать родителям, когда и как можно позвонить", by_lead=False, due_at=now + timedelta(days=5)),
                Agreed("Обсудить с директором часы дежурства", by_lead=True, due_at=now + timedelta(days=9)),
            ),
        )
        write_note(lead, begin_supervision(lead, psychologist.membership.pk).pk, talk, share=True)
        wanted = Wanted(
            kind=Kind.PROFILE,
            form=Form.PDF,
            meeting=Meeting.FAMILY,
            purpose="Разговор с мамой о вечерах и сне",
            tongue=Tongue.BOTH,
            parts=frozenset(ticked_beforehand(Kind.PROFILE)) & GOES_TO[Meeting.FAMILY],
        )
        make_paper(psychologist, Case.objects.get(pupil=people.pupils[0]).pk, wanted)
