"""A signature of a national key holds for its document, by a certificate that leads to a root trusted here."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from asn1crypto import core, keys, parser
from asn1crypto import x509 as asn
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from caseflow.signing import verifying
from caseflow.signing.errors import NotSignedError
from caseflow.signing.gost.streebog import streebog512
from caseflow.signing.national import KEY
from caseflow.signing.verifying import Certificate, verify_cms
from tests.signing import national_keys
from tests.signing.keys import DAY, authority, holder
from tests.signing.national_keys import (
    KEY_PLACE,
    NationalHolder,
    national_authority,
    national_authority_below,
    national_holder,
    national_list,
)

DOCUMENT = '{"title":"Есеп"}'.encode()
EXTENSIONS = 7  # their place in what is signed of a certificate
UNTRUSTED = "no root that this installation trusts"


@pytest.fixture(scope="module")
def root() -> NationalHolder:
    return national_authority()


@pytest.fixture(scope="module")
def signer(root: NationalHolder) -> NationalHolder:
    return national_holder(root)


@pytest.fixture(autouse=True)
def roots(settings: Settings, tmp_path: Path, root: NationalHolder) -> Path:
    settings.SIGNATURE_ROOTS = str(tmp_path)
    (tmp_path / "root.cer").write_bytes(root.der)
    return tmp_path


def verified(signature: bytes, document: bytes = DOCUMENT, *, after: timedelta = timedelta(0)) -> Certificate:
    return verify_cms(document, signature, timezone.now() + after)


@pytest.mark.parametrize("rfc", [False, True])
def test_whose_it_is_comes_from_the_certificate_without_the_national_number(
    root: NationalHolder,
    signer: NationalHolder,
    rfc: bool,
) -> None:
    found = verified(signer.signs(DOCUMENT, rfc=rfc))
    assert (found.subject, found.issuer) == ("Оспанов К.", "Ұлттық орталық")
    assert found.serial == f"{signer.certificate.serial_number:x}"
    assert found.valid_until == signer.certificate.not_valid_after_utc
    assert len(found.root_sha256) == 64
    assert "900101300123" not in f"{found}"


def test_roots_of_both_kinds_lie_beside_each_other(signer: NationalHolder, roots: Path) -> None:
    other = authority("Test root")
    (roots / "rsa.pem").write_bytes(other.pem)
    assert verified(signer.signs(DOCUMENT)).issuer == "Ұлттық орталық"
    assert verified(holder(other).signs(DOCUMENT)).issuer == "Test root"


def test_a_changed_byte_is_found(signer: NationalHolder) -> None:
    made = signer.signs(DOCUMENT)
    with pytest.raises(NotSignedError, match="another document"):
        verified(made, DOCUMENT + b" ")
    with pytest.raises(NotSignedError, match="does not hold"):
        verified(made[:-1] + bytes([made[-1] ^ 1]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "signed_data"},
        {"digest": b"\0" * 64},
        {"document_digest": "2.16.840.1.101.3.4.2.1"},
    ],
)
def test_what_is_said_to_be_signed_is_the_document(signer: NationalHolder, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotSignedError, match="another document"):
        verified(signer.signs(DOCUMENT, **wrong))


@pytest.mark.parametrize("inside", [{"content_type": "data", "content": b"another"}, {"content_type": "tst_info"}])
def test_nothing_but_a_document_beside_it_is_signed(signer: NationalHolder, inside: dict[str, Any]) -> None:
    with pytest.raises(NotSignedError, match="no detached signature"):
        verified(signer.signs(DOCUMENT, inside=inside))


def test_no_attribute_stands_there_twice(signer: NationalHolder) -> None:
    twice = {"type": "message_digest", "values": [streebog512(DOCUMENT)]}
    with pytest.raises(NotSignedError, match="another document"):
        verified(signer.signs(DOCUMENT, more=[twice]))


def test_many_attributes_are_counted_in_a_moment(signer: NationalHolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each counted among all took twelve seconds."""
    monkeypatch.setattr(verifying, "LARGEST", 256 * 1024)
    made = signer.signs(DOCUMENT, more=[{"type": "1.2", "values": [core.Null()]}] * 20_000)
    began = process_time()
    assert verified(made).subject == "Оспанов К."
    assert process_time() - began < 6


def test_another_key_than_that_of_the_certificate_does_not_hold(root: NationalHolder, signer: NationalHolder) -> None:
    other = national_holder(root)
    forged = NationalHolder(other.secret, signer.der, signer.frame)
    with pytest.raises(NotSignedError, match="does not hold"):
        verified(forged.signs(DOCUMENT))


def test_a_certificate_that_does_not_come_along_cannot_be_read(root: NationalHolder, signer: NationalHolder) -> None:
    for given_instead in ([], [root.der]):
        with pytest.raises(NotSignedError, match="cannot be read"):
            verified(signer.signs(DOCUMENT, certificates=given_instead))


def extensions(**values: Any) -> bytes:
    made = asn.Extensions([{"extn_id": name, "extn_value": value} for name, value in values.items()]).dump()
    return bytes(parser.emit(2, 1, 3, made))


