"""The product as it is started: prepared, supervised, answering."""

import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.place import Place
from ops.trouble import ROOT
from tests.house.processes import children, command, free_port, lives, wait_until

PARTS = {
    "uvicorn": "web server",
    "quick@": "quick worker",
    "delivery@": "delivery worker",
    "video@": "video worker",
    "beat": "timetable",
}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An installation on the embedded default, without demo data."""
    return Place("127.0.0.1", free_port(), demo=False, data=tmp_path)


@pytest.fixture
def environment(place: Place) -> dict[str, str]:
    kept = {name: value for name, value in place.environment().items() if not name.endswith("_URL")}
    return kept | {"PORT": str(place.port)}


@pytest.fixture
def supervisor(place: Place, environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    subprocess.run([sys.executable, "-m", "ops.prepare"], cwd=ROOT, env=environment, check=True)
    with (place.data / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "ops.supervise"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    yield process
    process.kill()
    process.wait()


def said(place: Place) -> str:
    return (place.data / "output").read_text()


def fetch(place: Place, path: str) -> tuple[str, str]:
    """Kind and text of a page."""
    with urllib.request.urlopen(f"http://127.0.0.1:{place.port}{path}", timeout=30) as answer:
        return answer.headers["Content-Type"], answer.read().decode()


def parts_of(pid: int) -> set[str]:
    commands = " ".join(command(child) for child in children(pid))
    return {part for sign, part in PARTS.items() if sign in commands}


def is_worked_off(spool: Path) -> bool:
    """Whether some worker has claimed messages and few wait."""
    return spool.is_dir() and any((spool / "claimed").iterdir()) and len(list((spool / "ready").iterdir())) < 10


def test_the_product_starts_does_its_timed_work_and_stops(place: Place, supervisor: "subprocess.Popen[bytes]") -> None:
    wait_until(lambda: f"Tirek is running: http://localhost:{place.port}/" in said(place), limit_s=60)

    kind, page = fetch(place, "/")
    sheet = re.search(r'href="(/static/kit/css/tabler\.min\.[0-9a-f]+\.css)"', page)
    assert kind.startswith("text/html")
    assert sheet is not None
    assert fetch(place, sheet[1])[0].startswith("text/css")

    wait_until(lambda: is_worked_off(place.data / "spool"), limit_s=60)
    assert parts_of(supervisor.pid) == set(PARTS.values())
    logs = {path.name: path.read_text() for path in place.log_folder.iterdir()}
    assert {name: text for name, text in logs.items() if "Traceback" in text or "ERROR" in text} == {}
    assert " ended (" not in said(place)

    direct = children(supervisor.pid)
    everybody = direct + [pid for child in direct for pid in children(child)]
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(12) == 0
    assert [pid for pid in everybody if lives(pid)] == []


def test_a_database_that_cannot_be_written_gives_one_line(place: Place, environment: dict[str, str]) -> None:
    (place.data / "tirek.sqlite3").mkdir()
    prepared = subprocess.run(
        [sys.executable, "-m", "ops.prepare"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert prepared.returncode == 1
    assert prepared.stderr.strip().splitlines() == [
        f"tirek: The database cannot be written (unable to open database file): {place.data / 'tirek.sqlite3'}"
    ]
