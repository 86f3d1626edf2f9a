"""Detached CMS signatures (RFC 5652), as a national key makes them, against the roots of this installation.

Signature, certificate and path are checked by pyHanko. Nothing is asked of an issuer, for nothing leaves the
installation: that a certificate was revoked is seen in the revocation lists (RFC 5280) that lie beside the roots.
National keys (GOST 34.10-2015), which pyHanko does not know, are verified in `national.py`.
"""

import asyncio
import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from asn1crypto import cms, pem, x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate as Root
from cryptography.x509 import load_der_x509_certificate
from django.utils.translation import gettext
from pyhanko.sign.validation.generic_cms import async_validate_cms_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.path import ValidationPath

from caseflow.signing import national
from caseflow.signing.errors import NotSignedError
from caseflow.signing.folder import revocation_lists, trusted_roots

LARGEST: Final = 64 * 1024  # bytes; a signature with its chain has about ten thousand; time can grow by their square
MOST_CERTIFICATES: Final = 4  # in one signature; paths through many that look alike are tried one by one
SIGNS: Final = KeyUsageConstraints(key_usage={"non_repudiation"})

for _name in ("pyhanko", "pyhanko_certvalidator"):  # they write subjects into the log, national numbers included
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)  # and so of all loggers below it, as `disabled` is not


@dataclass(frozen=True, slots=True)
class Certificate:
    """Of whom a verified signature is, by the common names: a national number in a certificate is not taken out of it.

    `serial` in hex; `root_sha256` the fingerprint of the root it led to.
    """

    subject: str
    issuer: str
    serial: str
    valid_until: datetime
    root_sha256: str


def verify_cms(document: bytes, signature: bytes, at: datetime) -> Certificate:
    """Whose detached signature of the document this is, valid at that moment. DER or PEM.

    Raises NotSignedError: no CMS, another document, broken, no path to a root, revoked, not valid then, no key for
    signing.
    """
    roots = trusted_roots()
    if not roots:
        raise NotSignedError(gettext("No root certificates are entered in this installation. Ask its administrator."))
    signed = _read(signature)
    verified = _verified_national if national.is_national(signed) else _verified
    try:
        return verified(document, signed, roots, at)
    except NotSignedError:
        raise
    except Exception as error:  # the libraries have no common class of errors for what is wrong with a signature
        raise _unreadable() from error


def _verified(document: bytes, signed: cms.SignedData, roots: list[Root], at: datetime) -> Certificate:
    """As `verify_cms`, of a key that pyHanko knows. Time stamps are not looked at: they bring certificates along."""
    fit = [each for each in roots if not national.has_national_key(each) and national.may_be_root(each, at)]
    status = asyncio.run(
        async_validate_cms_signature(
            signed,
            status_cls=StandardCMSSignatureStatus,
            raw_digest=hashlib.new(
                signed["signer_infos"][0]["digest_algorithm"]["algorithm"].native, document
            ).digest(),
            validation_context=ValidationContext(
                trust_roots=[x509.Certificate.load(_der(each)) for each in fit], allow_fetching=False, moment=at
            ),
            key_usage_settings=SIGNS,
        )
    )
    if not status.intact:
        raise _of_another_document()
    if not status.valid:
        raise _not_holding()
    if not status.trusted:
        raise _untrusted()
    if status.signing_cert.ca:
        raise NotSignedError(gettext("This is the certificate of an authority, not of a person."))
    if status.validation_path and _is_revoked(status.validation_path):
        raise _revoked()
    return _certificate(status)


def _verified_national(document: bytes, signed: cms.SignedData, roots: list[Root], at: datetime) -> Certificate:
    """As `verify_cms`, of a key of GOST 34.10."""
    certificate = national.certificate_of(signed)
    if certificate is None:
        raise _unreadable()
    if not national.is_of(document, signed):
        raise _of_another_document()
    if not national.is_intact(signed, certificate):
        raise _not_holding()
    path = national.path_to_root(certificate, signed, roots, at) if national.may_sign(certificate) else ()
    if not path:
        raise _untrusted()
    if national.is_revoked(path, revocation_lists()):
        raise _revoked()
    own = x509.Certificate.load(_der(path[0]))
    return Certificate(
        subject=_common_name(own.subject),
        issuer=_common_name(own.issuer),
        serial=f"{path[0].serial_number:x}",
        valid_until=path[0].not_valid_after_utc,
        root_sha256=path[-1].fingerprint(SHA256()).hex(),
    )


def _unreadable() -> NotSignedError:
    return NotSignedError(
        gettext("This signature cannot be read. Keys that are known: RSA, ECDSA, and national ones (GOST 34.10-2015).")
    )


def _of_another_document() -> NotSignedError:
    return NotSignedError(gettext("This signature is of another document."))


def _not_holding() -> NotSignedError:
    return NotSignedError(gettext("This signature does not hold."))


def _untrusted() -> NotSignedError:
    return NotSignedError(
        gettext("The certificate leads to no root that this installation trusts, or is not valid now.")
    )


def _revoked() -> NotSignedError:
    return NotSignedError(gettext("This certificate was revoked."))


def _is_revoked(path: ValidationPath) -> bool:
    """Whether a list that lies here and its issuer signed names a certificate of the path, however old the list is."""
    lists = revocation_lists()
    chain = [load_der_x509_certificate(each.dump()) for each in path.iter_certs(include_root=True)]
    return any(
        each.issuer == issuer.subject
        and each.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None
        and each.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]  # of a key that has signed already
        for issuer, certificate in pairwise(chain)
        for each in lists
    )


def _read(signature: bytes) -> cms.SignedData:
    signed = _signed_data(signature) if len(signature) <= LARGEST else None
    if signed is None:
        raise NotSignedError(gettext("This is no detached signature (CMS)."))
    return signed


def _signed_data(signature: bytes) -> cms.SignedData | None:
    """What is signed once, read to the last byte; None where it is something else."""
    try:
        content = pem.unarmor(signature)[2] if pem.detect(signature) else signature
        info = cms.ContentInfo.load(content, strict=True)
        is_signed = info["content_type"].native == "signed_data" and _is_one(info.native["content"])
    except Exception:  # noqa: BLE001 - the library has no common class of errors for what it cannot read
        return None
    return info["content"] if is_signed else None


def _is_one(content: dict[str, Any]) -> bool:
    """Whether one person signed what does not lie in it, with few enough certificates."""
    return (
        content["encap_content_info"] == {"content_type": "data", "content": None}
        and len(content["signer_infos"]) == 1
        and len(content["certificates"] or ()) <= MOST_CERTIFICATES
    )


def _certificate(status: Any) -> Certificate:
    certificate = status.signing_cert
    root = status.validation_path.first
    der = root.certificate.dump() if hasattr(root, "certificate") else root.dump()
    return Certificate(
        subject=_common_name(certificate.subject),
        issuer=_common_name(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        valid_until=certificate["tbs_certificate"]["validity"]["not_after"].native,
        root_sha256=hashlib.sha256(der).hexdigest(),
    )


def _common_name(name: x509.Name) -> str:
    found = name.native.get("common_name", "")
    return ", ".join(found) if isinstance(found, list) else str(found)


def _der(certificate: Root) -> bytes:
    return certificate.public_bytes(Encoding.DER)
