"""The steps of a flow are done, each with its proof, or found not to apply."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from caseflow.cases.models import Case
from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.selectors.people import possible_task_owners
from caseflow.cases.services.tasks import add_task, complete_task
from caseflow.cases.wordings import Written
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind
from caseflow.plans.selectors.versions import signed_plan
from caseflow.protocols.enums import Evidence, Part
from caseflow.protocols.models import Flow, FlowStep
from caseflow.protocols.rules import FlowRefused, Outside, may_waive, wrong_looks
from caseflow.protocols.selectors.flows import assessed_since, is_cleared
from caseflow.protocols.services.settling import ASSESSED, REFERRED, hold_step, settle
from caseflow.referrals.models import Referral
from caseflow.referrals.selectors.reading import sent_to

LOOK_AGAIN, LOOK_AGAIN_AFTER = "look_again", "look_again_after"  # tasks that the program writes


@transaction.atomic
def do_step(actor: Actor, step_id: UUID, *, proof: str, outside: Outside | None = None) -> FlowStep:
    """Record that a step is done, with what proves it.

    A referral is proved by one that was sent to health care since the flow began, or by `outside`, to whom and when it
    was made by telephone; the one that high risk requires settles its step by itself. A step that somebody has as a
    task is done by completing the task.

    Raises Flow.DoesNotExist outside the scope, FlowRefused (settled already, no words, another person's step, no
    assessment, referral or signed safety plan since the flow began, dates are given by `set_looks`).
    """
    step = hold_step(actor, step_id)
    if step.task_id is not None:
        complete_task(actor, step.task_id, outcome=_words(proof))
        step.refresh_from_db()
        return step
    if step.step.asks_for_referral:
        written, words = _said_of_referral(step, proof, outside)
        return settle(actor, step, words, written=written)
    lacking = _lacking(actor, step)
    if lacking:
        raise FlowRefused(lacking)
    return settle(actor, step, _words(proof))


def prove_by_referral(actor: Actor, referral: Referral) -> None:
    """Settle the steps of the case's flows that waited for a referral, where it goes to health care."""
    if referral.receiver_kind != AgencyKind.HEALTH:
        return
    waiting = FlowStep.objects.filter(
        flow__case=referral.case_id, flow__ended_at=None, step__part=Part.REFERRAL, done_at=None
    )
    for step in waiting.select_related("flow__case__data_key", "step"):
        settle(actor, step, "", written=_referred(referral))


@transaction.atomic
def waive_step(actor: Actor, step_id: UUID, *, reason: str) -> FlowStep:
    """Record why a step does not apply.

    Raises Flow.DoesNotExist, FlowRefused (settled already, no reason, a step that high risk requires).
    """
    step = hold_step(actor, step_id)
    if not may_waive(step.step.part, cleared=is_cleared(step.flow)):
        raise FlowRefused(gettext("This step is left out only once a person has found the risk low or moderate."))
    return settle(actor, step, _words(reason), waived=True)


@transaction.atomic
def set_looks(actor: Actor, step_id: UUID, *, looks: list[datetime]) -> FlowStep:
    """Set the dates on which somebody looks again; each becomes a task of whoever leads the case.

    Raises Flow.DoesNotExist, FlowRefused (settled already, another kind of step, dates that do not do).
    """
    step = hold_step(actor, step_id)
    if step.step.evidence != Evidence.DATES:
        raise FlowRefused(gettext("This step takes words, not dates."))
    if wrong_looks(step.flow.started_at, looks, timezone.now()):
        raise FlowRefused(gettext("Give three dates in order, the first in 24 to 72 hours, the last within 60 days."))
    case = step.flow.case
    owner = possible_task_owners(case).filter(user=case.owner_id, role__in=CASE_ROLES).first()
    if owner is None:
        raise FlowRefused(gettext("Nobody leads this case. Give it to somebody first."))
    for number, look in enumerate(looks, start=1):
        title = _look_again(step.flow, number)
        add_task(actor, case.pk, title=title, membership_id=owner.pk, due_at=look, about="flow")
    said = "; ".join(date_format(timezone.localtime(look), "d.m.Y H:i") for look in looks)
    return settle(actor, step, said)


def prove_by_assessment(actor: Actor, case: Case, at: datetime) -> None:
    """Settle the steps of the case's flows that waited for an assessment."""
    waiting = FlowStep.objects.filter(
        flow__case=case,
        flow__ended_at=None,
        flow__started_at__lte=at,
        step__evidence=Evidence.ASSESSMENT,
        done_at=None,
    )
    for step in waiting.select_related("flow__case__data_key", "step"):
        settle(actor, step, "", written={"code": ASSESSED})


def _look_again(flow: Flow, number: int) -> Written:
    if flow.is_high_risk:
        return {"code": LOOK_AGAIN, "number": number}
    return {"code": LOOK_AGAIN_AFTER, "number": number, "protocol": flow.version.title}


def _said_of_referral(step: FlowStep, words: str, outside: Outside | None) -> tuple[Written, str]:
    """The proof of a referral: what the program says, and a person's words. Raises FlowRefused."""
    if outside is not None:
        if not outside.to_whom.strip() or outside.at > timezone.now():
            raise FlowRefused(gettext("Say to whom the pupil was referred, and when that was; not ahead of time."))
        at = date_format(timezone.localtime(outside.at), "d.m.Y H:i")
        return {}, f"{outside.to_whom.strip()}, {at}. {words.strip()}".strip()
    sent = sent_to(step.flow.case, AgencyKind.HEALTH, step.flow.started_at)
    if sent is None:
        raise FlowRefused(
            gettext("Send a referral to health care, or say to whom the pupil was referred by telephone, and when.")
        )
    return _referred(sent), words.strip()


def _referred(referral: Referral) -> Written:
    return {"code": REFERRED, "receiver": referral.receiver.names if referral.receiver else ""}


def _lacking(actor: Actor, step: FlowStep) -> str:
    """What words alone cannot prove; "" where they can."""
    flow, evidence = step.flow, step.step.evidence
    if evidence == Evidence.DATES:
        return gettext("Say on which dates somebody looks again.")
    if evidence == Evidence.SECOND and flow.second_id != actor.user.pk:
        return gettext("Only the second person can say that they know.")
    if evidence == Evidence.ASSESSMENT and not assessed_since(flow.case, flow.called_at):
        return gettext("Assess the risk first: a person has to look at it.")
    if evidence == Evidence.PLAN and signed_plan(flow.case, flow.started_at) is None:
        return gettext("Sign a safety plan with the pupil first.")
    return ""


def _words(said: str) -> str:
    if not said.strip():
        raise FlowRefused(gettext("Write what was done and when."))
    return said.strip()
