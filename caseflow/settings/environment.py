"""Where the installation keeps its data and its keys."""

import os
import secrets
from pathlib import Path

import environ

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
DEMO = env.bool("DEMO", default=False)  # every person is invented
DATA_DIR = Path(env.str("TIREK_DATA", default=str(BASE_DIR / "var"))).resolve()


def key_from(name: str, variable: str) -> str:
    """The key in the environment's `variable`, else the one in `keys/<name>` of the data folder, made when missing.

    Returns 64 or more URL-safe characters (384 bits of randomness when made here).
    Raises OSError when the data folder cannot be written.
    """
    given = env.str(variable, default="")
    if given:
        return str(given)
    path = DATA_DIR / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f".{name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(fresh, path)  # fails when another process was first: its key stays
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii").strip()
