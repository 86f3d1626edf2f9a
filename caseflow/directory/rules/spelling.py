"""How a name may be written, and by which keys it is found however it was.

Two keys, both in small ASCII letters so that bytes of them sort alike in every database:

- the *sound* of a word is the same for all its spellings: Kazakh letters and the Russian ones written for them, the
  Kazakh Latin alphabet of 2021, the passport and the usual Latin spellings of Russian. A Latin word has several sounds
  where a letter has, such as j in Janar and in Tatjana;
- its *trace* has at most one sign for each letter, so that one typing error changes one sign of it. A name is found by
  the traces without one of their letters (symmetric deletion: W. Garbe, SymSpell, 2012).
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, product
from typing import Final

from caseflow.directory.enums import KeyKind

MOST_READINGS: Final = 12
MOST_TRACES: Final = 4  # of a Latin word: each is looked for with every error
TRACED: Final = 6  # signs: names are told apart by their beginnings
LONGEST_KEY: Final = 32
FEWEST_FOR_ERRORS: Final = 3  # letters, one of four was left out
FEWEST_FOR_UNFINISHED_ERRORS: Final = 5  # below, half of a school is alike

LETTERS: Final = dict(
    zip("абвгдеёжзийклмнопрстуфхчшщыэәғқңөұүһі", "abvgdeejziiklmnoprstufhcwwieagknouuhi", strict=True)
)
SOUNDS: Final = LETTERS | {"ц": "ts", "ю": "iu", "я": "ia", "ь": "", "ъ": ""}
TRACES: Final = LETTERS | {"ц": "x", "ю": "y", "я": "q", "ь": "", "ъ": ""}
PAIRS: Final = (("dj", "j"), ("ng", "n"), ("ie", "e"), ("kh", "h"))  # Джамиля and Жамиля, ң and нг, Yerlan and Ерлан

# What a Latin letter or group may stand for, in Cyrillic, the likeliest first; the longest group that fits is taken.
LATIN: Final[dict[str, tuple[str, ...]]] = {
    **{latin: (cyrillic,) for latin, cyrillic in zip("abdefghiklmnopqrstuvyz", "абдефгһиклмнопкрстувыз", strict=True)},
    **{latin: (cyrillic,) for latin, cyrillic in zip("äöüūğñışçžšč", "әөүұғңішчжшч", strict=True)},
    **{latin: (cyrillic,) for latin, cyrillic in zip("áóúýǵń", "әөүуғң", strict=True)},
    "j": ("ж", "й"),
    "c": ("к", "ц"),
    "w": ("у", "в"),
    "x": ("кс", "х"),
    "zh": ("ж", "зх"),
    "kh": ("х",),
    "gh": ("ғ", "гх"),
    "ph": ("ф", "пх"),
    "ch": ("ч",),
    "tch": ("ч", "тч"),
    "sh": ("ш", "сх"),
    "sch": ("щ", "сч"),
    "shc": ("щ",),
    "shch": ("щ", "шч"),
    "ts": ("ц",),
    "tsh": ("тш", "цх"),
    "tzh": ("тж", "цх"),
    "tz": ("ц", "тз"),
    "ya": ("я",),
    "ia": ("я",),
    "ja": ("жа", "я"),
    "yu": ("ю",),
    "iu": ("ю",),
    "ju": ("жу", "ю"),
    "yo": ("йо", "ё"),
    "io": ("ио", "ё"),
    "jo": ("жо", "йо", "ё"),
}
LONGEST_GROUP: Final = max(map(len, LATIN))
# What the last letter may become when one more is typed.
UNFINISHED: Final = {"и": "е", "й": "е", "і": "е", "ы": "е", "д": "дж", "к": "х", "қ": "х"}
UNFINISHED_LATIN: Final = {"s": "ш", "z": "ж", "k": "х", "c": "ч"}
ALIKE: Final = str.maketrans("abcehikmoptxy", "авсенікмортху")  # Latin letters in a Cyrillic word, by their looks
# The letters that the keys of a Latin layout type in the Russian and in the Kazakh one.
RUSSIAN_KEYS: Final = dict(zip("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё", strict=True))
KAZAKH_KEYS: Final = RUSSIAN_KEYS | dict(zip("234589-=0", "әіңғүұөһқ", strict=True))


def name_words(name: str) -> set[str]:
    """The words of a name, in small letters; one with a hyphen in parts and as a whole."""
    found = set()
    for written in _small(name).split():
        parts = "".join(sign if sign.isalpha() else " " for sign in written).split()
        found |= {*parts, "".join(parts)}
    return found - {""}


@lru_cache(maxsize=4096)
def sounds(word: str) -> tuple[bytes, ...]:
    """How a word in small letters may sound; one sound for a Cyrillic word."""
    return _different(_sound(reading) for reading in readings(word))


@lru_cache(maxsize=4096)
def beginnings(word: str) -> tuple[bytes, ...]:
    """The sounds of which one begins the sound of every name that the word begins, in Cyrillic letters."""
    return _different([*sounds(word), *(_sound(reading) for reading in _unfinished(word))])


@lru_cache(maxsize=4096)
def traces(word: str) -> tuple[bytes, ...]:
    """The traces of a word in small letters; one trace for a Cyrillic word."""
    return _different(_mapped(reading, TRACES) for reading in readings(word))[:MOST_TRACES]


def error_keys(word: str) -> frozenset[bytes]:
    """The beginning of the word's trace, as it is and without one sign.

    Where one typing error at most lies between a name and a typed word, a key of the name begins with one of the word;
    where both are short, they share one.
    """
    found = set()
    for trace in traces(word):
        begun = trace[:TRACED]
        found |= {begun, *(begun[:place] + begun[place + 1 :] for place in range(len(begun)))}
    return frozenset(found - {b""})


def name_keys(name: str) -> dict[KeyKind, set[bytes]]:
    """All keys under which a name is found."""
    words = name_words(name)
    return {
        KeyKind.SOUND: {key for word in words for key in sounds(word)},
        KeyKind.ERROR: {key for word in words for key in error_keys(word)},
    }


def is_one_error_away(typed: str, name: str) -> bool:
    """Whether the word is the name but for one error; a longer one may be the beginning of the name."""
    begun = len(typed) >= FEWEST_FOR_UNFINISHED_ERRORS
    return any(_within_one(a, b, begun=begun) for a in traces(typed) for b in traces(name))


def may_have_error(typed: str) -> bool:
    """Whether the word is long enough to be somebody's name in spite of an error."""
    return len(typed) >= FEWEST_FOR_ERRORS


