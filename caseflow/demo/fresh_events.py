"""What waits in Today, and the cases that are open. The texts are in Russian, as the demo's people write."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from caseflow.cases.enums import RiskLevel, Stage, Visibility
from caseflow.cases.models import Case, ChronologyEntry, RiskAssessment
from caseflow.cases.services.chronology import add_note
from caseflow.cases.services.moving import move_case
from caseflow.cases.services.opening import open_case
from caseflow.cases.services.risk import set_risk
from caseflow.cases.services.tasks import add_task
from caseflow.clocks.models import Clock
from caseflow.clocks.services import start_clock
from caseflow.demo.flows import set_flow_back, settle_flow
from caseflow.demo.people import People
from caseflow.directory.actors import Actor
from caseflow.drafts.services import Written, save_draft
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.models import Incident
from caseflow.incidents.services.checking import PartySaid
from caseflow.incidents.services.reporting import report_incident
from caseflow.triage.models import TriageItem

# (login of the reporter, category, hours ago, place, words, parties by name and role)
REPORTS = (
    (
        "classteacher",
        Category.CYBERBULLYING,
        26,
        "чат класса",
        "Её добавили в группу и пишут, чтобы не приходила в школу. Два снимка экрана у меня.",
        ((("Серікова", "Мадина"), PartyRole.HARMED), (("Ахметжан", "Санжар"), PartyRole.SAID_TO_HAVE_HARMED)),
    ),
    (
        "pedagogue",
        Category.DOMESTIC_VIOLENCE,
        2,
        "дома",
        "Папа опять кричал и замахнулся ремнём, я ушёл к бабушке.",
        ((("Жақсылық", "Ернар"), PartyRole.HARMED),),
    ),
    (
        "teacher",
        Category.EXTORTION,
        5,
        "столовая",
        "Третий день видел, как у младших берут деньги у кассы. Кто именно, не разглядел.",
        ((("Ли", "Давид"), PartyRole.HARMED),),
    ),
    (
        "teacher",
        Category.CONFLICT,
        1,
        "спортивный зал",
        "Поспорили из-за места в команде, разошлись сами.",
        ((("Петров", "Максим"), PartyRole.WITNESS), (("Юсупов", "Амир"), PartyRole.WITNESS)),
    ),
)


STAGE_REASONS = {
    Stage.ASSESSMENT: "Первая беседа проведена.",
    Stage.PLAN: "Картина ясна, намечаем помощь.",
    Stage.SUPPORT: "Меры согласованы с учеником и семьёй.",
}


def make_reports(people: People, now: datetime) -> None:
    """Reports of the last day, each through the product's own form, then set back in time."""
    for login, category, hours, place, words, parties in REPORTS:
        said = [PartySaid(role, pupil_id=people.pupil(*name).pk) for name, role in parties]
        incident = report_incident(
            people.staff[login],
            category=category,
            occurred_at=now - timedelta(hours=hours, minutes=30),
            place=place,
            words=words,
            parties=said,
        )
        set_back(incident, timedelta(hours=hours))


