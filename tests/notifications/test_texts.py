import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from notifications import params, texts, wordings
from notifications.enums import AlertKind
from notifications.params import check_params

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_labels", {})


@pytest.mark.parametrize("kind", AlertKind)
def test_every_kind_can_be_said_without_parameters(kind: str) -> None:
    assert PLACEHOLDER.search(texts.sentence(kind, {})) is None


@pytest.mark.parametrize("kind", AlertKind)
def test_every_wording_takes_known_parameters_and_the_fullest_comes_first(kind: str) -> None:
    needed = [set(PLACEHOLDER.findall(str(wording))) for wording in wordings.TEXTS[kind]]
    assert set().union(*needed) <= params.PARAMS
    for earlier, later in pairwise(needed):
        assert not earlier <= later, "the later wording can never be shown"


def test_the_fullest_wording_that_can_be_filled_is_shown(labels: None) -> None:
    kind = AlertKind.INCIDENT_NEW
    assert texts.sentence(kind, {"category": "fight", "school": "School 4"}) == "New incident report: fight. School 4"
    assert texts.sentence(kind, {"school": "School 4"}) == "New incident report. School 4"
    assert texts.sentence(kind, {"number": 3}) == "New incident report"


def test_what_a_model_found_says_so(labels: None) -> None:
    said = texts.sentence("triage_item_new", {"category": "Shift", "school": "School 4", "model": "tirek-builtin 1.0"})
    assert said == "New in Today: Shift, found by the system, tirek-builtin 1.0. School 4"


def test_a_code_reads_as_its_room_registered_it_in_the_language_of_the_reader(labels: None) -> None:
    texts.name_codes("category", [("yes-code", _("Yes"))])
    with translation.override("en"):
        assert texts.sentence("triage_item_new", {"category": "yes-code"}) == "New in Today: Yes"
    with translation.override("ru"):
        assert texts.sentence("triage_item_new", {"category": "yes-code"}).endswith("Да")


@pytest.mark.parametrize(("language", "name"), [("kk", "№ 4 мектеп"), ("ru", "Школа № 4"), ("en", "School No. 4")])
def test_a_label_in_each_language_reads_in_that_of_the_reader(labels: None, language: str, name: str) -> None:
    school = {"kk": "№ 4 мектеп", "ru": "Школа № 4", "en": "School No. 4"}
    check_params({"school": school})
    with translation.override(language):
        assert texts.sentence("triage_item_new", {"school": school}).endswith(name)


def test_a_due_time_reads_in_local_time() -> None:
    due = datetime(2026, 11, 17, 4, 5, tzinfo=UTC)
    with timezone.override("Asia/Almaty"):
        assert texts.sentence("deadline_near", {"due": due.isoformat(), "clock": "x"}) == "Due 17.11 09:05: x"


def test_a_long_label_is_cut(labels: None) -> None:
    said = texts.sentence("triage_item_new", {"school": "S" * 500})
    assert said == "New in Today. " + "S" * (texts.LONGEST_SHOWN - 1) + "…"


@pytest.mark.parametrize("params", [{"pupil": "Madina"}, {"school": ["a"]}, {"number": 1.5}, {"category": None}])
def test_anything_but_known_labels_and_numbers_is_refused(params: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(params))):
        check_params(params)


def test_codes_can_be_named_only_for_known_parameters() -> None:
    with pytest.raises(ValueError, match="pupil"):
        texts.name_codes("pupil", [("1", "Madina")])


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts.sentence("gossip", {})
