"""Two who write on a plan at once: the second decides on what the first has left."""

from typing import Any

import pytest
from django.utils import timezone

from caseflow.directory.models import School
from caseflow.journals.enums import PlanItemState
from caseflow.journals.models import PlanItem
from caseflow.journals.rules import JournalRefused
from caseflow.journals.services import end_item, planning, remove_item, write_item
from tests.cases.factories import psychologist
from tests.journals.factories import item, year_at

pytestmark = pytest.mark.django_db


def test_an_item_that_was_ended_meanwhile_is_not_removed_and_what_was_renamed_stays_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    who = psychologist()
    year = year_at(who)
    made = write_item(who, year.pk, item(who))
    hold = planning._hold
    before: dict[str, Any] = {"title": "Тренинги"}  # what somebody else does before it is our turn

    def later(school_id: int) -> School:
        PlanItem.objects.filter(pk=made.pk).update(**before)
        return hold(school_id)

    monkeypatch.setattr(planning, "_hold", later)
    end_item(who, made.pk, PlanItemState.DONE, outcome="Провели")
    assert PlanItem.objects.get(pk=made.pk).title == "Тренинги"
    end_item(who, made.pk, PlanItemState.OPEN)
    before = {"state": PlanItemState.DONE, "ended_by": who.user, "ended_at": timezone.now()}
    with pytest.raises(JournalRefused, match="Open it again"):
        remove_item(who, made.pk)
