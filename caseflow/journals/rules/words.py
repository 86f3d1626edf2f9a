"""Words for forms that name nobody."""

import re
from collections.abc import Iterable

SHORTEST_STEM, LONGEST_ENDING = 3, 5
LONGEST_THEME, LONGEST_RESULT, MOST_PARTICIPANTS = 300, 2_000, 2_000
GAP = "…"


def without_names(text: str, names: Iterable[str]) -> str:
    """`text` in which every word that is one of the names, with the ending a language puts to it, is a gap.

    Endings are up to five letters long: «Мадинаға», «Мадиной» are found for «Мадина». A name of fewer than three
    letters is left out of the search.
    """
    stems = {re.escape(_stem(part)) for name in names for part in name.split() if len(part) >= SHORTEST_STEM}
    if not stems:
        return text
    longest_first = "|".join(sorted(stems, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{longest_first})\w{{0,{LONGEST_ENDING}}}(?!\w)", GAP, text, flags=re.IGNORECASE)


def _stem(name: str) -> str:
    """Without the vowel that Russian cases change, where enough of the name is left."""
    return name[:-1] if len(name) > SHORTEST_STEM + 1 and name[-1].lower() in "аяйь" else name
