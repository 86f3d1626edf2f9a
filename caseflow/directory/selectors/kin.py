"""Whose parents somebody on the staff is."""

from uuid import UUID

from django.db.models import QuerySet

from caseflow.accounts.models import User
from caseflow.directory.models import Guardianship
from caseflow.directory.rules import is_guardian
from prepared import prepared


def own_children(user: User) -> frozenset[UUID]:
    """The pupils who are the user's own children, in whatever role the user acts (rule 10b). One query."""
    return frozenset(_children_of(user.pk))


@prepared
def _children_of(user_id: int) -> QuerySet[Guardianship, UUID]:
    own = Guardianship.objects.filter(is_guardian(user_id, "guardian__"))
    return own.order_by().values_list("pupil", flat=True)
