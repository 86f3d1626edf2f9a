import pytest
from django.test import Client
from django.urls import reverse

from caseflow.accounts.models import User
from caseflow.consent.services import invite_guardian, invite_pupil
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Guardianship, Membership
from tests.directory.factories import GuardianFactory, GuardianshipFactory, PupilFactory, UserFactory, actor, signed_in

pytestmark = pytest.mark.django_db
URL = reverse("portal:join")


@pytest.fixture
def code() -> str:
    guardianship = GuardianshipFactory.create(guardian=GuardianFactory.create(user=None))
    admin = actor(Role.SCHOOL_ADMIN, school=guardianship.pupil.school)
    return invite_guardian(admin, guardianship.guardian_id)[1]


def form(code: str, changes: dict[str, str] | None = None) -> dict[str, str]:
    phrase = "seven quiet horses"
    return {"code": code, "username": "zhanar", "password": phrase, "again": phrase} | (changes or {})


def test_a_guardian_joins_and_signs_in(code: str) -> None:
    client = Client()

    assert client.post(URL, form(code)).status_code == 302
    assert client.login(username="zhanar", password="seven quiet horses")
    assert client.get(reverse("portal:home")).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"code": "AAAA-AAAA-AAAA-AAAA-AAAA"},
        {"code": ""},
        {"again": "seven loud horses"},
        {"password": "short", "again": "short"},
        {"username": "zhanar-suleimen", "password": "zhanar-suleimen", "again": "zhanar-suleimen"},
        {"username": "TAKEN"},
        {"username": "with space"},
    ],
    ids=["wrong code", "no code", "passwords differ", "too short", "too like the login", "login taken", "bad login"],
)
def test_a_wrong_form_says_what_is_wrong_and_spends_nothing(code: str, change: dict[str, str]) -> None:
    UserFactory.create(username="taken")

    answer = Client().post(URL, form(code, change))

    assert answer.status_code == 422
    assert "c-error" in answer.content.decode()
    assert not User.objects.filter(username__in=("zhanar", "TAKEN", "with space", "zhanar-suleimen")).exists()
    assert Client().post(URL, form(code, {"username": "zhanar2"})).status_code == 302


def test_who_is_signed_in_joins_the_child_to_the_account_they_have(code: str) -> None:
    guardianship = Guardianship.objects.get()
    psychologist = actor(Role.PSYCHOLOGIST, school=guardianship.pupil.school)
    client, before = signed_in(psychologist), User.objects.count()
    assert psychologist.pupils().filter(pk=guardianship.pupil_id).exists()

    page = client.get(URL).content.decode()
    answer = client.post(URL, {"code": code})

    assert 'name="username"' not in page
    assert psychologist.user.short_name in page
    assert answer.status_code == 302
    assert User.objects.count() == before
    assert Guardian.objects.get().user == psychologist.user
    membership = Membership.objects.get(role=Role.PARENT)
    assert (membership.user, membership.guardian) == (psychologist.user, guardianship.guardian)
    assert not psychologist.pupils().filter(pk=guardianship.pupil_id).exists()


def test_a_parent_of_children_at_two_schools_has_one_account(code: str) -> None:
    client = Client()
    client.post(URL, form(code))
    client.login(username="zhanar", password="seven quiet horses")
    other = GuardianshipFactory.create(guardian=GuardianFactory.create(user=None))
    admin = actor(Role.SCHOOL_ADMIN, school=other.pupil.school)

    answer = client.post(URL, {"code": invite_guardian(admin, other.guardian_id)[1]})

    assert answer.status_code == 302
    user = User.objects.get(username="zhanar")
    assert user.guardians.count() == user.memberships.filter(role=Role.PARENT).count() == 2


def test_a_pupils_code_is_not_taken_over_by_whoever_is_signed_in() -> None:
    pupil = PupilFactory.create(birth_date="2001-05-05")
    code = invite_pupil(actor(Role.SCHOOL_ADMIN, school=pupil.school), pupil.pk)[1]
    parent = signed_in(actor(Role.TEACHER, school=pupil.school))

    answer = parent.post(URL, {"code": code})

    assert answer.status_code == 422
    assert not Membership.objects.filter(role=Role.PUPIL).exists()
    assert Client().post(URL, form(code)).status_code == 302


def test_a_wrong_code_joins_nothing_to_an_account(code: str) -> None:
    client = signed_in(actor(Role.TEACHER, school=Guardianship.objects.get().pupil.school))

    assert client.post(URL, {"code": "AAAA-AAAA-AAAA-AAAA-AAAA"}).status_code == 422
    assert Guardian.objects.get().user is None


def test_the_way_to_an_account_one_has_leads_back_to_the_code() -> None:
    assert f"{reverse('accounts:login')}?next={URL}" in Client().get(URL).content.decode()
