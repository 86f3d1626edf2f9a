"""Bring database, static files, translations and demo data to where the sources are. Done steps are passed over."""

import os
import sys
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError

from ops import assets, messages, stamps
from ops.place import Place
from ops.trouble import ROOT, Trouble, one_line


def main() -> int:
    place = Place.from_environment()
    place.mark()
    os.environ.update(place.environment())
    assets.main()
    messages.compile_all()
    django.setup()
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("instruments", "shipped", stdout=StringIO())
        _collect_static()
        if place.demo:
            _make_demo(place.logins)
    except CommandError as error:
        raise Trouble(str(error)) from error
    except OperationalError as error:
        raise Trouble(f"The database cannot be written ({error}): {settings.DATABASES['default']['NAME']}") from error
    return 0


def _collect_static() -> None:
    sources = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    wanted = stamps.digest([*sources, ROOT / "requirements.txt"], *map(str, sorted(sources)))
    collected = Path(settings.STATIC_ROOT)
    stamp = collected.with_name(f"{collected.name}.stamp")
    if collected.is_dir() and stamps.is_current(stamp, wanted):
        return
    print("Collecting static files …", flush=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamps.write(stamp, wanted)


def _make_demo(table: Path) -> None:
    call_command("demo")
    with table.open("w", encoding="utf-8") as file:
        call_command("demo", table=True, stdout=file)


if __name__ == "__main__":
    sys.exit(one_line(main))
