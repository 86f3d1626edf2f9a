"""Locks a process down before it opens an untrusted video: no network, no other file, no new process, no more memory.

A list of denied calls and not of allowed ones: codecs and the C library use too many that differ between versions.
What is denied answers EPERM, which Python turns into an OSError.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
from typing import Final

PR_SET_PDEATHSIG: Final = 1
PR_SET_NO_NEW_PRIVS: Final = 38
SECCOMP_SET_MODE_FILTER: Final = 1
SECCOMP_FILTER_FLAG_TSYNC: Final = 1
RET_KILL_PROCESS: Final = 0x80000000
RET_EPERM: Final = 0x00050000 | 1
RET_ALLOW: Final = 0x7FFF0000
LOAD_WORD: Final = 0x20
JUMP_IF_EQUAL: Final = 0x15
JUMP_IF_AT_LEAST: Final = 0x35
RETURN: Final = 0x06
OFFSET_OF_NUMBER: Final = 0
OFFSET_OF_ARCH: Final = 4
X32_CALLS: Final = 0x40000000

# fmt: off
DENIED_X86_64: Final = {
    "socket": 41, "connect": 42, "socketpair": 53, "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "kill": 62,
    "rename": 82, "creat": 85, "unlink": 87, "open": 2, "ptrace": 101, "mount": 165, "tkill": 200, "tgkill": 234,
    "add_key": 248, "request_key": 249, "keyctl": 250, "openat": 257, "unlinkat": 263, "renameat": 264,
    "perf_event_open": 298, "process_vm_readv": 310, "process_vm_writev": 311, "renameat2": 316, "bpf": 321,
    "execveat": 322, "userfaultfd": 323, "pidfd_send_signal": 424, "io_uring_setup": 425, "clone3": 435,
    "openat2": 437, "pidfd_getfd": 438,
}
DENIED_AARCH64: Final = {
    "unlinkat": 35, "renameat": 38, "mount": 40, "openat": 56, "ptrace": 117, "kill": 129, "tkill": 130,
    "tgkill": 131, "socket": 198, "socketpair": 199, "connect": 203, "add_key": 217, "request_key": 218,
    "keyctl": 219, "clone": 220, "execve": 221, "perf_event_open": 241, "process_vm_readv": 270,
    "process_vm_writev": 271, "renameat2": 276, "bpf": 280, "execveat": 281, "userfaultfd": 282,
    "pidfd_send_signal": 424, "io_uring_setup": 425, "clone3": 435, "openat2": 437, "pidfd_getfd": 438,
}
# fmt: on
# machine: (AUDIT_ARCH of linux/audit.h, number of the call seccomp, denied calls)
ARCHITECTURES: Final = {
    "x86_64": (0xC000003E, 317, DENIED_X86_64),
    "aarch64": (0xC00000B7, 277, DENIED_AARCH64),
}


def die_with(parent_pid: int) -> None:
    """Ask the kernel to kill this process when its parent ends. Raises OSError if the parent is gone already."""
    _libc().prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent_pid:
        raise ProcessLookupError(parent_pid)


def limit_resources(memory_bytes: int, cpu_s: int) -> None:
    """Bound memory and processor time; no file may be written and no core dump kept, for it would hold frames."""
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))


def deny_calls() -> str:
    """Install the filter in all threads. Returns what is missing, in words of a log; empty when it stands."""
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        return f"no seccomp table for {machine}"
    _, number, _ = ARCHITECTURES[machine]
    program = filter_program(machine)
    code = ctypes.create_string_buffer(program, len(program))
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code)))
    libc = _libc()
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return "no_new_privs refused"
    if libc.syscall(number, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, head):
        return f"seccomp refused: {os.strerror(ctypes.get_errno())}"
    return ""


def filter_program(machine: str) -> bytes:
    """The BPF program (linux/filter.h) for that machine: eight bytes an instruction."""
    arch, _, denied = ARCHITECTURES[machine]
    steps = [
        (LOAD_WORD, 0, 0, OFFSET_OF_ARCH),
        (JUMP_IF_EQUAL, 1, 0, arch),
        (RETURN, 0, 0, RET_KILL_PROCESS),
        (LOAD_WORD, 0, 0, OFFSET_OF_NUMBER),
        (JUMP_IF_AT_LEAST, 0, 1, X32_CALLS),
        (RETURN, 0, 0, RET_EPERM),
    ]
    for number in denied.values():
        steps += [(JUMP_IF_EQUAL, 0, 1, number), (RETURN, 0, 0, RET_EPERM)]
    steps.append((RETURN, 0, 0, RET_ALLOW))
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
