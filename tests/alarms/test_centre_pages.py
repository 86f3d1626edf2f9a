"""The administrator's pages of police centres."""

import pytest
from django.test import Client
from django.urls import reverse

from caseflow.alarms.models import Centre
from caseflow.alarms.selectors import rungs_of
from caseflow.directory.enums import Role
from tests.alarms.factories import Territory, pressed, territory
from tests.directory.factories import AgencyFactory, DistrictFactory, SchoolFactory, actor, signed_in

pytestmark = pytest.mark.django_db
PAGE = reverse("alarms:centres")


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def client() -> Client:
    return signed_in(actor(Role.SYSTEM_ADMIN))


def of(centre: Centre, route: str = "centre") -> str:
    return reverse(f"alarms:{route}", args=[centre.pk])


def test_without_a_centre_the_page_says_that_nothing_reaches_the_police(client: Client) -> None:
    school = SchoolFactory.create()
    page = client.get(PAGE).content.decode()
    for said in ("No police centre yet", "Every police agency that is entered is a centre."):
        assert said in page
    assert str(school.district) in page
    assert "Alarms from here reach no police." in page


def test_an_agency_becomes_a_centre_and_is_told_who_comes_next(here: Territory, client: Client) -> None:
    region = here.school.district.region
    free = AgencyFactory.create(region=region, district=DistrictFactory.create(region=region))
    asked = client.get(PAGE).content.decode()
    assert f"{free}, {free.district}" in asked
    assert "within 30 s" in asked

    entered = client.post(PAGE, {"agency": free.pk, "arrival_minutes": 15})
    centre = Centre.objects.get(agency=free)
    assert entered["Location"] == of(centre)
    assert str(here.own) in client.get(of(centre)).content.decode()
    saved = client.post(of(centre), {"follows": here.own.pk, "arrival_minutes": 15}, follow=True)
    page = saved.content.decode()
    for said in ("Saved.", f"first {centre}", f"then {here.own}", "then again from the first"):
        assert said in page


@pytest.mark.parametrize("minutes", ["0", "121", "soon", "", "-5", "7.5"])
def test_a_target_out_of_bounds_is_refused_with_a_sentence(here: Territory, client: Client, minutes: str) -> None:
    free = AgencyFactory.create(region=here.school.district.region, district=here.school.district)
    for page, said in ((PAGE, {"agency": free.pk}), (of(here.own), {"follows": here.neighbour.pk})):
        answer = client.post(page, {**said, "arrival_minutes": minutes})
        assert answer.status_code == 422
        assert ("Give between 1 and 120 minutes." if minutes else "This field is required.") in answer.content.decode()
    assert not Centre.objects.exclude(arrival_minutes=7).exists()


def test_a_circle_is_refused_beside_the_field(here: Territory, client: Client) -> None:
    answer = client.post(of(here.neighbour), {"follows": here.own.pk, "arrival_minutes": 7})
    assert answer.status_code == 422
    assert "That leads in a circle" in answer.content.decode()
    here.neighbour.refresh_from_db()
    assert here.neighbour.follows is None


def test_a_centre_of_another_region_is_not_offered(here: Territory, client: Client) -> None:
    afar = territory()
    answer = client.post(of(here.own), {"follows": afar.own.pk, "arrival_minutes": 7})
    assert answer.status_code == 422
    assert str(afar.own) not in answer.content.decode()


def test_for_the_centre_over_a_region_nobody_next_is_asked(here: Territory, client: Client) -> None:
    page = client.get(of(here.region)).content.decode()
    assert 'name="follows"' not in page
    assert "is called last" in page
    client.post(of(here.region), {"follows": here.own.pk, "arrival_minutes": 30})
    here.region.refresh_from_db()
    assert (here.region.follows, here.region.arrival_minutes) == (None, 30)


def test_the_page_warns_of_nobody_who_answers_and_of_where_alarms_go(here: Territory, client: Client) -> None:
    beside = SchoolFactory.create(district=DistrictFactory.create(region=here.region.agency.region))
    page = client.get(PAGE).content.decode()
    assert "nobody is there to accept" in page
    assert f"Alarms from here call {here.region} of the region at once." in page
    assert str(beside.district) in page
    assert str(here.school.district) in page
    assert "no alarm comes here" not in page
    assert f"{here.region.agency.region}, the whole region" in page


def test_a_centre_ends_or_the_page_says_why_not(here: Territory, client: Client) -> None:
    refused = client.post(of(here.neighbour, "end-centre"), follow=True)
    assert refused.redirect_chain == [(of(here.neighbour), 302)]
    assert f"It is called after {here.own}." in refused.content.decode()
    open_alarm = pressed(here.phone)
    assert "is open" in client.post(of(here.own, "end-centre"), follow=True).content.decode()
    open_alarm.calls.all().delete()

    ended = client.post(of(here.own, "end-centre"), follow=True)
    assert ended.redirect_chain == [(PAGE, 302)]
    assert "no alarm calls it any more" in ended.content.decode()
    assert rungs_of(here.school) == [here.region]
    assert client.get(of(here.own)).status_code == 404


def test_the_console_of_an_ended_centre_says_that_it_answers_no_alarms(here: Territory, client: Client) -> None:
    client.post(of(here.own, "end-centre"))
    page = signed_in(here.operator).get(reverse("alarms:console")).content.decode()
    assert "Your agency does not answer alarms" in page


def test_the_menu_of_the_administrator_leads_here(client: Client) -> None:
    assert f'href="{PAGE}"' in client.get(reverse("directory:members")).content.decode()
