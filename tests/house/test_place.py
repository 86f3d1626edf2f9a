"""What is in the way of starting is said in one line."""

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ops import install
from ops.install import explained
from ops.place import Place
from ops.trouble import ROOT, Trouble, check_space, check_writable, one_line
from tests.house.processes import free_port


def place(data: Path, **environment: str) -> Place:
    return Place.from_environment({"TIREK_DATA": str(data), **environment})


def make(target: str, environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", target],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_given_means_demo_data_on_loopback_port_8000() -> None:
    assert Place.from_environment({}) == Place("127.0.0.1", 8000, demo=True, data=ROOT / "var" / "demo")


def test_real_data_lies_apart_from_demo_data() -> None:
    assert Place.from_environment({"DEMO": "0"}).data == ROOT / "var"


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "80 80", "٨٠"])
def test_a_port_that_is_none_is_refused(port: str, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="PORT must be a number from 1 to 65535"):
        place(tmp_path, PORT=port)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "school.example"])
def test_demo_logins_are_not_served_to_others(host: str, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="Demo logins are public"):
        place(tmp_path, HOST=host)
    assert place(tmp_path, HOST=host, DEMO="0").host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_demo_logins_are_served_on_this_machine(host: str, tmp_path: Path) -> None:
    assert place(tmp_path, HOST=host).host == host


def test_a_taken_port_is_named_with_a_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = make("ops.place", {"TIREK_DATA": str(tmp_path), "PORT": str(port)})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"tirek: Port {port} is taken: choose another, as in: make run PORT={port + 1}\n"


def test_a_free_place_is_not_remarked_upon(tmp_path: Path) -> None:
    done = make("ops.place", {"TIREK_DATA": str(tmp_path), "PORT": str(free_port())})
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_missing_right_to_write_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    with pytest.raises(Trouble, match=f"No right to write in {tmp_path}: run as its owner"):
        check_writable(tmp_path / "var" / "demo")


def test_a_file_where_a_folder_is_needed_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").touch()
    with pytest.raises(Trouble, match="is in the way: a folder is needed there"):
        check_writable(tmp_path / "var" / "demo")


def test_a_disk_without_room_is_named_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="The disk is too full: 1000000000 MB are needed"):
        check_space(tmp_path, needed_mib=1_000_000_000)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EDQUOT, "The disk quota is used up"),
        (errno.EACCES, "No right to write"),
        (errno.EROFS, "The file system is read-only"),
    ],
)
def test_an_error_of_the_disk_in_any_step_becomes_one_line(
    number: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def step() -> int:
        raise OSError(number, os.strerror(number), "/place/file")

    assert one_line(step) == 1
    assert capsys.readouterr().err == f"tirek: {said}: /place/file\n"


def test_an_error_of_the_program_is_not_hidden() -> None:
    def step() -> int:
        raise FileNotFoundError(errno.ENOENT, "No such file", "/place/file")

    with pytest.raises(FileNotFoundError):
        one_line(step)


def test_ctrl_c_in_any_step_ends_it_quietly(capsys: pytest.CaptureFixture[str]) -> None:
    def step() -> int:
        raise KeyboardInterrupt

    assert one_line(step) == 130
    assert capsys.readouterr().err == "tirek: stopped\n"


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device: '/x'", "The disk is full: free some space in"),
        ("WARNING: slow\nERROR: No matching distribution found for av\n\n", "No matching distribution found for av"),
        ("", "exit code 2"),
    ],
)
def test_a_failed_installation_is_explained_in_one_line(said: str, line: str) -> None:
    text = str(explained(subprocess.CompletedProcess([], 2, stdout="", stderr=said), "Could not install"))
    assert line in text
    assert "\n" not in text


def test_demo_and_real_data_do_not_mix(tmp_path: Path) -> None:
    demo = place(tmp_path, PORT=str(free_port()))
    demo.mark()
    (tmp_path / "tirek.sqlite3").touch()
    demo.check()
    with pytest.raises(Trouble, match="holds demo data: choose another folder for real data"):
        place(tmp_path, DEMO="0").check()
    (tmp_path / ".demo").unlink()
    with pytest.raises(Trouble, match="holds real data: choose another folder for demo data"):
        demo.check()


def test_resetting_removes_demo_data(tmp_path: Path) -> None:
    demo = place(tmp_path)
    demo.mark()
    (tmp_path / "tirek.sqlite3").touch()
    (tmp_path / "files").mkdir()
    assert make("ops.reset", {"TIREK_DATA": str(tmp_path), "DATABASE_URL": ""}).returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_resetting_leaves_real_data_alone(tmp_path: Path) -> None:
    (tmp_path / "tirek.sqlite3").touch()
    done = make("ops.reset", {"TIREK_DATA": str(tmp_path), "DATABASE_URL": ""})
    assert done.stdout == "There is no demo data.\n"
    assert (tmp_path / "tirek.sqlite3").exists()


def test_resetting_is_refused_while_the_demo_runs(tmp_path: Path) -> None:
    demo = place(tmp_path)
    demo.mark()
    (tmp_path / "tirek.sqlite3").touch()
    with demo.locked():
        done = make("ops.reset", {"TIREK_DATA": str(tmp_path), "DATABASE_URL": ""})
    assert done.stderr == f"tirek: Tirek is running already with the data in {tmp_path}: stop it first\n"
    assert (tmp_path / "tirek.sqlite3").exists()


def test_a_system_python_without_venv_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "PYTHON", tmp_path / "python")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Trouble, match="apt install python3-venv"):
        install.make_venv()
