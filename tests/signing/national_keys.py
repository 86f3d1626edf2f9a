"""National keys, certificates, lists and signatures for tests, made anew each time: all invented.

What `cryptography` makes with another key is taken apart, given keys and names of algorithms of the standard, and
signed anew, since no library makes such certificates.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from secrets import randbelow
from typing import Any

from asn1crypto import cms, parser
from asn1crypto import x509 as asn
from asn1crypto.core import Null, ObjectIdentifier, OctetString
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from caseflow.signing.gost.constants import Q
from caseflow.signing.gost.curve import BASE, HALF, times
from caseflow.signing.gost.streebog import streebog512
from caseflow.signing.national import CURVE, DIGEST, KEY, SIGNED_WITH
from tests.signing.keys import Holder, authority, authority_below, holder, revoked

SEQUENCE, BIT_STRING = 0x30, 0x03
ALGORITHM_PLACE, KEY_PLACE = 2, 6  # in what is signed of a certificate
ALGORITHM_OF_LIST = 1


@dataclass(frozen=True)
class NationalHolder:
    """A secret number with the certificate of its key; `frame` has the same names and days with another key."""

    secret: int
    der: bytes
    frame: Holder

    @property
    def certificate(self) -> x509.Certificate:
        return x509.load_der_x509_certificate(self.der)

    def signs(self, document: bytes, *, beside: Iterable[bytes] = (), rfc: bool = False, **otherwise: Any) -> bytes:
        """A detached signature in CMS (DER), with certificates `beside` the own one; r and s in the order of RFC 4491.

        `otherwise` may name another `digest`, `kind` of content, `document_digest` algorithm, `certificates`, what
        lies `inside`, or `more` attributes.
        """
        digest, kind = otherwise.get("digest", streebog512(document)), otherwise.get("kind", "data")
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": [kind]},
                {"type": "message_digest", "values": [digest]},
                *otherwise.get("more", ()),
            ]
        )
        own = asn.Certificate.load(self.der)
        algorithm = {"algorithm": otherwise.get("document_digest", DIGEST)}
        signer = {
            "version": "v1",
            "sid": {"issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}},
            "digest_algorithm": algorithm,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": SIGNED_WITH},
            "signature": signature(self.secret, attributes.untag().dump(), rfc=rfc),
        }
        given = otherwise.get("certificates", [self.der, *beside])
        content = {
            "version": "v1",
            "digest_algorithms": [algorithm],
            "encap_content_info": otherwise.get("inside", {"content_type": "data"}),
            "certificates": [asn.Certificate.load(each) for each in given],
            "signer_infos": [signer],
        }
        return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)}).dump())


def national_authority(name: str = "Ұлттық орталық") -> NationalHolder:
    """A root of national keys."""
    return _of(authority(name), None)


def national_authority_below(of: NationalHolder, name: str, *, length: int | None = None) -> NationalHolder:
    """An authority below another one."""
    return _of(authority_below(of.frame, name, length=length), of)


def national_holder(
    of: NationalHolder, name: str = "Оспанов К.", changed: dict[int, bytes] | None = None, **facts: Any
) -> NationalHolder:
    """Somebody with a certificate of that authority; `changed` parts of what is signed of it, by their places."""
    return _of(holder(of.frame, name, **facts), of, changed)


def national_list(of: NationalHolder, *holders: NationalHolder) -> bytes:
    """The list (DER) in which that authority says which certificates it has revoked."""
    made = revoked(of.frame, *(each.frame for each in holders))
    content = _parts(_parts(made)[0])
    content[ALGORITHM_OF_LIST] = _algorithm()
    return _signed(of.secret, content)


def signature(secret: int, content: bytes, *, rfc: bool = False) -> bytes:
    """As GOST R 34.10 says: r and s."""
    e = int.from_bytes(streebog512(content), "little") % Q or 1
    number = randbelow(Q - 1) + 1
    point = times(number, BASE)
    assert point is not None
    r = point[0] % Q
    s = (r * secret + number * e) % Q
    if rfc:
        return s.to_bytes(HALF) + r.to_bytes(HALF)
    return r.to_bytes(HALF, "little") + s.to_bytes(HALF, "little")


def _of(frame: Holder, issuer: NationalHolder | None, changed: dict[int, bytes] | None = None) -> NationalHolder:
    secret = randbelow(Q - 1) + 1
    content = _parts(_parts(frame.certificate.public_bytes(Encoding.DER))[0])
    content[ALGORITHM_PLACE], content[KEY_PLACE] = _algorithm(), _key(secret)
    for place, part in (changed or {}).items():
        content[place] = part
    return NationalHolder(secret, _signed(issuer.secret if issuer else secret, content), frame)


def _signed(secret: int, content: list[bytes]) -> bytes:
    whole = _wrapped(SEQUENCE, *content)
    return _wrapped(SEQUENCE, whole, _algorithm(), _wrapped(BIT_STRING, b"\0", signature(secret, whole)))


def _algorithm() -> bytes:
    return _wrapped(SEQUENCE, ObjectIdentifier(SIGNED_WITH).dump(), Null().dump())


def _key(secret: int) -> bytes:
    point = times(secret, BASE)
    assert point is not None
    public = b"".join(number.to_bytes(HALF, "little") for number in point)
    parameters = _wrapped(SEQUENCE, ObjectIdentifier(CURVE).dump(), ObjectIdentifier(DIGEST).dump())
    algorithm = _wrapped(SEQUENCE, ObjectIdentifier(KEY).dump(), parameters)
    return _wrapped(SEQUENCE, algorithm, _wrapped(BIT_STRING, b"\0", OctetString(public).dump()))


def _wrapped(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return bytes(parser.emit(tag >> 6, tag >> 5 & 1, tag & 31, content))


def _parts(sequence: bytes) -> list[bytes]:
    """The parts of a sequence, each as it stands there."""
    content, found = parser.parse(sequence)[4], []
    while content:
        length = parser.peek(content)
        found.append(content[:length])
        content = content[length:]
    return found
