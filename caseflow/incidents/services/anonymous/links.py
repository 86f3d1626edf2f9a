"""The public address of a school's report form."""

import secrets

from django.db import transaction
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.models import SchoolLink
from caseflow.incidents.selectors.scope import school_of

# No letter that is taken for another one or for a digit: the address is also typed from a poster.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 16  # 79 bits: nobody finds a school's form by trying


@transaction.atomic
def renew_link(actor: Actor) -> SchoolLink:
    """Give the actor's school a new address; the old one stops at once. Raises School.DoesNotExist for other roles."""
    if actor.role != Role.SCHOOL_ADMIN:
        raise School.DoesNotExist
    school = School.objects.select_for_update(no_key=True).get(pk=school_of(actor).pk)
    now = timezone.now()
    SchoolLink.objects.filter(school=school, ended_at=None).update(ended_at=now)
    token = "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))
    link = SchoolLink.objects.create(school=school, token=token, made_at=now, made_by=actor.user)
    record(action="report_link.renewed", actor_id=actor.user.pk, role=actor.role, obj=f"school:{school.pk}")
    return link
