"""Plans of the cases in objects_of_cases.py.

planned       as `case` there: a safety plan with a signed version and a draft beside it, and a goal without measures.
              Of OWN, the child whose parent the world knows, lines are shared. CLOSED is a case of its own, the goal
              given up, the look at the plan done.
"""

from guardian.shortcuts import assign_perm

from caseflow.cases.models import Case
from caseflow.cases.services import close_case, complete_task
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.plans.enums import GoalState
from caseflow.plans.services import begin_draft, end_goal, share_plan
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.objects_of_cases import REASON
from tests.access.places import Places, Thing
from tests.cases.factories import case_of
from tests.directory.factories import GuardianshipFactory
from tests.plans.factories import goal_of, signed


def fill(places: Places) -> None:
    """Make the objects of this module."""
    here, mine = places.here, places[Role.PSYCHOLOGIST]
    working = {
        OWN: mine,
        ASSIGNED: here.colleague,
        SAME_SCHOOL: here.colleague,
        OTHER_SCHOOL: places.there.colleague,
        CONFLICT: here.colleague,
    }
    cases = places.things["case"]
    planned = {relation: _planned(who, Case.objects.get(pk=cases[relation]["pk"])) for relation, who in working.items()}
    share_plan(mine, planned[OWN]["pk"])
    places.things["planned"] = planned | {CLOSED: _closed(places, mine)}


def _planned(who: Actor, case: Case) -> Thing:
    version, goal = signed(who, case), goal_of(case, who)
    begin_draft(who, case.pk)
    guardian = case.pupil.guardianships.order_by("pk").last()
    return {
        "pk": case.pk,
        "number": version.number,
        "goal": goal.pk,
        "review": version.review_id,
        "guardian": guardian.guardian_id if guardian else None,
    }


def _closed(places: Places, who: Actor) -> Thing:
    pupil = places.here.pupil()
    GuardianshipFactory.create(pupil=pupil)
    case = case_of(who, pupil, reason=REASON)
    thing = _planned(who, case)
    complete_task(who, thing["review"], outcome="План подходит")
    end_goal(who, case.pk, thing["goal"], state=GoalState.GIVEN_UP, reason=REASON)
    close_case(who, case.pk, reason=REASON)
    for role in Role:
        assign_perm("cases.work_on_case", places[role].user, case)
    return thing
