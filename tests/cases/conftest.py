from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are asserted in English, whatever the language of the installation."""
    with translation.override("en"):
        yield


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """This room by itself: what higher rooms add to an assessment and to the end of a case is tested with them."""
    monkeypatch.setattr("caseflow.cases.following._assessed", {})
    monkeypatch.setattr("caseflow.cases.keeping._closing", {})
