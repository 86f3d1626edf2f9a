"""Whose turn it is, and by what a document is known. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from caseflow.signing.enums import Turn


@dataclass(frozen=True, slots=True)
class Seat:
    """A signer: whether they sign after all others, and whether they have answered."""

    last: bool
    answered: bool


def turn_of(seat: Seat, others: Iterable[Seat]) -> Turn:
    """Everybody signs when they like, the last one after all others; who did not sign has answered as well."""
    if seat.answered:
        return Turn.DONE
    if seat.last and not all(other.answered for other in others):
        return Turn.LATER
    return Turn.NOW


def digest_of(document: str) -> str:
    """SHA-256 (hex) of a document's bytes (UTF-8)."""
    return hashlib.sha256(document.encode()).hexdigest()
