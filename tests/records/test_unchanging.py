"""What rooms keep as proof stays as it was in the database too; erasure blanks its words or removes it."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from caseflow.council.enums import Move
from caseflow.council.models import Decision, DecisionStep, Evidence
from caseflow.council.services import Proof
from caseflow.directory.actors import Actor
from caseflow.dossier.enums import Meeting
from caseflow.dossier.models import Making
from caseflow.dossier.services import make_paper
from caseflow.referrals.models import ReferralStep
from caseflow.supervision.models import NoteSharing, SupervisionNote
from tests.cases.factories import case_of, lead_over, psychologist
from tests.council.factories import approved, moved, table
from tests.dossier.factories import wanted
from tests.referrals.factories import officer_of, sent
from tests.supervision.factories import noted, school_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()
CHANGES: list[tuple[type[models.Model], str, Any]] = [
    (Making, "at", NOW),
    (Making, "meeting", Meeting.COUNCIL),
    (Making, "parts", ["reason"]),
    (Making, "since", NOW.date()),
    (Making, "purpose_sealed", b"another"),
    (SupervisionNote, "held_on", NOW.date().replace(year=2001)),
    (SupervisionNote, "recorded_at", NOW),
    (SupervisionNote, "text_sealed", b"another"),
    (SupervisionNote, "themes_sealed", b"another"),
    (NoteSharing, "at", NOW),
    (ReferralStep, "move", "revoke"),
    (ReferralStep, "by", None),
    (ReferralStep, "words_sealed", b"another"),
    (Decision, "text", "another"),
    (Decision, "approved_at", NOW),
    (DecisionStep, "words", "another"),
    (DecisionStep, "until", NOW.date()),
    (Evidence, "name", "another"),
]


@pytest.fixture
def who(db: None) -> Actor:
    """With a paper, a shared note of supervision, a referral that was sent, and a decision with progress and proof."""
    who = psychologist()
    case = case_of(who)
    make_paper(who, case.pk, wanted(parts=frozenset({"stage"})))
    noted(lead_over(school_of(who)), who, share=True)
    sent(who, case, officer_of(case))
    council = table()
    proof = Proof("a.txt", b"done")
    moved(council.officer, approved(council), Move.PROGRESS, files=[proof])
    return who


@pytest.mark.usefixtures("who")
@pytest.mark.parametrize(("model", "field", "value"), CHANGES)
def test_the_database_refuses_another_value(model: type[models.Model], field: str, value: Any) -> None:
    there = model._base_manager.all()
    before = list(there.values_list(field))
    assert before
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        there.update(**{field: value})
    assert list(there.values_list(field)) == before


@pytest.mark.usefixtures("who")
def test_erasure_blanks_the_words_or_removes_the_row() -> None:
    for model, sealed in (
        (Making, "purpose_sealed"),
        (SupervisionNote, "text_sealed"),
        (SupervisionNote, "themes_sealed"),
        (ReferralStep, "words_sealed"),
    ):
        there = model._base_manager.all()
        assert there.update(**{sealed: b""}) == 1
        assert bytes(there.values_list(sealed, flat=True)[0]) == b""
    for gone in (NoteSharing, SupervisionNote, Making, ReferralStep):
        rows = gone._base_manager.all()
        rows._raw_delete(rows.db)
        assert not gone._base_manager.exists()


@pytest.mark.django_db
def test_the_guards_stand_in_the_database() -> None:
    """A later migration that remakes a table on SQLite loses its guard, and has to end with `keep_unchanged` again."""
    catalogue = {"sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'"}
    with connection.cursor() as cursor:
        cursor.execute(catalogue.get(connection.vendor, "SELECT tgname FROM pg_trigger"))
        there = {name for (name,) in cursor.fetchall()}
    assert {f"{model._meta.db_table}_stays" for model, _field, _value in CHANGES} <= there
