from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.audit.services import record
from caseflow.clocks.models import Clock
from caseflow.clocks.services import start_clock, stop_clock
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil, School
from caseflow.incidents.enums import DANGER
from caseflow.incidents.models import AnonymousChannel, Incident, Party
from caseflow.incidents.rules import REPORTERS, Consequences, consequences_of, in_danger
from caseflow.incidents.rules.quarter import quarter_of
from caseflow.incidents.selectors.scope import findable_pupils, school_of
from caseflow.incidents.services.checking import PartySaid, accuses_employee, check_report, main_pupil, users_concerned
from caseflow.incidents.services.duties import begin_duties
from caseflow.incidents.services.photos import keep_photos
from caseflow.incidents.services.pictures import Drawn
from caseflow.incidents.services.telling import tell_police
from caseflow.records.files import files_with_rows
from caseflow.records.models import DataKey
from caseflow.records.vault import new_key, seal, where
from caseflow.triage.enums import Audience, ItemKind
from caseflow.triage.models import TriageItem
from caseflow.triage.services import file_item


@dataclass(frozen=True, slots=True)
class Sender:
    """Who reports: an employee in a role, or somebody without a name through a channel."""

    user: User | None = None
    role: str = ""
    channel: AnonymousChannel | None = None

    @property
    def fact(self) -> str:
        return self.role or "anonymous"

    @property
    def shown_at(self) -> datetime | None:
        """The time that what is stored bears, where the exact one is nobody's to know (rule 19)."""
        return None if self.channel is None else quarter_of(timezone.now())


@dataclass(frozen=True, slots=True)
class Report:
    """What a reporter said."""

    category: str
    occurred_at: datetime | None
    place: str
    words: str
    parties: tuple[PartySaid, ...]
    about_staff: bool
    police_informed_at: datetime | None = None
    danger: bool = False

    @property
    def follows(self) -> Consequences:
        follows = consequences_of(self.category)
        return in_danger(follows) if self.danger else follows

    @property
    def title_code(self) -> str:
        return DANGER if self.danger else self.category


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


@files_with_rows()
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
    photos: Sequence[Drawn] = (),
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
    incident = take_report(Sender(actor.user, actor.role), school, report, main_pupil(report.parties, pupils))
    keep_photos(incident, actor.user, photos)
    record(
        action="incident.reported",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"incident:{incident.pk}",
        pupil_id=incident.triage_item.pupil_id,
        detail={"category": category, "about_staff": about_staff},
    )
    return incident


def take_report(sender: Sender, school: School, report: Report, pupil: Pupil | None) -> Incident:
    """Seal a report that was checked, start its clocks, put it into the queue and tell the police of the territory, in
    the caller's transaction. The caller records who reported."""
    shown_at = sender.shown_at
    key = new_key("incident", dated=shown_at)
    item = _filed(sender, school, report, pupil, key, shown_at)
    incident = _stored(sender, school, report, key, item)
    tell_police(incident)
    return incident


def _filed(
    sender: Sender, school: School, report: Report, pupil: Pupil | None, key: DataKey, shown_at: datetime | None
) -> TriageItem:
    named = pupil is not None
    return file_item(
        kind=ItemKind.INCIDENT,
        audience=Audience.LEAD if report.about_staff else Audience.SCHOOL,
        school=school,
        pupil=pupil,
        title_code=report.title_code,
        facts={"reporter": sender.fact, "parties": len(report.parties)},
        words=report.words,
        quality=2 if named else 1,
        quality_code="pupils_named" if named else "nobody_named",
        ai_model=None,
        psych_code=report.follows.psych_code,
        words_key=key,
        second_person=report.follows.second_person,
        not_for=users_concerned(report.parties),
        shown_at=shown_at,
    )


def _stored(sender: Sender, school: School, report: Report, key: DataKey, item: TriageItem) -> Incident:
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
        reported_by=sender.user,
        reporter_role=sender.role,
        channel=sender.channel,
        created_at=item.created_at,
        triage_item=item,
        police_clock=_police_clock(school, report, item.psych_clock.started_at),
        police_informed_at=report.police_informed_at,
        police_informed_by=sender.user if report.police_informed_at else None,
    )
    Party.objects.bulk_create(
        Party(incident=incident, pupil_id=said.pupil_id, employee_id=said.employee_id, role=said.role)
        for said in report.parties
    )
    begin_duties(incident, item.psych_clock.started_at)
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
