"""A human's answer: ordinary interaction, possible bullying, or a fight. The last two become a report."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from analytics.enums import ClipAct, ClipState, DisturbanceAnswer
from analytics.models import Disturbance
from analytics.rules.disturbances import BECOMES, DisturbanceRefusedError
from analytics.selectors.disturbances import has_looked, joinable_reports, scoped_disturbances, terms_in_force
from analytics.services.clips.logging import log_clip
from caseflow.directory.actors import Actor
from caseflow.incidents.models import Incident
from caseflow.incidents.rules import DECIDERS
from caseflow.incidents.rules.bilingual import bilingual
from caseflow.incidents.services.reporting import Report, Sender, take_report
from caseflow.triage.services import AlreadyDecidedError, ClaimedError, conclude_item


@transaction.atomic
def answer_disturbance(actor: Actor, pk: UUID, answer: str, join: UUID | None = None) -> Disturbance:
    """Say what the clip shows. A fight or possible bullying becomes a new report, with both its clocks, or belongs to
    the open one `join`; it names nobody: who was there is for the school to say.

    Raises Disturbance.DoesNotExist outside the actor's scope, DisturbanceRefusedError (no_answer, look_first,
    no_such_report, answered, held).
    """
    if actor.role not in DECIDERS:
        raise Disturbance.DoesNotExist
    found = scoped_disturbances(actor).get(pk=pk)
    if answer not in DisturbanceAnswer.values:
        raise DisturbanceRefusedError("no_answer")
    if found.answer:
        raise DisturbanceRefusedError("answered")
    if not has_looked(actor, found):
        raise DisturbanceRefusedError("look_first")
    _conclude(actor, pk)
    said = DisturbanceAnswer(answer)
    now, incident = timezone.now(), _report(actor, found, said, join)
    Disturbance.objects.filter(pk=pk, state=ClipState.READY).update(
        answer=said,
        answered_by=actor.user,
        answered_role=actor.role,
        answered_at=now,
        incident=incident,
        expires_at=_expires(found, said, now),
    )
    answered = scoped_disturbances(actor).get(pk=pk)
    log_clip(answered, ClipAct.ANSWERED, actor)
    return answered


def _conclude(actor: Actor, pk: UUID) -> None:
    try:
        conclude_item(actor, pk)
    except AlreadyDecidedError as error:
        raise DisturbanceRefusedError("answered") from error
    except ClaimedError as error:
        raise DisturbanceRefusedError("held") from error


def _expires(found: Disturbance, answer: DisturbanceAnswer, now: datetime) -> datetime:
    terms = terms_in_force(found.school, timezone.localdate(now))
    return now + (terms.reported_for if answer in BECOMES else terms.ordinary_for)


def _report(actor: Actor, found: Disturbance, answer: DisturbanceAnswer, join: UUID | None) -> Incident | None:
    if answer not in BECOMES:
        return None
    if join is not None:
        joined = joinable_reports(actor, found).filter(pk=join).first()
        if joined is None:
            raise DisturbanceRefusedError("no_such_report")
        return joined
    report = Report(
        category=BECOMES[answer],
        occurred_at=found.at,
        place=str(found.camera),
        words=bilingual(lambda: _words(found, answer)),
        parties=(),
        about_staff=False,
    )
    return take_report(Sender(actor.user, actor.role), found.school, report, None)


def _words(found: Disturbance, answer: DisturbanceAnswer) -> str:
    moment = date_format(timezone.localtime(found.at), "d.m.Y H:i")
    facts = {"moment": moment, "answer": str(answer.label)}
    return _("A camera showed unusual motion on %(moment)s. Who looked at the clip says: %(answer)s.") % facts