def readings(word: str) -> tuple[str, ...]:
    """What a word in small letters may stand for in Cyrillic letters, the likeliest first."""
    if all(sign in SOUNDS for sign in word):
        return (word,)
    if any(sign in SOUNDS for sign in word):
        return (word.translate(ALIKE),)
    choices = [LATIN.get(group, ("",)) for group in _groups(word)]
    return tuple(islice(dict.fromkeys("".join(chosen) for chosen in product(*choices)), MOST_READINGS))


def typed_in_latin_layout(written: str) -> str:
    """The Cyrillic word that was meant where the keyboard stood on Latin letters, ghbdtn for привет; "" where none."""
    small = written.casefold()
    if not any("a" <= sign <= "z" for sign in small):
        return ""
    meant = "".join(KAZAKH_KEYS.get(sign, "") for sign in small)
    return meant if len(meant) == len(small) else ""


def letters_like(written: str) -> frozenset[str]:
    """The capital Cyrillic letters that a class letter may stand for, however it was typed, and the letter itself."""
    small = _small(written)
    meant = {typed_in_latin_layout(written), small.translate(ALIKE), *readings(small)}
    heard = {_sound(word) for word in meant if word}
    return frozenset({written.upper(), *(letter.upper() for letter in SOUNDS if _sound(letter) in heard)})


def _small(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("İ", "i")).casefold()


def _groups(word: str) -> list[str]:
    """The word cut into the longest groups that `LATIN` knows."""
    groups, place = [], 0
    while place < len(word):
        sizes = range(min(LONGEST_GROUP, len(word) - place), 1, -1)
        size = next((size for size in sizes if word[place : place + size] in LATIN), 1)
        groups.append(_known(word[place : place + size]))
        place += size
    return groups


def _known(group: str) -> str:
    """The group, a letter with a mark that no alphabet here has without it."""
    return group if group in LATIN else unicodedata.normalize("NFD", group)[0]


def _unfinished(word: str) -> list[str]:
    last = word[-1:]
    if last in UNFINISHED_LATIN:
        return [reading + UNFINISHED_LATIN[last] for reading in readings(word[:-1])]
    return [reading[:-1] + UNFINISHED[reading[-1]] for reading in readings(word) if reading[-1:] in UNFINISHED]


def _sound(reading: str) -> bytes:
    sound = _once(_mapped(reading, SOUNDS).decode())
    for pair, single in PAIRS:
        sound = sound.replace(pair, single)
    return _once(sound)[:LONGEST_KEY].encode()


def _mapped(reading: str, signs: dict[str, str]) -> bytes:
    return "".join(signs.get(sign, "") for sign in reading).encode()


def _once(word: str) -> str:
    """Each letter once where it is doubled."""
    return "".join(sign for place, sign in enumerate(word) if word[place - 1 : place] != sign)


def _within_one(a: bytes, b: bytes, *, begun: bool) -> bool:
    """Whether one insertion, deletion, replacement or exchange of neighbours, or none, makes `b`, or its beginning."""
    same = next((place for place, (left, right) in enumerate(zip(a, b, strict=False)) if left != right), None)
    same = min(len(a), len(b)) if same is None else same
    rest, other = a[same:], b[same:]
    rests = [(rest, other), (rest[1:], other), (rest, other[1:]), (rest[1:], other[1:])]
    if len(rest) > 1 and rest[:2] == other[:2][::-1]:
        rests.append((rest[2:], other[2:]))
    return any(right.startswith(left) if begun else right == left for left, right in rests)


def _different(keys: Iterable[bytes]) -> tuple[bytes, ...]:
    return tuple(key for key in dict.fromkeys(keys) if key)
