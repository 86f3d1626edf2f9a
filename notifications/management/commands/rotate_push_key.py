import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from notifications.models import Subscription


class Command(BaseCommand):
    help = "Make a new key for Web Push. Every browser has to be entered anew; restart the programs afterwards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.VAPID_KEY_FILE)
        if not path.exists() or path.read_text(encoding="ascii").strip() != settings.VAPID_KEY:
            raise CommandError("The key comes from VAPID_KEY in the environment: change it there.")
        if (
            not options["yes"]
            and input("All browsers lose their pushes until they are entered anew. Go on? [y/N] ") != "y"
        ):
            raise CommandError("Nothing was changed.")
        _replace(path, secrets.token_urlsafe(48))
        browsers, _ = Subscription.objects.all().delete()
        self.stdout.write(f"The key is new; {browsers} browsers are to be entered anew. Restart all programs now.")


def _replace(path: Path, secret: str) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(secret, encoding="ascii")
    fresh.replace(path)
