"""Cases, tasks, reports and what waits in the queue, each as OWN, SAME_SCHOOL… of the people in `places.py`.

case          OWN led by the psychologist; ASSIGNED led by a colleague and granted to everybody by django-guardian;
              SAME_SCHOOL led by a colleague, the glass that the lead broke is whole again; CLOSED an own one that has
              ended, granted; CONFLICT the own child's, granted as well.
task          OWN given to the person; SAME_SCHOOL given to a colleague; ASSIGNED a colleague's in a granted case;
              CLOSED an own one that is done.
incident      OWN waits for the psychologists of the school; SAME_SCHOOL is about staff, so for the lead alone;
              ASSIGNED needs a second person, so psychologist and lead; CLOSED is decided.
item          what waits in the queue because of these.
report        OWN was sent by the person; CLOSED too, and is decided; CONFLICT too, and is about the own child.
addressed     OWN waits for the police of the territory; SAME_SCHOOL too, though no violence; CLOSED has one; CONFLICT
              is about the officer's own child.
"""

from datetime import timedelta

from django.utils import timezone
from guardian.shortcuts import assign_perm

from caseflow.cases.enums import RiskLevel, Visibility
from caseflow.cases.models import BreakGlass, Case, Task
from caseflow.cases.services import break_glass, close_case, complete_task, set_risk
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.incidents.enums import Category, Conclusion
from caseflow.incidents.models import Incident
from caseflow.incidents.rules import REPORTERS
from caseflow.incidents.services import give_legal_assessment
from caseflow.protocols.models import HIGH_RISK
from caseflow.protocols.selectors.protocols import version_in_force
from caseflow.triage.services import decide
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import OTHER_CHILD, Places, Thing, Things, Unit
from tests.cases.factories import case_of, given_by_protocol, note_in, task_for
from tests.directory.factories import GuardianshipFactory, PupilFactory
from tests.incidents.factories import accused, harmed, officer_for, reported

NOTE, BASIS, REASON = "Жасырын жазба: ночью плачет", "Тәуекел негізі: беседа наедине", "Со слов подруги"
FORMULATION = "Тұжырым: вражда отцов, помогает бабушка"
WORDS = "Он снова ждал за гаражами"
OWNERS = (
    Role.PSYCHOLOGIST,
    Role.LEAD_PSYCHOLOGIST,
    Role.SOCIAL_PEDAGOGUE,
    Role.CLASS_TEACHER,
    Role.PRINCIPAL,
)


def fill(places: Places) -> None:
    """Make the objects of this module."""
    cases = _cases(places)
    places.things["case"] = {relation: _case(case) for relation, case in cases.items()}
    places.things["task"] = _tasks(places, cases)
    incidents = _incidents(places)
    places.things["incident"] = {relation: _incident(found) for relation, found in incidents.items()}
    places.things["item"] = {
        relation: {**thing, "pk": thing["item"]} for relation, thing in places.things["incident"].items()
    }
    places.things["report"] = _reports(places)
    places.things["addressed"] = {relation: {"pk": found.pk} for relation, found in _addressed(places).items()}


def _cases(places: Places) -> Things:
    here, mine = places.here, places[Role.PSYCHOLOGIST]
    cases = {
        OWN: _written(mine, places.child),
        ASSIGNED: _written(here.colleague, places.granted_child),
        SAME_SCHOOL: _written(here.colleague, here.pupil(last_name=OTHER_CHILD)),
        OTHER_SCHOOL: _written(places.there.colleague, places.there.pupil()),
        CLOSED: _written(mine, here.pupil()),
        CONFLICT: _written(here.colleague, places.child_of_staff()),
    }
    set_risk(mine, cases[OWN].pk, level=RiskLevel.MODERATE, basis=BASIS, formulation=FORMULATION)
    close_case(mine, cases[CLOSED].pk, reason=REASON)
    _break_glass_long_ago(places[Role.LEAD_PSYCHOLOGIST], cases[SAME_SCHOOL])
    for relation in (ASSIGNED, CLOSED, CONFLICT):
        cases[relation].refresh_from_db()
        for role in Role:
            assign_perm("cases.work_on_case", places[role].user, cases[relation])
    return cases


def _break_glass_long_ago(who: Actor, case: Case) -> None:
    begun = timezone.now() - timedelta(days=30)
    glass = break_glass(who, school_id=case.school_id, number=case.number, reason=REASON)
    BreakGlass.objects.filter(pk=glass.pk).update(at=begun, ends_at=begun + timedelta(days=1))


def _written(who: Actor, pupil: Pupil) -> Case:
    """A case with a note of its owner and somebody who stands for the pupil."""
    if not pupil.guardianships.exists():
        GuardianshipFactory.create(pupil=pupil)
    case = case_of(who, pupil, reason=REASON)
    note_in(case, who, NOTE, Visibility.ME_AND_LEAD)
    return case


