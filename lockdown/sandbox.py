"""Locks a process down before it opens an untrusted file: no network, no other file, no new process, no more memory.

A list of denied calls and not of allowed ones: codecs and the C library use too many that differ between versions.
What is denied answers EPERM, which Python turns into an OSError. A fault in a codec may give an attacker this process,
so the list holds what would do harm in its place, not only what a codec might call.
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
STANDARD_FILES: Final = 3  # input, output and errors are open; a fourth file or socket would have the number 3

# fmt: off
# By what they would do: reach the network, open, change or remove what is on the disk by its name, start or signal a
# process, look into another, take more than the limits below allow, change the machine.
DENIED_X86_64: Final = {
    "socket": 41, "connect": 42, "bind": 49, "socketpair": 53,
    "open": 2, "creat": 85, "openat": 257, "openat2": 437, "open_by_handle_at": 304, "memfd_create": 319,
    "truncate": 76, "rename": 82, "mkdir": 83, "rmdir": 84, "link": 86, "unlink": 87, "symlink": 88, "chmod": 90,
    "chown": 92, "lchown": 94, "utime": 132, "mknod": 133, "setxattr": 188, "lsetxattr": 189, "removexattr": 197,
    "lremovexattr": 198, "utimes": 235, "mkdirat": 258, "mknodat": 259, "fchownat": 260, "futimesat": 261,
    "unlinkat": 263, "renameat": 264, "linkat": 265, "symlinkat": 266, "fchmodat": 268, "utimensat": 280,
    "renameat2": 316, "fchmodat2": 452,
    "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "execveat": 322, "clone3": 435,
    "kill": 62, "rt_sigqueueinfo": 129, "tkill": 200, "tgkill": 234, "rt_tgsigqueueinfo": 297,
    "pidfd_send_signal": 424,
    "ptrace": 101, "perf_event_open": 298, "process_vm_readv": 310, "process_vm_writev": 311, "userfaultfd": 323,
    "pidfd_getfd": 438,
    "setrlimit": 160, "prlimit64": 302, "shmget": 29, "semget": 64, "msgget": 68, "mq_open": 240, "add_key": 248,
    "request_key": 249, "keyctl": 250, "io_uring_setup": 425,
    "pivot_root": 155, "chroot": 161, "mount": 165, "umount2": 166, "reboot": 169, "init_module": 175,
    "delete_module": 176, "kexec_load": 246, "unshare": 272, "setns": 308, "finit_module": 313,
    "kexec_file_load": 320, "bpf": 321, "open_tree": 428, "move_mount": 429, "fsopen": 430, "mount_setattr": 442,
}
DENIED_AARCH64: Final = {
    "socket": 198, "socketpair": 199, "bind": 200, "connect": 203,
    "openat": 56, "open_by_handle_at": 265, "memfd_create": 279, "openat2": 437,
    "setxattr": 5, "lsetxattr": 6, "removexattr": 14, "lremovexattr": 15, "mknodat": 33, "mkdirat": 34,
    "unlinkat": 35, "symlinkat": 36, "linkat": 37, "renameat": 38, "truncate": 45, "fchmodat": 53, "fchownat": 54,
    "utimensat": 88, "renameat2": 276, "fchmodat2": 452,
    "clone": 220, "execve": 221, "execveat": 281, "clone3": 435,
    "kill": 129, "tkill": 130, "tgkill": 131, "rt_sigqueueinfo": 138, "rt_tgsigqueueinfo": 240,
    "pidfd_send_signal": 424,
    "ptrace": 117, "perf_event_open": 241, "process_vm_readv": 270, "process_vm_writev": 271, "userfaultfd": 282,
    "pidfd_getfd": 438,
    "setrlimit": 164, "mq_open": 180, "msgget": 186, "semget": 190, "shmget": 194, "add_key": 217,
    "request_key": 218, "keyctl": 219, "prlimit64": 261, "io_uring_setup": 425,
    "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "unshare": 97, "kexec_load": 104,
    "init_module": 105, "delete_module": 106, "reboot": 142, "setns": 268, "finit_module": 273, "bpf": 280,
    "kexec_file_load": 294, "open_tree": 428, "move_mount": 429, "fsopen": 430, "mount_setattr": 442,
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
    """Bound memory and processor time; no other file may be opened, no process started, nothing written and no core
    dump kept, for it would hold frames. Most of it stands a second time in the filter, which a machine may refuse."""
    for kind, soft, hard in (
        (resource.RLIMIT_AS, memory_bytes, memory_bytes),
        (resource.RLIMIT_CPU, cpu_s, cpu_s + 1),  # at the hard limit comes SIGKILL, which says nothing of its cause
        (resource.RLIMIT_NOFILE, STANDARD_FILES, STANDARD_FILES),
        (resource.RLIMIT_NPROC, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        in_force = resource.getrlimit(kind)[1]
        most = hard if in_force == resource.RLIM_INFINITY else min(hard, in_force)
        resource.setrlimit(kind, (min(soft, most), most))


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
