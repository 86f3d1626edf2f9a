"""What the service keeps, for tests: made the way the product makes it. Everything is invented."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from caseflow.appointments.enums import AppointmentKind
from caseflow.appointments.models import Appointment
from caseflow.appointments.services import record_held
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School, SchoolYear
from caseflow.instruments.enums import Filling, State
from caseflow.instruments.models import Administration
from caseflow.journals.enums import Asker, Direction, Journal
from caseflow.journals.rules.periods import Period
from caseflow.journals.selectors.lines import Asked
from caseflow.journals.selectors.words import Work
from caseflow.journals.services import record_work
from caseflow.journals.services.planning import Item
from tests.appointments.factories import at, planned
from tests.directory.factories import SchoolYearFactory, actor
from tests.instruments.factories import given

THEME = "Как готовиться к контрольным без страха"


def school_of(who: Actor) -> School:
    assert who.membership.school is not None
    return who.membership.school


def principal_of(who: Actor) -> Actor:
    return actor(Role.PRINCIPAL, school=school_of(who))


def region_lead_of(who: Actor) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, region=school_of(who).district.region)


def year_at(who: Actor, *, begun: int = 60, left: int = 200) -> SchoolYear:
    """The school year of the region that began and ends so many days from today."""
    today, region = timezone.localdate(), school_of(who).district.region
    year: SchoolYear = SchoolYearFactory.create(
        region=region, starts_on=today - timedelta(days=begun), ends_on=today + timedelta(days=left)
    )
    return year


def held(who: Actor, *pupils: Pupil, days: int = -1, hour: int = 10, **facts: Any) -> Appointment:
    """An appointment that took place."""
    return record_held(who, planned(who, at(days, hour), *pupils, **facts).pk)


def recorded(who: Actor, *pupils: Pupil, work: Work | None = None, **facts: Any) -> Appointment:
    """An appointment that took place, with what was done at it."""
    appointment = held(who, *pupils, **facts)
    said = Work(asker=Asker.TEACHER, theme=THEME, result="Повторить через месяц")
    record_work(who, appointment.pk, work or said)
    return appointment


def group_of(who: Actor, *pupils: Pupil, **facts: Any) -> Appointment:
    """A group that met, with what was done."""
    work = Work(theme="Спорить без драки", audience="7 «Б»", participants=24, form="training", result="Памятка классу")
    return recorded(who, *pupils, work=work, kind=AppointmentKind.GROUP, **facts)


def finished(who: Actor, case: Case, days: int = -1) -> Administration:
    """A questionnaire of the case that was filled in some days ago."""
    one = given(who, case, "phq-a", filling=Filling.SCREEN).administration
    Administration.objects.filter(pk=one.pk).update(state=State.FINISHED, ended_at=at(days, 12), code_digest=None)
    return Administration.objects.get(pk=one.pk)


def month() -> Period:
    """The twenty days up to today."""
    today = timezone.localdate()
    return Period(today - timedelta(days=20), today)


def asked(journal: Journal = Journal.CONSULTATIONS, **facts: Any) -> Asked:
    usual: dict[str, Any] = {"journal": journal, "period": month()}
    return Asked(**(usual | facts))


def item(who: Actor, **facts: Any) -> Item:
    usual: dict[str, Any] = {
        "direction": Direction.GROUP,
        "title": "Занятия «Спорить без драки»",
        "audience": "7 классы",
        "month": 10,
        "owner": who.user.pk,
        "expected": "Меньше ссор на переменах",
    }
    return Item(**(usual | facts))


def today() -> date:
    return timezone.localdate()
