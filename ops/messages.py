"""Catalogues of translations, made without GNU gettext.

python -m ops.messages update    bring locale/*/LC_MESSAGES/django.po in line with the sources
python -m ops.messages compile   make the .mo files that Django reads
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from ops.trouble import ROOT, one_line

LANGUAGES = ("kk", "ru")  # English is what the sources say
PACKAGES = ("analytics", "caseflow", "notifications")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PASSING_HEADERS = ('"POT-Creation-Date:', '"PO-Revision-Date:', '"Generated-By:')  # would change with every run


def catalogue_path(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def sources() -> Iterator[tuple[Path, str]]:
    """Each file that may hold messages, and its text as Python."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt"}:
            yield path, template_as_python(path.read_text(encoding="utf-8"))


def template_as_python(text: str) -> str:
    """Calls of gettext for the translatable parts of a Django template, at no indentation, the rest crossed out."""
    return "\n".join(line.strip() for line in templatize(text).splitlines())


def used() -> Catalog:
    """Every message the sources use, without translations."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for _, text in sources():
        found = extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=["Translators:"])
        for _line, message, comments, context in found:
            catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


def translated(language: str) -> Catalog:
    """The language's catalogue as it is on disk, empty where there is none."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def update() -> None:
    """Add new messages untranslated, keep translations, drop what is used no more. Places and dates are not written."""
    template = used()
    for language in LANGUAGES:
        catalogue = translated(language)
        catalogue.update(template, no_fuzzy_matching=True)
        write(catalogue, catalogue_path(language))


def write(catalogue: Catalog, path: Path) -> None:
    """Sorted, without places, dates and obsolete entries, so that a change shows only what was changed."""
    catalogue.project, catalogue.version = "Tirek", ""
    catalogue.header_comment = "# Tirek: translations. Written by people; `make messages` keeps the list complete."
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line for line in lines if not line.startswith(PASSING_HEADERS)), encoding="utf-8")


def compile_all() -> None:
    """Write the .mo files that are older than their .po."""
    for language in LANGUAGES:
        source = catalogue_path(language)
        target = source.with_suffix(".mo")
        if source.exists() and not (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            fresh = target.with_suffix(".mo.new")
            with fresh.open("wb") as file:
                write_mo(file, translated(language))
            fresh.rename(target)


def main() -> int:
    if not settings.configured:
        settings.configure()  # templatize asks for settings; none of them matters here
    {"update": update, "compile": compile_all}[sys.argv[1]]()
    return 0


if __name__ == "__main__":
    sys.exit(one_line(main))
