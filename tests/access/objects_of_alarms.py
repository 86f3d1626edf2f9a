"""Alarms, the centres that answer them, the phones that raise them, and the codes that enrol phones.

alarm    OWN waits at the operator's centre; SAME_SCHOOL is held by a colleague there; CLOSED an own one, over.
centre   OWN the operator's; SAME_SCHOOL of another district of the region; CLOSED has ended there; OTHER_SCHOOL of
         another region.
device   OWN the person's own phone; SAME_SCHOOL a pupil's; CLOSED an own one that has ended.
code     OWN in force; CLOSED revoked; OTHER_SCHOOL another school's, which enrols at that school as it is meant to.
"""

from typing import Any

from caseflow.alarms.models import Alarm, Centre, Device
from caseflow.alarms.services import (
    accept,
    classify,
    close,
    end_centre,
    end_device,
    enrol_own_phone,
    enrol_pupil_phone,
    renew_code,
)
from caseflow.alarms.services.enrolling import PRESSERS
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.access.cells import CLOSED, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Things, Unit
from tests.alarms.factories import centre, operator, pressed, staff_phone
from tests.directory.factories import DistrictFactory, actor


def fill(places: Places) -> None:
    """Make the objects of this module."""
    places.things["alarm"] = {relation: {"pk": alarm.pk} for relation, alarm in _alarms(places).items()}
    places.things["centre"] = _centres(places)
    codes = _codes(places)
    places.things["code"] = {relation: {"token": token} for relation, token in codes.items()}
    places.things["device"] = _devices(places, codes)


def _alarms(places: Places) -> dict[Any, Alarm]:
    agency = places[Role.POLICE_OPERATOR].membership.agency
    assert agency is not None
    own = Centre.objects.create(agency=agency)
    centre(places.there.school.district)
    return {
        OWN: _pressed(places.here),
        SAME_SCHOOL: accept(operator(own), _pressed(places.here).pk),
        CLOSED: _over(places[Role.POLICE_OPERATOR], _pressed(places.here)),
        OTHER_SCHOOL: _pressed(places.there),
    }


def _centres(places: Places) -> Things:
    region = places.here.school.district.region
    beside, ended = (centre(DistrictFactory.create(region=region)) for _ in range(2))
    end_centre(places[Role.SYSTEM_ADMIN], ended.pk)
    own, afar = (Centre.objects.get(agency__district=unit.school.district) for unit in (places.here, places.there))
    found = {OWN: own, SAME_SCHOOL: beside, CLOSED: ended, OTHER_SCHOOL: afar}
    return {relation: {"pk": one.pk} for relation, one in found.items()}


def _pressed(unit: Unit) -> Alarm:
    return pressed(staff_phone(unit.school), anonymous=False)


def _over(who: Actor, alarm: Alarm) -> Alarm:
    accept(who, alarm.pk)
    classify(who, alarm.pk, "mistake")
    return close(who, alarm.pk)


def _codes(places: Places) -> dict[Any, str]:
    admin, afar = (actor(Role.SCHOOL_ADMIN, school=unit.school) for unit in (places.here, places.there))
    revoked, own = (renew_code(admin, end_phones=False).token for _ in range(2))
    return {OWN: own, CLOSED: revoked, OTHER_SCHOOL: renew_code(afar, end_phones=False).token}


def _devices(places: Places, codes: dict[Any, str]) -> Things:
    return {
        OWN: {role: {"pk": enrol_own_phone(places[role])[0].pk} for role in PRESSERS},
        CLOSED: {role: {"pk": _ended(places[role]).pk} for role in PRESSERS},
        SAME_SCHOOL: {"pk": enrol_pupil_phone(codes[OWN])[0].pk},
        OTHER_SCHOOL: {"pk": enrol_pupil_phone(codes[OTHER_SCHOOL])[0].pk},
    }


def _ended(who: Actor) -> Device:
    device, _key = enrol_own_phone(who)
    end_device(who, device.pk)
    return device
