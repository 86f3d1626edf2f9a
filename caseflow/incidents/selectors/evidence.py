"""What Today shows of a report beside what was said: the others in it, the police's clock, what came afterwards."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from caseflow.incidents.models import ChannelMessage, Incident, Party
from caseflow.triage.evidence import NOTHING_MORE, Evidence, Named
from caseflow.triage.models import TriageItem
from prepared import prepared


def evidence_of_item(item: TriageItem) -> Evidence:
    """What is known of the report behind an item. Three queries, two where it came with a name."""
    incident = _behind.first(item.pk)
    if incident is None:
        return NOTHING_MORE
    others = (party for party in _parties(incident.pk) if party.pupil_id is None or party.pupil_id != item.pupil_id)
    people = [Named(_name(party), party.get_role_display()) for party in others]
    last = _answers(incident.channel_id).first() if incident.channel_id else None
    clock = incident.police_clock
    return Evidence(people, [clock] if clock else (), last.created_at if last else None)


@prepared
def _behind(item_id: UUID) -> QuerySet[Incident]:
    return Incident.objects.filter(triage_item=item_id).select_related("police_clock")


@prepared
def _parties(incident_id: UUID) -> QuerySet[Party]:
    return Party.objects.filter(incident=incident_id).select_related("pupil__school_class", "employee")


def _answers(channel_id: UUID) -> QuerySet[ChannelMessage]:
    return ChannelMessage.objects.filter(channel=channel_id, by=None).order_by("-number")


def _name(party: Party) -> str:
    if party.pupil:
        return ", ".join(filter(None, (party.pupil.short_name, str(party.pupil.school_class or ""))))
    return party.employee.short_name if party.employee else _("Person not known")
