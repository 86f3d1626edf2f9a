"""The work of psychologists as the lead sees it, and notes of supervision.

worked        OWN is the work of the psychologist at the first school, OTHER_SCHOOL of the colleague at the other one.
supervision   OWN is the lead's with the psychologist; SAME_SCHOOL another lead's with the colleague.
supervised    a note with an agreement: OWN was written by the lead and shared with the psychologist; SAME_SCHOOL by
              another lead, and is not shared; CONFLICT by another lead too, about the psychologist's own child, shared.
agreed        what is agreed in these.
"""

from guardian.shortcuts import assign_perm

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.supervision.models import Agreement, SupervisionNote
from tests.access.cells import CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing
from tests.directory.factories import actor
from tests.supervision.factories import agreed, noted


def fill(places: Places) -> None:
    """Make the objects of this module."""
    here, there, mine = places.here, places.there, places[Role.PSYCHOLOGIST]
    lead, other = places[Role.LEAD_PSYCHOLOGIST], _lead(here.school)
    conflict = Case.objects.get(pk=places.things["case"][CONFLICT]["pk"])
    assign_perm("cases.work_on_case", other.user, conflict)
    notes = {
        OWN: noted(lead, mine, share=True, agreements=(agreed(),)),
        SAME_SCHOOL: noted(other, here.colleague, agreements=(agreed(),)),
        OTHER_SCHOOL: noted(_lead(there.school), there.colleague, share=True, agreements=(agreed(),)),
        CONFLICT: noted(other, mine, share=True, case=conflict.pk, agreements=(agreed(),)),
    }
    things = {relation: _thing(note) for relation, note in notes.items()}
    places.things["supervised"] = dict(things)
    places.things["agreed"] = {relation: {"pk": thing["agreement"]} for relation, thing in things.items()}
    places.things["supervision"] = {
        relation: {"pk": note.supervision_id} for relation, note in notes.items() if relation != CONFLICT
    }
    places.things["worked"] = {
        OWN: _work(here.school, mine, here.colleague, places.things["case"][OWN]),
        OTHER_SCHOOL: _work(there.school, there.colleague, there.colleague, places.things["case"][OTHER_SCHOOL]),
    }


def _lead(school: School) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, district=school.district)


def _thing(note: SupervisionNote) -> Thing:
    return {"pk": note.pk, "agreement": Agreement.objects.get(note=note).pk}


def _work(school: School, who: Actor, to: Actor, case: Thing) -> Thing:
    return {
        "pk": school.pk,
        "school": school.pk,
        "user": who.user.pk,
        "case": str(case["pk"]),
        "to": to.membership.pk,
    }
