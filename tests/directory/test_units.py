"""What the administrator of an installation adds after the first set-up."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from holidays import country_holidays

from caseflow.audit.models import AuditEntry
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Agency, District, Region, School, SchoolBreak, SchoolYear
from caseflow.directory.selectors import HOLIDAY_NAMES
from tests.directory.factories import (
    DistrictFactory,
    RegionFactory,
    SchoolFactory,
    SchoolYearFactory,
    actor,
    signed_in,
)

pytestmark = pytest.mark.django_db
PAGE = "/directory/schools/"
NAMES = {"name_kk": "Атауы", "name_ru": "Название"}


@pytest.fixture
def client() -> Client:
    return signed_in(actor(Role.SYSTEM_ADMIN))


def add(client: Client, what: str, **said: Any) -> int:
    return client.post(PAGE, {"what": what, **said}).status_code


def test_places_agencies_years_and_breaks_are_added_one_after_the_other(client: Client) -> None:
    assert add(client, "region", **NAMES) == 302
    region = Region.objects.get()
    assert add(client, "district", region=region.pk, **NAMES) == 302
    district = District.objects.get()
    assert add(client, "school", district=district.pk, bin="123456789012", **NAMES) == 302
    assert add(client, "agency", kind=AgencyKind.POLICE, region=region.pk, district=district.pk, **NAMES) == 302
    assert add(client, "year", region=region.pk, starts_on="2027-09-01", ends_on="2028-05-25") == 302
    year = SchoolYear.objects.get()
    assert add(client, "break", year=year.pk, starts_on="2027-10-31", ends_on="2027-11-07") == 302

    assert School.objects.get().district == district
    assert Agency.objects.get().district == district
    assert SchoolBreak.objects.get().ends_on == date(2027, 11, 7)
    assert AuditEntry.objects.filter(action="add_unit").count() == 6
    page = client.get(PAGE).content.decode()
    assert "123456789012" in page
    assert "Police" in page


@pytest.mark.parametrize(
    ("starts_on", "ends_on"), [("2027-09-01", "2027-09-01"), ("2027-09-01", "2026-09-01"), ("2026-12-01", "2027-12-01")]
)
def test_a_school_year_that_ends_before_it_begins_or_covers_another_is_refused(
    client: Client, starts_on: str, ends_on: str
) -> None:
    region = RegionFactory.create()
    SchoolYearFactory.create(region=region, starts_on=date(2026, 9, 1), ends_on=date(2027, 5, 25))

    assert add(client, "year", region=region.pk, starts_on=starts_on, ends_on=ends_on) == 422
    assert SchoolYear.objects.count() == 1


@pytest.mark.parametrize(("starts_on", "ends_on"), [("2026-08-01", "2026-09-02"), ("2026-10-05", "2026-10-01")])
def test_a_break_lies_within_its_year(client: Client, starts_on: str, ends_on: str) -> None:
    year = SchoolYearFactory.create(starts_on=date(2026, 9, 1), ends_on=date(2027, 5, 25))

    assert add(client, "break", year=year.pk, starts_on=starts_on, ends_on=ends_on) == 422
    assert not SchoolBreak.objects.exists()


def test_an_agency_of_a_district_lies_in_its_region(client: Client) -> None:
    district, elsewhere = DistrictFactory.create(), RegionFactory.create()

    assert add(client, "agency", kind=AgencyKind.POLICE, region=elsewhere.pk, district=district.pk, **NAMES) == 422
    assert not Agency.objects.exists()


def test_a_wrong_form_stays_open_and_says_why(client: Client) -> None:
    answer = client.post(PAGE, {"what": "school", "bin": "12", **NAMES})

    assert answer.status_code == 422
    assert "A BIN has 12 digits." in answer.content.decode()
    assert client.post(PAGE, {"what": "planet"}).status_code == 422


def test_every_public_holiday_of_these_years_has_a_name_for_the_translators() -> None:
    years = range(2024, 2031)
    named = {name.split(" (")[0] for name in country_holidays("KZ", years=years, language="en_US").values()}
    assert {part for name in named for part in name.split("; ")} - set(HOLIDAY_NAMES) == set()


def test_what_is_known_of_a_school_is_changed_and_the_change_is_on_record(client: Client) -> None:
    school = SchoolFactory.create()
    page = f"{PAGE}{school.pk}/"
    assert school.bin in client.get(page).content.decode()
    said = {"district": school.district.pk, "bin": school.bin, "address": "мкр. 38, въезд со двора", **NAMES}

    half = client.post(page, said | {"latitude": "43.65100"})
    assert half.status_code == 422
    assert "Give both, or neither." in half.content.decode()
    assert client.post(page, said | {"latitude": "43.65100", "longitude": "51.16700"}).status_code == 302

    school.refresh_from_db()
    assert (school.address, str(school.latitude), str(school.longitude)) == (said["address"], "43.65100", "51.16700")
    assert AuditEntry.objects.get(action="change_school").detail["fields"][:2] == ["address", "latitude"]


@pytest.mark.parametrize("degrees", [("143", "51"), ("43", "251"), ("here", "51")])
def test_a_place_that_is_not_on_earth_is_refused(client: Client, degrees: tuple[str, str]) -> None:
    school = SchoolFactory.create()
    said = {"district": school.district.pk, "bin": school.bin, **NAMES}
    answer = client.post(f"{PAGE}{school.pk}/", said | dict(zip(("latitude", "longitude"), degrees, strict=True)))
    assert answer.status_code == 422
    school.refresh_from_db()
    assert school.latitude is None
