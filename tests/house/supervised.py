"""A supervisor over programs that are quick to start, run in a process of its own.

python -m tests.house.supervised FOLDER PORT
"""

import os
import signal
import sys
import time
from pathlib import Path

from ops.children import Program
from ops.place import Place
from ops.supervise import GRACE_S, supervise
from ops.trouble import one_line

FOLDER = Path(sys.argv[-2])


def main() -> int:
    """`stubborn` and `fading` are this module again, see below."""
    place = Place("127.0.0.1", int(sys.argv[-1]), demo=False, data=FOLDER)
    programs = [
        Program("web server", ("http.server", "--bind", place.host, str(place.port))),
        Program("stubborn", ("tests.house.supervised", "stubborn", str(FOLDER), "0"), nice=3),
        Program("fading", ("tests.house.supervised", "fading", str(FOLDER), "0")),
    ]
    return supervise(place, programs, grace_s=float(os.environ.get("PROBE_GRACE_S", GRACE_S)))


def stubborn() -> None:
    """Will not be asked to stop, and has a child of its own that will not either."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.fork():
        note("stubborn", os.getpid())
    else:
        note("grandchild", os.getpid())
    time.sleep(600)


def fading() -> None:
    """Ends soon, each time it is started."""
    note("fading", os.getpid())
    time.sleep(0.1)
    sys.exit(3)


def note(name: str, pid: int) -> None:
    with (FOLDER / "pids").open("a") as file:
        file.write(f"{name} {pid}\n")


if __name__ == "__main__":
    roles = {"stubborn": stubborn, "fading": fading}
    if sys.argv[1] in roles:
        roles[sys.argv[1]]()
    else:
        sys.exit(one_line(main))
