"""What Today shows of a report beside what was said: the others in it, the police's clock, what came afterwards."""

from django.utils.translation import gettext as _

from caseflow.incidents.models import ChannelMessage, Incident, Party
from caseflow.triage.evidence import NOTHING_MORE, Evidence, Named
from caseflow.triage.models import TriageItem


def evidence_of_item(item: TriageItem) -> Evidence:
    """What is known of the report behind an item. Three queries, two where it came with a name."""
    incident = Incident.objects.filter(triage_item=item).select_related("police_clock").first()
    if incident is None:
        return NOTHING_MORE
    named = incident.parties.exclude(pupil__isnull=False, pupil=item.pupil_id)
    people = [Named(_name(party), party.get_role_display()) for party in named.select_related(*_SHOWN)]
    clock = incident.police_clock
    wrote = ChannelMessage.objects.filter(channel=incident.channel_id, by=None) if incident.channel_id else None
    last = wrote.order_by("number").last() if wrote is not None else None
    return Evidence(people, [clock] if clock else (), last.created_at if last else None)


_SHOWN = ("pupil__school_class", "employee")


def _name(party: Party) -> str:
    if party.pupil:
        return ", ".join(filter(None, (party.pupil.short_name, str(party.pupil.school_class or ""))))
    return party.employee.short_name if party.employee else _("Person not known")
