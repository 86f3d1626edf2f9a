"""The folder of an installation with the certificates it trusts and the revocation lists it keeps."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from asn1crypto import pem
from cryptography.x509 import (
    Certificate,
    CertificateRevocationList,
    load_der_x509_certificate,
    load_der_x509_crl,
    load_pem_x509_crl,
)
from django.conf import settings

PEM_LIST: Final = b"-----BEGIN X509 CRL"


def trusted_roots() -> list[Certificate]:
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


def _certificates_in(content: bytes) -> list[Certificate]:
    try:
        parts = (
            [der for _kind, _heads, der in pem.unarmor(content, multiple=True)] if pem.detect(content) else [content]
        )
        return [load_der_x509_certificate(der) for der in parts]
    except (ValueError, TypeError):
        return []
