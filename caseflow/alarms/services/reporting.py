from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from caseflow.alarms.models import Alarm
from caseflow.alarms.rules.reports import BECOMES
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.incidents.models import Incident
from caseflow.incidents.rules.bilingual import bilingual
from caseflow.incidents.services.reporting import Report, Sender, take_report


def report_alarm(actor: Actor, alarm: Alarm) -> Incident | None:
    """Make a closed alarm a report in the school's queue, so that it gets both assessments; None where nothing is to be
    assessed. In the caller's transaction.

    It names nobody: who was there is for the school to say. The police are informed by the alarm itself.
    """
    category = BECOMES.get(alarm.finding)
    if category is None:
        return None
    report = Report(
        category=category,
        occurred_at=alarm.pressed_at - timedelta(seconds=alarm.waited_s),
        place=bilingual(lambda: _place(alarm), " / "),
        words=bilingual(lambda: _words(alarm)),
        parties=(),
        about_staff=False,
        police_informed_at=alarm.accepted_at,
    )
    incident = take_report(Sender(actor.user, actor.role), alarm.school, report, None)
    Alarm.objects.filter(pk=alarm.pk).update(incident=incident)
    record(
        action="alarm.reported",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"incident:{incident.pk}",
        detail={"alarm": str(alarm.pk), "category": category.value},
    )
    return incident


def _place(alarm: Alarm) -> str:
    return alarm.place or _("place not told")


def _words(alarm: Alarm) -> str:
    facts = {
        "moment": date_format(timezone.localtime(alarm.pressed_at), "d.m.Y H:i"),
        "finding": alarm.get_finding_display(),
    }
    return _("The panic button was pressed on %(moment)s. The police say: %(finding)s.") % facts
