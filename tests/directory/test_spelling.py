"""However a name is typed, its keys find it: the other letters, Latin, the other keyboard layout, one error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.directory.enums import KeyKind
from caseflow.directory.rules import spelling
from caseflow.directory.rules.spelling import (
    TRACED,
    beginnings,
    error_keys,
    is_one_error_away,
    letters_like,
    name_keys,
    name_words,
    sounds,
    typed_in_latin_layout,
)

KAZAKH = "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяё"
PLAIN = str.maketrans("әғқңөұүһіё", "агкноуухие")
LATIN_2021 = dict(zip("аәбвгғдежзийкқлмнңоөпрстуұүфхһчшыі", "aäbvgğdejziikqlmnñoöprstuūüfhhçşyı", strict=True))
PASSPORT = dict(zip("аәбвгғдезийкқлмнңоөпрстуұүфһыі", "aabvggdeziikqlmnnooprstuuufhyi", strict=True))
PASSPORT |= {"ж": "zh", "х": "kh", "ш": "sh", "ч": "ch", "ю": "yu", "я": "ya", "ц": "ts", "щ": "shch", "ь": "", "ъ": ""}
names = st.text(st.sampled_from(KAZAKH), min_size=4, max_size=12)

SYLLABLES = (
    "ай",
    "гүл",
    "жан",
    "нұр",
    "бек",
    "сұл",
    "тан",
    "қай",
    "рат",
    "әсе",
    "мәд",
    "шың",
    "ғыс",
    "хан",
    "ер",
    "лан",
)
kazakh_names = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=4).map("".join)


def finds(typed: str, name: str) -> bool:
    """Whether a sound of what was typed begins one of the name's."""
    return any(key.startswith(beginnings(typed)) for key in name_keys(name)[KeyKind.SOUND])


@given(names)
def test_russian_letters_find_a_kazakh_name(name: str) -> None:
    assert set(sounds(name)) == set(sounds(name.translate(PLAIN)))


@given(names, st.data())
def test_every_beginning_finds_the_name(name: str, data: st.DataObject) -> None:
    begun = name[: data.draw(st.integers(2, len(name)))]
    assert not sounds(begun) or finds(begun, name)


@given(kazakh_names)
def test_the_latin_alphabet_of_2021_finds_a_kazakh_name(name: str) -> None:
    assert finds("".join(LATIN_2021[letter] for letter in name), name)


@given(kazakh_names)
def test_a_passport_finds_a_kazakh_name(name: str) -> None:
    assert finds("".join(PASSPORT[letter] for letter in name), name)


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("жақсылық", "Zhaksylyk Jaqsylyq Jaqsylıq Жаксылык Zhaqsylyq"),
        ("шыңғыс", "Шынгыс Shyngys Şyñğys"),
        ("юлия", "Yuliya Iuliia Julia Yulia Юлія"),
        ("соловьёв", "Соловьев Solovyov Solovyev Solovev Soloviev"),
        ("щербаков", "Shcherbakov Scherbakov"),
        ("ерлан", "Yerlan Erlan"),
        ("жәңгір", "Zhangir Jängir Жангир"),
        ("джамиля", "Жамиля Dzhamilya Djamilya"),
        ("асхат", "Askhat Ashat Asxat"),
        ("цой", "Tsoy Tsoi Coi"),
        ("дмитрий", "Dmitriy Dmitry Dmitrii Dmitri"),
        ("татьяна", "Tatyana Tatjana Tatiana"),
        ("әсел", "Асель Asel Äsel"),
        ("рәуан", "Rauan Rawan"),
    ],
)
def test_usual_spellings_find_the_name(name: str, spellings: str) -> None:
    assert [each for each in spellings.casefold().split() if not finds(each, name)] == []


def test_latin_letters_that_look_cyrillic_do_not_hide_a_name() -> None:
    assert finds("серiк", "Серіков")
    assert finds("серік", "Cepiков")


def test_a_name_in_latin_letters_is_found_in_cyrillic() -> None:
    assert finds("асель", "Assel Kim")


def test_the_parts_of_a_double_name_are_found_each_and_together() -> None:
    assert name_words("Сейт-Әли  О'Коннор") == {"сейт", "әли", "сейтәли", "о", "коннор", "оконнор"}


def test_letters_of_no_alphabet_here_find_nobody() -> None:
    assert name_keys("李") == {KeyKind.SOUND: set(), KeyKind.ERROR: set()}
    assert sounds("müllér") == sounds("мүллер")


@pytest.mark.parametrize(
    ("typed", "meant"), [("ghbdtn", "привет"), ("0fqhfn", "қайрат"), (";fyfh", "жанар"), ("әсел", ""), ("ab!", "")]
)
def test_a_word_typed_in_the_other_layout(typed: str, meant: str) -> None:
    assert typed_in_latin_layout(typed) == meant


@pytest.mark.parametrize(("typed", "letter"), [("б", "Б"), ("B", "В"), ("b", "Б"), ("v", "В"), ("А", "Ә"), ("f", "А")])
def test_a_class_letter_however_it_was_typed(typed: str, letter: str) -> None:
    assert letter in letters_like(typed)


@st.composite
def with_one_error(draw: st.DrawFn) -> tuple[str, str]:
    """A name of four letters or more, and the same with a letter too many, too few, another, or two exchanged."""
    name = draw(names)
    place, letter = draw(st.integers(0, len(name) - 1)), draw(st.sampled_from(KAZAKH))
    before, here, after = name[:place], name[place], name[place + 1 :]
    typed = draw(st.sampled_from([before + letter + here + after, before + after, before + letter + after]))
    if after and draw(st.booleans()):
        typed = before + after[0] + here + after[1:]
    return typed, name


def keys_meet(typed: str, name: str) -> bool:
    """As the database compares them."""
    kept, asked = error_keys(name), error_keys(typed)
    if len(typed) < spelling.FEWEST_FOR_UNFINISHED_ERRORS:
        return bool(kept & asked)
    return any(key.startswith(tuple(asked)) for key in kept)


@given(with_one_error())
def test_one_error_is_forgiven(case: tuple[str, str]) -> None:
    typed, name = case
    assert is_one_error_away(typed, name)
    assert not error_keys(typed) or keys_meet(typed, name)


@given(with_one_error(), st.text(st.sampled_from(KAZAKH), max_size=6))
def test_one_error_in_the_beginning_of_a_longer_name_is_forgiven(case: tuple[str, str], rest: str) -> None:
    typed, begun = case
    if len(typed) >= spelling.FEWEST_FOR_UNFINISHED_ERRORS and error_keys(typed):
        assert is_one_error_away(typed, begun + rest)
        assert keys_meet(typed, begun + rest)


@pytest.mark.parametrize(("typed", "name"), [("серикова", "петрова"), ("асан", "ержан"), ("мадина", "мадияр")])
def test_another_name_is_no_error(typed: str, name: str) -> None:
    assert not is_one_error_away(typed, name)


def test_a_short_word_is_the_whole_name_but_for_an_error() -> None:
    assert is_one_error_away("асл", "асел")
    assert not is_one_error_away("асл", "аселя")


@given(names)
def test_a_name_has_few_keys(name: str) -> None:
    assert len(error_keys(name)) <= TRACED + 1
    assert len(sounds(name)) <= 1
