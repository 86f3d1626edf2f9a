from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.http import Http404
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.consent.errors import InvitationError, NotNeededError, TooManyAttemptsError
from caseflow.consent.models import Invitation
from caseflow.consent.services import end_guardianship, invite_guardian, invite_pupil, redeem
from caseflow.consent.services.invitations import ALPHABET, ATTEMPTS, normal_code
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Membership, Pupil
from tests.directory.factories import GuardianFactory, GuardianshipFactory, PupilFactory, UserFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def guardian() -> Guardian:
    return GuardianshipFactory.create(guardian=GuardianFactory.create(user=None)).guardian


@pytest.fixture
def admin(guardian: Guardian) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=guardian.guardianships.get().pupil.school)


def join(code: str, username: str = "zhanar", address: str = "192.0.2.7") -> User:
    return redeem(code, username=username, password="a long enough phrase", language="kk", address=address)


def test_a_code_has_a_hundred_bits_in_groups_and_only_its_hash_is_kept(admin: Actor, guardian: Guardian) -> None:
    invitation, code = invite_guardian(admin, guardian.pk)

    assert [len(group) for group in code.split("-")] == [4] * 5
    assert len(ALPHABET) ** len(normal_code(code)) >= 2**80
    assert normal_code(code) not in invitation.code_hash
    assert invitation.expires_at - invitation.issued_at == timedelta(days=14)


def test_a_code_makes_the_guardians_account_once(admin: Actor, guardian: Guardian) -> None:
    _invitation, code = invite_guardian(admin, guardian.pk)

    user = join(f" {code.lower()} ")

    guardian.refresh_from_db()
    assert (guardian.user, user.short_name, user.language) == (user, f"{guardian.last_name}\N{NO-BREAK SPACE}Ж.", "kk")
    assert user.check_password("a long enough phrase")
    membership = Membership.objects.get(user=user)
    assert (membership.role, membership.guardian) == (Role.PARENT, guardian)
    with pytest.raises(InvitationError):
        join(code, "somebody-else")
    assert User.objects.filter(username="somebody-else").count() == 0


def test_a_new_code_ends_the_old_one_and_a_code_ends_after_fourteen_days(admin: Actor, guardian: Guardian) -> None:
    _first, old = invite_guardian(admin, guardian.pk)
    second, code = invite_guardian(admin, guardian.pk)
    with pytest.raises(InvitationError):
        join(old)
    Invitation.objects.filter(pk=second.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(InvitationError):
        join(code)


def test_of_two_codes_made_at_the_same_moment_one_makes_the_account(admin: Actor, guardian: Guardian) -> None:
    first, code = invite_guardian(admin, guardian.pk)
    _second, other = invite_guardian(admin, guardian.pk)
    Invitation.objects.filter(pk=first.pk).update(expires_at=first.expires_at)  # neither office saw the other's code

    user = join(code)

    with pytest.raises(InvitationError):
        join(other, "somebody-else")
    guardian.refresh_from_db()
    assert guardian.user == user
    assert not User.objects.filter(username="somebody-else").exists()
    assert Membership.objects.filter(role=Role.PARENT).count() == 1


def test_a_taken_login_leaves_the_code_unspent(admin: Actor, guardian: Guardian) -> None:
    UserFactory.create(username="zhanar")
    _invitation, code = invite_guardian(admin, guardian.pk)

    with pytest.raises(IntegrityError):
        join(code)

    assert join(code, "zhanar2").username == "zhanar2"


def test_guessing_is_stopped_by_address(admin: Actor, guardian: Guardian) -> None:
    _invitation, code = invite_guardian(admin, guardian.pk)
    for _ in range(ATTEMPTS):
        with pytest.raises(InvitationError):
            join("AAAA-AAAA-AAAA-AAAA-AAAA")

    with pytest.raises(TooManyAttemptsError):
        join(code)
    assert join(code, address="192.0.2.8").username == "zhanar"


def test_who_has_an_account_and_who_is_of_another_school_gets_no_code(admin: Actor, guardian: Guardian) -> None:
    outsider = actor(Role.SCHOOL_ADMIN, school=PupilFactory.create().school)
    with pytest.raises(Http404):
        invite_guardian(outsider, guardian.pk)
    guardian.user = UserFactory.create()
    guardian.save()
    with pytest.raises(NotNeededError):
        invite_guardian(admin, guardian.pk)


def test_a_pupil_gets_an_account_from_eighteen_on(admin: Actor) -> None:
    pupil = Pupil.objects.get()
    with pytest.raises(Http404):
        invite_pupil(admin, pupil.pk)
    Pupil.objects.update(birth_date="2001-05-05")

    user = join(invite_pupil(admin, pupil.pk)[1])

    membership = Membership.objects.get(user=user)
    assert (membership.role, membership.pupil) == (Role.PUPIL, pupil)
    with pytest.raises(NotNeededError):
        invite_pupil(admin, pupil.pk)


def test_an_open_code_ends_with_the_last_child_and_no_new_one_is_made(admin: Actor, guardian: Guardian) -> None:
    first = guardian.guardianships.get()
    other = GuardianshipFactory.create(
        pupil=PupilFactory.create(school_class=first.pupil.school_class), guardian=guardian
    )
    end_guardianship(admin, other.pk, last_day=timezone.localdate(), ground="Переезд")
    _invitation, code = invite_guardian(admin, guardian.pk)

    end_guardianship(admin, first.pk, last_day=timezone.localdate(), ground="Переезд")

    with pytest.raises(InvitationError):
        join(code)
    with pytest.raises(Http404):
        invite_guardian(admin, guardian.pk)


def test_a_code_that_outlived_the_last_child_lets_nobody_in(admin: Actor, guardian: Guardian) -> None:
    """Two children ended at the same moment: neither end saw itself as the last."""
    _invitation, code = invite_guardian(admin, guardian.pk)
    guardian.guardianships.update(ends_on=timezone.localdate(), ended_at=timezone.now())
    with pytest.raises(InvitationError):
        join(code)
    assert not Membership.objects.filter(role=Role.PARENT).exists()
