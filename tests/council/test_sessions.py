"""A session is called, prepared, held and closed; then nothing of it changes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.council.enums import Duty, Move, Presence, SessionKind, SessionState
from caseflow.council.models import AgendaItem, Council, Member, Session
from caseflow.council.rules import CouncilRefused
from caseflow.council.selectors.minutes import is_unchanged
from caseflow.council.selectors.register import decision_file
from caseflow.council.selectors.sessions import session_file
from caseflow.council.services import (
    Called,
    Named,
    Point,
    Seat,
    add_item,
    call_off,
    change_item,
    change_session,
    close_session,
    drop_draft,
    move_decision,
    move_item,
    open_session,
    remove_item,
    seat_member,
    set_up,
    unseat_member,
    write_attendance,
    write_heard,
)
from notifications.models import Alert
from tests.council.factories import Table, approved, called, drafted, everybody_there, held, moved, point_of, table
from tests.directory.factories import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(db: None) -> Table:
    return table()


def ready(at: Table) -> Session:
    """A session that lacks nothing."""
    session = held(at)
    item = point_of(at, session)
    approved(at, session, item=item.pk)
    write_heard(at.prosecutor, item.pk, "Доклад заслушан")
    everybody_there(at, session)
    return session


def test_the_members_who_sign_in_learn_of_a_session_and_that_it_is_called_off(at: Table) -> None:
    session = called(at)
    assert (session.number, session.year, session.state) == (1, timezone.localdate().year, "planned")
    told = Alert.objects.filter(kind="council_session")
    assert {one.recipient_id for one in told} == {at.chair.user.pk, at.member.user.pk}
    assert {one.url for one in told} == {f"/council/sessions/{session.pk}/"}
    with pytest.raises(CouncilRefused, match="Say why"):
        call_off(at.prosecutor, session.pk, "  ")
    call_off(at.prosecutor, session.pk, "Перенесено")
    assert Alert.objects.filter(kind="council_session_off").count() == 2
    with pytest.raises(CouncilRefused, match="called off"):
        open_session(at.prosecutor, session.pk)
    assert called(at).number == 2  # a number is given once


def test_a_session_of_another_year_is_numbered_there(at: Table) -> None:
    session = called(at)
    later = timezone.now() + timedelta(days=400)
    changed = change_session(at.chair, session.pk, Called(SessionKind.EXTRAORDINARY, later, "Онлайн"))
    assert (changed.year, changed.number, changed.kind) == (timezone.localdate(later).year, 1, "extraordinary")
    with pytest.raises(CouncilRefused, match="today or later"):
        change_session(at.chair, session.pk, Called("ordinary", timezone.now() - timedelta(days=2), "Зал"))
    with pytest.raises(CouncilRefused, match="on its day"):
        open_session(at.prosecutor, session.pk)


def test_members_and_strangers_prepare_nothing(at: Table) -> None:
    session, stranger = called(at), table()
    for who in (at.member, at.officer, stranger.chair):
        with pytest.raises(Session.DoesNotExist):
            add_item(who, session.pk, Point("Тема"))
    with pytest.raises(Council.DoesNotExist):
        set_up(at.member, Named("к", "р", "", 50))
    item = point_of(at, session)
    with pytest.raises(AgendaItem.DoesNotExist):
        change_item(stranger.prosecutor, item.pk, Point("Чужое"))
    with pytest.raises(CouncilRefused, match="not of the region"):
        add_item(at.prosecutor, session.pk, Point("Тема", AgencyFactory.create().pk))


def test_points_change_places_and_close_up_when_one_is_taken_off(at: Table) -> None:
    session = called(at)
    first, second, third = (point_of(at, session, title) for title in ("А", "Б", "В"))
    move_item(at.prosecutor, third.pk, up=True)
    move_item(at.prosecutor, first.pk, up=True)  # the first goes no further
    assert [item.title for item in session.items.all()] == ["А", "В", "Б"]
    move_item(at.prosecutor, first.pk, up=False)
    remove_item(at.prosecutor, third.pk)
    assert [(item.place, item.title) for item in session.items.all()] == [(1, "А"), (2, "Б")]
    draft = drafted(at, session, item=second.pk)
    with pytest.raises(CouncilRefused, match="Decisions belong"):
        remove_item(at.prosecutor, second.pk)
    drop_draft(at.prosecutor, draft.pk)
    remove_item(at.prosecutor, second.pk)
    assert session.items.count() == 1


def test_what_is_missing_is_said_before_a_session_is_closed(at: Table) -> None:
    session = held(at)
    item = point_of(at, session)
    draft = drafted(at, session)
    with pytest.raises(CouncilRefused) as refused:
        close_session(at.chair, session.pk)
    assert "nobody has said" in str(refused.value)
    assert "minutes say nothing" in str(refused.value)
    assert "drafts" in str(refused.value)
    drop_draft(at.prosecutor, draft.pk)
    write_heard(at.prosecutor, item.pk, "Заслушано")
    everybody_there(at, session)
    with pytest.raises(CouncilRefused, match="The chair closes"):
        close_session(at.prosecutor, session.pk)
    assert close_session(at.chair, session.pk).state == SessionState.CLOSED


def test_without_quorum_a_session_that_decided_is_not_closed(at: Table) -> None:
    session = ready(at)
    members = list(Member.objects.filter(council=at.council))
    absent = {member.pk: (Presence.ABSENT, "") for member in members[:2]}
    write_attendance(at.prosecutor, session.pk, absent)
    with pytest.raises(CouncilRefused, match="quorum"):
        close_session(at.chair, session.pk)
    with pytest.raises(CouncilRefused, match="who came instead"):
        write_attendance(at.prosecutor, session.pk, {members[0].pk: (Presence.REPRESENTED, " ")})
    write_attendance(at.prosecutor, session.pk, {members[0].pk: (Presence.REPRESENTED, "Заместитель")})
    assert close_session(at.chair, session.pk).digest


def test_a_closed_session_changes_neither_here_nor_in_the_database(at: Table) -> None:
    session = close_session(at.chair, ready(at).pk)
    assert is_unchanged(session)
    item = session.items.get()
    for act in (
        lambda: add_item(at.prosecutor, session.pk, Point("Ещё")),
        lambda: write_heard(at.prosecutor, item.pk, "Иначе"),
        lambda: drafted(at, session),
        lambda: everybody_there(at, session),
        lambda: close_session(at.chair, session.pk),
    ):
        with pytest.raises(CouncilRefused, match="not possible any more"):
            act()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(digest="0" * 64)
    AgendaItem.objects.filter(pk=item.pk).update(heard="Иначе")  # whoever gets at the database is found out
    assert not session_file(at.member, session.pk).unchanged


def test_a_seat_is_taken_once_and_ends(at: Table) -> None:
    seat = Seat("Другой", "Прокурор", Duty.CHAIR, timezone.localdate())
    with pytest.raises(CouncilRefused, match="has a chair"):
        seat_member(at.prosecutor, seat)
    double = Seat("Дважды", "Член", Duty.MEMBER, timezone.localdate(), user=at.member.user.pk)
    with pytest.raises(CouncilRefused, match="already"):
        seat_member(at.prosecutor, double)
    chair = Member.objects.get(council=at.council, duty=Duty.CHAIR)
    with pytest.raises(CouncilRefused, match="before it began"):
        unseat_member(at.prosecutor, chair.pk, chair.since - timedelta(days=1))
    unseat_member(at.prosecutor, chair.pk, timezone.localdate() - timedelta(days=1))
    assert seat_member(at.prosecutor, seat).duty == Duty.CHAIR
    assert [row.member.name for row in session_file(at.member, called(at).pk).members].count("Другой") == 1
    with pytest.raises(Member.DoesNotExist):
        unseat_member(at.prosecutor, chair.pk)


def test_a_name_of_the_council_changes_and_each_act_is_logged(at: Table) -> None:
    assert set_up(at.chair, Named("Кеңес", "Совет", "", 66)).pk == at.council.pk
    acts = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"council_set_up", "council_changed", "council_member_seated"} <= acts


def test_closed_minutes_keep_their_members_and_their_days(at: Table) -> None:
    session = close_session(at.chair, ready(at).pk)
    decision = session.decisions.get()
    first, later = decision.due_on, timezone.localdate() + timedelta(days=90)
    moved(at.officer, decision, Move.ASK_LONGER, until=later)
    moved(at.chair, decision, Move.GIVE_LONGER)
    since = session.starts_at.date() - timedelta(days=30)
    seat_member(at.prosecutor, Seat("Пришёл позже", "Судья", Duty.MEMBER, since))
    unseat_member(at.prosecutor, Member.objects.get(user=at.member.user).pk)
    file = session_file(at.chair, session.pk)
    assert [row.member.user for row in file.members] == [at.chair.user, at.prosecutor.user, at.member.user]
    assert [one.due_on for row in file.items for one in row.decisions] == [first]
    assert file.unchanged
    decision.refresh_from_db()
    assert decision.due_on == later


def test_only_whoever_has_a_right_in_the_region_signs_in_as_a_member(at: Table) -> None:
    for user in (table().chair.user.pk, at.officer.user.pk, 987654321):
        with pytest.raises(CouncilRefused, match="no right"):
            seat_member(at.prosecutor, Seat("Кто-то", "Член", Duty.MEMBER, timezone.localdate(), user=user))
    seat = Member.objects.filter(council=at.council).first()
    assert seat is not None
    with pytest.raises(CouncilRefused, match="ends today"):
        unseat_member(at.prosecutor, seat.pk, timezone.localdate() + timedelta(days=1))


def test_a_draft_of_a_session_that_is_called_off_can_be_dropped(at: Table) -> None:
    session = called(at)
    draft = drafted(at, session)
    call_off(at.prosecutor, session.pk, "Перенесено")
    assert decision_file(at.chair, draft.pk).moves == ()
    drop_draft(at.prosecutor, draft.pk)
    assert not session.decisions.exists()


def test_nobody_is_taken_out_of_a_session_that_is_being_held(at: Table) -> None:
    session = held(at)
    chair, secretary, member = Member.objects.order_by("pk")
    there = {chair.pk: (Presence.PRESENT, ""), secretary.pk: (Presence.ABSENT, ""), member.pk: (Presence.ABSENT, "")}
    write_attendance(at.prosecutor, session.pk, there)
    draft = drafted(at, session)
    for absent in (secretary, member):
        with pytest.raises(CouncilRefused, match="being held"):
            unseat_member(at.chair, absent.pk, timezone.localdate() - timedelta(days=1))
    with pytest.raises(CouncilRefused, match="quorum"):
        move_decision(at.chair, draft.pk, Move.APPROVE)
    assert unseat_member(at.chair, member.pk).until == timezone.localdate()  # who sits there still today
