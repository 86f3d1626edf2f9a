"""A council with a session that was closed, decisions in every state, and a session that is still to come."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import override

from caseflow.clocks.services import start_clock
from caseflow.coordination.models import Report
from caseflow.coordination.services import ask_for_signatures, sign_report
from caseflow.council.enums import DecisionState, Duty, Move, Presence, SessionKind, SessionState
from caseflow.council.models import (
    AgendaItem,
    Attendance,
    Council,
    Decision,
    DecisionStep,
    Member,
    Session,
)
from caseflow.council.rules import CLOCK, DAY_ENDS
from caseflow.council.selectors.minutes import digest_of
from caseflow.council.services import (
    Called,
    Drafted,
    Named,
    Point,
    Proof,
    Said,
    Seat,
    add_item,
    call_session,
    draft_decision,
    move_decision,
    seat_member,
    set_up,
)
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.directory.enums import AgencyKind
from caseflow.directory.models import Agency

# Who sits there: name, office, in the council, kind of the body, login of who signs in. All are invented.
SEATS = (
    ("Демеуов Е. С.", "Прокурор области", Duty.CHAIR, AgencyKind.PROSECUTION, "chair"),
    ("Сатаев М. Ж.", "Старший помощник прокурора", Duty.SECRETARY, AgencyKind.PROSECUTION, "prosecutor"),
    ("Қалиева Г. Т.", "Заместитель акима области", Duty.DEPUTY, AgencyKind.AKIMAT, ""),
    ("Оспанов К. Н.", "Начальник департамента полиции", Duty.MEMBER, AgencyKind.POLICE, ""),
    ("Тілеуова Б. А.", "Руководитель управления образования", Duty.MEMBER, AgencyKind.EDUCATION, "council"),
    ("Жұмашев А. Р.", "Руководитель управления здравоохранения", Duty.MEMBER, AgencyKind.HEALTH, ""),
    ("Нұрланова С. К.", "Судья суда по делам несовершеннолетних", Duty.MEMBER, AgencyKind.COURT, ""),
    ("Ерғалиева Д. М.", "Общественный фонд", Duty.MEMBER, AgencyKind.NGO, ""),
)
NAMES = {
    AgencyKind.PROSECUTION: ("Облыс прокуратурасы", "Прокуратура области"),
    AgencyKind.AKIMAT: ("Облыс әкімдігі", "Акимат области"),
    AgencyKind.POLICE: ("Облыс полиция департаменті", "Департамент полиции области"),
    AgencyKind.EDUCATION: ("Облыстық білім басқармасы", "Управление образования области"),
    AgencyKind.HEALTH: ("Облыстық денсаулық сақтау басқармасы", "Управление здравоохранения области"),
    AgencyKind.COURT: ("Кәмелетке толмағандар соты", "Суд по делам несовершеннолетних"),
    AgencyKind.NGO: ("Қоғамдық қор", "Общественный фонд помощи детям"),
}
HELD_DAYS_AGO = 33


def make_council(places: Places, people: People, now: datetime) -> None:
    """Each through the product's own services; the closed session lies a month back."""
    with override("ru"):
        bodies = _bodies(places)
        secretary = people.staff["prosecutor"]
        names = ("Маңғыстау облысының үйлестіру кеңесі", "Координационный совет Мангистауской области")
        council = set_up(secretary, Named(*names, "Coordination Council of Mangystau Region", 50))
        for name, office, duty, kind, login in SEATS:
            user = people.staff[login].user.pk if login else None
            since = date(timezone.localdate(now).year - 1, 1, 10)
            seat_member(secretary, Seat(name, office, duty, since, bodies[kind].pk, user))
        _held(places, people, council, bodies, now)
        coming = call_session(
            secretary, Called(SessionKind.ORDINARY, _at(now + timedelta(days=9), 11), "Акимат области, зал 2")
        )
        add_item(secretary, coming.pk, Point("О ходе исполнения решений совета", bodies[AgencyKind.PROSECUTION].pk))
        psychologists = add_item(
            secretary, coming.pk, Point("О вторых психологах в больших школах", bodies[AgencyKind.EDUCATION].pk)
        )
        draft_decision(
            secretary,
            coming.pk,
            Drafted(
                "Ввести ставку второго психолога в школах, где больше 700 учеников на одного",
                agency=bodies[AgencyKind.EDUCATION].pk,
                item=psychologists.pk,
            ),
        )
    _sign(people, places)


def _sign(people: People, places: Places) -> None:
    """The newest report waits for signatures; a member has signed it."""
    report = Report.objects.filter(release__region=places.region).latest("release__period")
    ask_for_signatures(people.staff["prosecutor"], report.pk)
    sign_report(people.staff["council"], report.pk, report.sha256)


