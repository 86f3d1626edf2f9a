"""Where a benchmark runs: a folder, servers and processes of its own, all gone afterwards, also on Ctrl-C.

KEEP_LOGS names a folder to which the logs of the processes are copied at the end.
"""

import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command

OPEN_FILES = 16_000


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that goes with the benchmark. A request to end is taken as Ctrl-C, so that it does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    made = Path(tempfile.mkdtemp(prefix="tirek-bench-"))
    (made / "data").mkdir()
    (made / "static").mkdir()
    try:
        yield made
    finally:
        kept = os.environ.get("KEEP_LOGS")
        if kept:
            Path(kept).mkdir(parents=True, exist_ok=True)
            for log in (*made.glob("*.log"), *made.glob("log/*.log")):
                shutil.copy(log, Path(kept) / log.name)
        shutil.rmtree(made, ignore_errors=True)


def allow_many_sockets() -> None:
    """As many open files as sockets need, for this process and those it starts."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def settle_in(made: Path, addresses: Mapping[str, str], settings: str = "caseflow.settings") -> None:
    """Let this process and those it starts use the folder and the servers; make the tables."""
    os.environ.update(
        addresses,
        DJANGO_SETTINGS_MODULE=settings,
        TIREK_DATA=str(made / "data"),
        STATIC_ROOT=str(made / "static"),
        DEMO="0",
        LOG_LEVEL="WARNING",
    )
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
