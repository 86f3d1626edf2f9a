"""What the product itself writes into a report is said in both state languages: its reader reads one of them."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import override

STATE_LANGUAGES: Final = ("kk", "ru")


def bilingual(say: Callable[[], str], between: str = "\n") -> str:
    """What `say` says in each language, once where it is the same."""
    said = []
    for language in STATE_LANGUAGES:
        with override(language):
            said.append(say())
    return between.join(dict.fromkeys(said))
