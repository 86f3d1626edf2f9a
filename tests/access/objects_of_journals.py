"""What the psychological service keeps.

planned_work  items of the plans of the two schools: OWN the psychologist's, SAME_SCHOOL a colleague's, CLOSED one that
              was done. Appointments and questionnaires, of which records are written, are those of their own modules.
"""

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.journals.enums import PlanItemState
from caseflow.journals.models import PlanItem
from caseflow.journals.services import end_item, write_item
from tests.access.cells import CLOSED, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Unit
from tests.journals.factories import item


def fill(places: Places) -> None:
    """Make the objects of this module."""
    mine, here, there = places[Role.PSYCHOLOGIST], places.here, places.there
    done = _written(mine, here, "Сделано")
    end_item(mine, done.pk, PlanItemState.DONE)
    made = {
        OWN: _written(mine, here, "Своё"),
        SAME_SCHOOL: _written(here.colleague, here, "Коллеги"),
        OTHER_SCHOOL: _written(there.colleague, there, "Чужое"),
        CLOSED: done,
    }
    places.things["planned_work"] = {relation: {"pk": each.pk} for relation, each in made.items()}


def _written(who: Actor, unit: Unit, title: str) -> PlanItem:
    return write_item(who, unit.own_class.year.pk, item(who, title=title))
