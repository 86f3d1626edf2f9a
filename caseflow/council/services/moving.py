"""What becomes of a decision: approved, carried out, proved, given more time, accepted or lifted (rule 21)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.attachments.enums import FileKind
from caseflow.attachments.rules import AttachmentRefused, clean_name, download_name
from caseflow.attachments.services import NO_ROOM, look_through, refuse_full_disk
from caseflow.clocks.models import Clock
from caseflow.clocks.services import resume_clock, start_clock, stop_clock
from caseflow.council.enums import Move, SessionState
from caseflow.council.limits import LONGEST_WORDS
from caseflow.council.models import Council, Decision, DecisionStep, Evidence, Session
from caseflow.council.rules import (
    CLOCK,
    DAY_ENDS,
    MOST_BYTES,
    MOST_FILES,
    MOST_OF_DECISION,
    MOVES,
    CouncilRefused,
    is_due_day,
    moves_open,
)
from caseflow.council.selectors.register import draft_digest
from caseflow.council.selectors.scope import decisions_of, side_of
from caseflow.council.selectors.sessions import may_decide
from caseflow.council.services.holding import hold_decision, log, said
from caseflow.council.services.telling import tell_of_move
from caseflow.directory.actors import Actor
from caseflow.records.files import files_with_rows, keep_file
from caseflow.records.vault import new_key

if TYPE_CHECKING:
    from lockdown.files import Examined


@dataclass(frozen=True, slots=True)
class Proof:
    """A file as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """What goes with a move. `until` is the day of a wish for more time, or the one that is given; `seen` the digest of
    the draft that was read when it is approved, "" where nobody read it on a page."""

    words: str = ""
    until: date | None = None
    files: Sequence[Proof] = ()
    seen: str = ""


def move_decision(actor: Actor, decision_id: UUID, move: Move, with_it: Said = Said()) -> Decision:
    """Make a move, as whom the actor is to the decision; the other side is told.

    Files are looked through before any row is locked, since that takes seconds. Raises Decision.DoesNotExist,
    AttachmentRefused (a file), CouncilRefused (not the actor's move, or not now; no words; no day; too many files;
    a draft that is another one than was read).
    """
    legal = MOVES[move]
    if with_it.files and move not in (Move.PROGRESS, Move.REPORT):
        raise CouncilRefused(gettext("Files go with progress and with what is reported as done."))
    _refuse_unless_open(actor, decisions_of(actor).get(pk=decision_id), move)
    if len(with_it.files) > MOST_FILES or sum(len(one.content) for one in with_it.files) > MOST_BYTES:
        most = {"most": MOST_FILES, "size": MOST_BYTES >> 20}
        raise CouncilRefused(gettext("%(most)s files at most, %(size)s MB together.") % most)
    words = said(with_it.words, LONGEST_WORDS, gettext("Say it in words.")) if legal.words else with_it.words.strip()
    found = [(one, look_through(one.content)) for one in with_it.files]
    try:
        return _make(actor, decision_id, move, words, with_it, found)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise AttachmentRefused("no_room") from error


@files_with_rows()
def _make(
    actor: Actor, decision_id: UUID, move: Move, words: str, with_it: Said, found: "list[tuple[Proof, Examined]]"
) -> Decision:
    if move == Move.APPROVE:  # always council, session, decision, so that no two wait for each other
        council = Council.objects.filter(sessions__decisions=decision_id)
        council.select_for_update(of=("self",), no_key=True).first()
        list(Session.objects.filter(decisions=decision_id).select_for_update(of=("self",), no_key=True))
    decision = hold_decision(actor, decision_id)
    _refuse_unless_open(actor, decision, move)
    if move == Move.APPROVE and with_it.seen not in ("", draft_digest(decision)):
        raise CouncilRefused(gettext("The text has changed since you saw it. Read it again, then approve it."))
    until = _until(decision, move, with_it.until)
    _change(actor, decision, move, until)
    step = DecisionStep.objects.create(
        decision=decision, move=move, by=actor.user, role=actor.role, at=timezone.now(), words=words, until=until
    )
    _keep(decision, step, found)
    log(actor, f"council_decision_{move}", decision, files=len(found))
    tell_of_move(decision, move)
    return decision


