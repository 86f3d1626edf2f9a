from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from caseflow.audit.services import record
from caseflow.clocks.models import Clock
from caseflow.clocks.services import start_clock, stop_clock
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil, School
from caseflow.incidents.models import Incident, Party
from caseflow.incidents.rules import REPORTERS, Consequences, consequences_of
from caseflow.incidents.selectors.scope import findable_pupils, school_of
from caseflow.incidents.services.checking import PartySaid, accuses_employee, check_report, main_pupil, users_concerned
from caseflow.incidents.services.telling import tell_police
from caseflow.records.models import DataKey
from caseflow.records.vault import new_key, seal, where
from caseflow.triage.enums import Audience, ItemKind
from caseflow.triage.models import TriageItem
from caseflow.triage.services import file_item


@dataclass(frozen=True, slots=True)
class Report:
    """What a reporter said."""

    category: str
    occurred_at: datetime
    place: str
    words: str
    parties: tuple[PartySaid, ...]
    about_staff: bool
    police_informed_at: datetime | None

    @property
    def follows(self) -> Consequences:
        return consequences_of(self.category)


@transaction.atomic
def find_pupils(actor: Actor, query: str) -> list[Pupil]:
    """Pupils of the actor's school by name, for a report; which names were shown is recorded."""
    found = findable_pupils(actor, query)
    if found:
        record(
            action="pupil_search",
            actor_id=actor.user.pk,
            role=actor.role,
            obj="incidents.report",
            detail={"pupils": [str(pupil.pk) for pupil in found]},
        )
    return found


@transaction.atomic
def report_incident(
    actor: Actor,
    *,
    category: str,
    occurred_at: datetime,
    place: str,
    words: str,
    parties: Sequence[PartySaid] = (),
    about_staff: bool = False,
    police_informed_at: datetime | None = None,
) -> Incident:
    """Take a report: seal what was said, start the clocks its category asks for, put it into the queue.

    A report about staff goes to the lead psychologists alone, and one that accuses an employee is about staff. Raises
    BadReportError (no such category, a time in the future, nothing said, a pupil or employee of another school,
    somebody named twice) and School.DoesNotExist for whoever reports for no school.
    """
    if actor.role not in REPORTERS:
        raise School.DoesNotExist
    school = school_of(actor)
    about_staff = about_staff or accuses_employee(parties)
    report = Report(
        category, occurred_at, place.strip(), words.strip(), tuple(parties), about_staff, police_informed_at
    )
    pupils = check_report(school, report.category, report.words, report.parties, [occurred_at, police_informed_at])
    key = new_key("incident")
    item = _filed(actor, school, report, main_pupil(report.parties, pupils), key)
    incident = _stored(actor, school, report, key, item)
    record(
        action="incident.reported",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"incident:{incident.pk}",
        pupil_id=item.pupil_id,
        detail={"category": category, "about_staff": about_staff},
    )
    tell_police(incident)
    return incident


def _filed(actor: Actor, school: School, report: Report, pupil: Pupil | None, key: DataKey) -> TriageItem:
    named = pupil is not None
    return file_item(
        kind=ItemKind.INCIDENT,
        audience=Audience.LEAD if report.about_staff else Audience.SCHOOL,
        school=school,
        pupil=pupil,
        title_code=report.category,
        facts={"reporter": actor.role.value, "parties": len(report.parties)},
        words=report.words,
        quality=2 if named else 1,
        quality_code="pupils_named" if named else "nobody_named",
        ai_model=None,
        psych_code=report.follows.psych_code,
        words_key=key,
        second_person=report.follows.second_person,
        not_for=users_concerned(report.parties),
    )


def _stored(actor: Actor, school: School, report: Report, key: DataKey, item: TriageItem) -> Incident:
    pk = uuid4()
    incident = Incident.objects.create(
        pk=pk,
        number=_next_number(school),
        school=school,
        category=report.category,
        violence=report.follows.violence,
        about_staff=report.about_staff,
        occurred_at=report.occurred_at,
        place_sealed=seal(key, report.place, where("incidents.Incident", pk, "place")),
        words_sealed=seal(key, report.words, where("incidents.Incident", pk, "words")),
        data_key=key,
        reported_by=actor.user,
        reporter_role=actor.role,
        created_at=item.created_at,
        triage_item=item,
        police_clock=_police_clock(school, report, item.created_at),
        police_informed_at=report.police_informed_at,
        police_informed_by=actor.user if report.police_informed_at else None,
    )
    Party.objects.bulk_create(
        Party(incident=incident, pupil_id=said.pupil_id, employee_id=said.employee_id, role=said.role)
        for said in report.parties
    )
    return incident


def _police_clock(school: School, report: Report, now: datetime) -> Clock | None:
    if not report.follows.police:
        return None
    clock = start_clock("police_informed", school, now)
    if report.police_informed_at:
        stop_clock(clock.pk, now)
    return clock


def _next_number(school: School) -> int:
    """The school's next report number; the school stays locked, so that two reports never get the same one."""
    School.objects.select_for_update(no_key=True).only("pk").get(pk=school.pk)
    last = Incident.objects.filter(school=school).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
