"""Envelope encryption of what is said about a person.

AES-256-GCM (NIST SP 800-38D): a random 96-bit nonce before each ciphertext, the place of the value as associated
data, so that a sealed value moved to another row or field does not open. Data keys are wrapped the same way by a key
derived (HKDF-SHA256) from the installation's vault key.
"""

import hmac
import json
import os
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from caseflow.records.models import DataKey

NONCE_BYTES = 12


class VaultError(Exception):
    """A sealed value does not open: wrong key, moved to another place, or changed."""


def where(model_label: str, pk: UUID | int, field: str) -> str:
    """The place of a value, bound to it as associated data."""
    return f"{model_label}/{pk}/{field}"


def new_key(purpose: str, *, dated: datetime | None = None) -> DataKey:
    """A fresh data key, saved. `dated` is the time it bears, for what came from somebody whose exact time nobody is to
    know; now when None."""
    (key,) = new_keys(purpose, 1)
    if dated is not None:
        key.created_at = dated
        key.save(update_fields=["created_at"])
    return key


def new_keys(purpose: str, number: int) -> list[DataKey]:
    """That many fresh data keys, saved; 1 query."""
    keys = [DataKey(purpose=purpose) for _ in range(number)]
    for key in keys:
        key.wrapped = _encrypt(_wrapping_key(settings.VAULT_KEY), AESGCM.generate_key(256), _key_place(key))
    return DataKey.objects.bulk_create(keys)


def keyed_digest(purpose: str, *parts: str) -> str:
    """HMAC-SHA256 (64 hexadecimal digits) of the parts, for what is to be found again but never read.

    Each purpose has its own key, derived from the vault key, so that whoever has the database alone can try no guess.
    """
    return hmac.new(_digest_key(settings.VAULT_KEY, purpose), json.dumps(parts).encode(), "sha256").hexdigest()


def seal(key: DataKey, text: str, place: str) -> bytes:
    """`text` sealed for `place`; an empty text stays empty."""
    return seal_bytes(key, text.encode(), place) if text else b""


def unseal(key: DataKey, sealed: bytes | memoryview | None, place: str) -> str:
    """What `seal` was given for the same place. Raises VaultError."""
    return unseal_bytes(key, sealed, place).decode() if sealed else ""


def seal_bytes(key: DataKey, content: bytes, place: str) -> bytes:
    """`content` sealed for `place`, 28 bytes longer."""
    return _encrypt(_unwrap(key), content, place.encode())


def unseal_bytes(key: DataKey, sealed: bytes | memoryview, place: str) -> bytes:
    """What `seal_bytes` was given for the same place. Raises VaultError."""
    return _decrypt(_unwrap(key), bytes(sealed), place.encode())


def _unwrap(key: DataKey) -> bytes:
    return _decrypt(_wrapping_key(settings.VAULT_KEY), bytes(key.wrapped), _key_place(key))


def _key_place(key: DataKey) -> bytes:
    return where("records.DataKey", key.pk, "wrapped").encode()


@lru_cache(maxsize=4)
def _wrapping_key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tirek vault 1").derive(secret.encode())


@lru_cache(maxsize=16)
def _digest_key(secret: str, purpose: str) -> bytes:
    info = b"tirek digest 1 " + purpose.encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())


def _encrypt(key: bytes, content: bytes, place: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, place)


def _decrypt(key: bytes, sealed: bytes, place: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise VaultError(place.decode()) from error
