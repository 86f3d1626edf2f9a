from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are asserted in English, whatever the language of the installation."""
    with translation.override("en"):
        yield
