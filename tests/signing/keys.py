"""Keys, certificates and detached signatures for tests, made anew each time: all invented."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder
from cryptography.x509.oid import NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holder:
    """A key with its certificate."""

    key: Key
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def signs(
        self,
        document: bytes,
        encoding: Encoding = Encoding.DER,
        *,
        detached: bool = True,
        beside: Iterable[x509.Certificate] = (),
    ) -> bytes:
        """A signature of the document in CMS, with further certificates `beside` the own one."""
        options = [PKCS7Options.Binary, *([PKCS7Options.DetachedSignature] if detached else [])]
        builder = PKCS7SignatureBuilder().set_data(document).add_signer(self.certificate, self.key, SHA256())
        for certificate in beside:
            builder = builder.add_certificate(certificate)
        return builder.sign(encoding, options)


def authority(name: str = "Test root", *, days: int = 50) -> Holder:
    """A root; `days` from now it ends."""
    key = rsa.generate_private_key(65537, 2048)
    return Holder(key, _certificate(name, key, name, key, is_root=True, days=days))


def authority_below(of: Holder, name: str = "Second authority", *, length: int | None = None) -> Holder:
    """An authority whose certificate another one signed; `length` authorities may stand below it."""
    key = rsa.generate_private_key(65537, 2048)
    issuer = of.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    return Holder(key, _certificate(name, key, str(issuer), of.key, is_root=True, length=length))


def holder(
    of: Holder,
    name: str = "Оспанов К.",
    *,
    days: int = 50,
    curve: bool = False,
    signs: bool = True,
    strange: bool = False,
) -> Holder:
    """Somebody with a certificate of that root; `days` from now it ends; without `signs` it is for encryption alone."""
    key: Key = ec.generate_private_key(ec.SECP256R1()) if curve else rsa.generate_private_key(65537, 2048)
    issuer = of.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    return Holder(key, _certificate(name, key, str(issuer), of.key, days=days, signs=signs, strange=strange))


def revoked(of: Holder, *holders: Holder, ends: timedelta = 30 * DAY, encoding: Encoding = Encoding.DER) -> bytes:
    """The list in which that root says which certificates it has revoked; the next one is due after `ends`."""
    now = datetime.now(UTC)
    builder = x509.CertificateRevocationListBuilder().issuer_name(of.certificate.subject)
    builder = builder.last_update(now - 90 * DAY).next_update(now + ends)
    for holder in holders:
        entry = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number)
        builder = builder.add_revoked_certificate(entry.revocation_date(now - 80 * DAY).build())
    return builder.sign(of.key, SHA256()).public_bytes(encoding)


def _certificate(
    name: str,
    key: Key,
    issuer: str,
    issuer_key: Key,
    *,
    is_root: bool = False,
    days: int = 50,
    signs: bool = True,
    length: int | None = None,
    strange: bool = False,
) -> x509.Certificate:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=signs and not is_root,
        content_commitment=signs and not is_root,
        key_encipherment=not signs,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name, "IIN900101300123"))
        .issuer_name(_name(issuer, "IIN900101300123"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 100 * DAY)
        .not_valid_after(now + days * DAY)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=length), critical=True)
        .add_extension(usage, critical=True)
    )
    if strange:
        builder = builder.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0"), True)
    return builder.sign(issuer_key, SHA256())


def _name(common: str, serial: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, common), x509.NameAttribute(NameOID.SERIAL_NUMBER, serial)]
    )
