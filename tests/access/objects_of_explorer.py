"""Views of released figures, and what regions publish.

explored      the form in which the explorer's figures are taken; they are those of the own region.
saved_view    OWN is one's own; ASSIGNED is shared by another reader of the region, SAME_SCHOOL kept by one for himself.
open_region   OWN publishes and is everybody's; OTHER_SCHOOL publishes too; CLOSED has withdrawn its page.
"""

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region
from caseflow.explorer.models import SavedView
from caseflow.explorer.rules.questions import Question
from caseflow.explorer.services import publish, withdraw
from caseflow.indicators.rules.readers import READERS
from tests.access.cells import ASSIGNED, CLOSED, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing, Unit
from tests.directory.factories import RegionFactory, actor


def fill(places: Places) -> None:
    """Make the objects of this module."""
    places.things["explored"] = {OWN: {"form": "json"}}
    places.things["saved_view"] = {
        OWN: {role: _view(places[role]) for role in READERS},
        ASSIGNED: _view(_other(places.here), shared=True),
        SAME_SCHOOL: _view(_other(places.here)),
        OTHER_SCHOOL: _view(_other(places.there), shared=True),
    }
    places.things["open_region"] = {
        OWN: _published(_region(places.here)),
        OTHER_SCHOOL: _published(_region(places.there)),
        CLOSED: _withdrawn(),
    }


def _other(unit: Unit) -> Actor:
    return actor(Role.ANALYST, region=_region(unit))


def _region(unit: Unit) -> Region:
    return unit.school.district.region


def _view(who: Actor, *, shared: bool = False) -> Thing:
    region = who.membership.region
    assert region is not None
    view = SavedView.objects.create(
        owner=who.user, region=region, name="Жаңа тоқсан", shared=shared, asked=Question().kept
    )
    return {"pk": view.pk}


def _published(region: Region) -> Thing:
    publish(actor(Role.PROSECUTOR, region=region), region, ["events"])
    return {"code": region.code}


def _withdrawn() -> Thing:
    region = RegionFactory.create()
    thing = _published(region)
    withdraw(actor(Role.PROSECUTOR, region=region), region)
    return thing
