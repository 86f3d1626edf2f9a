"""Make `.venv` from the locked list. Runs on the system's Python with the standard library only.

python3 -m ops.install run|dev
"""

import fcntl
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops import stamps
from ops.trouble import ROOT, Trouble, check_space, check_writable, one_line

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
LOCKS = {"run": ["requirements.txt"], "dev": ["requirements-dev.txt", "requirements.txt"]}  # the second is in the first
NEEDED_MIB = {"run": 1500, "dev": 2000}
NO_SPACE = ("No space left on device", "Disk quota exceeded")


def main() -> int:
    kind = sys.argv[1]
    wanted = {name: stamps.digest([ROOT / name]) for name in LOCKS[kind]}
    if _is_current(wanted):
        return 0
    check_writable(VENV)
    check_writable(ROOT)
    check_space(ROOT, needed_mib=NEEDED_MIB[kind])
    with _alone():
        if not _is_current(wanted):
            make_venv()
            _install(ROOT / LOCKS[kind][0])
            for name, value in wanted.items():
                stamps.write(STAMPS / name, value)
    return 0


def _is_current(wanted: dict[str, str]) -> bool:
    name = next(iter(wanted))
    return PYTHON.exists() and stamps.is_current(STAMPS / name, wanted[name])


@contextmanager
def _alone() -> Iterator[None]:
    """Hold off a second installation into the same folder until this one is done."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    """A `.venv` that works; the one that is there if it does. Raises Trouble."""
    if _works():
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise Trouble("Python's venv module is missing: on Debian and Ubuntu, apt install python3-venv")
    if VENV.exists():
        shutil.rmtree(VENV)
    print("Making .venv …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode:
        raise explained(made, "Could not make .venv")


def _works() -> bool:
    """Whether there is a `.venv` whose Python runs, is new enough and has pip."""
    if not PYTHON.exists():
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([str(PYTHON), "-c", probe], capture_output=True, check=False).returncode == 0


def _install(lock: Path) -> None:
    print(f"Installing what {lock.name} lists (a minute or two) …", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise explained(done, f"Could not install what {lock.name} lists")


def explained(done: "subprocess.CompletedProcess[str]", what: str) -> Trouble:
    """One line for what pip or venv said in many."""
    said = (done.stderr + done.stdout).strip().splitlines() or [f"exit code {done.returncode}"]
    if any(sign in line for sign in NO_SPACE for line in said):
        return Trouble(f"The disk is full: free some space in {ROOT} and start again")
    errors = [line for line in said if line.startswith("ERROR")]
    return Trouble(f"{what}: {(errors or said)[-1]}")


if __name__ == "__main__":
    sys.exit(one_line(main))
