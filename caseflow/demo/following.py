"""What became of two demo reports: repeated acts found to be bullying, and a child kept safe at home."""

from datetime import datetime, timedelta

from django.utils import timezone

from caseflow.cases.models import Case
from caseflow.demo.fresh_events import set_back
from caseflow.demo.people import People
from caseflow.directory.models import Pupil
from caseflow.incidents.enums import Answerer, Category, OrderKind, PartyRole
from caseflow.incidents.models import Incident
from caseflow.incidents.services import PartySaid, confirm_bullying, note_answer, report_incident
from caseflow.incidents.services.home import add_contact, enter_order
from caseflow.triage.services import decide

DAYS_AGO = 4
WORDS = "На перемене он снова спрятал её рюкзак и снимал на телефон, как она ищет. Вещи вернул классный руководитель."
ANSWER = "Я просто пошутил, рюкзак вернул. В чат я никого не добавлял."


def follow_reports(people: People, now: datetime) -> None:
    """Each through the product's own services, as psychologist."""
    _confirm_bullying(people, now)
    _keep_safe(people, now)


def _confirm_bullying(people: People, now: datetime) -> None:
    """An earlier act between the two of the report from the chat, linked with the case, and what the boy answers."""
    psychologist = people.staff["psychologist"]
    harmed, said = people.pupil("Серікова", "Мадина"), people.pupil("Ахметжан", "Санжар")
    chat = Incident.objects.get(category=Category.CYBERBULLYING, parties__pupil=harmed)
    earlier = report_incident(
        people.staff["classteacher"],
        category=Category.BULLYING,
        occurred_at=now - timedelta(days=DAYS_AGO, hours=1),
        place="коридор у кабинета 12",
        words=WORDS,
        parties=[_named(harmed, PartyRole.HARMED), _named(said, PartyRole.SAID_TO_HAVE_HARMED)],
    )
    case = Case.objects.get(pupil=harmed)
    decide(psychologist, item_id=earlier.triage_item_id, decision="link", case_id=case.pk)
    set_back(earlier, timedelta(days=DAYS_AGO))
    party_said, party_harmed = (chat.parties.get(pupil=pupil).pk for pupil in (said, harmed))
    note_answer(psychologist, chat.pk, party_said, answerer=Answerer.PUPIL, text=ANSWER, asks_correction=True)
    confirm_bullying(psychologist, chat.pk, said_id=party_said, harmed_id=party_harmed)


def _keep_safe(people: People, now: datetime) -> None:
    """Whom the school may call about the boy who is hurt at home, and an order of the police."""
    psychologist, today = people.staff["psychologist"], timezone.localdate(now)
    incident = Incident.objects.get(
        category=Category.DOMESTIC_VIOLENCE, parties__pupil=people.pupil("Жақсылық", "Ернар")
    )
    add_contact(
        psychologist,
        incident.pk,
        name="Жақсылық Зейнеп",
        relation="бабушка",
        phone="+7 701 000 12 34",
        when="После шести вечера, только голосом. Отцу не перезванивать.",
    )
    enter_order(
        psychologist,
        incident.pk,
        kind=OrderKind.PROTECTIVE,
        number="ЗП-114",
        issued_by="Управление полиции района",
        valid_from=today - timedelta(days=1),
        valid_until=today + timedelta(days=28),
    )


def _named(pupil: Pupil, role: PartyRole) -> PartySaid:
    return PartySaid(role, pupil_id=pupil.pk)
