"""How the codes of acts read. Each room names the codes that it writes, so the log knows nobody and shows words."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_names: "dict[str, StrOrPromise]" = {"read": _("Opened"), "denied": _("Was refused")}


def name_actions(names: "Iterable[tuple[str, StrOrPromise]]") -> None:
    """Say how the codes of acts read. Raises ValueError for a code that has another name already."""
    for code, name in names:
        if _names.setdefault(code, name) != name:
            raise ValueError(code)


def action_name(code: str) -> str:
    """The act in the active language; the code itself for one that nobody named."""
    return str(_names.get(code, code))


def named_actions() -> frozenset[str]:
    """Every code that has a name."""
    return frozenset(_names)


def actions_like(words: str) -> list[str]:
    """The codes whose name in the active language holds these words, for a search."""
    wanted = words.casefold()
    return [code for code, name in _names.items() if wanted in str(name).casefold()]
