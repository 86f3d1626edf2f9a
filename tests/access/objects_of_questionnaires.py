"""Questionnaires, and the packs that they are given from.

questionnaire   as `case` in objects_of_cases.py, of whose cases they are, on the screen and wholly answered; CLOSED has
                ended, in a case of the psychologist's own that has been closed, granted as well.
coded           the same, filled in by a code and not begun.
offer           what may be given in these cases: another instrument than these.
pack            OWN is of the whole installation; OTHER_SCHOOL was imported in the other region.
"""

from guardian.shortcuts import assign_perm

from caseflow.cases.models import Case
from caseflow.cases.services import close_case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.instruments.services import import_pack, save_answers, stop
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.objects_of_cases import REASON
from tests.access.places import Places, Thing
from tests.cases.factories import case_of
from tests.instruments.factories import given, on_screen, region_lead, translated_pack, version_of

ANSWER = "More than half the days"
ANSWERS: dict[str, int | None] = {str(number): 2 for number in range(1, 8)}


def fill(places: Places) -> None:
    """Make the objects of this module; the cases are there."""
    here, there, mine = places.here, places.there, places[Role.PSYCHOLOGIST]
    givers = {
        OWN: mine,
        ASSIGNED: here.colleague,
        SAME_SCHOOL: here.colleague,
        OTHER_SCHOOL: there.colleague,
        CONFLICT: here.colleague,
    }
    cases = {relation: Case.objects.get(pk=places.things["case"][relation]["pk"]) for relation in givers}
    answered = {relation: _answered(who, cases[relation]) for relation, who in givers.items()}
    coded = {relation: _coded(who, cases[relation]) for relation, who in givers.items()}
    over = case_of(mine, here.pupil(), reason=REASON)
    answered[CLOSED], coded[CLOSED] = _answered(mine, over), _coded(mine, over)
    for thing in (answered[CLOSED], coded[CLOSED]):
        stop(mine, thing["pk"])
    close_case(mine, over.pk, reason=REASON)
    for role in Role:
        assign_perm("cases.work_on_case", places[role].user, over)
    places.things["questionnaire"], places.things["coded"] = answered, coded
    offered = {"version": version_of("who-5").pk, "sdq": version_of("sdq").pk}
    places.things["offer"] = {
        relation: {"pk": case.pk, **offered} for relation, case in (*cases.items(), (CLOSED, over))
    }
    imported = import_pack(region_lead(there.school), translated_pack())
    places.things["pack"] = {OWN: {"pk": version_of("gad-7").pk}, OTHER_SCHOOL: {"pk": imported.pk}}


def _answered(who: Actor, case: Case) -> Thing:
    one = on_screen(who, case, "gad-7")
    save_answers(who, one.pk, ANSWERS)
    return {"pk": one.pk}


def _coded(who: Actor, case: Case) -> Thing:
    return {"pk": given(who, case, "phq-a").administration.pk}
