"""What the demo's psychological service keeps: records of what was done, and the plan of this year. All invented."""

from itertools import cycle

from django.utils.translation import override

from caseflow.appointments.enums import AppointmentKind, AppointmentState
from caseflow.appointments.models import Appointment
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.directory.actors import Actor
from caseflow.journals.enums import Asker, Direction, PlanItemState, WorkForm
from caseflow.journals.selectors.words import Work
from caseflow.journals.services import end_item, record_work, send_plan, write_item
from caseflow.journals.services.planning import Item

PUPIL, PARENT, TEACHER = AppointmentKind.PUPIL, AppointmentKind.PARENT, AppointmentKind.TEACHER
GROUP, DIAGNOSTICS = AppointmentKind.GROUP, AppointmentKind.DIAGNOSTICS
WORDS: dict[str, tuple[Work, ...]] = {
    PUPIL: (
        Work(asker=Asker.TEACHER, theme="Отношения в классе", result="Ещё две встречи и памятка"),
        Work(asker=Asker.PUPIL, theme="Тревога перед контрольными", result="План подготовки на неделю"),
    ),
    PARENT: (Work(asker=Asker.PARENT, theme="Сон и телефон вечером", result="Договорились о вечернем режиме"),),
    TEACHER: (Work(asker=Asker.TEACHER, theme="Рассадка в классе", result="Рассадить по-новому, посмотреть неделю"),),
    GROUP: (
        Work(
            form=WorkForm.TRAINING,
            theme="Как просить о помощи",
            audience="группа из 7 классов",
            participants=9,
            result="Памятка каждому, повторить через месяц",
        ),
        Work(
            form=WorkForm.LESSON,
            theme="Спорить без драки",
            audience="7 «Б»",
            participants=24,
            result="Правила спора висят в классе",
        ),
    ),
    DIAGNOSTICS: (Work(theme="Рисунок семьи", participants=1, result="Обсудить с семьёй на встрече"),),
}
PLAN = (
    (Direction.DIAGNOSTICS, 9, "Адаптация 5 классов", "5 классы", "Список тех, кому нужна поддержка"),
    (Direction.DIAGNOSTICS, 2, "Готовность к экзаменам", "9 и 11 классы", "Темы для занятий перед экзаменами"),
    (Direction.CONSULTATION, None, "Приём учеников и родителей", "все", "Каждый принят в течение недели"),
    (
        Direction.CONSULTATION,
        11,
        "Консультации для родителей 5 классов",
        "родители",
        "Встреча с каждой семьёй",
    ),
    (Direction.GROUP, 10, "Занятия «Спорить без драки»", "7 классы", "Меньше ссор на переменах"),
    (Direction.GROUP, 11, "Неделя против травли", "5–9 классы", "Каждый знает, кому сказать"),
    (Direction.GROUP, 4, "Занятия перед экзаменами", "9 и 11 классы", "Свой план спокойной подготовки"),
    (Direction.EDUCATION, 1, "Лекторий «Подросток и телефон»", "родители", "Памятка для семьи"),
    (Direction.METHODICAL, 10, "Объединение психологов района", "психологи", "Обмен занятиями"),
    (Direction.METHODICAL, 3, "Курс о кризисной помощи", "психолог", "Сертификат"),
)
DONE = ("Адаптация 5 классов", "Занятия «Спорить без драки»", "Объединение психологов района")


def make_journals(places: Places, people: People) -> None:
    """Of all appointments held but the latest it is said what was done; the plan waits for the principal."""
    psychologists = [people.staff["psychologist"], people.staff["psychologist2"]]
    with override("ru"):
        for who in psychologists:
            _record(who)
        _plan(places, people)


def _record(who: Actor) -> None:
    held = Appointment.objects.filter(owner=who.user, state=AppointmentState.HELD, kind__in=list(WORDS))
    words = {kind: cycle(works) for kind, works in WORDS.items()}
    for appointment in list(held.order_by("starts_at"))[:-1]:
        record_work(who, appointment.pk, next(words[appointment.kind]))


def _plan(places: Places, people: People) -> None:
    who = people.staff["psychologist"]
    for direction, month, title, audience, expected in PLAN:
        made = write_item(who, places.year.pk, Item(direction, title, audience, month, who.user.pk, expected))
        if title in DONE:
            end_item(who, made.pk, PlanItemState.DONE, outcome="Проведено")
    send_plan(who, places.year.pk)
