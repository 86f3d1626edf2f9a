from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as checks
from hypothesis import strategies as st
from pytest_django import Settings

from caseflow.records.files import keep_file, read_file, remove_file
from caseflow.records.models import DataKey
from caseflow.records.vault import VaultError, keyed_digest, new_key, seal, seal_bytes, unseal, unseal_bytes, where

pytestmark = pytest.mark.django_db
PLACE = where("cases.Note", 7, "text")


@pytest.fixture
def key() -> DataKey:
    return new_key("case")


@given(text=st.text(max_size=200))
@checks(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_what_is_sealed_opens_again_in_its_place(key: DataKey, text: str) -> None:
    assert unseal(key, seal(key, text, PLACE), PLACE) == text


def test_a_sealed_text_does_not_show_the_text(key: DataKey) -> None:
    assert "Мадина".encode() not in seal(key, "Мадина плохо спит", PLACE)


def test_the_same_text_is_sealed_differently_each_time(key: DataKey) -> None:
    assert seal(key, "same", PLACE) != seal(key, "same", PLACE)


def test_a_value_moved_to_another_row_or_field_does_not_open(key: DataKey) -> None:
    sealed = seal(key, "a note", PLACE)
    for elsewhere in (where("cases.Note", 8, "text"), where("cases.Note", 7, "title")):
        with pytest.raises(VaultError):
            unseal(key, sealed, elsewhere)


def test_another_case_s_key_does_not_open_it(key: DataKey) -> None:
    with pytest.raises(VaultError):
        unseal(new_key("case"), seal(key, "a note", PLACE), PLACE)


@pytest.mark.parametrize("place", [0, 12, -1])
def test_a_changed_byte_is_found(key: DataKey, place: int) -> None:
    sealed = bytearray(seal_bytes(key, b"a note", PLACE))
    sealed[place] ^= 1
    with pytest.raises(VaultError):
        unseal_bytes(key, bytes(sealed), PLACE)


def test_without_the_installation_s_vault_key_nothing_opens(key: DataKey, settings: Settings) -> None:
    sealed = seal(key, "a note", PLACE)
    settings.VAULT_KEY = "another key"
    with pytest.raises(VaultError):
        unseal(key, sealed, PLACE)


def test_a_wrapped_key_moved_to_another_row_does_not_open(key: DataKey) -> None:
    other = new_key("case")
    other.wrapped = key.wrapped
    with pytest.raises(VaultError):
        seal(other, "a note", PLACE)


def test_a_file_is_kept_sealed_and_read_back(key: DataKey, data_dir: Path) -> None:
    name = keep_file(key, b"%PDF scan of a consent")
    stored = next(data_dir.glob(f"files/*/{name}.sealed"))
    assert b"scan" not in stored.read_bytes()
    assert read_file(key, name) == b"%PDF scan of a consent"
    remove_file(name)
    remove_file(name)
    with pytest.raises(FileNotFoundError):
        read_file(key, name)


def test_a_keyed_digest_is_found_again_and_differs_by_purpose_parts_and_key(settings: Settings) -> None:
    digest = keyed_digest("code", "a", "bc")
    assert keyed_digest("code", "a", "bc") == digest
    others = {keyed_digest("form", "a", "bc"), keyed_digest("code", "ab", "c"), keyed_digest("code", "abc")}
    settings.VAULT_KEY = "another key outside the database"
    others.add(keyed_digest("code", "a", "bc"))
    assert len(others) == 4
    assert digest not in others


def test_a_key_bears_the_time_it_is_given() -> None:
    quarter = datetime(2026, 9, 1, 10, 15, tzinfo=UTC)
    key = new_key("incident", dated=quarter)
    assert DataKey.objects.get(pk=key.pk).created_at == quarter
    assert unseal(key, seal(key, "words", PLACE), PLACE) == "words"
