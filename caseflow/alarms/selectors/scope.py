from django.db.models import Exists, OuterRef, QuerySet

from caseflow.alarms.models import Alarm, Call, Centre
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role


def centre_of(actor: Actor) -> Centre | None:
    """The centre an operator answers for; one that has ended too, so that what was called there can be accepted."""
    if actor.role != Role.POLICE_OPERATOR:
        return None
    return (
        Centre.objects.select_related("agency__district", "agency__region")
        .filter(agency=actor.membership.agency_id)
        .first()
    )


def scoped_alarms(actor: Actor) -> QuerySet[Alarm]:
    """The alarms an operator's centre was called about, or those of a duty person's school. Nobody else has any."""
    if actor.role == Role.POLICE_OPERATOR:
        called = Call.objects.filter(alarm=OuterRef("pk"), centre__agency=actor.membership.agency_id)
        return Alarm.objects.filter(Exists(called))
    if actor.role == Role.DUTY_PERSON:
        return Alarm.objects.filter(school__in=actor.schools())
    return Alarm.objects.none()
