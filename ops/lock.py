"""Renew the locked lists from pyproject.toml. uv comes into a throw-away environment. Standard library only."""

import subprocess
import sys
import tempfile
from pathlib import Path

from ops.trouble import ROOT, Trouble, one_line

COMPILE = (
    *("pip", "compile", "pyproject.toml", "--python-version", "3.11", "--universal", "--generate-hashes"),
    *("--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet"),
)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="tirek-lock-") as folder:
        _run(sys.executable, "-m", "venv", folder)
        _run(f"{folder}/bin/pip", "install", "--quiet", "--disable-pip-version-check", "uv")
        uv = Path(folder) / "bin" / "uv"
        upgrade = ("--upgrade",) if "upgrade" in sys.argv[1:] else ()
        _run(uv, *COMPILE, *upgrade, "-o", "requirements.txt")
        _run(uv, *COMPILE, *upgrade, "--group", "dev", "-c", "requirements.txt", "-o", "requirements-dev.txt")
    return 0


def _run(*command: str | Path) -> None:
    if subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode:
        raise Trouble(f"{Path(command[0]).name} failed, see above")


if __name__ == "__main__":
    sys.exit(one_line(main))
