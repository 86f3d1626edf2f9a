"""The code by which an anonymous reporter comes back: 128 bits, shown as twelve words of the reporter's language.

The Russian and English words are taken from the lists of BIP-39 (public domain), without what is longer than seven
letters and what should not stand before a child in distress. The lists never change: an older code would no longer be
read. For Kazakh no list that we know of is free, so its words are made of two syllables that follow vowel harmony; like
the others they are read however they are typed, also on a keyboard without the letters of Kazakh.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path

BITS = 128
WORDS = 12
LANGUAGES = ("kk", "ru", "en")
FOLDER = Path(__file__).resolve().parent.parent / "words"
# Where a keyboard has no letter for it, people type its neighbour.
ALIKE = str.maketrans({"ё": "е", "қ": "к", "ғ": "г", "ө": "о", "і": "и", "ү": "у", "ұ": "у", "ә": "а", "ң": "н"})
BACK, FRONT = ("аа", "аы", "ыа", "оа"), ("ее", "еі", "іе", "өе")
PLAIN = "бджзлмнпрстшйх"
CONSONANTS = {BACK: f"{PLAIN}қғ", FRONT: f"{PLAIN}кг"}


def words_of_code(code: int, language: str) -> str:
    """The twelve words of a code in a language, for the eye: the same code in other languages has other words."""
    listed, left, words = word_list(language), code, []
    for _place in range(WORDS):
        left, index = divmod(left, len(listed))
        words.append(listed[index])
    return " ".join(words)


def codes_of_words(text: str) -> Iterator[int]:
    """The codes that the words can mean, in whatever language they are and however they are typed; none for others."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) != WORDS:
        return
    for language in LANGUAGES:
        places = _places(language)
        typed = [places.get(_folded(word, language)) for word in words]
        if None not in typed:
            code = _joined([place for place in typed if place is not None], len(places))
            if code < 2**BITS:
                yield code


@cache
def word_list(language: str) -> Sequence[str]:
    """The words of a language, each different from all others also after folding; Russian for a language unknown."""
    if language == "kk":
        return tuple(_made())
    name = language if language in LANGUAGES else "ru"
    return tuple((FOLDER / f"{name}.txt").read_text(encoding="utf-8").split())


@cache
def _places(language: str) -> Mapping[str, int]:
    return {_folded(word, language): place for place, word in enumerate(word_list(language))}


def _made() -> Iterator[str]:
    for vowels, consonants in CONSONANTS.items():
        for first, second, pair in product(consonants, consonants, vowels):
            yield f"{first}{pair[0]}{second}{pair[1]}"


def _joined(places: Sequence[int], base: int) -> int:
    code = 0
    for place in reversed(places):
        code = code * base + place
    return code


def _folded(word: str, language: str) -> str:
    return word if language == "en" else word.replace("i", "і").translate(ALIKE)
