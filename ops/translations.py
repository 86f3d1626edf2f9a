"""What is wrong with the translations.

python -m ops.translations
"""

import re
import sys
import tomllib
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message
from django.conf import settings

from ops import messages
from ops.trouble import ROOT

EQUAL = ROOT / "locale" / "equal.toml"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Key = tuple[str, str | None]


def problems() -> list[str]:
    """One line for each gap, fuzzy or left-over entry, suspicious equality and lost placeholder."""
    wanted = _by_key(messages.used())
    catalogues = {language: _by_key(messages.translated(language)) for language in messages.LANGUAGES}
    allowed = tomllib.loads(EQUAL.read_text(encoding="utf-8")) if EQUAL.exists() else {}
    found = [*_equalities(wanted, catalogues, allowed)]
    for language, entries in catalogues.items():
        found += [f"{language}: {key[0]!r} is used no more: make messages" for key in entries.keys() - wanted.keys()]
        found += [f"{language}: {key[0]!r}: {what}" for key in wanted for what in _faults(key, entries)]
    return sorted(found)


def _by_key(catalogue: Catalog) -> dict[Key, Message]:
    return {(_forms(message.id)[0], message.context): message for message in catalogue if message.id}


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _faults(key: Key, entries: dict[Key, Message]) -> Iterator[str]:
    message = entries.get(key)
    if message is None:
        yield "is missing: make messages"
        return
    forms = _forms(message.string)
    if not all(forms):
        yield "is not translated"
    elif message.fuzzy:
        yield "is fuzzy"
    elif not _same_placeholders(_forms(message.id), forms):
        yield "has other placeholders than the English text"


def _same_placeholders(english: tuple[str, ...], translation: tuple[str, ...]) -> bool:
    """Each form has no foreign placeholder, and together they have all: a form for one may leave out the number."""
    wanted = {each for form in english for each in PLACEHOLDER.findall(form)}
    got = [set(PLACEHOLDER.findall(form)) for form in translation]
    if len(english) == 1:
        return all(sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(english[0])) for form in translation)
    return set().union(*got) == wanted


def _equalities(
    wanted: dict[Key, Message], catalogues: dict[str, dict[Key, Message]], allowed: dict[str, str]
) -> Iterator[str]:
    """Translations that say the same in two languages, which mostly is a copy that was forgotten."""
    for key in wanted:
        if key[0] in allowed or not re.search(r"[^\W\d_]", PLACEHOLDER.sub("", key[0])):
            continue
        said = {"en": key[0]}
        said |= {name: _forms(entries[key].string)[0] for name, entries in catalogues.items() if key in entries}
        for one, other in (("kk", "ru"), ("en", "kk"), ("en", "ru")):
            if said.get(one) and said.get(one) == said.get(other):
                yield f"{one} and {other} both say {said[one]!r}: translate, or give the reason in locale/equal.toml"


def main() -> int:
    if not settings.configured:
        settings.configure()  # templatize asks for settings; none of them matters here
    found = problems()
    print("\n".join(found) or "translations complete")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
