"""Questionnaires of the whole installation: import those that ship, others from a file, and put versions to use."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from caseflow.instruments.models import InstrumentVersion, InUse
from caseflow.instruments.rules.packs import BadPackError
from caseflow.instruments.selectors.versions import pack_of
from caseflow.instruments.services import import_shipped, import_text, use_everywhere


class Command(BaseCommand):
    """A line for each version: instrument, version, "in use" or "-", SHA-256, the languages in which it is offered."""

    help = "Lists, imports and puts to use questionnaires, as packs with their hash."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="what there is")
        acts.add_parser("shipped", help="import the packs that came with the product and are not there yet")
        one = acts.add_parser("import", help="import a pack; nobody is given it before it is put to use")
        one.add_argument("file", type=Path)
        use = acts.add_parser("use", help="give this version from now on, where a region has not chosen another")
        use.add_argument("instrument")
        use.add_argument("version")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            {"list": self._list, "shipped": self._ship, "import": self._import, "use": self._use}[options["act"]](
                options
            )
        except BadPackError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _list(self, _options: dict[str, Any]) -> None:
        used = set(InUse.objects.filter(region=None).values_list("version", flat=True))
        for version in InstrumentVersion.objects.filter(region=None).order_by("instrument", "imported_at"):
            languages = ",".join(pack_of(version).offered) or "-"
            state = "in use" if version.pk in used else "-"
            self.stdout.write(f"{version.instrument} {version.version} {state} {version.digest} {languages}")

    def _ship(self, _options: dict[str, Any]) -> None:
        self.stdout.write(f"{len(import_shipped())} new questionnaires.")

    def _import(self, options: dict[str, Any]) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['file']} cannot be read: {error}") from error
        version = import_text(text)
        self.stdout.write(f"{version.instrument} {version.version} {version.digest}")

    def _use(self, options: dict[str, Any]) -> None:
        try:
            use_everywhere(options["instrument"], options["version"])
        except InstrumentVersion.DoesNotExist as error:
            raise CommandError(f"There is no version {options['version']} of {options['instrument']}.") from error
