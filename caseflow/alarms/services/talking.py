from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.alarms.enums import AlarmState, Voice, Word
from caseflow.alarms.models import Alarm, AlarmMessage, Device
from caseflow.alarms.selectors.scope import scoped_alarms
from caseflow.alarms.services.answering import BadAlarmError
from caseflow.alarms.services.drilling import turn_real
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.selectors import members_of_school, recipients
from caseflow.records.vault import seal, where
from notifications.enums import AlertKind
from notifications.services import alert

LONGEST = 500
GRAVE = frozenset({Word.INJURED, Word.WEAPON, Word.LOCKED_IN})  # nobody says these in a drill
VOICES = {Role.POLICE_OPERATOR: Voice.POLICE, Role.DUTY_PERSON: Voice.SCHOOL}


@transaction.atomic
def say(actor: Actor, alarm_id: UUID, text: str) -> AlarmMessage:
    """A line from the operator to the school, or back. Raises Alarm.DoesNotExist, BadAlarmError (empty, long, over)."""
    alarm = scoped_alarms(actor).select_related("data_key", "school").get(pk=alarm_id)
    line = text.strip()
    if alarm.state == AlarmState.CLOSED:
        raise BadAlarmError(_("The alarm is closed"))
    if not line:
        raise BadAlarmError(_("Write something"))
    if len(line) > LONGEST:
        raise BadAlarmError(_("At most %(number)s characters") % {"number": LONGEST})
    pk = uuid4()
    sealed = seal(alarm.data_key, line, where("alarms.AlarmMessage", pk, "text"))
    message = AlarmMessage.objects.create(
        pk=pk, alarm=alarm, voice=VOICES[actor.role], text_sealed=sealed, at=timezone.now(), by=actor.user
    )
    _tell_the_others(alarm, VOICES[actor.role])
    return message


@transaction.atomic
def say_from_device(device: Device, alarm_id: UUID, word: str) -> AlarmMessage:
    """What the presser says by one touch. Raises Alarm.DoesNotExist for another device's, BadAlarmError."""
    locked = Alarm.objects.select_for_update(no_key=True, of=("self",))
    alarm = locked.select_related("school").get(pk=alarm_id, device=device)
    if word not in Word.values:
        raise BadAlarmError(_("No such message"))
    message = AlarmMessage.objects.create(alarm=alarm, voice=Voice.PRESSER, word=word, at=timezone.now())
    if word in GRAVE and alarm.state != AlarmState.CLOSED:
        turn_real(alarm)
    _tell_the_others(alarm, Voice.PRESSER)
    return message


def _tell_the_others(alarm: Alarm, speaker: Voice) -> None:
    params = {"school": alarm.school.names}
    if speaker != Voice.POLICE and alarm.operator_id:
        url = f"{reverse('alarms:console')}?alarm={alarm.pk}"
        alert(recipients=[(alarm.operator_id, None)], kind=AlertKind.ALARM_MESSAGE, params=params, url=url)
    if speaker != Voice.SCHOOL:
        duty = recipients(members_of_school(alarm.school, [Role.DUTY_PERSON]))
        url = reverse("alarms:school-alarm", args=[alarm.pk])
        alert(recipients=duty, kind=AlertKind.ALARM_MESSAGE, params=params, url=url)
