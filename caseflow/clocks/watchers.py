"""Higher rooms say here who is told when a clock nears its end or misses it."""

from collections.abc import Callable
from uuid import UUID

from django.utils.module_loading import import_string

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
