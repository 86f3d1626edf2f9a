"""What of a case its items keep from the school, and from being closed by one person (rules 4 and 10b, fact 4)."""

from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from caseflow.cases.models import Case
from caseflow.cases.rules import Obstacle
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.triage.conflicts import without_conflicts
from caseflow.triage.enums import Audience, ItemKind, ItemState
from caseflow.triage.models import TriageItem
from prepared import prepared


def cases_kept(actor: Actor) -> QuerySet[TriageItem, UUID | None]:
    """The cases that a lead opened from an item the school must not see, until they are given to the actor."""
    opened = TriageItem.objects.filter(audience=Audience.LEAD, state=ItemState.CASE_OPENED, case__isnull=False)
    if actor.role == Role.LEAD_PSYCHOLOGIST:
        opened = opened.none()
    return opened.exclude(case__owner=actor.user).values_list("case", flat=True)


def refs_kept(actor: Actor, case_id: UUID) -> set[str]:
    """The items of a case that the actor must not learn of, as its chronology names them (one query)."""
    return {f"triage:{pk}" for pk in _kept(actor, case_id)}


@prepared
def _kept(actor: Actor, case_id: UUID) -> QuerySet[TriageItem, UUID]:
    items = TriageItem.objects.filter(case=case_id)
    seen = items if actor.role == Role.LEAD_PSYCHOLOGIST else items.filter(audience=Audience.SCHOOL)
    kept = items.exclude(pk__in=without_conflicts(actor, seen).values("pk"))
    # Mood data never travels: of a case that came from another school its signals stay behind.
    left = items.filter(kind=ItemKind.SIGNAL).exclude(school__in=Case.objects.filter(pk=case_id).values("school"))
    return (kept | left).values_list("pk", flat=True)


def refusal_to_close(actor: Actor, case: Case) -> Obstacle | None:
    """A cry for help is not closed by the one person who took it in, nor before its risk was assessed (fact 4)."""
    cries = TriageItem.objects.filter(case=case, second_person=True, decided_at__isnull=False)
    taken_in_by = set(cries.values_list("decided_by", flat=True))
    if not taken_in_by:
        return None
    if case.risk is None:
        said = gettext("The pupil asked for help. Assess the risk before the case is closed.")
        return Obstacle(said, reverse("cases:risk", args=[case.pk]), gettext("Assess the risk"))
    if actor.role != Role.LEAD_PSYCHOLOGIST and taken_in_by == {actor.user.pk}:
        said = gettext("The pupil asked for help. A second person has to close this case: a colleague or the lead.")
        return Obstacle(said, reverse("cases:assign", args=[case.pk]), gettext("Give the case to somebody"))
    return None
