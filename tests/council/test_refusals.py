"""What a council refuses at the edges: other regions, too much, a full disk; and what stays then as it was."""

import errno
from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.attachments.rules import AttachmentRefused
from caseflow.council.enums import DecisionState, Duty, Move, Presence
from caseflow.council.limits import LONGEST_TITLE
from caseflow.council.models import Evidence
from caseflow.council.rules import CouncilRefused
from caseflow.council.selectors.register import WAITING, Asked, register
from caseflow.council.services import (
    Point,
    Proof,
    Seat,
    add_item,
    change_item,
    seat_member,
    write_attendance,
)
from caseflow.council.services.clocks import targets_of_decision
from tests.council.factories import Table, approved, called, drafted, held, moved, point_of, table
from tests.directory.factories import AgencyFactory

pytestmark = pytest.mark.django_db
PROOF = Proof("Приказ.txt", "Назначить".encode())


@pytest.fixture
def at(db: None) -> Table:
    return table()


def test_a_point_is_said_otherwise_and_never_too_long(at: Table) -> None:
    item = point_of(at, called(at))
    assert change_item(at.chair, item.pk, Point("О кнопках", None, "Начальник")).speaker == "Начальник"
    item.refresh_from_db()
    assert (item.title, item.agency) == ("О кнопках", None)
    with pytest.raises(CouncilRefused, match="characters at most"):
        add_item(at.chair, item.session_id, Point("О" * (LONGEST_TITLE + 1)))


def test_bodies_points_and_members_of_others_are_refused(at: Table) -> None:
    other, session = table(), held(at)
    with pytest.raises(CouncilRefused, match="not of the region"):
        seat_member(at.chair, Seat("А", "Б", Duty.MEMBER, timezone.localdate(), agency=AgencyFactory.create().pk))
    with pytest.raises(CouncilRefused, match="not on the agenda"):
        drafted(at, session, item=point_of(other, held(other)).pk)
    stranger = other.council.members.first()
    assert stranger is not None
    with pytest.raises(CouncilRefused, match="does not sit"):
        write_attendance(at.chair, session.pk, {stranger.pk: (Presence.PRESENT, "")})


def test_what_waits_for_the_chair_is_found(at: Table) -> None:
    waits, _runs = approved(at), approved(at)
    moved(at.officer, waits, Move.ASK_LONGER, until=timezone.localdate() + timedelta(days=60))
    assert [one.pk for one in register(at.chair, Asked(WAITING))] == [waits.pk]


def test_a_target_that_no_council_has_finds_nobody(at: Table) -> None:
    decision = approved(at)
    assert decision.clock_id is not None
    assert targets_of_decision(decision.clock_id, frozenset({"school:principal", "region:nobody"})) == []


def test_a_decision_holds_so_many_files_and_no_more(at: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caseflow.council.services.moving.MOST_OF_DECISION", 1)
    decision = approved(at)
    moved(at.officer, decision, Move.PROGRESS, files=[PROOF])
    with pytest.raises(CouncilRefused, match="files at most"):
        moved(at.officer, decision, Move.PROGRESS, files=[PROOF])
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, AttachmentRefused), (errno.EIO, OSError)])
def test_a_full_disk_is_said_and_leaves_the_decision_as_it_was(
    at: Table, monkeypatch: pytest.MonkeyPatch, number: int, said: type[Exception]
) -> None:
    def full(*_args: object) -> str:
        raise OSError(number, "of the disk")

    monkeypatch.setattr("caseflow.council.services.moving.keep_file", full)
    decision = approved(at)
    with pytest.raises(said):
        moved(at.officer, decision, Move.REPORT, files=[PROOF])
    decision.refresh_from_db()
    assert decision.state == DecisionState.RUNNING
    assert decision.steps.count() == 1
