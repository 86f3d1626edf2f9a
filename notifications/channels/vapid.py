"""Who we are to a push service: a signed note in each request (VAPID, RFC 8292).

The private key is drawn from the installation's secret (setting VAPID_KEY), so one text is all there is to keep.
"""

import json
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256, sha512
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (SEC 2, 2.4.2)
LASTS = timedelta(hours=12)  # RFC 8292 allows 24


def public_key() -> str:
    """What browsers are given as applicationServerKey: the uncompressed point, base64url."""
    point = _private(settings.VAPID_KEY).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _written(point)


def key_id() -> str:
    """A short name of the present key. A browser that was entered for another one cannot be reached any more."""
    return sha256(public_key().encode()).hexdigest()[:16]


def authorization(endpoint: str, now: datetime) -> str:
    """The Authorization header for a request to this endpoint."""
    place = urlsplit(endpoint)
    claims = {
        "aud": f"{place.scheme}://{place.netloc}",
        "exp": int((now + LASTS).timestamp()),
        "sub": settings.VAPID_CONTACT,
    }
    return f"vapid t={_token(claims)}, k={public_key()}"


def _token(claims: dict[str, object]) -> str:
    """A JSON Web Token signed with ES256 (RFC 7515, RFC 7518 3.4: both numbers at 32 bytes)."""
    head, body = (_written(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    signature = _private(settings.VAPID_KEY).sign(f"{head}.{body}".encode(), ec.ECDSA(SHA256()))
    numbers = b"".join(number.to_bytes(32, "big") for number in decode_dss_signature(signature))
    return f"{head}.{body}.{_written(numbers)}"


@lru_cache(maxsize=2)
def _private(secret: str) -> ec.EllipticCurvePrivateKey:
    # 512 bits reduced modulo a 256-bit order leave no bias that matters (FIPS 186-5, A.2.1).
    number = int.from_bytes(sha512(b"tirek vapid 1" + secret.encode()).digest(), "big") % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def _written(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
