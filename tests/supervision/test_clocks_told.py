"""Of an agreement of a supervision nobody above hears (rule 10b)."""

from uuid import uuid4

import pytest

from caseflow.protocols.services.step_clocks import matter_of_step
from caseflow.supervision.services.clocks import targets_of_agreement
from tests.cases.factories import psychologist

pytestmark = pytest.mark.django_db


def test_nobody_but_the_two_of_the_note_is_told() -> None:
    assert targets_of_agreement(uuid4(), frozenset({"region:lead_psychologist"})) == []


def test_a_clock_of_nothing_is_no_matter() -> None:
    assert matter_of_step(psychologist(), uuid4()) is None
