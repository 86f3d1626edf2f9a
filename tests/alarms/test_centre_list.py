"""What the administrator's list says of the centres is what alarms do."""

import pytest
from pytest_django import DjangoAssertNumQueries

from caseflow.alarms.models import Centre
from caseflow.alarms.selectors import rungs_of
from caseflow.alarms.selectors.centres import CentreRow, centres_listed
from caseflow.alarms.services import change_centre
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Agency
from tests.alarms.factories import Territory, centre, centre_over, operator, territory
from tests.directory.factories import DistrictFactory, RegionFactory, SchoolFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def admin() -> Actor:
    return actor(Role.SYSTEM_ADMIN)


def row_of(admin: Actor, one: Centre) -> CentreRow:
    return next(row for row in centres_listed(admin).rows if row.centre == one)


def test_the_list_says_whom_alarms_call_and_how_many_answer(here: Territory, admin: Actor) -> None:
    operator(here.own)
    second = actor(Role.POLICE_OPERATOR, agency=here.own.agency)
    second.user.is_active = False
    second.user.save()
    actor(Role.AGENCY_OFFICER, agency=here.own.agency)

    own, neighbour, region = (row_of(admin, one) for one in (here.own, here.neighbour, here.region))
    assert own.rungs == (here.own, here.neighbour, here.region)
    assert neighbour.rungs == (here.neighbour, here.region)
    assert region.rungs == ()
    assert (own.operators, neighbour.operators, region.operators) == (2, 0, 0)
    assert [row.is_called for row in (own, neighbour, region)] == [True] * 3
    assert centres_listed(admin).uncovered == ()


def test_somebody_with_two_rights_at_a_centre_counts_once(here: Territory, admin: Actor) -> None:
    again = operator(here.own)
    again.membership.user = here.operator.user
    again.membership.save()
    assert row_of(admin, here.own).operators == 1


def test_what_the_list_says_is_what_alarms_do(here: Territory, admin: Actor) -> None:
    uncovered = SchoolFactory.create(district=DistrictFactory.create(region=here.region.agency.region))
    for school in (here.school, uncovered):
        rungs = rungs_of(school)
        assert row_of(admin, rungs[0]).rungs == tuple(rungs)


def test_districts_with_schools_and_no_centre_are_named_with_where_their_alarms_go(
    here: Territory, admin: Actor
) -> None:
    region, lone = here.region.agency.region, SchoolFactory.create()
    beside = [SchoolFactory.create(district=DistrictFactory.create(region=region, name_ru=name)) for name in ("Б", "А")]
    SchoolFactory.create(district=beside[0].district)
    DistrictFactory.create(region=region)  # without a school

    found = {one.region: (one.districts, one.over) for one in centres_listed(admin).uncovered}

    assert found == {
        region: ((beside[1].district, beside[0].district), here.region),
        lone.district.region: ((lone.district,), None),
    }
    assert [rungs_of(school) for school in (*beside, lone)] == [[here.region], [here.region], []]


def test_a_centre_that_no_alarm_calls_is_said_so(here: Territory, admin: Actor) -> None:
    later = centre(here.school.district)  # its name comes after the first one's
    Agency.objects.filter(pk=later.agency_id).update(name_ru="Я")
    row = row_of(admin, later)
    assert (row.rungs, row.is_called) == ((), False)
    change_centre(admin, here.neighbour.pk, follows=later.pk, arrival_minutes=7)
    assert row_of(admin, later).is_called
    assert later in rungs_of(here.school)


def test_the_list_is_by_region_and_district_with_the_one_over_the_region_last(admin: Actor) -> None:
    region, other = RegionFactory.create(name_ru="А"), RegionFactory.create(name_ru="Б")
    late = centre(DistrictFactory.create(region=other, name_ru="А"))
    above = centre_over(region)
    second, first = (centre(DistrictFactory.create(region=region, name_ru=name)) for name in ("Б", "А"))
    assert [row.centre for row in centres_listed(admin).rows] == [first, second, above, late]


def test_the_list_costs_the_same_for_one_and_for_many(
    here: Territory, admin: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 10):
        for _ in range(number):
            one = centre(SchoolFactory.create().district)
            operator(one)
        with django_assert_num_queries(4):
            centres_listed(admin)
