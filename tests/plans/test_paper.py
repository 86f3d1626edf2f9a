"""The printed page: one of A4, in either language, without a case number."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_text
from pdfminer.pdfpage import PDFPage

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.plans.enums import Step, Way
from caseflow.plans.paper import PAPER_LANGUAGES, safety_pdf, too_long
from caseflow.plans.rules import LONGEST_LINE, MOST_LINES, Line, Mark, PlanText
from caseflow.plans.selectors.versions import Version, read_version
from caseflow.plans.services import countersign, sign_plan
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import parent_of
from tests.plans.factories import DRAWN, drafted, fresh, text
from tests.plans.factories import given as given_to_sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def pages(pdf: bytes) -> int:
    return len(list(PDFPage.get_pages(BytesIO(pdf))))


def shown(who: Actor, case: Case, words: PlanText, **how: Mark) -> Version:
    draft = drafted(who, case, words)
    return read_version(fresh(who, case), sign_plan(who, case.pk, given_to_sign(**how), seen_sha256=draft.sha256))


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_the_page_bears_the_words_the_hotlines_and_the_wished_name_alone(who: Actor, case: Case, language: str) -> None:
    Case.objects.filter(pk=case.pk).update(number=7318)
    version = shown(who, case, text(name="Мади"), pupil=Mark(Way.TYPED, "Мади С."))
    found = extract_text(BytesIO(safety_pdf(version, language)))
    for word in ("Мади", "Мади С.", "Сижу в темноте", "Таблетки хранит мама", "112", "111", who.user.short_name):
        assert word in found
    assert "7318" not in found
    assert case.pupil.last_name not in found


def test_the_same_version_has_the_same_bytes_and_the_languages_differ(who: Actor, case: Case) -> None:
    version = shown(who, case, text())
    kazakh, russian = (safety_pdf(version, language) for language in PAPER_LANGUAGES)
    assert safety_pdf(version, "kk") == kazakh
    assert kazakh != russian


def test_all_signatures_find_their_place_on_the_one_page(who: Actor, case: Case) -> None:
    guardians = [parent_of(case.pupil).membership.guardian for _ in range(2)]
    version = shown(who, case, text(), psychologist=Mark(Way.TYPED, "А. Тестова"))
    for guardian in guardians:
        assert guardian is not None
        mark, seen = DRAWN, version.text.shared.sha256
        countersign(who, case.pk, guardian_id=guardian.pk, mark=mark, seen_sha256=seen)
    signed = read_version(fresh(who, case), version.version)
    pdf = safety_pdf(signed, "ru")
    assert (pages(pdf), len(signed.signed)) == (1, 4)
    found = extract_text(BytesIO(pdf))
    assert all(guardian.short_name.split()[0] in found for guardian in guardians if guardian)


# The longest line that is allowed, in words and as one word, and the widest letters there are.
LONGEST = [("широкая " * 20)[:LONGEST_LINE], "Щ" * LONGEST_LINE, "да"]
steps_of_lines = st.tuples(*[st.lists(st.sampled_from(LONGEST).map(Line), max_size=MOST_LINES).map(tuple)] * 6)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(steps=steps_of_lines)
def test_what_is_not_called_too_long_is_one_page_in_both_languages(
    steps: tuple[tuple[Line, ...], ...], longest_signed: Version
) -> None:
    words = PlanText("Щ" * 60, steps)
    if not too_long(words):
        version = Version(longest_signed.version, words, longest_signed.signed)
        assert [pages(safety_pdf(version, language)) for language in PAPER_LANGUAGES] == [1, 1]


@pytest.fixture
def longest_signed(who: Actor, case: Case) -> Version:
    """A version that bears four signatures with the longest names."""
    name = Mark(Way.TYPED, "Щ" * 60)
    version = shown(who, case, text(name="Щ" * 60), pupil=name, psychologist=name)
    for _ in range(2):
        guardian = parent_of(case.pupil).membership.guardian
        assert guardian is not None
        countersign(who, case.pk, guardian_id=guardian.pk, mark=name, seen_sha256=version.text.shared.sha256)
    return read_version(fresh(who, case), version.version)


def test_one_full_step_of_the_longest_lines_fits_and_six_do_not() -> None:
    full = tuple(Line(("широкая " * 20)[:LONGEST_LINE]) for _ in range(MOST_LINES))
    one = PlanText("Мадина", (full, *[(Line("да"),)] * 5))
    six = PlanText("Мадина", ((Line("да"),), *[full] * 5))
    assert too_long(one) == []
    (said,) = too_long(six)
    assert said == (
        f"The plan is longer than one printed page. Shorten step 2, “{Step.ALONE.label}”: it is the longest."
    )
