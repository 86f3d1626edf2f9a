"""Accounts for guardians and grown pupils: a code handed over against an identity document (rule 8)."""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.accounts.rules import Count
from caseflow.accounts.services.throttle import TooManyTriesError, take_try
from caseflow.audit.services import record
from caseflow.consent.errors import InvitationError, NotNeededError, OwnAccountError, TooManyAttemptsError
from caseflow.consent.models import Invitation
from caseflow.consent.rules import latest_adult_birth
from caseflow.consent.selectors.office import guardians_at
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Membership, Pupil
from caseflow.directory.rules import stands
from caseflow.directory.services.guardianships import stands_for_nobody

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs, none of which reads like another
CODE_LENGTH, GROUP = 20, 4  # 100 bits
VALID_FOR = timedelta(days=14)
ATTEMPTS = 30  # in a quarter of an hour from one address, which many families may share


@transaction.atomic
def invite_guardian(actor: Actor, guardian_id: UUID) -> tuple[Invitation, str]:
    """A code for a guardian who has shown an identity document in the office. It is told this once.

    Older codes of the guardian end. Raises Http404 (also for one who stands for nobody today), NotNeededError (has an
    account).
    """
    guardian = get_object_or_404(guardians_at(actor).filter(stands("guardianships__")), pk=guardian_id)
    if guardian.user_id is not None:
        raise NotNeededError
    return _issue(actor, guardian=guardian)


@transaction.atomic
def invite_pupil(actor: Actor, pupil_id: UUID) -> tuple[Invitation, str]:
    """A code for a pupil who is of age. Raises Http404, NotNeededError (has an account)."""
    adults = actor.pupils().filter(birth_date__lte=latest_adult_birth(timezone.localdate()))
    pupil = get_object_or_404(adults, pk=pupil_id)
    if Membership.objects.filter(pupil=pupil, role=Role.PUPIL).exists():
        raise NotNeededError
    return _issue(actor, pupil=pupil)


def redeem(code: str, *, username: str, password: str, language: str, address: str) -> User:
    """Make the account a code stands for. The code then works no more.

    Raises TooManyAttemptsError, InvitationError, and IntegrityError when the user name was taken meanwhile.
    """
    _count_attempt(address)
    with transaction.atomic():
        invitation = _spend(code, timezone.now())
        person = cast("Guardian | Pupil", invitation.guardian or invitation.pupil)  # a constraint asks for one of them
        user = User(
            username=username,
            last_name=person.last_name,
            first_name=person.first_name,
            patronymic=person.patronymic,
            language=language,
        )
        user.set_password(password)
        user.save()
        _let_in(invitation, user)
    return user


def join_account(user: User, code: str, *, address: str) -> Guardian:
    """Join the guardianship that a code stands for to the account of whoever is signed in. The code works no more.

    A parent on the staff so keeps one account, and rule 10b knows the own child. The code of a pupil come of age makes
    an account of its own: a parent's session must not take it over.
    Raises TooManyAttemptsError, InvitationError, OwnAccountError (the code stays unspent).
    """
    _count_attempt(address)
    with transaction.atomic():
        invitation = _spend(code, timezone.now())
        if invitation.guardian is None:
            raise OwnAccountError
        _let_in(invitation, user)
    return invitation.guardian


def normal_code(typed: str) -> str:
    """The code as it was made, however it was typed: small letters, spaces and hyphens do not matter."""
    return "".join(sign for sign in typed.upper() if sign in ALPHABET)


def _issue(actor: Actor, *, guardian: Guardian | None = None, pupil: Pupil | None = None) -> tuple[Invitation, str]:
    now = timezone.now()
    Invitation.objects.filter(guardian=guardian, pupil=pupil, used_at=None, expires_at__gt=now).update(expires_at=now)
    signs = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    invitation = Invitation.objects.create(
        guardian=guardian,
        pupil=pupil,
        code_hash=_keyed(signs),
        issued_by=actor.user,
        issued_at=now,
        expires_at=now + VALID_FOR,
    )
    _log("invitation.issued", actor.user.pk, actor.role, invitation)
    return invitation, "-".join(signs[i : i + GROUP] for i in range(0, CODE_LENGTH, GROUP))


def _spend(code: str, now: datetime) -> Invitation:
    """Claim the invitation for good: of two who type the same code one gets it."""
    unspent = Invitation.objects.filter(code_hash=_keyed(normal_code(code)), used_at=None, expires_at__gt=now)
    if not unspent.update(used_at=now):
        raise InvitationError
    return Invitation.objects.select_related("guardian", "pupil").get(code_hash=_keyed(normal_code(code)))


def _let_in(invitation: Invitation, user: User) -> None:
    role = Role.PARENT if invitation.guardian_id else Role.PUPIL
    if invitation.guardian_id and not Guardian.objects.filter(pk=invitation.guardian_id, user=None).update(user=user):
        raise InvitationError
    if invitation.guardian_id and stands_for_nobody(invitation.guardian_id):
        raise InvitationError
    Membership.objects.create(
        user=user,
        role=role,
        guardian_id=invitation.guardian_id,
        pupil_id=invitation.pupil_id,
        starts_on=timezone.localdate(),
    )
    _log("invitation.redeemed", user.pk, role, invitation)


def _count_attempt(address: str) -> None:
    try:
        take_try((Count(_keyed(address), ATTEMPTS),))
    except TooManyTriesError as error:
        raise TooManyAttemptsError from error


def _keyed(content: str) -> str:
    """HMAC-SHA256 (hex): who steals the table can neither use codes nor try addresses."""
    return hmac.new(f"invitation {settings.SECRET_KEY}".encode(), content.encode(), "sha256").hexdigest()


def _log(action: str, user_id: int, role: str, invitation: Invitation) -> None:
    record(
        action=action,
        actor_id=user_id,
        role=role,
        obj=f"consent.Invitation/{invitation.pk}",
        pupil_id=invitation.pupil_id,
    )
