"""The sentence of every kind of alert, in the reader's language at the time of reading.

A kind has several wordings, the fullest first; the first one whose parameters are all there is shown. A parameter that
holds a code (`category`, `clock`, `purpose`, `reason`) is shown by the label its room registered with `name_codes`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import get_language

from notifications.params import PARAMS
from notifications.wordings import TEXTS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Param = str | int | Mapping[str, str]  # a mapping is one label in each language, like {"kk": …, "ru": …, "en": …}
Params = Mapping[str, Param]

LONGEST_SHOWN = 120

_labels: "dict[str, dict[str, StrOrPromise]]" = {}


def name_codes(param: str, labels: "Iterable[tuple[str, StrOrPromise]]") -> None:
    """Say how the codes in `param` read (`Choices.choices` fits). Raises ValueError for an unknown parameter."""
    if param not in PARAMS:
        raise ValueError(param)
    _labels.setdefault(param, {}).update(labels)


def label_of(param: str, code: str) -> str:
    """How a code in `param` reads in the active language; the code itself for one that nobody named."""
    return str(_labels.get(param, {}).get(code, code))


def sentence(kind: str, params: Mapping[str, object]) -> str:
    """The fullest wording of `kind` that `params` can fill, in the active language; KeyError for an unknown kind."""
    shown = {name: _shown(name, value) for name, value in params.items()}
    for wording in TEXTS[kind]:
        try:
            return str(wording) % shown
        except KeyError:
            continue
    raise KeyError(kind)


def _shown(name: str, value: object) -> str:
    if name in _FORMATS:
        return _FORMATS[name](str(value))
    if isinstance(value, Mapping):
        return Truncator(value.get((get_language() or "ru")[:2]) or value["ru"]).chars(LONGEST_SHOWN)
    return Truncator(label_of(name, str(value))).chars(LONGEST_SHOWN)


def _due(value: str) -> str:
    return date_format(localtime(datetime.fromisoformat(value)), "d.m H:i")


_FORMATS: dict[str, Callable[[str], str]] = {"due": _due}
