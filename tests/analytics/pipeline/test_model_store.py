"""Model files lie under their own sha256, and nothing half done lies there."""

import os
import stat
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from time import sleep, time

import pytest

from analytics.pipeline.errors import ModelChanged, ModelMissing
from analytics.pipeline.model_store import BEGUN, FORGOTTEN_AFTER_S, ModelStore

CONTENT = b"a model"
SUM = sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")


def keep(store: ModelStore, content: bytes = CONTENT) -> None:
    with store.staged([content[:3], content[3:]]) as staged:
        store.keep(staged)


def names(store: ModelStore) -> list[str]:
    return sorted(path.name for path in store.path_of("").parent.iterdir())


def test_a_kept_file_is_read_by_its_sum(store: ModelStore) -> None:
    keep(store)
    assert store.read(SUM) == CONTENT
    assert stat.S_IMODE(store.path_of(SUM).stat().st_mode) == 0o600


def test_what_nobody_keeps_is_gone(store: ModelStore) -> None:
    with store.staged([CONTENT]) as staged:
        assert (staged.sha256, staged.size_bytes, staged.path.read_bytes()) == (SUM, len(CONTENT), CONTENT)
    assert names(store) == []


def test_what_breaks_off_leaves_nothing(store: ModelStore) -> None:
    def breaking() -> "object":
        yield b"half"
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"), store.staged(breaking()):  # type: ignore[arg-type]
        raise AssertionError
    assert names(store) == []


def test_a_spoilt_file_is_told_and_mended(store: ModelStore) -> None:
    keep(store)
    store.path_of(SUM).write_bytes(b"spoilt")
    with pytest.raises(ModelChanged):
        store.read(SUM)
    keep(store)
    assert store.read(SUM) == CONTENT


def test_a_missing_file_is_told(store: ModelStore) -> None:
    with pytest.raises(ModelMissing, match="No such file"):
        store.read(SUM)
    keep(store)
    store.remove(SUM)
    store.remove(SUM)
    with pytest.raises(ModelMissing):
        store.read(SUM)


def test_what_killed_installations_left_is_swept(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store)
    folder = store.path_of("").parent
    old, fresh, racing = (folder / f"{BEGUN}{name}" for name in ("old", "fresh", "racing"))
    for path in (old, fresh):
        path.touch()
    os.utime(old, (0, time() - FORGOTTEN_AFTER_S - 60))
    racing.symlink_to(folder / "swept by another one")
    with store.staged([]):
        pass
    assert not old.exists()
    assert fresh.exists()


def test_two_who_keep_the_same_file_do_no_harm(store: ModelStore) -> None:
    threads = [Thread(target=keep, args=(store, bytes(10_000))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read(sha256(bytes(10_000)).hexdigest()) == bytes(10_000)
    assert len(names(store)) == 1


def hold(folder: Path) -> None:
    with ModelStore(folder).alone():
        (folder / "held").touch()
        sleep(0.5)
        (folder / "held").unlink()


def test_one_process_is_alone_with_the_folder(tmp_path: Path) -> None:
    process = get_context("spawn").Process(target=hold, args=(tmp_path,))
    process.start()
    while not (tmp_path / "held").exists() and process.is_alive():
        sleep(0.01)
    with ModelStore(tmp_path).alone():
        assert not (tmp_path / "held").exists()
    process.join()
    assert process.exitcode == 0
