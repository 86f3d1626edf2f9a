"""Who hears of a legal request."""

from uuid import UUID

from django.urls import reverse

from caseflow.clocks.services import tell_of_deadline
from caseflow.clocks.watchers import Told
from caseflow.consent.selectors.deciders import guardians_in_force
from caseflow.consent.selectors.gate import excluded_guardians
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, Pupil
from caseflow.directory.selectors import members_of_installation, members_of_region, recipients
from caseflow.legalrequests.enums import State
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.rules import PREPARERS
from notifications.enums import AlertKind
from notifications.services import alert

Pairs = list[tuple[int, int | None]]


def tell_preparers(request: LegalRequest) -> None:
    """The lead psychologists of the region: a request waits for them."""
    _alert(recipients(members_of_region(request.region, PREPARERS)), AlertKind.LEGAL_REQUEST, request)


def tell_approvers(request: LegalRequest) -> None:
    """The data protection officers, but for whoever prepared it."""
    officers = members_of_installation([Role.DPO]).exclude(user=request.prepared_by)
    _alert(recipients(officers), AlertKind.LEGAL_REQUEST, request)


def tell_asker(request: LegalRequest) -> None:
    """The prosecutor who asked: it was given or refused."""
    here = members_of_region(request.region, [Role.PROSECUTOR]).filter(user=request.made_by)
    _alert(recipients(here), AlertKind.LEGAL_ANSWER, request)


def tell_family(request: LegalRequest, pupil: Pupil) -> int:
    """Whoever stands for the pupil, but for an excluded one (rule 10), and the grown pupil; returns how many."""
    standing = guardians_in_force(pupil).exclude(pk__in=[one for one in excluded_guardians(pupil.pk) if one])
    parents = Membership.objects.filter(role=Role.PARENT, guardian__in=standing, user__is_active=True)
    grown = Membership.objects.filter(role=Role.PUPIL, pupil=pupil, user__is_active=True)
    people = [*recipients(parents), *recipients(grown)]
    url = f"{reverse('portal:home')}?child={pupil.pk}#given"
    return alert(recipients=people, kind=AlertKind.LEGAL_NOTE, params={}, url=url)


def remind_of_request(clock_ids: list[UUID]) -> None:
    """Whoever has to deal with it next, when its term is near."""
    for request in LegalRequest.objects.filter(clock__in=clock_ids).select_related("region", "clock"):
        tell_of_deadline(
            request.clock,
            _next(request),
            kind=AlertKind.DEADLINE_NEAR,
            params={
                "clock": request.clock.code,
                "due": request.clock.due_at.isoformat(),
                "school": request.region.names,
            },
            url=_page(request),
        )


def targets_of_request(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """Of `targets` those whose turn it is, and the prosecutor who waits."""
    request = LegalRequest.objects.select_related("region").get(clock=clock_id)
    found = []
    for target in sorted(targets):
        level, _, role = target.partition(":")
        if level == "region" and role in Role:
            people = members_of_region(request.region, [Role(role)])
            people = people.filter(user=request.made_by) if role == Role.PROSECUTOR else people
            found += [Told(target, user, membership, _page(request)) for user, membership in recipients(people)]
        elif target == "owner":
            found += [Told(target, user, membership, _page(request)) for user, membership in _next(request)]
    return found


def _next(request: LegalRequest) -> Pairs:
    if request.state == State.PREPARED:
        return recipients(members_of_installation([Role.DPO]).exclude(user=request.prepared_by))
    return recipients(members_of_region(request.region, PREPARERS))


def _alert(people: Pairs, kind: AlertKind, request: LegalRequest) -> None:
    alert(recipients=people, kind=kind, params={"number": request.number}, url=_page(request))


def _page(request: LegalRequest) -> str:
    return reverse("legalrequests:request", args=[request.pk])
