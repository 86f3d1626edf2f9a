from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from caseflow.demo.build import RealDataError, make_demo
from caseflow.demo.logins import login_table


class Command(BaseCommand):
    """Make the demo's data, or print its logins."""

    help = "Makes invented people, cases and a lesson video once. Refuses beside real data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--table", action="store_true", help="print the demo logins and make nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["table"]:
            self.stdout.write(login_table())
            return
        try:
            if make_demo():
                self.stdout.write("Demo data is ready.")
        except RealDataError as error:
            raise CommandError("There is real data here: demo data is only made in an empty installation.") from error