def _case(case: Case) -> Thing:
    note = case.entries.filter(kind="note").get()
    guardian = case.pupil.guardianships.order_by("pk").last()
    return {
        "pk": case.pk,
        "case": case.pk,
        "entry": note.pk,
        "guardian": guardian.guardian_id if guardian else None,
        "number": case.number,
        "school": case.school_id,
        "pupil": case.pupil_id,
        "version": version_in_force(HIGH_RISK, case.school).pk,
    }


def _tasks(places: Places, cases: Things) -> Things:
    here, mine = places.here, places[Role.PSYCHOLOGIST]

    def given_to(role: Role) -> Thing:
        """A task in a case that its owner may know of."""
        if role == Role.LEAD_PSYCHOLOGIST:
            return _task(cases[ASSIGNED], here.colleague, places[role])
        if role == Role.PRINCIPAL:
            return {"pk": given_by_protocol(cases[OWN], mine, places[role]).pk}
        return _task(cases[OWN], mine, places[role])

    own, done = ({role: given_to(role) for role in OWNERS} for _ in range(2))
    for role, task in done.items():
        complete_task(places[role], task["pk"], outcome="Побеседовали")
    return {
        OWN: own,
        ASSIGNED: _task(cases[ASSIGNED], here.colleague, here.colleague),
        SAME_SCHOOL: _task(cases[SAME_SCHOOL], here.colleague, here.colleague),
        OTHER_SCHOOL: _task(cases[OTHER_SCHOOL], places.there.colleague, places.there.colleague),
        CLOSED: done,
        CONFLICT: _task(cases[CONFLICT], here.colleague, here.colleague),
    }


def _task(case: Case, giver: Actor, owner: Actor) -> Thing:
    task: Task = task_for(case, giver, owner)
    return {"pk": task.pk}


def _incidents(places: Places) -> Things:
    here, there = places.here, places.there
    by_colleague = here.colleague
    incidents = {
        OWN: _conflict(here, here.pupil(last_name=OTHER_CHILD)),
        ASSIGNED: reported(here.reporter, harmed(here.pupil()), category=Category.SELF_HARM, words=WORDS),
        SAME_SCHOOL: reported(here.reporter, harmed(here.pupil()), category=Category.CONFLICT, about_staff=True),
        OTHER_SCHOOL: _conflict(there, there.pupil()),
        CLOSED: _conflict(here, here.pupil()),
        CONFLICT: _conflict(here, places.child_of_staff()),
    }
    _open_a_case(by_colleague, incidents[CLOSED])
    return incidents


def _conflict(unit: Unit, pupil: Pupil) -> Incident:
    said = PupilFactory.create(school_class=unit.next_class)
    return reported(unit.reporter, harmed(pupil), accused(said), category=Category.VIOLENCE, words=WORDS)


def _open_a_case(who: Actor, incident: Incident) -> None:
    decide(who, item_id=incident.triage_item_id, decision="open_case")


def _incident(incident: Incident) -> Thing:
    party = incident.parties.filter(role="said_to_have_harmed").first()
    hurt = incident.parties.filter(role="harmed").first()
    return {
        "pk": incident.pk,
        "item": incident.triage_item_id,
        "party": party.pk if party else incident.pk,
        "harmed": hurt.pk if hurt else incident.pk,
        "pupil": incident.triage_item.pupil_id,
    }


def _reports(places: Places) -> Things:
    here = places.here

    def own(role: Role, pupil: Pupil | None = None) -> Incident:
        return reported(places[role], harmed(pupil or here.pupil()), category=Category.OTHER)

    closed = {role: own(role) for role in REPORTERS}
    for incident in closed.values():
        _open_a_case(here.colleague, incident)
    return {
        OWN: {role: {"pk": own(role).pk} for role in REPORTERS},
        SAME_SCHOOL: {"pk": _conflict(here, here.pupil()).pk},
        OTHER_SCHOOL: {"pk": _conflict(places.there, places.there.pupil()).pk},
        CLOSED: {role: {"pk": incident.pk} for role, incident in closed.items()},
        CONFLICT: {role: {"pk": own(role, places.child_of_staff()).pk} for role in REPORTERS},
    }


def _addressed(places: Places) -> Things:
    here, there = places.here, places.there
    found = {
        OWN: _conflict(here, here.pupil()),
        SAME_SCHOOL: reported(here.reporter, harmed(here.pupil()), category=Category.OTHER),
        OTHER_SCHOOL: _conflict(there, there.pupil()),
        CLOSED: _conflict(here, here.pupil()),
        CONFLICT: _conflict(here, places.child_of_staff()),
    }
    officer = officer_for(here.school)
    give_legal_assessment(officer, found[CLOSED].pk, conclusion=Conclusion.PREVENTION, text=REASON)
    return found


def tomorrow() -> str:
    """A deadline as a form sends it."""
    return (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def an_hour_ago() -> str:
    """A past moment as a form sends it."""
    return (timezone.localtime() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")


def just_now() -> str:
    """The minute that runs, as a form sends it: after whatever happened an hour ago."""
    return timezone.localtime().strftime("%Y-%m-%dT%H:%M")
