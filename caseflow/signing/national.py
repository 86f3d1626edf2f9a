"""Detached CMS signatures (RFC 5652) of national keys, which pyHanko does not know.

What is signed, certificate and path are looked at here, and no more than such signatures need: one person, signed
attributes, one curve and digest; a path of certificates to one that lies in the folder of roots (RFC 5280: names,
signatures, days, authority, length, use of the key, no critical extension that is unknown). Certificates are read by
`cryptography`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import ClassVar, Final, TypeVar

from asn1crypto import cms, core
from asn1crypto.x509 import Certificate as AsnCertificate
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from caseflow.signing.gost.curve import holds
from caseflow.signing.gost.streebog import streebog512

KEY: Final = "1.2.398.3.10.1.1.2.2"
SIGNED_WITH: Final = "1.2.398.3.10.1.1.2.3.2"
DIGEST: Final = "1.2.398.3.10.1.3.3"
CURVE: Final = "1.2.398.3.10.1.1.2.2.1"
LONGEST_PATH: Final = 4
KNOWN: Final = (
    x509.BasicConstraints,
    x509.KeyUsage,
    x509.ExtendedKeyUsage,
    x509.CertificatePolicies,
    x509.AuthorityKeyIdentifier,
    x509.SubjectKeyIdentifier,
    x509.SubjectAlternativeName,
)
Path = tuple[x509.Certificate, ...]
Kind = TypeVar("Kind", bound=x509.ExtensionType)


class _Algorithm(core.Sequence):
    _fields: ClassVar = [("algorithm", core.ObjectIdentifier), ("parameters", core.Any, {"optional": True})]


class _Parameters(core.Sequence):
    _fields: ClassVar = [("curve", core.ObjectIdentifier), ("digest", core.ObjectIdentifier, {"optional": True})]


class _KeyInfo(core.Sequence):
    """As asn1crypto's own, which knows no key of this kind."""

    _fields: ClassVar = [("algorithm", _Algorithm), ("key", core.OctetBitString)]


def is_national(signed: cms.SignedData) -> bool:
    """Whether a national key made it."""
    return bool(_signer(signed)["signature_algorithm"]["algorithm"].dotted == SIGNED_WITH)


def has_national_key(certificate: x509.Certificate) -> bool:
    """Whether it is of a national key, in whatever form."""
    return certificate.public_key_algorithm_oid.dotted_string == KEY


def certificate_of(signed: cms.SignedData) -> x509.Certificate | None:
    """The certificate of the person who signed; None where it does not come with the signature."""
    who = _signer(signed)["sid"]
    if who.name != "issuer_and_serial_number":
        return None
    number, issuer = who.chosen["serial_number"].native, who.chosen["issuer"].dump()
    for each in _certificates(signed):
        if each.serial_number == number and each.issuer.public_bytes() == issuer:
            return each
    return None


def is_of(document: bytes, signed: cms.SignedData) -> bool:
    """Whether it says to be of this document: the digest among the signed attributes is the document's."""
    attributes = _attributes(signed)
    return attributes.get("message_digest") == streebog512(document) and attributes.get("content_type") == "data"


def is_intact(signed: cms.SignedData, certificate: x509.Certificate) -> bool:
    """Whether the holder of the certificate's key signed these attributes."""
    signer = _signer(signed)
    key = _key(certificate)
    content = signer["signed_attrs"].untag().dump()
    return key is not None and holds(key, signer["signature"].native, content)


def path_to_root(
    certificate: x509.Certificate, signed: cms.SignedData, roots: Sequence[x509.Certificate], at: datetime
) -> Path:
    """From the certificate up to one of the roots, all valid at that moment; () where there is no such path."""
    path, given = [certificate], _certificates(signed)
    if not _is_sound(certificate, at):
        return ()
    while len(path) < LONGEST_PATH:
        issuer = next((each for each in (*roots, *given) if _issued(each, path[-1], at, below=len(path) - 1)), None)
        if issuer is None or issuer in path:
            return ()
        path.append(issuer)
        if issuer in roots:
            return tuple(path)
    return ()


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether it is of a person, and its key is for signing what cannot be disowned."""
    basic, usage = _extension(certificate, x509.BasicConstraints), _extension(certificate, x509.KeyUsage)
    return not (basic and basic.ca) and usage is not None and usage.content_commitment


def may_be_root(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether it is of an authority, and valid at that moment; not, where its extensions cannot be read."""
    try:
        return _is_valid(certificate, at) and _is_authority(certificate)
    except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return False


