"""Two devices that save in the same moment: one version is kept, the other is refused and shown it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.drafts.models import Draft
from caseflow.drafts.selectors import read
from caseflow.drafts.services import DraftDiffers
from tests.cases.factories import case_of, psychologist
from tests.drafts.factories import kept_note

pytestmark = pytest.mark.django_db(transaction=True)


def save_at_once(who: Actor, case: Case, seen: UUID | None) -> tuple[list[str], list[str]]:
    """Which of two texts were kept, and which version each refused one was shown."""
    begin = Barrier(2)

    def save(text: str) -> tuple[bool, str]:
        begin.wait()
        try:
            return True, kept_note(who, case, text, seen).text
        except DraftDiffers as differs:
            return False, differs.versions.kept.text
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as devices:
        answers = list(devices.map(save, ("Спит плохо", "Ест плохо")))
    return [text for kept, text in answers if kept], [text for kept, text in answers if not kept]


@pytest.mark.parametrize("begun", [False, True], ids=["the first draft", "a later one"])
def test_of_two_saves_in_the_same_moment_one_is_kept_and_shown_to_the_other(begun: bool) -> None:
    who = psychologist()
    case = case_of(who)
    for _ in range(8):
        seen = kept_note(who, case, "Начало").revision if begun else None
        kept, shown = save_at_once(who, case, seen)
        assert len(kept) == 1
        assert shown == kept
        assert read(Draft.objects.select_related("data_key").get()).text == kept[0]
        Draft.objects.all().delete()
