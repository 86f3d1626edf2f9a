"""Demo people never stand beside real ones. What the demo makes is walked through in `tests/way`."""

import pytest
from django.core.management import CommandError, call_command

from caseflow.accounts.models import User
from caseflow.demo.build import RealDataError, make_demo
from caseflow.demo.logins import TRY, login_table
from caseflow.demo.names import STAFF
from caseflow.demo.people import PASSWORD
from caseflow.demo.places import REGION_CODE
from caseflow.directory.models import Region
from tests.directory.factories import RegionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_demo_data_refuses_to_be_made_beside_real_people() -> None:
    UserFactory.create()
    with pytest.raises(RealDataError):
        make_demo()
    with pytest.raises(CommandError, match="real data"):
        call_command("demo")
    assert Region.objects.count() == 0


def test_demo_data_is_made_once() -> None:
    RegionFactory.create(code=REGION_CODE)
    assert make_demo() is False
    assert not User.objects.filter(is_active=True).exists()


def test_the_table_names_every_login_and_the_password() -> None:
    table = login_table()
    assert {login for _role, login, _what in TRY} == {*STAFF, "parent"}
    assert all(login in table for login in STAFF)
    assert PASSWORD in table
