"""What the command `models` prints."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from analytics.models import ModelCard
from analytics.pipeline.catalogue import CatalogueFile
from analytics.rules.builtin_card import ROLES
from analytics.rules.cards import missing_of
from analytics.selectors.packs import ListedPack


def catalogue_table(files: Iterable[CatalogueFile]) -> str:
    """A line for each file that is known."""
    head = (_("Name"), _("Role"), _("Layout"), _("Licence"), "sha256", _("Where from"))
    rows = [
        (file.name, _(ROLES[file.role]), file.layout, file.licence, file.sha256[:12] or "–", _where_from(file))
        for file in files
    ]
    return table((head, *rows))


def pack_table(packs: Iterable[ListedPack]) -> str:
    """A line for each card, and below it what it lacks."""
    lines = table([(pack.card.slug, str(pack.card), str(pack.state.label)) for pack in packs]).splitlines()
    return "\n".join(f"{line}{lacks(pack.card)}" for line, pack in zip(lines, packs, strict=True))


def lacks(card: ModelCard) -> str:
    """What the card still needs, on lines of its own; nothing where it is complete."""
    return "".join("\n  – " + _("Missing: %(what)s") % {"what": words} for words in missing_of(card))


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows in columns as wide as they need to be."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _where_from(file: CatalogueFile) -> str:
    return _("comes with the product") if file.package else file.url or _("from a file of yours")
