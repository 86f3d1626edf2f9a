"""Buttons that fell silent or whose battery is low: the school is told once for each time it happens."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from caseflow.alarms.models import Button
from caseflow.alarms.rules.buttons import BATTERY_LOW
from caseflow.alarms.selectors.buttons import FIRST_HEARD_WITHIN, silent_after
from caseflow.directory.enums import Role
from caseflow.directory.selectors import members_of_school, recipients
from notifications.enums import AlertKind
from notifications.services import alert

SILENT, BATTERY = "button_silent", "button_battery"
KEEPERS = (Role.SCHOOL_ADMIN, Role.DUTY_PERSON)


def tell_of_buttons(now: datetime | None = None) -> int:
    """Tell of every button that has newly fallen silent or low; returns of how many. One that was never heard is
    silent a day after it got its key."""
    moment = now or timezone.now()
    mute = Q(heard_at__lt=moment - silent_after()) | Q(heard_at=None, key_made_at__lt=moment - FIRST_HEARD_WITHIN)
    silent = _in_force().filter(mute, silent_told_at=None)
    low = _in_force().filter(battery__lte=BATTERY_LOW, battery_told_at=None)
    return _tell(silent, "silent_told_at", SILENT, moment) + _tell(low, "battery_told_at", BATTERY, moment)


def _in_force() -> QuerySet[Button]:
    return Button.objects.filter(device__ended_at=None).select_related("device__school")


def _tell(buttons: Iterable[Button], mark: str, reason: str, now: datetime) -> int:
    return sum(_tell_once(button, mark, reason, now) for button in buttons)


@transaction.atomic
def _tell_once(button: Button, mark: str, reason: str, now: datetime) -> bool:
    """By a conditional UPDATE, so that of two sweeps one tells; a button that was heard meanwhile is left alone."""
    same = Button.objects.filter(pk=button.pk, counter=button.counter, **{mark: None})
    if not same.update(**{mark: now}):
        return False
    school = button.device.school
    alert(
        recipients=recipients(members_of_school(school, KEEPERS)),
        kind=AlertKind.BUTTON_TROUBLE,
        params={"reason": reason, "school": school.names},
        url=reverse("alarms:buttons"),
    )
    return True