def make_cases(people: People, now: datetime) -> None:
    """Four open cases at different levels of risk."""
    psychologist, pedagogue = people.staff["psychologist"], people.staff["pedagogue"]
    madina = open_case(
        psychologist, pupil_id=people.pupils[0].pk, reason="Слова классного руководителя: сторонится класса."
    )
    note = (
        "Пришла сама. Плохо спит третью ночь, боится большой перемены. "
        "Договорились: обедает с Аружан, телефон доверия записан."
    )
    add_note(psychologist, madina.pk, text=note, visibility=Visibility.ME_AND_LEAD)
    add_note(psychologist, madina.pk, text="Разговор с мамой: поддержит, зайдёт в четверг.", visibility=Visibility.TEAM)
    add_note(
        psychologist,
        madina.pk,
        text="Классный руководитель видела, как Мадину не взяли за общий стол.",
        visibility=Visibility.TEAM,
        event_on=timezone.localdate(now) - timedelta(days=2),
    )
    plan = "Договорились с семьёй: вечером десять минут спокойного разговора, в четверг встреча в школе."
    add_note(psychologist, madina.pk, text=plan, visibility=Visibility.SHARED_PLAN, confirmed=True)
    set_risk(
        psychologist,
        madina.pk,
        level=RiskLevel.HIGH,
        basis="Травля продолжается, дома поддержка слабая; мыслей о смерти нет.",
        formulation="Три недели её не пускают за общий стол, после ссоры подруга перешла к остальным. Хуже вечерами,"
        " когда читает чат класса. Помогают мама и рисование, к школьному психологу идёт сама.",
    )
    settle_flow(people, psychologist, madina, now)
    own = psychologist.membership.pk
    add_task(psychologist, madina.pk, title="Беседа с Мадиной", membership_id=own, due_at=now + timedelta(hours=20))
    title = "Будьте внимательны на большой перемене"
    add_task(
        psychologist, madina.pk, title=title, membership_id=pedagogue.membership.pk, due_at=now + timedelta(days=2)
    )
    _move_on(psychologist, madina, Stage.ASSESSMENT, Stage.PLAN, Stage.SUPPORT)
    _set_case_back(madina, timedelta(days=6))
    set_flow_back(madina, timedelta(days=6))
    for name, level, reason, days in (
        (("Муканов", "Санжар"), RiskLevel.MODERATE, "Пропуски и ссоры после переезда.", 20),
        (("Бекова", "Дана"), RiskLevel.LOW, "Просьба мамы: тревога перед экзаменами.", 34),
        (("Өтеген", "Адия"), RiskLevel.MODERATE, "Слова учителя: плачет на переменах.", 12),
    ):
        case = open_case(psychologist, pupil_id=people.pupil(*name).pk, reason=reason)
        set_risk(psychologist, case.pk, level=level, basis="Беседа с учеником и классным руководителем.")
        _move_on(psychologist, case, Stage.ASSESSMENT, Stage.PLAN)
        _set_case_back(case, timedelta(days=days))
    _begin_note(people, psychologist)
    overdue = Case.objects.get(pupil=people.pupil("Муканов", "Санжар"))
    task = add_task(
        psychologist, overdue.pk, title="Звонок родителям", membership_id=own, due_at=now + timedelta(hours=1)
    )
    Clock.objects.filter(pk=task.clock_id).update(
        started_at=now - timedelta(days=1), warn_at=now - timedelta(hours=6), due_at=now - timedelta(hours=3)
    )
    type(task).objects.filter(pk=task.pk).update(due_at=now - timedelta(hours=3))
    _move_on(psychologist, overdue, Stage.SUPPORT)


def _begin_note(people: People, psychologist: Actor) -> None:
    """A note that was begun and waits in its form, on whatever device."""
    case = Case.objects.get(pupil=people.pupil("Бекова", "Дана"))
    words = "Звонила мама: перед контрольной Дана снова не спит. Спросить, помогает ли"
    save_draft(psychologist, Written(f"note-{case.pk}", {"text": words}, None))


def set_back(incident: Incident, by: timedelta) -> None:
    item = TriageItem.objects.get(pk=incident.triage_item_id)
    due = [_start_earlier(clock, by) for clock in (item.psych_clock, item.legal_clock) if clock]
    if incident.police_clock:
        _start_earlier(incident.police_clock, by)
    TriageItem.objects.filter(pk=item.pk).update(created_at=F("created_at") - by, due_at=min(due))
    Incident.objects.filter(pk=incident.pk).update(created_at=F("created_at") - by)


def _start_earlier(clock: Clock, by: timedelta) -> datetime:
    """Let the clock have started earlier, by the calendar of its own term. Returns when it is due."""
    model = start_clock(clock.code, clock.place, clock.started_at - by)
    Clock.objects.filter(pk=clock.pk).update(started_at=model.started_at, warn_at=model.warn_at, due_at=model.due_at)
    model.delete()
    return model.due_at


def _move_on(who: Actor, case: Case, *stages: Stage) -> None:
    for stage in stages:
        move_case(who, case.pk, stage=stage, reason=STAGE_REASONS[stage])


def _set_case_back(case: Case, by: timedelta) -> None:
    times = ("opened_at", "owned_since", "working_since", "stage_since")
    Case.objects.filter(pk=case.pk).update(**{name: F(name) - by for name in times})
    _set_lines_back(case, by)
    RiskAssessment.objects.filter(case=case).update(at=timezone.now() - by)


def _set_lines_back(case: Case, by: timedelta) -> None:
    """Enter the lines anew, since none is ever changed."""
    written = ChronologyEntry._base_manager.filter(case=case)
    lines = list(written)
    for line in lines:
        line.event_at, line.recorded_at = line.event_at - by, line.recorded_at - by
    written._raw_delete(written.db)
    ChronologyEntry.objects.bulk_create(lines)
