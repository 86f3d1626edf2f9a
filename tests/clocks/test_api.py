import pytest
from django.test import Client

from caseflow.directory.enums import Role
from tests.directory.factories import PupilFactory, SchoolFactory, actor, parent_of, signed_in

pytestmark = pytest.mark.django_db
URL = "/api/v1/deadlines/"


@pytest.mark.parametrize("role", [Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.PROSECUTOR])
def test_who_works_by_the_deadlines_reads_them(role: Role) -> None:
    school = SchoolFactory.create()
    unit = {"school": school} if role == Role.PSYCHOLOGIST else {"region": school.district.region}

    answer = signed_in(actor(role, **unit)).get(URL)

    assert answer.status_code == 200
    rules = {rule["code"]: rule for rule in answer.json()["results"]}
    assert rules["police_informed"]["source"].startswith("[P]")
    assert (rules["police_informed"]["amount"], rules["police_informed"]["unit"]) == (1, "hours")


def test_others_do_not() -> None:
    client = signed_in(parent_of(PupilFactory.create()))

    assert client.get(URL).status_code == 403
    assert Client().get(URL).status_code in (401, 403)
    assert client.post(URL, {}).status_code in (403, 405)
