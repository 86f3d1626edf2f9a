"""Phones of people who no longer work at the school."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from caseflow.accounts.models import User
from caseflow.alarms.enums import Holder
from caseflow.alarms.models import Device
from caseflow.alarms.services.drilling import drop_drills
from caseflow.audit.services import record
from caseflow.directory.models import Membership, School


def phones_of(user_id: int, school: School) -> list[str]:
    """The phones by which somebody can press at the school, by the day they were enrolled."""
    phones = _phones().filter(user=user_id, school=school)
    return [date_format(timezone.localtime(phone.enrolled_at), "j E Y") for phone in phones]


def hand_over_phones(by: User, user_id: int, school: School, successor: Membership | None) -> int:
    """Nobody gets them: until the last day they press, then `end_phones_of_leavers` ends them."""
    return _phones().filter(user=user_id, school=school).count()


def end_phones_of_leavers() -> int:
    """End the phones of those who have no role at the school any more. Returns how many."""
    today = timezone.localdate()
    here = Q(school=OuterRef("school")) | Q(school_class__school=OuterRef("school"))
    working = Membership.objects.filter(here, Q(ends_on=None) | Q(ends_on__gte=today), user=OuterRef("user"))
    return sum(_end(phone) for phone in _phones().filter(~Exists(working)))


@transaction.atomic
def _end(phone: Device) -> bool:
    now = timezone.now()
    if not Device.objects.filter(pk=phone.pk, ended_at=None).update(ended_at=now):
        return False
    drop_drills(phone, now)
    record(action="alarm.device_ended", actor_id=None, role="", obj=f"alarm_device:{phone.pk}")
    return True


def _phones() -> QuerySet[Device]:
    return Device.objects.filter(holder=Holder.STAFF, ended_at=None).order_by("enrolled_at")
