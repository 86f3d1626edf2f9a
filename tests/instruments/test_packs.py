"""A pack is sound or refused with the reason; no text is offered that nobody vouches for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.instruments.enums import OFFERED, Respondent, TextStatus
from caseflow.instruments.rules.packs import LANGUAGES, BadPackError, digest_of, read_pack
from caseflow.instruments.services.importing import SHIPPED
from tests.instruments.factories import pack_text, translated_pack

ALL = sorted(path.stem for path in SHIPPED.glob("*.toml"))
INSTRUMENTS = [name for name in ALL if name not in ("demo", "sdq")]


def refused(text: str) -> str:
    with pytest.raises(BadPackError) as refusal:
        read_pack(text)
    return str(refusal.value)


def changed(old: str, new: str, name: str = "gad-7") -> str:
    text = pack_text(name)
    assert old in text
    return text.replace(old, new, 1)


def test_what_the_rules_name_is_shipped_and_nothing_proprietary() -> None:
    assert ALL == ["asq", "c-ssrs", "demo", "gad-7", "phq-a", "psc-17", "sdq", "srss", "who-5"]


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_a_shipped_instrument_is_offered_in_the_verified_original_alone(name: str) -> None:
    pack = read_pack(pack_text(name))
    assert pack.offered == ("en",)
    assert pack.languages["en"].status == TextStatus.VERIFIED
    assert pack.languages["en"].sources
    assert {pack.languages[code].status for code in ("kk", "ru")} == {TextStatus.ABSENT}
    assert pack.source
    assert pack.licence
    assert [question.id for question in pack.questions] == list(pack.rule.questions)
    assert all(set(question.words) == {"en"} for question in pack.questions)


def test_the_respondents_are_those_of_the_table() -> None:
    assert {name: read_pack(pack_text(name)).respondent for name in INSTRUMENTS} == {
        **dict.fromkeys(("asq", "c-ssrs", "gad-7", "phq-a", "who-5"), (Respondent.PUPIL,)),
        "psc-17": (Respondent.PARENT,),
        "srss": (Respondent.TEACHER,),
    }


def test_the_sdq_has_no_questions_and_is_offered_in_no_language() -> None:
    pack = read_pack(pack_text("sdq"))
    assert (pack.questions, pack.offered, pack.is_typed) == ((), (), True)


def test_the_demo_says_that_it_is_no_instrument_and_is_in_all_languages() -> None:
    pack = read_pack(pack_text("demo"))
    assert pack.demo
    assert pack.offered == LANGUAGES
    assert "not an instrument" in pack.full_name
    assert all(pack.languages[code].status == TextStatus.OWN for code in LANGUAGES)


def test_an_approved_translation_is_offered_beside_the_original() -> None:
    pack = read_pack(translated_pack())
    assert pack.offered == ("ru", "en")
    assert pack.question("1").words["ru"].startswith("ru: Feeling nervous")
    assert pack.languages["ru"].approved_by == "Областной методический совет"


def test_a_translation_that_nobody_approved_is_kept_and_not_offered() -> None:
    assert read_pack(translated_pack(status="unapproved")).offered == ("en",)


def test_an_original_that_was_not_held_against_anything_is_not_offered() -> None:
    assert read_pack(changed('status = "verified"', 'status = "unverified"')).offered == ()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('approved_by = "Областной методический совет"\n', "", "who approved it"),
        ("approved_on = 2026-10-01\n", "", "who approved it"),
        ('source = "Протокол № 3"\n', "", "who approved it"),
        ("approved_on = 2026-10-01", 'approved_on = "осенью"', "who approved it"),
        ('ru = "ru: Feeling afraid as if something awful might happen"\n', "", "question 7: no words in “ru”"),
        ('ru = "Совсем нет"', 'ru = " "', "answers of question 1: no words in “ru”"),
        ('source = "Протокол № 3"', "source = [1]", "have to be texts"),
        ('status = "approved"', 'status = "verified"', "has to be one of: approved, unapproved"),
    ],
)
def test_a_translation_without_its_proof_or_with_a_gap_is_refused(old: str, new: str, reason: str) -> None:
    text = translated_pack()
    assert old in text
    assert reason in refused(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('instrument = "gad-7"', 'instrument = "Not A Slug"', "“instrument”"),
        ('name = "GAD-7"\n', "", "“name”"),
        ('licence = "', 'licence = "" # "', "“licence”"),
        ('version = "1"', 'version = "a b"', "“version”"),
        ('rule = "gad-7"', 'rule = "beck"', "no scoring rule “beck”"),
        ("rule_version = 1", "rule_version = 2", "no scoring rule"),
        ("rule_version = 1", 'rule_version = "1"', "no scoring rule"),
        ('respondent = "pupil"', 'respondent = "parent"', "respondent"),
        ('respondent = "pupil"', "respondent = []", "respondent"),
        ('respondent = "pupil"', "respondent = 5", "respondent"),
        ('original = "en"', 'original = "kk"', "original language"),
        ("[languages.en]", "[languages.de]", "original language"),
        ('status = "verified"', 'status = "own"', "has to be one of: unverified, verified"),
        ('status = "verified"', 'status = "approved"', "has to be one of"),
        ('id = "2"', 'id = "8"', "in this order: 1, 2, 3"),
        ('2 = { en = "More than half the days" }\n', "", "values 0, 1, 2, 3"),
        ('answers = "often"', 'answers = "never"', "Question 1"),
        ('en = "Trouble relaxing"', 'en = ""', "question 4: no words in “en”"),
        ('0 = { en = "Not at all" }', "0 = 7", "answers of question 1: no words"),
        ('answers = "often"\nen', 'answers = "often"\nperiod = "once"\nen', "period of question 1: no words"),
        ("[languages.en]", "[languages", "no TOML"),
    ],
)
def test_a_pack_that_is_not_sound_is_refused_with_the_reason(old: str, new: str, reason: str) -> None:
    assert reason in refused(changed(old, new))


def test_an_original_that_claims_to_be_verified_says_against_what() -> None:
    lines = pack_text("gad-7")
    before, _, rest = lines.partition("held_against = [")
    assert "held against" in refused(before + rest.partition("]\n")[2])


def test_own_wording_is_for_the_demo_alone() -> None:
    assert "has to be one of: own" in refused(changed('status = "own"', 'status = "verified"', "demo"))


def test_questions_are_not_made_of_anything_else() -> None:
    text = pack_text("gad-7")
    top, _, _ = text.partition("[languages.en]")
    language = text[text.index("[languages.en]") : text.index("[answers.often]")]
    assert "cannot be read" in refused(top + "questions = 5\n" + language)
    assert "cannot be read" in refused(top + "questions = [1]\n" + language)
    assert "cannot be read" in refused(top + "answers = 1\n" + language)
    assert "in this order" in refused(top + language)


def test_a_language_is_a_table() -> None:
    text = pack_text("gad-7").replace("[languages.en]", "[languages]\nru = 5\n[languages.en]", 1)
    assert "The status of “ru”" in refused(text)


def test_a_file_larger_than_a_questionnaire_is_not_looked_into() -> None:
    assert "too large" in refused("#" * 200_001)


def test_the_hash_is_of_the_file_as_it_was_given() -> None:
    text = pack_text("asq")
    assert digest_of(text) != digest_of(text + "\n")
    assert len(digest_of(text)) == 64


@given(st.text(max_size=200))
def test_whatever_is_uploaded_is_refused_with_a_reason_unless_it_is_a_pack(text: str) -> None:
    assert refused(text)


def test_no_status_but_three_is_ever_offered() -> None:
    assert {TextStatus.VERIFIED, TextStatus.APPROVED, TextStatus.OWN} == OFFERED
