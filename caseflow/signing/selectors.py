"""A round as its pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass

from caseflow.accounts.models import User
from caseflow.signing.enums import Answer, Turn
from caseflow.signing.models import Round, Signature, Signer
from caseflow.signing.rules import Seat, turn_of


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked to sign. `signature` is None until they answered."""

    signer: Signer
    turn: Turn
    signature: Signature | None

    @property
    def signed(self) -> bool:
        return self.signature is not None and self.signature.answer == Answer.SIGNED


@dataclass(frozen=True, slots=True)
class RoundView:
    """All who are asked, in their order. `holds`: whether every signature is of the document as it is now."""

    round: Round
    asked: tuple[Asked, ...]
    holds: bool

    @property
    def signed(self) -> int:
        return sum(each.signed for each in self.asked)


def round_of(subject: str, sha256: str) -> RoundView | None:
    """The round about a subject whose document has this digest now; None while none was begun (2 queries)."""
    found = Round.objects.filter(subject=subject).first()
    if found is None:
        return None
    signers = list(found.signers.select_related("signature__by"))
    digests = {found.sha256, *(each.sha256 for each in map(_signature, signers) if each)}
    return RoundView(found, tuple(_asked(signer, signers) for signer in signers), holds=digests == {sha256})


def mine(view: RoundView | None, user: User) -> Asked | None:
    """What is asked of somebody; None where nothing is."""
    return next((each for each in view.asked if each.signer.user_id == user.pk), None) if view else None


def _asked(signer: Signer, signers: Iterable[Signer]) -> Asked:
    others = [_seat(other) for other in signers if other.pk != signer.pk]
    return Asked(signer, turn_of(_seat(signer), others), _signature(signer))


def _seat(signer: Signer) -> Seat:
    return Seat(last=signer.last, answered=_signature(signer) is not None)


def _signature(signer: Signer) -> Signature | None:
    return getattr(signer, "signature", None)
