"""What people are writing, each as OWN, SAME_SCHOOL… of the people in `places.py`.

written       OWN is the person's draft in what they may write into, with the words that the tables send; ASSIGNED a
              colleague's in a granted case; SAME_SCHOOL a colleague's in a case of the school; OTHER_SCHOOL of another;
              CLOSED the form of a case that has ended and keeps none; CONFLICT a colleague's in the case of the own
              child.
"""

from typing import Any

from caseflow.directory.enums import Role
from caseflow.drafts.services import Written, save_draft
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.objects_of_cases import NOTE
from tests.access.places import Places, Thing


def fill(places: Places) -> None:
    """Make the objects of this module."""
    here, there = places.here, places.there

    def note(relation: Any) -> str:
        return f"note-{places.things['case'][relation]['pk']}"

    def outcome(role: Role) -> str:
        return f"outcome-{places.things['task'][OWN][role]['pk']}"

    own = {
        Role.PSYCHOLOGIST: note(OWN),
        Role.LEAD_PSYCHOLOGIST: f"risk-{places.things['case'][ASSIGNED]['pk']}",
        Role.SOCIAL_PEDAGOGUE: outcome(Role.SOCIAL_PEDAGOGUE),
        Role.CLASS_TEACHER: outcome(Role.CLASS_TEACHER),
        Role.PRINCIPAL: outcome(Role.PRINCIPAL),
    }
    for role, key in own.items():
        said = {"text": "Разговор состоялся", "basis": "Разговор", "outcome": "Побеседовали"}
        save_draft(places[role], Written(key, said, None))
    for relation in (ASSIGNED, SAME_SCHOOL, CONFLICT):
        save_draft(here.colleague, Written(note(relation), {"text": NOTE}, None))
    save_draft(there.colleague, Written(note(OTHER_SCHOOL), {"text": NOTE}, None))
    others = {relation: _thing(note(relation)) for relation in (ASSIGNED, SAME_SCHOOL, OTHER_SCHOOL, CLOSED, CONFLICT)}
    places.things["written"] = {OWN: {role: _thing(key) for role, key in own.items()}, **others}


def _thing(key: str) -> Thing:
    return {"pk": key, "key": key}
