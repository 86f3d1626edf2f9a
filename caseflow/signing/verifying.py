"""Detached CMS signatures (RFC 5652), as a national key makes them, against the roots of this installation.

Signature, certificate and path are checked by pyHanko. Nothing is asked of an issuer, for nothing leaves the
installation: that a certificate was revoked is seen in the revocation lists (RFC 5280) that lie beside the roots. Keys
of GOST 34.10 are not known to pyHanko, and refused as such.
"""

import asyncio
import hashlib
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from asn1crypto import cms, pem, x509
from cryptography.x509 import (
    CertificateRevocationList,
    load_der_x509_certificate,
    load_der_x509_crl,
    load_pem_x509_crl,
)
from django.conf import settings
from django.utils.translation import gettext
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.path import ValidationPath

from caseflow.signing.errors import NotSignedError

LARGEST: Final = 256 * 1024  # bytes; a signature with its chain has about ten thousand
MOST_CERTIFICATES: Final = 4  # in one signature; paths through many that look alike are tried one by one
PEM_LIST: Final = b"-----BEGIN X509 CRL"
SIGNS: Final = KeyUsageConstraints(key_usage={"non_repudiation"})

for _name in ("pyhanko", "pyhanko_certvalidator"):  # they write subjects into the log, national numbers included
    logging.getLogger(_name).disabled = True


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
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)
    try:
        status = asyncio.run(async_validate_detached_cms(document, signed, context, key_usage_settings=SIGNS))
    except Exception as error:  # the library has no common class of errors for what is wrong with a signature
        raise NotSignedError(gettext("This signature cannot be read. Is it made with an RSA or ECDSA key?")) from error
    if not status.intact:
        raise NotSignedError(gettext("This signature is of another document."))
    if not status.valid:
        raise NotSignedError(gettext("This signature does not hold."))
    if not status.trusted:
        raise NotSignedError(
            gettext("The certificate leads to no root that this installation trusts, or is not valid now.")
        )
    if status.signing_cert.ca:
        raise NotSignedError(gettext("This is the certificate of an authority, not of a person."))
    if status.validation_path and _is_revoked(status.validation_path):
        raise NotSignedError(gettext("This certificate was revoked."))
    return _certificate(status)


def trusted_roots() -> list[x509.Certificate]:
    """The certificates in the folder of roots (PEM or DER). Files that are none are passed over."""
    return [certificate for content in _kept() for certificate in _certificates_in(content)]


def revocation_lists() -> list[CertificateRevocationList]:
    """The revocation lists in the folder of roots (PEM or DER)."""
    found = []
    for content in _kept():
        read = load_pem_x509_crl if content.startswith(PEM_LIST) else load_der_x509_crl
        with suppress(ValueError):
            found.append(read(content))
    return found


def _kept() -> list[bytes]:
    files = sorted(path for path in Path(settings.SIGNATURE_ROOTS).glob("*") if path.is_file())
    return [file.read_bytes() for file in files]


def _certificates_in(content: bytes) -> list[x509.Certificate]:
    try:
        parts = (
            [der for _kind, _heads, der in pem.unarmor(content, multiple=True)] if pem.detect(content) else [content]
        )
        found = [x509.Certificate.load(der, strict=True) for der in parts]
        for each in found:
            each.native  # noqa: B018  it is read only now
    except (ValueError, TypeError, KeyError):
        return []
    return found


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
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return info["content"] if is_signed else None


def _is_one(content: dict[str, Any]) -> bool:
    """Whether one person signed, with few enough certificates."""
    return len(content["signer_infos"]) == 1 and len(content["certificates"] or ()) <= MOST_CERTIFICATES


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
