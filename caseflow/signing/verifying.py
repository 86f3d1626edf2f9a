"""Detached CMS signatures (RFC 5652), as a national key makes them, against the roots of this installation.

Signature, certificate and path are checked by pyHanko. Nothing is asked of an issuer, for nothing leaves the
installation: that a certificate was revoked is seen in the revocation lists (RFC 5280) that lie beside the roots. Keys
of GOST 34.10 are not known to pyHanko, and refused as such.
"""

import asyncio
import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from asn1crypto import cms, crl, pem, x509
from django.conf import settings
from django.utils.translation import gettext
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from caseflow.signing.errors import NotSignedError

LARGEST: Final = 256 * 1024  # bytes; a signature with its chain has about ten thousand
MOST_CERTIFICATES: Final = 4  # in one signature; paths through many that look alike are tried one by one
OLDEST_LIST: Final = timedelta(days=3650)
CRL_REQUIRED, NO_CHECK = RevocationCheckingRule.CRL_REQUIRED, RevocationCheckingRule.NO_CHECK
Kind = TypeVar("Kind", x509.Certificate, crl.CertificateList)
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
    lists = revocation_lists()
    policy = _asks_lists(signed, lists)
    context = ValidationContext(roots, crls=lists, revinfo_policy=policy, allow_fetching=False, moment=at)
    try:
        status = asyncio.run(async_validate_detached_cms(document, signed, context, key_usage_settings=SIGNS))
    except Exception as error:  # the library has no common class of errors for what is wrong with a signature
        raise NotSignedError(gettext("This signature cannot be read. Is it made with an RSA or ECDSA key?")) from error
    if not status.intact:
        raise NotSignedError(gettext("This signature is of another document."))
    if not status.valid:
        raise NotSignedError(gettext("This signature does not hold."))
    if status.revoked:
        raise NotSignedError(gettext("This certificate was revoked."))
    if not status.trusted:
        raise NotSignedError(
            gettext("The certificate leads to no root that this installation trusts, or is not valid now.")
        )
    if status.signing_cert.ca:
        raise NotSignedError(gettext("This is the certificate of an authority, not of a person."))
    return _certificate(status)


def _asks_lists(signed: cms.SignedData, lists: list[crl.CertificateList]) -> CertRevTrustPolicy:
    """Of a certificate whose issuer's list is kept here it is asked, however old the list is: revoked stays revoked."""
    named = {each.issuer.hashable for each in lists}
    given = [each.chosen for each in signed["certificates"] or () if each.name == "certificate"]
    by_kind: dict[bool, list[bool]] = {False: [], True: []}
    for each in given:
        by_kind[bool(each.ca)].append(each.issuer.hashable in named)
    own = CRL_REQUIRED if any(by_kind[False]) else NO_CHECK
    between = CRL_REQUIRED if by_kind[True] and all(by_kind[True]) else NO_CHECK
    return CertRevTrustPolicy(
        RevocationCheckingPolicy(own, between),
        freshness=OLDEST_LIST,
        freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
    )


def trusted_roots() -> list[x509.Certificate]:
    """The certificates in the folder of roots (PEM or DER). Files that are none are passed over."""
    return _kept(x509.Certificate)


def revocation_lists() -> list[crl.CertificateList]:
    """The revocation lists in the folder of roots (PEM or DER)."""
    return _kept(crl.CertificateList)


def _kept(kind: type[Kind]) -> list[Kind]:
    files = sorted(path for path in Path(settings.SIGNATURE_ROOTS).glob("*") if path.is_file())
    return [each for file in files for each in _read_all(kind, file.read_bytes())]


def _read_all(kind: type[Kind], content: bytes) -> list[Kind]:
    try:
        parts = (
            [der for _kind, _heads, der in pem.unarmor(content, multiple=True)] if pem.detect(content) else [content]
        )
        found = [kind.load(der, strict=True) for der in parts]
        for each in found:
            each.native  # noqa: B018  it is read only now
    except (ValueError, TypeError, KeyError):
        return []
    return found


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
