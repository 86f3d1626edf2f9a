"""The folder of an installation with the certificates it trusts and the revocation lists it keeps."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from cryptography.x509 import (
    Certificate,
    CertificateRevocationList,
    InvalidVersion,
    load_der_x509_certificate,
    load_der_x509_crl,
    load_pem_x509_certificate,
    load_pem_x509_crl,
)
from django.conf import settings

PEM: Final = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----", re.DOTALL)
Kind = TypeVar("Kind")


def trusted_roots() -> list[Certificate]:
    """The certificates in the folder of roots (PEM or DER). Files that are none are passed over."""
    return _read(load_pem_x509_certificate, load_der_x509_certificate)


def revocation_lists() -> list[CertificateRevocationList]:
    """The revocation lists in the folder of roots (PEM or DER)."""
    return _read(load_pem_x509_crl, load_der_x509_crl)


def _read(from_pem: Callable[[bytes], Kind], from_der: Callable[[bytes], Kind]) -> list[Kind]:
    """What can be read of all files; a file of PEM may have several, and words between them."""
    found = []
    for content in _kept():
        blocks = [each.group() for each in PEM.finditer(content)]
        for part in blocks or [content]:
            with suppress(ValueError, InvalidVersion):
                found.append((from_pem if blocks else from_der)(part))
    return found


def _kept() -> list[bytes]:
    files = sorted(path for path in Path(settings.SIGNATURE_ROOTS).glob("*") if path.is_file())
    return [file.read_bytes() for file in files]
