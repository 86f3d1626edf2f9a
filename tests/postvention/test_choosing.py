"""A pupil is looked for by name, at one school or at all that somebody reaches."""

import pytest

from caseflow.postvention.selectors.choosing import pupil_choice
from tests.cases.factories import psychologist, pupil_of

pytestmark = pytest.mark.django_db


def test_whoever_is_chosen_is_not_offered_once_more() -> None:
    who = psychologist()
    first, second = (pupil_of(who, last_name="Оразбаев", first_name=name) for name in ("Алихан", "Айдар"))
    found = pupil_choice(who, "Оразба", chosen=first, school=first.school)
    assert found.found == [second]
    assert pupil_choice(who, "О", chosen=None, school=None).found == []