WRONG: dict[str, Callable[[NationalHolder], NationalHolder]] = {
    "another root of the same name": lambda _root: national_holder(national_authority()),
    "another name": lambda _root: national_holder(national_authority("Басқа")),
    "over since yesterday": lambda root: national_holder(root, days=-1),
    "for encryption alone": lambda root: national_holder(root, signs=False),
    "a critical extension that nobody knows": lambda root: national_holder(root, strange=True),
    "an authority itself": lambda root: root,
    "an authority that may sign no certificates": lambda root: national_holder(
        root, changed={EXTENSIONS: extensions(basic_constraints={"ca": True}, key_usage={"non_repudiation"})}
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_certificate_that_is_not_trusted_signs_nothing(root: NationalHolder, case: str) -> None:
    with pytest.raises(NotSignedError, match=UNTRUSTED):
        verified(WRONG[case](root).signs(DOCUMENT))


STRANGE = {
    "a version that there is not": {0: bytes.fromhex("a003020107")},
    "a key without parameters": {
        KEY_PLACE: keys.PublicKeyInfo({"algorithm": {"algorithm": KEY}, "public_key": b"1"}).dump()
    },
    "a name of a kind that is not known": {
        EXTENSIONS: extensions(subject_alt_name=core.ParsableOctetString(bytes.fromhex("3004a3023000")))
    },
}


@pytest.mark.parametrize("case", STRANGE)
def test_a_certificate_made_to_break_whoever_reads_it_is_refused(root: NationalHolder, case: str) -> None:
    strange = national_holder(root, changed=STRANGE[case])
    with pytest.raises(NotSignedError, match="cannot be read"):
        verified(strange.signs(DOCUMENT))


def test_a_root_that_cannot_be_read_stands_in_nobodys_way(root: NationalHolder, roots: Path) -> None:
    other, changed = authority("Test root"), STRANGE["a name of a kind that is not known"]
    name = {KEY_PLACE: other_key(other.certificate)}
    (roots / "rsa.pem").write_bytes(other.pem)
    (roots / "odd.cer").write_bytes(national_holder(root, changed=changed | name).der)
    (roots / "version.cer").write_bytes(national_holder(root, changed=STRANGE["a version that there is not"]).der)
    assert verified(holder(other).signs(DOCUMENT)).issuer == "Test root"


def other_key(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def test_a_root_that_is_over_is_trusted_no_more(signer: NationalHolder) -> None:
    with pytest.raises(NotSignedError, match=UNTRUSTED):
        verified(signer.signs(DOCUMENT), after=60 * DAY)


def test_another_curve_is_not_known(root: NationalHolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(national_keys, "CURVE", "1.2.398.3.10.1.1.2.2.2")
    with pytest.raises(NotSignedError, match="does not hold"):
        verified(national_holder(root).signs(DOCUMENT))


def test_a_root_of_the_same_name_with_another_kind_of_key_has_signed_nothing(
    root: NationalHolder, signer: NationalHolder, roots: Path
) -> None:
    (roots / "root.cer").write_bytes(root.frame.pem)
    with pytest.raises(NotSignedError, match=UNTRUSTED):
        verified(signer.signs(DOCUMENT))


def test_a_path_leads_over_authorities_that_come_along(root: NationalHolder) -> None:
    second = national_authority_below(root, "Second")
    person = national_holder(second)
    assert verified(person.signs(DOCUMENT, beside=[second.der])).issuer == "Second"
    with pytest.raises(NotSignedError, match=UNTRUSTED):
        verified(person.signs(DOCUMENT))  # the authority between is not there


def test_a_person_is_no_authority(root: NationalHolder, signer: NationalHolder) -> None:
    below = national_holder(signer, "Кто-то")
    with pytest.raises(NotSignedError, match=UNTRUSTED):
        verified(below.signs(DOCUMENT, beside=[signer.der]))


def test_no_more_authorities_stand_below_one_than_it_may_have(root: NationalHolder) -> None:
    short = national_authority_below(root, "Short", length=0)
    third = national_authority_below(short, "Third")
    assert verified(national_holder(short).signs(DOCUMENT, beside=[short.der])).issuer == "Short"
    with pytest.raises(NotSignedError, match=UNTRUSTED):
        verified(national_holder(third).signs(DOCUMENT, beside=[third.der, short.der]))


def test_a_path_in_a_circle_and_one_too_long_end(root: NationalHolder, roots: Path) -> None:
    circle = national_authority("Circle")  # signs itself, and is no root here
    with pytest.raises(NotSignedError, match=UNTRUSTED):
        verified(national_holder(circle).signs(DOCUMENT, beside=[circle.der]))
    chain = [root]
    for number in range(3):
        chain.append(national_authority_below(chain[-1], f"Number {number}"))
    with pytest.raises(NotSignedError, match=UNTRUSTED):
        verified(national_holder(chain[-1]).signs(DOCUMENT, beside=[each.der for each in chain[1:]]))


def test_a_revoked_certificate_is_refused(root: NationalHolder, signer: NationalHolder, roots: Path) -> None:
    other = national_holder(root, "Другой Д.")
    (roots / "list.crl").write_bytes(national_list(root, other))
    assert verified(signer.signs(DOCUMENT)).subject == "Оспанов К."
    with pytest.raises(NotSignedError, match="was revoked"):
        verified(other.signs(DOCUMENT))
    (roots / "list.crl").write_bytes(national_list(national_authority(), other))  # not signed by the issuer
    assert verified(other.signs(DOCUMENT)).subject == "Другой Д."


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_byte_is_spoilt_it_is_refused_or_says_the_same(
    root: NationalHolder, signer: NationalHolder, place: int, bit: int
) -> None:
    spoilt = bytearray(signer.signs(DOCUMENT))
    spoilt[place % len(spoilt)] ^= 1 << bit
    try:
        found = verified(bytes(spoilt))
    except NotSignedError:
        return
    assert found.serial == f"{signer.certificate.serial_number:x}"  # what was spoilt was not signed


def test_the_national_number_of_an_encoding_in_pem_is_read_too(root: NationalHolder, roots: Path) -> None:
    (roots / "root.cer").write_bytes(root.certificate.public_bytes(Encoding.PEM))
    assert verified(national_holder(root).signs(DOCUMENT)).issuer == "Ұлттық орталық"
    assert len(streebog512(DOCUMENT)) == 64