def _held(places: Places, people: People, council: Council, bodies: dict[str, Agency], now: datetime) -> None:
    """The past lies in its rows from the start: what was decided then can be changed by nobody, not even here."""
    chair, inspector = people.staff["chair"], people.staff["inspector"]
    then = _at(now - timedelta(days=HELD_DAYS_AGO), 10)
    session = Session.objects.create(
        council=council,
        year=then.year,
        number=1,
        starts_at=then,
        place="Прокуратура области, зал заседаний",
        state=SessionState.HELD,
        called_by=people.staff["prosecutor"].user,
        called_at=then - timedelta(days=12),
        begun_at=then,
    )
    day = timezone.localdate(then)
    first, second, third = _points(session, places.police, bodies)
    late = _decided(people, session, first, _duty(places.police), day + timedelta(days=30))
    asked = _decided(people, session, second, _buttons(places.police), day + timedelta(days=40))
    done = _decided(people, session, third, _leaflet(places.police), day + timedelta(days=37))
    _decided(people, session, second, _drills(bodies[AgencyKind.POLICE]), day + timedelta(days=60))
    for number, member in enumerate(Member.objects.filter(council=council).order_by("pk")):
        presence, instead = {5: (Presence.REPRESENTED, "Заместитель руководителя"), 7: (Presence.ABSENT, "")}.get(
            number, (Presence.PRESENT, "")
        )
        Attendance.objects.create(session=session, member=member, presence=presence, substitute=instead)
    session.state, session.closed_by, session.closed_at = SessionState.CLOSED, chair.user, then + timedelta(hours=2)
    session.digest = digest_of(session)
    session.save()
    proof = Proof("Приказы о дежурстве.txt", "Приказы № 112, 118, 121, 130".encode())
    words = "В четырёх районах из семи дежурные назначены, приказы приложены."
    move_decision(inspector, late.pk, Move.PROGRESS, Said(words, files=(proof,)))
    ask = Said("Ждём поставку трёх кнопок взамен неисправных.", until=day + timedelta(days=70))
    move_decision(inspector, asked.pk, Move.ASK_LONGER, ask)
    move_decision(inspector, done.pk, Move.REPORT, Said("Памятка роздана во всех школах района."))
    move_decision(chair, done.pk, Move.ACCEPT, Said("Принято."))


def _points(session: Session, police: Agency, bodies: dict[str, Agency]) -> list[AgendaItem]:
    said = (
        ("О правовой оценке сообщений о насилии", police, "Опоздания идут из районов без дежурного инспектора."),
        ("О проверке тревожных кнопок", bodies[AgencyKind.POLICE], "Часть кнопок не проверялась с начала года."),
        ("О памятке родителям", bodies[AgencyKind.EDUCATION], "Согласован текст на двух языках."),
    )
    return [
        AgendaItem.objects.create(session=session, place=place, title=title, agency=agency, heard=heard)
        for place, (title, agency, heard) in enumerate(said, start=1)
    ]


def _decided(people: People, session: Session, item: AgendaItem, drafted: Drafted, due_on: date) -> Decision:
    chair, at = people.staff["chair"], session.starts_at + timedelta(hours=1)
    end = datetime.combine(due_on, DAY_ENDS, timezone.get_default_timezone())
    decision = Decision.objects.create(
        session=session,
        item=item,
        number=Decision.objects.filter(session=session).count() + 1,
        text=drafted.text,
        agency_id=drafted.agency,
        person=drafted.person,
        due_on=due_on,
        state=DecisionState.RUNNING,
        clock=start_clock(CLOCK, session.council.region, at, due_at=end),
        written_by=people.staff["prosecutor"].user,
        written_at=at,
        approved_by=chair.user,
        approved_at=at,
    )
    DecisionStep.objects.create(
        decision=decision, move=Move.APPROVE, by=chair.user, role=chair.role, at=at, until=due_on
    )
    return decision


def _duty(agency: Agency) -> Drafted:
    text = "Назначить дежурного инспектора в каждом районе, чтобы правовая оценка укладывалась в три рабочих дня"
    return Drafted(text, agency.pk, "Начальник отдела, майор полиции")


def _buttons(agency: Agency) -> Drafted:
    return Drafted("Проверить каждую тревожную кнопку без предупреждения", agency.pk, "Начальник смены ЦОУ")


def _leaflet(agency: Agency) -> Drafted:
    return Drafted("Раздать памятку о том, как сообщить о насилии, на двух языках", agency.pk, "Инспектор по делам ЮП")


def _drills(agency: Agency) -> Drafted:
    return Drafted("Провести учебную тревогу в каждой школе области", agency.pk, "Заместитель начальника департамента")


def _bodies(places: Places) -> dict[str, Agency]:
    """The region's bodies; those that the demo has already are taken."""
    return {
        kind: Agency.objects.get_or_create(
            region=places.region, district=None, kind=kind, defaults={"name_kk": kk, "name_ru": ru}
        )[0]
        for kind, (kk, ru) in NAMES.items()
    }


def _at(moment: datetime, hour: int) -> datetime:
    return timezone.localtime(moment).replace(hour=hour, minute=0, second=0, microsecond=0)
