"""What a locked-down process can no longer do."""

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from analytics.pipeline.decoding import ROOT
from lockdown import sandbox
from lockdown.sandbox import ARCHITECTURES, RET_ALLOW, RET_EPERM, RET_KILL_PROCESS, filter_program

ATTEMPTS = """
import os, socket, sys
from lockdown.sandbox import deny_calls, limit_resources
limit_resources(1 << 30, 60)
missing = deny_calls()
def attempt(call):
    try: call()
    except OSError as error: return str(error.errno)
    return "allowed"
print(missing or "stands", attempt(lambda: socket.socket()), attempt(lambda: open("/etc/hostname")),
      attempt(lambda: os.fork()), attempt(lambda: os.execv("/bin/true", ["true"])), attempt(lambda: os.kill(1, 0)),
      attempt(lambda: os.getpid()))
"""
# What a codec under foreign control could do, by name, to the data and to its parent.
HARM = """
import ctypes, os, resource, sys
from lockdown.sandbox import deny_calls
victim, parent = sys.argv[1], os.getppid()
libc = ctypes.CDLL(None, use_errno=True)
assert not deny_calls()
def attempt(call):
    try: call()
    except OSError as error: return str(error.errno)
    return "done"
def queued():
    value = ctypes.c_void_p(0)
    if libc.sigqueue(parent, 0, value): raise OSError(ctypes.get_errno(), "sigqueue")
print(attempt(lambda: os.truncate(victim, 0)), attempt(lambda: os.chmod(victim, 0)),
      attempt(lambda: os.link(victim, victim + "2")), attempt(lambda: os.symlink(victim, victim + "3")),
      attempt(lambda: os.mkdir(victim + "4")), attempt(lambda: os.utime(victim, (0, 0))), attempt(queued),
      attempt(lambda: resource.prlimit(parent, resource.RLIMIT_CORE)), attempt(lambda: os.memfd_create("more")))
"""
# Where the kernel refuses the filter, limits are what is left.
LIMITED = """
import os, socket
from lockdown.sandbox import limit_resources
limit_resources(1 << 30, 60)
def attempt(call):
    try: call()
    except OSError as error: return str(error.errno)
    return "allowed"
print(attempt(lambda: socket.socket()), attempt(lambda: os.open("/etc/hostname", os.O_RDONLY)))
"""


def verdict(machine: str, arch: int, number: int) -> int:
    """Run the filter as the kernel would (linux/filter.h)."""
    program: list[tuple[int, int, int, int]] = list(struct.iter_unpack("HBBI", filter_program(machine)))
    at = loaded = 0
    while True:
        code, if_true, if_false, value = program[at]
        at += 1
        if code == sandbox.LOAD_WORD:
            loaded = arch if value == sandbox.OFFSET_OF_ARCH else number
        elif code == sandbox.RETURN:
            return value
        else:
            holds = loaded == value if code == sandbox.JUMP_IF_EQUAL else loaded >= value
            at += if_true if holds else if_false


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_the_filter_denies_its_list_and_nothing_else(machine: str) -> None:
    arch, _, denied = ARCHITECTURES[machine]
    assert {verdict(machine, arch, number) for number in denied.values()} == {RET_EPERM}
    others = set(range(460)) - set(denied.values())
    assert {verdict(machine, arch, number) for number in others} == {RET_ALLOW}
    assert verdict(machine, 0x12345678, 0) == RET_KILL_PROCESS
    assert verdict(machine, arch, sandbox.X32_CALLS + 41) == RET_EPERM


@pytest.mark.skipif(platform.machine() not in ARCHITECTURES, reason="no filter for this machine")
def test_a_locked_process_reaches_no_network_no_file_and_no_process() -> None:
    done = subprocess.run([sys.executable, "-c", ATTEMPTS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["stands", "1", "1", "1", "1", "1", "allowed"]


@pytest.mark.skipif(platform.machine() not in ARCHITECTURES, reason="no filter for this machine")
def test_a_locked_process_harms_no_file_and_no_process_by_name(tmp_path: Path) -> None:
    victim = tmp_path / "records"
    victim.write_text("kept")
    done = subprocess.run(
        [sys.executable, "-c", HARM, str(victim)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1"] * 9
    assert [path.name for path in tmp_path.iterdir()] == ["records"]
    assert victim.read_text() == "kept"


def test_limits_alone_leave_no_socket_and_no_file() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(errno.EMFILE)] * 2


def test_processor_time_ends_with_a_signal_that_says_so() -> None:
    burn = "from lockdown.sandbox import limit_resources; limit_resources(1 << 30, 1)\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", burn], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGXCPU


def test_an_unknown_machine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert sandbox.deny_calls() == "no seccomp table for riscv64"


@pytest.mark.parametrize(
    ("prctl", "syscall", "missing"),
    [(1, 0, "no_new_privs refused"), (0, 1, "seccomp refused: Success"), (0, 0, "")],
)
def test_what_the_kernel_refuses_is_told(
    monkeypatch: pytest.MonkeyPatch, prctl: int, syscall: int, missing: str
) -> None:
    libc = Mock()
    libc.prctl.return_value, libc.syscall.return_value = prctl, syscall
    monkeypatch.setattr(sandbox, "_libc", lambda: libc)
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(ctypes, "get_errno", lambda: 0)
    assert sandbox.deny_calls() == missing


def test_limits_never_exceed_those_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: dict[int, tuple[int, int]] = {}
    in_force = {resource.RLIMIT_AS: resource.RLIM_INFINITY, resource.RLIMIT_CPU: 5}
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (0, in_force.get(kind, 0)))
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    sandbox.limit_resources(1000, 60)
    assert limits == {
        resource.RLIMIT_AS: (1000, 1000),
        resource.RLIMIT_CPU: (5, 5),
        resource.RLIMIT_NOFILE: (0, 0),
        resource.RLIMIT_NPROC: (0, 0),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
    }


def test_a_process_asks_to_die_with_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    libc = Mock()
    monkeypatch.setattr(sandbox, "_libc", lambda: libc)
    sandbox.die_with(os.getppid())
    libc.prctl.assert_called_once_with(sandbox.PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def test_an_orphan_refuses_to_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_libc", Mock())
    with pytest.raises(ProcessLookupError):
        sandbox.die_with(os.getppid() + 1)


def test_the_c_library_is_that_of_this_process() -> None:
    assert sandbox._libc().getpid() == os.getpid()
