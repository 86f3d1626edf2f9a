"""Asks a child of its own what a file is: it may crash, hang or be killed without harm."""

import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO, Final, cast

from lockdown.files.answers import Examined, FileRefused, read_answer

MOST_BYTES: Final = 50 << 20
MOST_KEPT: Final = 120 << 20  # a photograph that is drawn anew may grow
CPU_S: Final = 40
WAIT_S: Final = 120.0  # on a busy machine
ROOT: Final = Path(__file__).resolve().parents[2]
CHILD_PROGRAM: Final = "from lockdown.files.child import main; main()"
CHILD_ENVIRONMENT: Final = {"PYTHONDONTWRITEBYTECODE": "1"}  # the child inherits no secret


def examine(content: bytes, *, cpu_s: int = CPU_S, wait_s: float = WAIT_S) -> Examined:
    """What the file is and what of it is to be kept. Raises FileRefused, with the code "too_complex" for what takes
    longer than any honest file does."""
    with os.fdopen(os.memfd_create("sent"), "r+b") as file:  # in memory: no copy in clear on a disk
        file.write(content)
        file.seek(0)
        process = subprocess.Popen(  # noqa: S603 # a fixed command; the arguments are numbers
            [sys.executable, "-c", CHILD_PROGRAM, str(os.getpid()), str(cpu_s)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=CHILD_ENVIRONMENT,
        )
        try:
            said, _errors = process.communicate(timeout=wait_s)
        except subprocess.TimeoutExpired as error:
            raise FileRefused("too_complex") from error
        finally:
            process.kill()
            process.wait()
            cast("BinaryIO", process.stdout).close()
    if process.returncode < 0:
        raise FileRefused("too_complex")
    return read_answer(said, content, MOST_KEPT)
