"""What the database holds of the presses that were answered."""

from bench.figures import missing
from bench.live.record import Record
from caseflow.alarms.models import Alarm
from caseflow.audit.models import AuditEntry
from notifications.models import Alert


def lost(record: Record) -> int:
    """Answered presses that are no alarm or have no entry in the log, and alerts that did not reach a screen."""
    answered = {press.alarm for press in record.presses}
    alarms = {str(pk) for pk in Alarm.objects.values_list("pk", flat=True)}
    logged = {
        obj.removeprefix("alarm:")
        for obj in AuditEntry.objects.filter(action="alarm.pressed").values_list("obj", flat=True)
    }
    unplaced = Alert.objects.filter(position=None).count()
    return missing(answered, alarms) + missing(answered, logged) + record.unseen() + unplaced
