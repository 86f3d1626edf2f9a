"""Higher rooms say here who is told when a clock nears its end or misses it, and who that is at each step above."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.module_loading import import_string

from notifications.texts import Params

Watcher = Callable[[list[UUID]], object]

_watchers: dict[tuple[str, str], None] = {}


def watch(code_prefix: str, dotted: str) -> None:
    """Have `dotted`, a callable of a list of clock ids, called for clocks whose code begins with `code_prefix`.

    It is called inside the sweep's transaction, once when `warned_at` was set and once when `escalated_at` was.
    Registering twice changes nothing. The callable is looked up when it is first needed.
    """
    _watchers[(code_prefix, dotted)] = None


def watchers_of(code: str) -> list[Watcher]:
    """The callables that watch clocks of this code."""
    return [import_string(dotted) for prefix, dotted in _watchers if code.startswith(prefix)]


@dataclass(frozen=True, slots=True)
class Said:
    """What an alert says: its kind and its parameters."""

    kind: str
    params: Params


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody to be told of a missed clock: as which target ("level:role"), by which right, and where it leads.

    `said` is for those who may not learn what the deadline was, where and when: else all of it is told.
    """

    target: str
    user_id: int
    membership_id: int | None
    url: str
    said: Said | None = None


Finder = Callable[[UUID, frozenset[str]], Iterable[Told]]

_finders: dict[tuple[str, str], None] = {}


def find_targets(code_prefix: str, dotted: str) -> None:
    """Have `dotted` say who the targets of a missed clock are, for clocks whose code begins with `code_prefix`.

    It is a callable of a clock's id and the codes of the targets; it leaves out whoever must not know (rule 10b).
    """
    _finders[(code_prefix, dotted)] = None


def finders_of(code: str) -> list[Finder]:
    """The callables that know whom to tell of a missed clock of this code."""
    return [import_string(dotted) for prefix, dotted in _finders if code.startswith(prefix)]
