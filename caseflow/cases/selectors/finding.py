"""Finding cases by the pupil's name, however it is spelled, by class and by number."""

from dataclasses import replace

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from caseflow.cases.models import Case
from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.finding import Hit
from caseflow.directory.rules.asking import Asked, understand
from caseflow.directory.selectors.finding import Match, Reach, best, narrowed_by_name, schools_of
from caseflow.directory.selectors.naming import Lookup


def cases_like(actor: Actor, cases: QuerySet[Case], query: str) -> QuerySet[Case]:
    """Those of the cases whose pupil or number fits `query`: where none does, those that do but for an error."""
    asked = understand(query)
    if asked.is_nothing:
        return cases.none() if query.strip() else cases
    return narrowed_by_name(cases.filter(_numbered(asked)), _named(asked), _reach(actor))


def case_hits(actor: Actor, lookup: Lookup, limit: int) -> tuple[list[Hit], bool]:
    """The cases the actor may open, the open ones first."""
    if actor.role not in CASE_ROLES:
        return [], False
    cases = scoped_cases(actor).filter(_numbered(lookup.asked)).select_related("pupil__school_class", "school")
    ordered = cases.order_by(F("closed_at").desc(nulls_first=True), "-opened_at", "-number")
    # The same words, so what was looked up for the pupils holds.
    matches, more = best(ordered, replace(lookup, asked=_named(lookup.asked)), _reach(actor), limit)
    return [_hit(actor, match) for match in matches], more


def _numbered(asked: Asked) -> Q:
    """A number beside a name may be the case's or the grade."""
    if asked.number is None:
        return Q()
    numbered = Q(number=asked.number)
    return numbered if asked.grade is None or asked.letters else numbered | Q(pupil__school_class__grade=asked.grade)


def _named(asked: Asked) -> Asked:
    """What is left to ask of the pupil."""
    return replace(asked, grade=None) if asked.number is not None and not asked.letters else asked


def _reach(actor: Actor) -> Reach[Case]:
    """A lead psychologist has few cases in many schools."""
    given = actor.role == Role.LEAD_PSYCHOLOGIST
    schools = scoped_cases(actor).order_by().values_list("school", flat=True).distinct() if given else ()
    return Reach(
        sorted(schools) if given else schools_of(actor),
        name_of=lambda case: case.pupil.full_name,
        pupil="pupil",
        school_class="pupil__school_class",
    )


def _hit(actor: Actor, match: Match[Case]) -> Hit:
    case = match.row
    note = gettext("no. %(number)s, open") if case.is_open else gettext("no. %(number)s, closed")
    parts = [note % {"number": case.number}, str(case.pupil.school_class or "")]
    if actor.role == Role.LEAD_PSYCHOLOGIST:  # of several schools
        parts.append(str(case.school))
    told = " · ".join(part for part in parts if part)
    return Hit(
        str(case.pk),
        case.pupil.full_name,
        told,
        reverse("cases:detail", args=[case.pk]),
        "folder",
        similar=match.similar,
    )
