"""Which reports somebody reaches. Everything that reads or changes a report starts here."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.directory.rules import still_here
from caseflow.directory.selectors.finding import pupils_like, schools_of
from caseflow.incidents.models import Incident, Party
from caseflow.incidents.rules import READERS
from caseflow.incidents.rules.duties import DUTIES
from caseflow.triage.enums import Audience
from caseflow.triage.selectors import psychologists_of

SHORTEST_QUERY = 3
FOUND_AT_MOST = 8


def scoped_incidents(actor: Actor) -> QuerySet[Incident]:
    """The reports the actor may read: those of the own school but the ones about staff; for a lead psychologist the
    ones kept from the school's psychologists, those that need a second person and those of schools without a
    psychologist. Never to a party of it or of the report it was merged into, nor to a parent of one (rule 10b)."""
    if actor.role not in READERS:
        return Incident.objects.none()
    own_affair = Exists(concerning(actor, "pk")) | Exists(concerning(actor, "merged_into"))
    incidents = Incident.objects.filter(~own_affair, school__in=actor.schools())
    if actor.role == Role.LEAD_PSYCHOLOGIST:
        kept = Q(triage_item__audience=Audience.LEAD) | Q(triage_item__second_person=True)
        return incidents.filter(kept | ~Exists(psychologists_of("school")))
    return incidents.filter(about_staff=False)


def incident_of_item(actor: Actor, item_id: UUID) -> Incident:
    """The report behind an item of the queue. Raises Incident.DoesNotExist outside the actor's scope."""
    return scoped_incidents(actor).get(triage_item=item_id)


def items_in_conflict(actor: Actor) -> QuerySet[Party, UUID]:
    """The triage items of reports that the actor or the actor's child is a party to."""
    return _own_parts(actor).values_list("incident__triage_item", flat=True)


def reports_of_duties(clock_ids: Collection[UUID]) -> QuerySet[Incident]:
    """The reports that hold one of these clocks of suspected bullying."""
    held = Q()
    for name in DUTIES:
        held |= Q(**{f"{name}__in": clock_ids})
    return Incident.objects.filter(held)


def school_of(actor: Actor) -> School:
    """The school the actor reports for. Raises School.DoesNotExist where the role reaches none."""
    school = actor.schools().select_related("district").first()
    if school is None:
        raise School.DoesNotExist
    return school


def findable_pupils(actor: Actor, query: str) -> list[Pupil]:
    """Pupils of the actor's own school by name, however it is spelled: at most 8, none for fewer than 3 letters.

    Reporters who have no list of pupils find them only so.
    """
    if len("".join(query.split())) < SHORTEST_QUERY:
        return []
    pupils = Pupil.objects.filter(still_here(), school__in=actor.schools()).select_related("school_class")
    return list(pupils_like(pupils, schools_of(actor), query)[:FOUND_AT_MOST])


def concerning(actor: Actor, outer: str) -> QuerySet[Party]:
    """What makes the report `outer` the actor's own affair: they or their child are a party to it (rule 10b)."""
    return _own_parts(actor).filter(incident=OuterRef(outer))


def _own_parts(actor: Actor) -> QuerySet[Party]:
    # The children as a subquery of their own: a join would reach the guardians of every pupil in a report. And two
    # questions, each with its index: asked for either at once, PostgreSQL looks through the parties of all reports.
    parties = Party.objects.order_by().values("pk")
    own, theirs = parties.filter(employee=actor.user), parties.filter(pupil__in=actor.children())
    return Party.objects.filter(pk__in=own.union(theirs, all=True)).order_by()