def _refuse_unless_open(actor: Actor, decision: Decision, move: Move) -> None:
    side, asked = side_of(actor), decision.asked_until is not None
    if side is None or move not in moves_open(decision.state, side, asked=asked):
        raise CouncilRefused(gettext("This is not possible here, or not any more."))


def _keep(decision: Decision, step: DecisionStep, found: "list[tuple[Proof, Examined]]") -> None:
    if Evidence.objects.filter(step__decision=decision).count() + len(found) > MOST_OF_DECISION:
        raise CouncilRefused(gettext("A decision holds %(most)s files at most.") % {"most": MOST_OF_DECISION})
    if found:
        refuse_full_disk(sum(len(examined.content) for _proof, examined in found))
    for proof, examined in found:
        kind = FileKind(examined.kind)
        key = new_key("evidence")
        Evidence.objects.create(
            step=step,
            name=download_name(clean_name(proof.name) or gettext("File"), kind),
            media_type=kind.value,
            size=len(examined.content),
            sha256=hashlib.sha256(examined.content).hexdigest(),
            file=keep_file(key, examined.content),
            data_key=key,
        )


def _until(decision: Decision, move: Move, wished: date | None) -> date | None:
    """The day that the step speaks of. Raises CouncilRefused for none where one is needed, or an earlier one."""
    if move == Move.APPROVE:
        return decision.due_on
    if move not in (Move.ASK_LONGER, Move.GIVE_LONGER):
        return None
    day = wished or (decision.asked_until if move == Move.GIVE_LONGER else None)
    due = cast("date", decision.due_on)  # an approved one has its day
    if day is None or day <= due or not is_due_day(day, timezone.localdate()):
        raise CouncilRefused(gettext("Name a later day than the one that holds now, and not one that is over."))
    return day


def _change(actor: Actor, decision: Decision, move: Move, until: date | None) -> None:
    """Where the decision stands after the move, and its clock."""
    if move == Move.APPROVE:
        _approve(actor, decision)
    elif move == Move.REPORT:
        stop_clock(_clock(decision))
        decision.asked_until = None  # what is done needs no more time
    elif move == Move.RETURN:
        _run_on(decision)
    elif move in (Move.ACCEPT, Move.LIFT):
        stop_clock(_clock(decision))
        decision.asked_until = None
    elif move == Move.ASK_LONGER:
        decision.asked_until = until
    elif move == Move.GIVE_LONGER:
        stop_clock(_clock(decision))
        decision.due_on, decision.asked_until = until, None
        decision.clock = _start(decision)
    elif move == Move.REFUSE_LONGER:
        decision.asked_until = None
    decision.state = MOVES[move].to
    decision.save()


def _approve(actor: Actor, decision: Decision) -> None:
    session = decision.session
    if session.state != SessionState.HELD:
        raise CouncilRefused(gettext("A decision is approved while its session is held."))
    if not decision.agency_id or not decision.person or not is_due_day(decision.due_on, timezone.localdate()):
        raise CouncilRefused(gettext("Without agency, person and a day that is not over a decision is not approved."))
    if not may_decide(session):
        raise CouncilRefused(gettext("Say who is there first: the council decides once its quorum is met."))
    decided = Decision.objects.filter(session__council=session.council_id, session__year=session.year)
    decision.number = (decided.aggregate(last=Max("number"))["last"] or 0) + 1
    decision.approved_by, decision.approved_at = actor.user, timezone.now()
    decision.clock = _start(decision)


def _start(decision: Decision) -> Clock:
    """A clock of the region that ends with the decision's day."""
    day = cast("date", decision.due_on)
    end = datetime.combine(day, DAY_ENDS, timezone.get_default_timezone())
    return start_clock(CLOCK, decision.session.council.region, due_at=end)


def _run_on(decision: Decision) -> None:
    """The clock that stopped with the report runs on: what was not done is late from the day it was due."""
    clock = Clock.objects.get(pk=_clock(decision))  # as it stands now that the decision is held
    resume_clock(clock.pk, cast("datetime", clock.stopped_at))


def _clock(decision: Decision) -> UUID:
    return cast("UUID", decision.clock_id)  # an approved one has a clock
