"""Model packs: what is known, what is here, and which one analyses (rule 6)."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from analytics.management.model_tables import catalogue_table, lacks, pack_table
from analytics.models import ModelCard
from analytics.pipeline.catalogue import CATALOGUE
from analytics.pipeline.errors import PipelineError
from analytics.pipeline.layouts import INSTALLABLE
from analytics.rules.pack_sources import Said, wanted_file
from analytics.rules.refusals import RefusedError, text_of
from analytics.selectors.switching import all_packs
from analytics.services.choosing import CardWords, choose_pack, complete_card
from analytics.services.installing import install_pack, remove_pack

FIGURE_PARTS = 3


class Command(BaseCommand):
    """See `docs/model-packs.md`."""

    help = "Installs model packs from files or addresses with a pinned sha256, and chooses the one that analyses."

    def add_arguments(self, parser: CommandParser) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE)
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("catalogue", help="the model files that are known by their sha256")
        acts.add_parser("list", help="the packs that are here, what each does and what its card lacks")
        _say_install(acts.add_parser("install", help="fetch and verify the files of a pack and write its card"))
        _say_card(acts.add_parser("card", help="complete the card of a pack"))
        use = acts.add_parser("use", help="analyse with this pack from now on")
        use.add_argument("slug", metavar="SLUG")
        use.add_argument("--second", metavar="SLUG", help="whose expression network gives a second opinion")
        acts.add_parser("remove", help="remove the files of a pack").add_argument("slug", metavar="SLUG")

    def handle(self, *_args: Any, **options: Any) -> None:
        acts: dict[str, Callable[..., str]] = {
            "catalogue": _catalogue, "list": _list, "install": _install, "card": _card, "use": _use, "remove": _remove,
        }  # fmt: skip
        with translation.override(options["language"]):
            try:
                self.stdout.write(acts[options["act"]](options))
            except RefusedError as refused:
                raise CommandError(str(refused.text)) from refused
            except PipelineError as error:
                raise CommandError(f"{text_of(error.code)} ({error.detail or error.code})") from error


def _say_install(parser: CommandParser) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        metavar="WHAT",
        help="a NAME of the catalogue, a FILE, an https ADDRESS, NAME=FILE or NAME=ADDRESS; "
        "one finds faces, the other tells expressions",
    )
    parser.add_argument("--sha256", default="", help="of the one file for which the catalogue has none")
    parser.add_argument("--layout", default="", choices=INSTALLABLE, help="how a file that no catalogue knows is read")
    parser.add_argument("--licence", default="", help="SPDX licence of that file")
    parser.add_argument("--source", default="", help="where that file comes from, in words")


def _say_card(parser: CommandParser) -> None:
    parser.add_argument("slug", metavar="SLUG")
    parser.add_argument("--owner", default="", help="who answers for the model")
    parser.add_argument("--licence", default="", help="SPDX licence of the files whose makers state none")
    parser.add_argument("--review-on", type=date.fromisoformat, metavar="DAY", help="until when it must be reviewed")
    parser.add_argument("--impact-assessed-on", type=date.fromisoformat, metavar="DAY")
    parser.add_argument("--accuracy", type=_figure, action="append", default=[], metavar="WHAT|VALUE|SOURCE")
    parser.add_argument("--limit", action="append", default=[], metavar="TEXT", help="a known limit")


def _figure(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split("|"))
    if len(parts) != FIGURE_PARTS or not all(parts):
        raise ArgumentTypeError("WHAT|VALUE|SOURCE")
    return parts


def _catalogue(_options: dict[str, Any]) -> str:
    return catalogue_table(CATALOGUE)


def _list(_options: dict[str, Any]) -> str:
    return pack_table(all_packs())


def _install(options: dict[str, Any]) -> str:
    said = Said(options["sha256"], options["layout"], options["licence"], options["source"])
    wanted = [wanted_file(argument, said) for argument in options["files"]]
    if sum(said.sha256.lower() == each.file.sha256 for each in wanted) > 1:
        raise RefusedError("needs_sha256")
    installed = install_pack(wanted)
    words = _("Installed: %(slug)s.") if installed.fresh else _("Was installed already: %(slug)s.")
    return words % {"slug": installed.card.slug} + lacks(installed.card)


def _card(options: dict[str, Any]) -> str:
    words = CardWords(
        owner=options["owner"],
        licence=options["licence"],
        review_on=options["review_on"],
        impact_assessment_on=options["impact_assessed_on"],
        accuracy=tuple(options["accuracy"]),
        limits=tuple(options["limit"]),
    )
    card = complete_card(_named(options["slug"]), words)
    return lacks(card).strip("\n") or _("The card is complete: %(slug)s.") % {"slug": card.slug}


def _use(options: dict[str, Any]) -> str:
    card, second = _named(options["slug"]), _named(options["second"]) if options["second"] else None
    try:
        choose_pack(card, second)
    except RefusedError as refused:
        lacking = "".join(lacks(each) for each in (card, second) if each)
        raise CommandError(f"{refused.text}{lacking}") from refused
    return _("%(slug)s analyses from now on. What runs already keeps its model.") % {"slug": card.slug}


def _remove(options: dict[str, Any]) -> str:
    card = _named(options["slug"])
    gone = remove_pack(card)
    words = _("Removed: %(slug)s.") if gone else _("Removed: %(slug)s. Its card stays, for it has been used.")
    return words % {"slug": card.slug}


def _named(slug: str) -> ModelCard:
    try:
        return ModelCard.objects.get(slug=slug)
    except ModelCard.DoesNotExist as error:
        known = ", ".join(ModelCard.objects.values_list("slug", flat=True))
        raise CommandError(
            _("No card is called %(slug)s. There are: %(known)s.") % {"slug": slug, "known": known}
        ) from error
