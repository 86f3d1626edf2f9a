"""Things a person at a school sends to the police centre, and what becomes of them (rule 17)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.alarms.enums import NOTICE_FINDINGS
from caseflow.alarms.models import Notice
from caseflow.alarms.selectors.calling import operators_of, rungs_of
from caseflow.alarms.selectors.notices import NoticeView, notice_view, scoped_notices
from caseflow.alarms.services.answering import BadAlarmError
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Room, School
from notifications.enums import AlertKind
from notifications.services import alert


def send_notice(actor: Actor, school: School, room: Room | None, *, kind: str, ref: UUID, at: datetime) -> Notice:
    """Send something to the first centre that alarms of the school call, in the caller's transaction, which has asked
    whether the actor may. `at` is when it happened.

    Raises BadAlarmError where no centre answers.
    """
    centres = rungs_of(school)
    if not centres:
        raise BadAlarmError(_("No police centre answers alarms of this school. Phone 102."))
    notice = Notice.objects.create(
        school=school,
        room=room,
        centre=centres[0],
        kind=kind,
        ref=ref,
        happened_at=at,
        sent_at=timezone.now(),
        sent_by=actor.user,
    )
    record(
        action="notice.sent",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"notice:{notice.pk}",
        detail={"kind": kind, "ref": str(ref)},
    )
    told = operators_of(centres[0]).values_list("user", "pk")
    url = reverse("alarms:notice", args=[notice.pk])
    alert(recipients=list(told), kind=AlertKind.CENTRE_NOTICE, params={"school": school.names}, url=url)
    return notice


@transaction.atomic
def open_notice(actor: Actor, notice_id: UUID) -> NoticeView:
    """Show what was sent; who opened it is recorded, the first of them with it. Raises Notice.DoesNotExist."""
    notice = scoped_notices(actor).get(pk=notice_id)
    new = Notice.objects.filter(pk=notice.pk, opened_at=None)
    if new.update(opened_at=timezone.now(), opened_by=actor.user):
        notice = scoped_notices(actor).get(pk=notice_id)
    record(action="read", actor_id=actor.user.pk, role=actor.role, obj=f"notice:{notice.pk}")
    return notice_view(notice)


@transaction.atomic
def close_notice(actor: Actor, notice_id: UUID, finding: str) -> Notice:
    """Say what it was and be done with it. Raises Notice.DoesNotExist, BadAlarmError."""
    notice = scoped_notices(actor).get(pk=notice_id)
    if finding not in NOTICE_FINDINGS:
        raise BadAlarmError(_("Choose what it was"))
    waiting = Notice.objects.filter(pk=notice.pk, closed_at=None)
    if not waiting.update(closed_at=timezone.now(), closed_by=actor.user, finding=finding):
        raise BadAlarmError(_("It is closed already"))
    record(
        action="notice.closed",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"notice:{notice.pk}",
        detail={"finding": finding},
    )
    return scoped_notices(actor).get(pk=notice_id)