def is_revoked(path: Path, lists: Iterable[x509.CertificateRevocationList]) -> bool:
    """Whether a list that its issuer signed names a certificate of the path."""
    kept = list(lists)
    return any(
        each.issuer == issuer.subject
        and each.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None
        and _has_signed(issuer, each.signature_algorithm_oid, each.signature, each.tbs_certlist_bytes)
        for certificate, issuer in pairwise(path)
        for each in kept
    )


def _signer(signed: cms.SignedData) -> cms.SignerInfo:
    return signed["signer_infos"][0]


def _attributes(signed: cms.SignedData) -> dict[str, object]:
    """The signed attributes that have one value, each by its name; none that stands there twice."""
    signer = _signer(signed)
    if signer["digest_algorithm"]["algorithm"].dotted != DIGEST or not signer["signed_attrs"]:
        return {}
    names = Counter(each["type"].native for each in signer["signed_attrs"])
    return {
        each["type"].native: each["values"][0].native
        for each in signer["signed_attrs"]
        if len(each["values"]) == 1 and names[each["type"].native] == 1
    }


def _certificates(signed: cms.SignedData) -> list[x509.Certificate]:
    given = [each.chosen.dump() for each in signed["certificates"] or () if each.name == "certificate"]
    return [x509.load_der_x509_certificate(each) for each in given]


def _key(certificate: x509.Certificate) -> bytes | None:
    """The public key, where it is one of the curve of national keys."""
    whole = AsnCertificate.load(certificate.public_bytes(Encoding.DER))
    info = _KeyInfo.load(whole["tbs_certificate"]["subject_public_key_info"].dump(), strict=True)
    if info["algorithm"]["algorithm"].native != KEY:
        return None
    parameters = info["algorithm"]["parameters"].parse(_Parameters)
    if parameters["curve"].native != CURVE:
        return None
    key: bytes = core.OctetString.load(info["key"].native, strict=True).native
    return key


def _issued(issuer: x509.Certificate, certificate: x509.Certificate, at: datetime, *, below: int) -> bool:
    """Whether `issuer` is an authority that has signed the certificate; `below` it are so many authorities already."""
    return (
        issuer.subject.public_bytes() == certificate.issuer.public_bytes()
        and _is_authority(issuer)
        and _is_long_enough(issuer, below)
        and _is_sound(issuer, at)
        and _has_signed(
            issuer, certificate.signature_algorithm_oid, certificate.signature, certificate.tbs_certificate_bytes
        )
    )


def _has_signed(issuer: x509.Certificate, algorithm: x509.ObjectIdentifier, signature: bytes, content: bytes) -> bool:
    key = _key(issuer)
    return key is not None and algorithm.dotted_string == SIGNED_WITH and holds(key, signature, content)


def _is_authority(certificate: x509.Certificate) -> bool:
    basic, usage = _extension(certificate, x509.BasicConstraints), _extension(certificate, x509.KeyUsage)
    return basic is not None and basic.ca and (usage is None or usage.key_cert_sign)


def _is_long_enough(issuer: x509.Certificate, below: int) -> bool:
    basic = _extension(issuer, x509.BasicConstraints)
    return basic is not None and (basic.path_length is None or basic.path_length >= below)


def _is_sound(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether it is valid at that moment and asks for nothing that is not known here."""
    return _is_valid(certificate, at) and all(
        isinstance(each.value, KNOWN) for each in certificate.extensions if each.critical
    )


def _is_valid(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _extension(certificate: x509.Certificate, kind: type[Kind]) -> Kind | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
