"""Which class a role is for: two schools and two years have a 7 «Б» each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from caseflow.directory.enums import Role
from caseflow.directory.models import SchoolClass
from caseflow.shell import membership_label
from tests.directory.factories import (
    AgencyFactory,
    PupilFactory,
    SchoolClassFactory,
    SchoolFactory,
    SchoolYearFactory,
    actor,
    parent_of,
    signed_in,
)

pytestmark = pytest.mark.django_db
PAGE = "/directory/members/"


@pytest.fixture
def client() -> Client:
    return signed_in(actor(Role.SYSTEM_ADMIN))


def class_7b(name: str, *, years_from_now: int = 0) -> SchoolClass:
    """The 7 «Б» of the school of that name in the running school year, or of one before or after."""
    school = SchoolFactory.create(name_ru=name)
    starts_on = timezone.localdate() + timedelta(days=365 * years_from_now - 100)
    year = SchoolYearFactory.create(
        region=school.district.region, starts_on=starts_on, ends_on=starts_on + timedelta(days=364)
    )
    return SchoolClassFactory.create(school=school, year=year, grade=7, letter="Б")


def test_a_class_is_chosen_by_its_school_and_year(client: Client) -> None:
    running, coming = class_7b("Школа № 1"), class_7b("Школа № 2", years_from_now=1)
    class_7b("Школа № 3", years_from_now=-1)
    choices = client.get(PAGE).context["form"].fields["school_class"].choices
    assert [(str(value), label) for value, label in choices][1:] == [
        (str(running.pk), f"Школа № 1, 7 «Б» ({running.year})"),
        (str(coming.pk), f"Школа № 2, 7 «Б» ({coming.year})"),
    ]


def test_nobody_gets_a_class_of_a_past_year(client: Client) -> None:
    form = {"username": "new", "last_name": "Н", "role": Role.CLASS_TEACHER, "starts_on": timezone.localdate()}
    past, running = class_7b("Школа № 1", years_from_now=-1), class_7b("Школа № 2")
    assert client.post(PAGE, form | {"school_class": past.pk}).status_code == 422
    assert client.post(PAGE, form | {"school_class": running.pk}).status_code == 200
    assert running.memberships.get().user.username == "new"


def test_the_list_and_the_api_show_the_school_beside_the_class(client: Client) -> None:
    school_class = class_7b("Школа № 1", years_from_now=-1)
    who = actor(Role.CLASS_TEACHER, school_class=school_class)
    assert "<td>Школа № 1, 7 «Б»</td>" in client.get(PAGE).text
    (row,) = client.get("/api/v1/members/", {"q": who.user.username}).json()["results"]
    assert row["unit"] == "Школа № 1, 7 «Б»"


def test_the_role_one_acts_in_shows_the_school_beside_the_class() -> None:
    who = actor(Role.CLASS_TEACHER, school_class=class_7b("Школа № 1"))
    assert membership_label(who.membership) == "Class teacher, Школа № 1, 7 «Б»"
    assert "Class teacher, Школа № 1, 7 «Б»" in signed_in(who).get("/accounts/profile/").text


def test_other_units_are_named_as_before_and_persons_not_at_all() -> None:
    agency = AgencyFactory.create(name_ru="Отдел полиции")
    assert actor(Role.AGENCY_OFFICER, agency=agency).membership.unit_name == "Отдел полиции"
    assert parent_of(PupilFactory.create()).membership.unit_name == ""
    assert actor(Role.PUPIL, pupil=PupilFactory.create()).membership.unit_name == ""
    assert actor(Role.DPO).membership.unit_name == ""


def test_the_page_costs_the_same_for_one_class_and_for_thirty(client: Client) -> None:
    costs = []
    for more in (1, 29):
        for number in range(more):
            actor(Role.CLASS_TEACHER, school_class=class_7b(f"Школа № {more}-{number}"))
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PAGE).text.count("7 «Б»</td>") >= more
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_the_header_costs_a_class_teacher_no_further_query() -> None:
    of_class = actor(Role.CLASS_TEACHER, school_class=class_7b("Школа № 1"))
    of_school = actor(Role.SCHOOL_ADMIN, school=SchoolFactory.create())
    costs = []
    for who in (of_class, of_school):
        client = signed_in(who)
        client.get("/accounts/profile/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/accounts/profile/")
        costs.append(len(asked))
    assert costs[0] == costs[1]
