import secrets
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.alarms.enums import Holder
from caseflow.alarms.models import Device, SchoolCode
from caseflow.alarms.selectors.devices import devices_in_force
from caseflow.alarms.services.drilling import drop_drills
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School

KEY_BYTES = 32
PRESSERS = (
    Role.TEACHER,
    Role.CLASS_TEACHER,
    Role.PSYCHOLOGIST,
    Role.SOCIAL_PEDAGOGUE,
    Role.PRINCIPAL,
    Role.SCHOOL_ADMIN,
    Role.DUTY_PERSON,
)


def enrol_own_phone(actor: Actor) -> tuple[Device, str]:
    """Let this phone of somebody on the staff press the button; returns the device and its key, told only now.

    Raises School.DoesNotExist for whoever works at no school.
    """
    if actor.role not in PRESSERS:
        raise School.DoesNotExist
    return _enrolled(school=actor.schools().get(), holder=Holder.STAFF, user=actor.user, by=actor)


def enrol_pupil_phone(token: str) -> tuple[Device, str]:
    """Let a pupil's phone press the button by the school's code in force; nothing of the pupil is asked or kept.

    Raises SchoolCode.DoesNotExist for a code that was never made or was revoked.
    """
    code = SchoolCode.objects.select_related("school").get(token=token, revoked_at=None)
    return _enrolled(school=code.school, holder=Holder.PUPIL, code=code)


def find_device(key: str | None) -> Device | None:
    """The device in force that has this key."""
    try:
        return device_of(key) if key else None
    except Device.DoesNotExist:
        return None


def device_of(key: str) -> Device:
    """The device in force that has this key. Raises Device.DoesNotExist."""
    return devices_in_force().get(key_digest=digest(key))


@transaction.atomic
def renew_code(actor: Actor, *, end_phones: bool) -> SchoolCode:
    """A new code for the actor's school; the old one stops at once, and with `end_phones` every phone it enrolled.

    Raises School.DoesNotExist.
    """
    school = actor.schools().select_for_update(no_key=True).get()
    now = timezone.now()
    old = SchoolCode.objects.filter(school=school, revoked_at=None)
    if end_phones:
        Device.objects.filter(code__school=school, ended_at=None).update(ended_at=now)
    old.update(revoked_at=now, revoked_by=actor.user)
    code = SchoolCode.objects.create(
        school=school, token=secrets.token_urlsafe(KEY_BYTES), made_by=actor.user, made_at=now
    )
    _log(actor, "alarm.code_made", f"alarm_code:{code.pk}", phones_ended=end_phones)
    return code


def end_device(actor: Actor, device_id: UUID) -> bool:
    """End a device of the actor's school, or an own phone; False if it was ended. Raises Device.DoesNotExist."""
    devices = Device.objects.filter(school__in=actor.schools())
    if actor.role != Role.SCHOOL_ADMIN:
        devices = devices.filter(user=actor.user)
    device = devices.get(pk=device_id)
    with transaction.atomic():
        now = timezone.now()
        ended = bool(Device.objects.filter(pk=device.pk, ended_at=None).update(ended_at=now))
        if ended:
            drop_drills(device, now)
            _log(actor, "alarm.device_ended", f"alarm_device:{device.pk}")
    return ended


def digest(key: str) -> str:
    """What is kept of a key: it has 256 random bits, so a plain digest cannot be tried out."""
    return sha256(key.encode()).hexdigest()


@transaction.atomic
def _enrolled(*, school: School, holder: Holder, by: Actor | None = None, **origin: object) -> tuple[Device, str]:
    key = secrets.token_urlsafe(KEY_BYTES)
    device = Device.objects.create(
        school=school, holder=holder, key_digest=digest(key), enrolled_at=timezone.now(), **origin
    )
    record(
        action="alarm.device_enrolled",
        actor_id=by.user.pk if by else None,
        role=by.role if by else "",
        obj=f"alarm_device:{device.pk}",
        detail={"holder": holder.value},
    )
    return device, key


def _log(actor: Actor, action: str, obj: str, **detail: object) -> None:
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=obj, detail=detail)
