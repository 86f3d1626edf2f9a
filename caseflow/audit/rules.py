"""How entries are chained: each digest covers the entry and the digest before it."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Any

GENESIS = "0" * 64


def chain_digest(previous: str, content: dict[str, Any]) -> str:
    """SHA-256 (hex) over the previous digest and the canonical JSON of `content`."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def sign_checkpoint(key: str, sequence: int, digest: str) -> str:
    """HMAC-SHA256 (hex) of the chain's end under the installation's audit key."""
    return hmac.new(key.encode(), f"{sequence}\n{digest}".encode(), "sha256").hexdigest()


def first_break(links: Iterable[tuple[int, str, dict[str, Any]]]) -> int | None:
    """The first sequence number at which the chain does not hold, or None.

    `links` are (sequence, digest, content) in the order in which they are stored. A changed, removed, inserted or
    reordered entry breaks the chain at its place or at the next one.
    """
    previous = GENESIS
    for expected, (sequence, digest, content) in enumerate(links, start=1):
        if sequence != expected or digest != chain_digest(previous, content):
            return expected
        previous = digest
    return None
