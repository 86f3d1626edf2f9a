"""Which files of a case somebody sees."""

from collections.abc import Set as AbstractSet
from uuid import UUID

from django.db.models import Q, QuerySet

from caseflow.attachments.models import Attachment
from caseflow.cases.enums import Visibility
from caseflow.cases.keeping import kept_refs
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role

PREFIX = "attachment"


def scoped_attachments(actor: Actor, case_id: UUID) -> QuerySet[Attachment]:
    """The files of one case that the actor may see, removed ones too: those of everybody in the team, and what is only
    for its sender and the lead. None outside the actor's scope."""
    found = Attachment.objects.filter(case=case_id, case__in=scoped_cases(actor).values("pk"))
    if actor.role != Role.LEAD_PSYCHOLOGIST:
        found = found.filter(Q(visibility=Visibility.TEAM) | Q(added_by=actor.user))
    kept = kept_refs(actor, case_id)
    return found.exclude(entry__ref__in=kept) if kept else found


def refs_beside(case_id: UUID, refs: AbstractSet[str]) -> set[str]:
    """The refs of files that belong to lines with those refs: who does not see the line does not see its file."""
    files = Attachment.objects.filter(case=case_id, entry__ref__in=refs).values_list("pk", flat=True)
    return {ref_of(pk) for pk in files}


def ref_of(attachment_id: UUID) -> str:
    """How a line of the chronology refers to a file."""
    return f"{PREFIX}:{attachment_id}"
