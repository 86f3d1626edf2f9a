"""Which events of loss somebody reaches."""

from django.db.models import Exists, OuterRef, QuerySet

from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardianship
from caseflow.directory.rules import is_guardian
from caseflow.postvention.models import Affected, LossEvent, LossMessage
from caseflow.postvention.rules import AROUND_A_LOSS, COUNSELLORS

AROUND = ("school__district", "pupil__school_class", "data_key", "version", "opened_by", "help_asked_by")


def scoped_losses(actor: Actor) -> QuerySet[LossEvent]:
    """The events of the actor's schools; never one in which the own child, or a parent of it, has died (rule 10b)."""
    if actor.role not in AROUND_A_LOSS:
        return LossEvent.objects.none()
    own = Guardianship.objects.filter(is_guardian(actor.user, "guardian__"), pupil=OuterRef("pupil"))
    return LossEvent.objects.filter(~Exists(own), school__in=actor.schools()).select_related(*AROUND)


def counselled_losses(actor: Actor) -> QuerySet[LossEvent]:
    """Those of which the actor sees whom they touch: not the head of the school."""
    return scoped_losses(actor) if actor.role in COUNSELLORS else LossEvent.objects.none()


def scoped_affected(actor: Actor) -> QuerySet[Affected]:
    """The pupils whom the actor's losses touch, without the own children."""
    own = Guardianship.objects.filter(is_guardian(actor.user, "guardian__"), pupil=OuterRef("pupil"))
    return Affected.objects.filter(~Exists(own), event__in=counselled_losses(actor).values("pk"))


def scoped_messages(actor: Actor) -> QuerySet[LossMessage]:
    """The messages of the actor's losses."""
    return LossMessage.objects.filter(event__in=scoped_losses(actor).values("pk"))
