import json
from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.utils import timezone

from notifications.channels import vapid


def read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verified(header: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Head and claims of the token, as a push service checks them. Raises InvalidSignature."""
    scheme, _, rest = header.partition(" ")
    given = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), read(given["k"]))
    head, body, signature = given["t"].split(".")
    numbers = read(signature)
    assert len(numbers) == 64
    der = encode_dss_signature(int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big"))
    key.verify(der, f"{head}.{body}".encode(), ec.ECDSA(SHA256()))
    return json.loads(read(head)), json.loads(read(body))


def test_the_note_is_signed_for_the_origin_of_the_service_alone() -> None:
    now = timezone.now()
    head, claims = verified(vapid.authorization("https://push.example:8443/a/b?c", now))
    assert head == {"typ": "JWT", "alg": "ES256"}
    assert claims["aud"] == "https://push.example:8443"
    assert claims["sub"] == "mailto:postmaster@tirek.invalid"
    assert now + timedelta(hours=11) < now + timedelta(seconds=claims["exp"] - now.timestamp())
    assert claims["exp"] - now.timestamp() < timedelta(hours=24).total_seconds()


def test_a_changed_note_is_found_out() -> None:
    header = vapid.authorization("https://push.example/a", timezone.now())
    other = vapid.authorization("https://other.example/a", timezone.now())
    token, foreign = (each.split("t=")[1].split(",")[0].split(".") for each in (header, other))
    swapped = header.replace(token[1], foreign[1])
    with pytest.raises(InvalidSignature):
        verified(swapped)


def test_the_key_follows_from_the_installations_secret(settings: Any) -> None:
    first, name = vapid.public_key(), vapid.key_id()
    assert vapid.public_key() == first
    assert len(read(first)) == 65
    settings.VAPID_KEY = "another secret"
    assert vapid.public_key() != first
    assert vapid.key_id() != name
