"""A file stands or falls with the rows that name it."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from caseflow.records.files import files_with_rows, keep_file
from caseflow.records.models import DataKey
from caseflow.records.vault import new_key

pytestmark = pytest.mark.django_db


class FailedError(Exception):
    pass


@pytest.fixture
def key() -> DataKey:
    return new_key("test")


def is_there(data_dir: Path, name: str) -> bool:
    return any(data_dir.glob(f"files/*/{name}.sealed"))


def test_a_file_stays_when_its_transaction_does(key: DataKey, data_dir: Path) -> None:
    with files_with_rows():
        name = keep_file(key, b"a scan")
    assert is_there(data_dir, name)


def test_a_file_goes_with_a_transaction_that_is_rolled_back(key: DataKey, data_dir: Path) -> None:
    names = []
    with suppress(FailedError), files_with_rows():
        names.append(keep_file(key, b"a scan"))
        raise FailedError
    assert not is_there(data_dir, names[0])


def test_a_file_of_an_inner_step_goes_with_the_whole(key: DataKey, data_dir: Path) -> None:
    before = keep_file(key, b"of an earlier action")
    names = []
    with suppress(FailedError), files_with_rows():
        with files_with_rows(), transaction.atomic():
            names.append(keep_file(key, b"a scan"))
        raise FailedError
    assert not is_there(data_dir, names[0])
    assert is_there(data_dir, before)


def test_a_file_of_a_step_that_failed_goes_and_the_rest_stays(key: DataKey, data_dir: Path) -> None:
    names = []
    with files_with_rows():
        kept = keep_file(key, b"a scan")
        with suppress(FailedError), files_with_rows():
            names.append(keep_file(key, b"another"))
            raise FailedError
    assert is_there(data_dir, kept)
    assert not is_there(data_dir, names[0])


def test_a_file_bears_the_time_it_is_given(key: DataKey, data_dir: Path) -> None:
    quarter = datetime(2026, 9, 1, 10, 15, tzinfo=UTC)
    name = keep_file(key, b"a picture", dated=quarter)
    (path,) = data_dir.glob(f"files/*/{name}.sealed")
    assert path.stat().st_mtime == quarter.timestamp()
