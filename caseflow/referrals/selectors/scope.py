"""Which referrals somebody reaches. Everything that reads or changes one starts here."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from caseflow.cases.keeping import without_kept
from caseflow.cases.models import Case
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardianship
from caseflow.directory.rules import is_guardian
from caseflow.referrals.enums import Kind, Side, State
from caseflow.referrals.models import Referral

AROUND = (
    "case__pupil__school_class",
    "case__data_key",
    "case__school__district",
    "case__owner",
    "from_school__district",
    "agency",
    "to_school",
    "created_by",
    "sent_by",
    "accepted_by",
    "accept_clock",
    "answer_clock",
    "review_clock",
    "reviewed_by",
)


def sent_by(actor: Actor) -> QuerySet[Referral]:
    """The referrals of the cases the actor may open, drafts among them, and of a psychologist's school the transfers:
    the trace that stays of a case that has left."""
    mine = Q(case__in=scoped_cases(actor).values("pk"))
    if actor.role == Role.PSYCHOLOGIST:
        mine |= Q(pk__in=_trace(actor).values("pk"))
    return Referral.objects.filter(mine).select_related(*AROUND)


def addressed_to(actor: Actor) -> QuerySet[Referral]:
    """What was sent to the actor's agency or school; nothing about the own child (rule 10b)."""
    sent = Referral.objects.exclude(state=State.DRAFT).filter(~Exists(own_child(actor))).select_related(*AROUND)
    if actor.role == Role.AGENCY_OFFICER:
        return sent.filter(agency__isnull=False, agency=actor.membership.agency_id)
    if actor.role == Role.PSYCHOLOGIST:
        return sent.filter(to_school__in=actor.schools())
    return sent.none()


def readable(actor: Actor, referral_id: UUID) -> Referral:
    """One that the actor sent or that was sent to the actor's unit. Raises Referral.DoesNotExist."""
    ids = Q(pk__in=sent_by(actor).values("pk")) | Q(pk__in=addressed_to(actor).values("pk"))
    return Referral.objects.filter(ids).select_related(*AROUND).get(pk=referral_id)


def side_of(actor: Actor, referral: Referral) -> Side:
    """As what the actor, who may read it, has to do with it."""
    if actor.role == Role.AGENCY_OFFICER:
        return Side.RECEIVER
    there = actor.membership.school_id is not None and actor.membership.school_id == referral.to_school_id
    return Side.RECEIVER if there and referral.case.school_id != referral.to_school_id else Side.SENDER


def _trace(actor: Actor) -> QuerySet[Referral]:
    """The transfers that the actor's school sent, but of the own child and of cases kept from the actor."""
    left = Case.objects.filter(referrals__from_school__in=actor.schools(), referrals__kind=Kind.TRANSFER)
    sent = Referral.objects.filter(from_school__in=actor.schools(), kind=Kind.TRANSFER, sent_at__isnull=False)
    return sent.filter(~Exists(own_child(actor)), case__in=without_kept(actor, left).values("pk"))


def own_child(actor: Actor) -> QuerySet[Guardianship]:
    """For a subquery: whether a referral is about the actor's own child."""
    return Guardianship.objects.filter(is_guardian(actor.user, "guardian__"), pupil=OuterRef("case__pupil"))
