"""A detached signature holds for the document it was made of, by a certificate that leads to a root trusted here."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic

import pytest
from asn1crypto import cms, tsp
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from caseflow.signing.errors import NotSignedError
from caseflow.signing.folder import revocation_lists, trusted_roots
from caseflow.signing.verifying import LARGEST, Certificate, verify_cms
from tests.signing.keys import DAY, Holder, authority, holder, revoked

DOCUMENT = '{"title":"Есеп"}'.encode()


@pytest.fixture(scope="module")
def root() -> Holder:
    return authority()


@pytest.fixture(scope="module")
def signer(root: Holder) -> Holder:
    return holder(root)


@pytest.fixture(autouse=True)
def roots(settings: Settings, tmp_path: Path, root: Holder) -> Path:
    settings.SIGNATURE_ROOTS = str(tmp_path)
    (tmp_path / "root.pem").write_bytes(root.pem)
    return tmp_path


def verified(signature: bytes, document: bytes = DOCUMENT) -> Certificate:
    return verify_cms(document, signature, timezone.now())


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_whose_it_is_comes_from_the_certificate_without_the_national_number(signer: Holder, encoding: Encoding) -> None:
    found = verified(signer.signs(DOCUMENT, encoding))
    assert (found.subject, found.issuer) == ("Оспанов К.", "Test root")
    assert found.serial == f"{signer.certificate.serial_number:x}"
    assert found.valid_until == signer.certificate.not_valid_after_utc
    assert len(found.root_sha256) == 64
    assert "900101300123" not in f"{found}"


def test_a_key_on_a_curve_signs_as_well(root: Holder) -> None:
    assert verified(holder(root, curve=True).signs(DOCUMENT)).subject == "Оспанов К."


def test_a_changed_byte_is_found(signer: Holder) -> None:
    with pytest.raises(NotSignedError, match="another document"):
        verified(signer.signs(DOCUMENT), DOCUMENT + b" ")


def test_a_revoked_certificate_is_refused_and_others_of_the_root_are_not(
    root: Holder, signer: Holder, roots: Path
) -> None:
    other = holder(root, "Другой Д.")
    (roots / "list.crl").write_bytes(revoked(root, other))
    assert verified(signer.signs(DOCUMENT)).subject == "Оспанов К."
    with pytest.raises(NotSignedError, match="was revoked"):
        verified(other.signs(DOCUMENT))
    assert (len(revocation_lists()), len(trusted_roots())) == (1, 1)


def test_a_list_of_another_issuer_says_nothing_of_it(signer: Holder, roots: Path) -> None:
    (roots / "list.crl").write_bytes(revoked(authority("Another root"), signer))
    assert verified(signer.signs(DOCUMENT)).subject == "Оспанов К."


def test_a_list_that_the_issuer_did_not_sign_says_nothing(signer: Holder, roots: Path) -> None:
    (roots / "list.crl").write_bytes(revoked(authority(), signer))  # of the same name, with another key
    assert verified(signer.signs(DOCUMENT)).subject == "Оспанов К."


def test_a_list_is_read_in_both_encodings_beside_other_files(root: Holder, signer: Holder, roots: Path) -> None:
    (roots / "list.crl").write_bytes(revoked(root, encoding=Encoding.PEM))
    (roots / "notes.txt").write_text("Тізім")
    assert (len(revocation_lists()), len(trusted_roots())) == (1, 1)
    (roots / "later.crl").write_bytes(revoked(root, signer, encoding=Encoding.PEM))
    with pytest.raises(NotSignedError, match="was revoked"):
        verified(signer.signs(DOCUMENT))


def test_an_old_list_still_names_what_was_revoked(root: Holder, signer: Holder, roots: Path) -> None:
    other = holder(root)
    (roots / "list.crl").write_bytes(revoked(root, other, ends=-DAY))
    assert verified(signer.signs(DOCUMENT)).subject == "Оспанов К."
    with pytest.raises(NotSignedError, match="was revoked"):
        verified(other.signs(DOCUMENT))


def test_of_a_file_with_several_lists_and_words_before_them_every_one_is_read(
    root: Holder, signer: Holder, roots: Path
) -> None:
    lists = [revoked(authority("Another root"), encoding=Encoding.PEM), revoked(root, signer, encoding=Encoding.PEM)]
    (roots / "lists.crl").write_bytes(b"Certificate Revocation List (CRL):\n" + b"".join(lists))
    with pytest.raises(NotSignedError, match="was revoked"):
        verified(signer.signs(DOCUMENT))


def test_a_person_whose_certificate_lies_among_the_roots_is_no_authority(signer: Holder, roots: Path) -> None:
    (roots / "root.pem").write_bytes(signer.pem)
    with pytest.raises(NotSignedError, match="leads to no root"):
        verified(holder(signer, "Кто-то").signs(DOCUMENT))


def test_a_root_that_is_over_is_trusted_no_more(roots: Path) -> None:
    old = authority("Old", days=-1)
    (roots / "old.pem").write_bytes(old.pem)
    with pytest.raises(NotSignedError, match="not valid now"):
        verified(holder(old).signs(DOCUMENT))


def test_no_national_number_gets_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"), pytest.raises(NotSignedError, match="leads to no root"):
        verified(holder(authority("Another root")).signs(DOCUMENT))
    assert "IIN" not in caplog.text
    assert "pyhanko" not in caplog.text


def test_another_root_is_not_trusted() -> None:
    with pytest.raises(NotSignedError, match="leads to no root"):
        verified(holder(authority("Another root")).signs(DOCUMENT))


def test_a_stranger_under_the_name_of_the_root_is_not_trusted() -> None:
    with pytest.raises(NotSignedError):
        verified(holder(authority()).signs(DOCUMENT))


def test_a_certificate_that_has_ended_is_not_accepted(root: Holder) -> None:
    with pytest.raises(NotSignedError, match="not valid now"):
        verified(holder(root, days=-1).signs(DOCUMENT))


def test_a_key_for_encryption_does_not_sign(root: Holder) -> None:
    with pytest.raises(NotSignedError, match=r"leads to no root|does not hold"):
        verified(holder(root, signs=False).signs(DOCUMENT))


def test_the_authority_itself_signs_no_report(root: Holder) -> None:
    with pytest.raises(NotSignedError):
        verified(root.signs(DOCUMENT))


def test_a_signature_that_holds_what_it_signs_is_refused(signer: Holder) -> None:
    with pytest.raises(NotSignedError):
        verified(signer.signs(DOCUMENT, detached=False), DOCUMENT + b" ")


def test_many_certificates_that_look_alike_cost_nothing(signer: Holder) -> None:
    """A builder of paths would try ten of the same name in every order."""
    alike = [authority("Alike").certificate for _each in range(10)]
    began = monotonic()
    with pytest.raises(NotSignedError, match="no detached signature"):
        verified(signer.signs(DOCUMENT, beside=alike))
    assert monotonic() - began < 5


def test_a_time_stamp_brings_no_certificates_that_look_alike(signer: Holder) -> None:
    """Eight of them took a quarter of a minute, each more four times as long."""
    made = cms.ContentInfo.load(signer.signs(DOCUMENT))
    info = made["content"]["signer_infos"][0]
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": sha256(info["signature"].native).digest()}
    facts = {"policy": "1.2.3", "message_imprint": imprint, "serial_number": 1, "gen_time": datetime.now(UTC)}
    alike = [authority("Alike") for _each in range(8)]
    stamp = stamped(holder(alike[0]), tsp.TSTInfo({"version": "v1", **facts}), alike)
    info["unsigned_attrs"] = [{"type": "signature_time_stamp_token", "values": [stamp]}]
    began = monotonic()
    assert verified(made.dump(force=True)).subject == "Оспанов К."
    assert monotonic() - began < 5


def stamped(by: Holder, facts: tsp.TSTInfo, beside: list[Holder]) -> cms.ContentInfo:
    """A token of a time stamp."""
    made = cms.ContentInfo.load(by.signs(facts.dump(), beside=[each.certificate for each in beside]))
    info = made["content"]["signer_infos"][0]
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["tst_info"]},
            {"type": "message_digest", "values": [sha256(facts.dump()).digest()]},
        ]
    )
    made["content"]["version"] = "v3"
    made["content"]["encap_content_info"] = {"content_type": "tst_info", "content": facts}
    info["signed_attrs"] = attributes
    assert isinstance(by.key, rsa.RSAPrivateKey)
    info["signature"] = by.key.sign(attributes.untag().dump(), PKCS1v15(), SHA256())
    return made


@pytest.mark.parametrize("junk", [b"", b"junk", b"-----BEGIN CMS-----\n", b"0" * (LARGEST + 1)])
def test_what_is_no_signature_is_refused(junk: bytes) -> None:
    with pytest.raises(NotSignedError, match="no detached signature"):
        verified(junk)


def test_what_is_nested_too_deep_is_refused(signer: Holder) -> None:
    info = cms.ContentInfo.load(signer.signs(DOCUMENT))
    inner = b"\x05\x00"
    for _level in range(3000):
        inner = der(0x30, inner)
    attributes = der(0xA1, der(0x30, der(0x06, b"\x2a\x03\x04") + der(0x31, inner)))
    signed = info["content"]
    parts = [signed[name].dump() for name in ("version", "digest_algorithms", "encap_content_info", "certificates")]
    parts.append(der(0x31, der(0x30, signed["signer_infos"][0].contents + attributes)))
    content = der(0x30, info["content_type"].dump() + der(0xA0, der(0x30, b"".join(parts))))
    with pytest.raises(NotSignedError, match="no detached signature"):
        verified(content)


def der(tag: int, content: bytes) -> bytes:
    """A value as it is written in DER."""
    length = len(content)
    size = (length.bit_length() + 7) // 8
    head = bytes([length]) if length < 0x80 else bytes([0x80 | size]) + length.to_bytes(size, "big")
    return bytes([tag]) + head + content


def test_a_certificate_is_no_signature(signer: Holder) -> None:
    with pytest.raises(NotSignedError, match="no detached signature"):
        verified(signer.certificate.public_bytes(Encoding.DER))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10_000), value=st.integers(0, 255))
def test_a_spoilt_signature_is_refused_and_breaks_nothing(signer: Holder, place: int, value: int) -> None:
    good = bytearray(signer.signs(DOCUMENT))
    spoilt = bytearray(good)
    spoilt[place % len(good)] = value
    try:
        found = verified(bytes(spoilt))
    except NotSignedError:
        return
    assert found.serial == f"{signer.certificate.serial_number:x}"  # what was spoilt was not signed


def test_without_roots_nothing_is_accepted(signer: Holder, roots: Path) -> None:
    (roots / "root.pem").unlink()
    with pytest.raises(NotSignedError, match="No root certificates"):
        verified(signer.signs(DOCUMENT))


def test_roots_are_read_in_both_forms_and_other_files_passed_over(root: Holder, roots: Path) -> None:
    (roots / "second.cer").write_bytes(authority("Second").certificate.public_bytes(Encoding.DER))
    (roots / "readme.txt").write_text("certificates of the national authority")
    (roots / "broken.pem").write_bytes(root.pem[:300])
    (roots / "bundle.pem").write_bytes(authority("Third").pem + authority("Fourth").pem)
    (roots / "folder").mkdir()
    assert {each.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value for each in trusted_roots()} == {
        "Test root",
        "Second",
        "Third",
        "Fourth",
    }
