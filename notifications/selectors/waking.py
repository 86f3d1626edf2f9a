"""What a push may be about. It carries nothing, so the browser that it has woken asks."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from notifications.channels.push import KEPT_S
from notifications.enums import ALARM_KINDS, Channel, Urgency, Waiting
from notifications.models import Alert
from notifications.selectors.alerts import readable
from notifications.selectors.deliveries import WAITING

KEPT_BY_THE_SERVICE = timedelta(seconds=KEPT_S[Urgency.ALARM])


def waiting_for(user_id: int, now: datetime | None = None) -> tuple[Waiting, str]:
    """What waits unseen for the person, and the local path it leads to.

    An alarm, as long as a push of it may still be under way: one that has not gone out, or went out no longer ago than
    a service keeps it for a closed browser. The newest alarm comes first. The path of other news says what they are
    about, so those lead to the front door. At most 4 queries.
    """
    unseen = Alert.objects.filter(recipient=user_id, seen_at=None).order_by()
    rights = unseen.exclude(membership_id=None).values_list("membership_id", flat=True).distinct()
    shown = unseen.filter(Q(membership_id=None) | Q(membership_id__in=readable(user_id, rights)))
    sent_since = (now or timezone.now()) - KEPT_BY_THE_SERVICE
    under_way = Q(deliveries__state__in=WAITING) | Q(deliveries__sent_at__gte=sent_since)
    alarms = shown.filter(under_way, deliveries__channel=Channel.PUSH, kind__in=ALARM_KINDS)
    alarm = alarms.order_by("-pk").values_list("url", flat=True).first()
    if alarm is not None:
        return Waiting.ALARM, alarm
    return (Waiting.NEWS if shown.exists() else Waiting.NOTHING), "/"
