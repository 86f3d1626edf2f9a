"""Referrals of the cases in objects_of_cases.py, sent on a legal ground to the police of the territory.

drafted   a complete draft of the case; CLOSED of a case that has ended since.
referral  OWN, SAME_SCHOOL and CLOSED were sent to the officer's own agency, ASSIGNED to another one; CLOSED is
          finished, its ground looked at, its case granted to everybody. CONFLICT is about the own child.
"""

from guardian.shortcuts import assign_perm

from caseflow.cases.models import Case
from caseflow.cases.services import close_case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.referrals.enums import Move
from caseflow.referrals.models import Referral
from caseflow.referrals.services import act_on, review_ground
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.objects_of_cases import REASON
from tests.access.places import Places, Thing, Things
from tests.cases.factories import case_of, lead_over
from tests.directory.factories import actor
from tests.referrals.factories import drafted, officer_of, sent


def fill(places: Places) -> None:
    """Make the objects of this module."""
    here, mine, officer = places.here, places[Role.PSYCHOLOGIST], places[Role.AGENCY_OFFICER]
    actor(Role.AGENCY_OFFICER, agency=officer.membership.agency)  # who receives what is about the officer's own child
    working = {
        OWN: (mine, officer),
        ASSIGNED: (here.colleague, officer_of(_case(places, ASSIGNED), AgencyKind.POLICE)),
        SAME_SCHOOL: (here.colleague, officer),
        OTHER_SCHOOL: (places.there.colleague, officer_of(_case(places, OTHER_SCHOOL), AgencyKind.POLICE)),
        CONFLICT: (here.colleague, officer),
    }
    drafts: Things = {}
    referrals: Things = {}
    for relation, (who, receiver) in working.items():
        case = _case(places, relation)
        referrals[relation] = _thing(sent(who, case, receiver, basis="violence"))
        drafts[relation] = _thing(drafted(who, case, receiver.membership.agency, basis="violence"))
    places.things["drafted"] = drafts | {CLOSED: _closed_draft(places, mine, officer)}
    places.things["referral"] = referrals | {CLOSED: _finished(places, mine, officer)}


def _case(places: Places, relation: object) -> Case:
    return Case.objects.get(pk=places.things["case"][relation]["pk"])  # type: ignore[index]


def _thing(referral: Referral) -> Thing:
    return {"pk": referral.pk, "move": Move.REVOKE.value, "agency": referral.agency_id}


def _finished(places: Places, mine: Actor, officer: Actor) -> Thing:
    case = _granted(places, case_of(mine, places.here.pupil(), reason=REASON))
    referral = sent(mine, case, officer, basis="violence")
    act_on(officer, referral.pk, Move.ACCEPT)
    act_on(officer, referral.pk, Move.ANSWER, words=REASON)
    act_on(mine, referral.pk, Move.FINISH, words=REASON)
    review_ground(lead_over(case.school), referral.pk, holds=True, words=REASON)
    return _thing(referral)


def _closed_draft(places: Places, mine: Actor, officer: Actor) -> Thing:
    case = _granted(places, case_of(mine, places.here.pupil(), reason=REASON))
    draft = drafted(mine, case, officer.membership.agency, basis="violence")
    close_case(mine, case.pk, reason=REASON)
    return _thing(draft)


def _granted(places: Places, case: Case) -> Case:
    for role in Role:
        assign_perm("cases.work_on_case", places[role].user, case)
    return case
