"""Asking for signatures, and answering."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.accounts.models import User
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.signing.enums import Answer, Means, Turn
from caseflow.signing.errors import NotSignedError
from caseflow.signing.models import LONGEST_NAME, Round, Signature, Signer
from caseflow.signing.rules import digest_of
from caseflow.signing.selectors import Asked, RoundView, mine, round_of
from caseflow.signing.verifying import verify_cms


@dataclass(frozen=True, slots=True)
class Person:
    """Who is to be asked, and as what they sign. `last`: after all others."""

    user: User
    name: str
    position: str
    body_kk: str = ""
    body_ru: str = ""
    last: bool = False


@transaction.atomic
def begin_round(actor: Actor, subject: str, document: str, people: Sequence[Person]) -> Round:
    """Ask these people to sign the document, in this order. Raises NotSignedError: nobody to ask, asked already."""
    if not people:
        raise NotSignedError(gettext("Nobody who signs in here can be asked to sign."))
    if Round.objects.filter(subject=subject).exists():
        raise NotSignedError(gettext("Signatures have been asked for already."))
    begun = Round.objects.create(subject=subject, sha256=digest_of(document), begun_by=actor.user)
    Signer.objects.bulk_create(
        Signer(
            round=begun,
            place=place,
            user=person.user,
            name=person.name[:LONGEST_NAME],
            position=person.position[:LONGEST_NAME],
            body_kk=person.body_kk[:LONGEST_NAME],
            body_ru=person.body_ru[:LONGEST_NAME],
            last=person.last,
        )
        for place, person in enumerate(people, start=1)
    )
    _record(actor, "signatures_asked", begun, {"people": len(people)})
    return begun


@transaction.atomic
def sign(actor: Actor, subject: str, document: str, seen_sha256: str) -> Signature:
    """Sign with the account what had this digest when it was read. Raises NotSignedError."""
    return _answer(actor, subject, document, seen_sha256, answer=Answer.SIGNED)


@transaction.atomic
def refuse(actor: Actor, subject: str, document: str, seen_sha256: str, words: str) -> Signature:
    """Not sign, and say why. Raises NotSignedError."""
    if not words.strip():
        raise NotSignedError(gettext("Say why you do not sign."))
    return _answer(actor, subject, document, seen_sha256, answer=Answer.REFUSED, words=words.strip())


@transaction.atomic
def excuse(actor: Actor, subject: str, document: str, signer_id: UUID, words: str, *, left: bool = False) -> Signature:
    """Enter that somebody who was asked cannot answer any more, and why; who signs last only where they `left`.

    Raises NotSignedError.
    """
    if not words.strip():
        raise NotSignedError(gettext("Say why they cannot be asked any more."))
    return _enter(actor, subject, document, signer_id, left=left, answer=Answer.EXCUSED, words=words.strip())


def sign_with_key(actor: Actor, subject: str, document: str, seen_sha256: str, cms: bytes) -> Signature:
    """Sign by a detached signature of the document that the own key made. Raises NotSignedError.

    Whether it is the actor's turn is asked first, and the signature verified outside the transaction: nobody waits for
    a file that takes long. Who signs, the account says; nobody else may have signed with the same certificate.
    """
    _own(actor, round_of(subject, digest_of(document)), document, seen_sha256)
    certificate = verify_cms(document.encode(), cms, timezone.now())
    facts = {"serial": certificate.serial, "root_sha256": certificate.root_sha256}
    with transaction.atomic():
        _hold(subject)
        if Signature.objects.filter(**facts).exclude(signer__user=actor.user).exists():
            raise NotSignedError(gettext("Somebody else has signed with this certificate."))
        return _answer(
            actor,
            subject,
            document,
            seen_sha256,
            answer=Answer.SIGNED,
            means=Means.KEY,
            cms=cms,
            subject=certificate.subject,
            issuer=certificate.issuer,
            valid_until=certificate.valid_until,
            **facts,
        )


def _answer(actor: Actor, about: str, document: str, seen_sha256: str, **said: Any) -> Signature:
    _hold(about)
    own = _own(actor, round_of(about, digest_of(document)), document, seen_sha256)
    return _keep(actor, own.signer, digest_of(document), said)


def _enter(actor: Actor, about: str, document: str, signer_id: UUID, *, left: bool, **said: Any) -> Signature:
    _hold(about)
    sha256 = digest_of(document)
    view = round_of(about, sha256)
    found = next((each for each in (view.asked if view else ()) if each.signer.pk == signer_id), None)
    if found is None or found.signature or found.signer.user_id == actor.user.pk or (found.signer.last and not left):
        raise NotSignedError(gettext("This is not possible here."))
    return _keep(actor, found.signer, sha256, said)


def _hold(about: str) -> None:
    """Of two who answer at once, one waits for the other."""
    list(Round.objects.select_for_update().filter(subject=about).values_list("pk"))


def _own(actor: Actor, view: RoundView | None, document: str, seen_sha256: str) -> Asked:
    """What is asked of the actor now. Raises NotSignedError."""
    own, sha256 = mine(view, actor.user), digest_of(document)
    if view is None or own is None:
        raise NotSignedError(gettext("You are not asked to sign this."))
    if view.round.sha256 != sha256 or seen_sha256 != sha256:
        raise NotSignedError(gettext("The document is not the one that you read. Read it again."))
    if own.turn is Turn.DONE:
        raise NotSignedError(gettext("You have answered already."))
    if own.turn is Turn.LATER:
        raise NotSignedError(gettext("You sign after all others."))
    return own


def _keep(actor: Actor, signer: Signer, sha256: str, said: dict[str, Any]) -> Signature:
    signature = Signature.objects.create(signer=signer, by=actor.user, sha256=sha256, **said)
    detail = {"answer": signature.answer, "means": signature.means, "sha256": sha256}
    signed = signature.answer == Answer.SIGNED
    _record(actor, "document_signed" if signed else "document_not_signed", signer.round, detail)
    return signature


def _record(actor: Actor, action: str, about: Round, detail: dict[str, Any]) -> None:
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=about.subject.replace(":", " "), detail=detail)
