"""Prints the counts of the access matrix, as its last line, as JSON: {"cells": …, "unclassified": 0, "failed": 0}.

What was answered otherwise than the table says goes to the standard error; then the command ends with 1.
"""

import json
import os
import sys
from collections import Counter
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final

import pytest

COUNTED: Final = ("cells", "unclassified", "failed")
TESTS: Final = Path(__file__).parent / "access"


class Counts:
    """Adds up what each test says of its cells."""

    def __init__(self) -> None:
        self.total: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called by pytest for each phase of a test; the properties are complete in the last one."""
        if report.when == "teardown":
            self.total.update({name: int(str(value)) for name, value in report.user_properties if name in COUNTED})


def main() -> int:
    """Ask everything. Returns pytest's exit status."""
    os.environ["MATRIX"] = "everything"
    counts = Counts()
    options = ["-q", "--tb=short", "--no-header", "-n", "2", "-p", "no:randomly", "-p", "no:logging"]
    with redirect_stdout(sys.stderr):
        status = pytest.main([*options, str(TESTS / "test_matrix.py"), str(TESTS / "test_sockets.py")], [counts])
    print(json.dumps({name: counts.total[name] for name in COUNTED}))  # noqa: T201  this is what it is for
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
