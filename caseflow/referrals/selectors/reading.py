"""Referrals as lists and pages show them, in clear as far as the reader may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from caseflow.cases.models import Case
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.records.vault import unseal, where
from caseflow.referrals.enums import Ground, Kind, Move, Side, State
from caseflow.referrals.models import Referral, ReferralStep
from caseflow.referrals.rules import Basis, Letter, acts_of, basis_named
from caseflow.referrals.selectors.composing import letter_of
from caseflow.referrals.selectors.grounds import blocked, ground_said, review_said
from caseflow.referrals.selectors.scope import addressed_to, sent_by, side_of
from caseflow.referrals.selectors.travel import on_the_roll

DUE_IN_STATE = {State.SENT: "accept_clock", State.ACCEPTED: "answer_clock"}
# The way of a referral as its steps show it; what ended it otherwise stands in place of what did not come.
WAY = {
    Kind.REFERRAL: (Move.SEND, Move.ACCEPT, Move.ANSWER, Move.FINISH),
    Kind.TRANSFER: (Move.SEND, Move.ACCEPT),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list. `pupil` is empty where the reader may not learn whom it is about. `waits`: for the reader."""

    referral: Referral
    pupil: Pupil | None
    clock: Clock | None
    blocked: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A move with its words in clear."""

    step: ReferralStep
    words: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A place on the way: `said` is None while nobody has got there."""

    move: Move
    said: Said | None


@dataclass(frozen=True, slots=True)
class Page:
    """One referral. `letter` is None where its text is closed to the reader; ground and its review are the sender's to
    see; `rolls` are whom a transfer can be accepted for."""

    referral: Referral
    side: Side
    letter: Letter | None
    blocked: bool
    clock: Clock | None
    history: list[Said]
    way: list[Stage]
    acts: tuple[Move, ...]
    basis: Basis | None
    ground_words: str
    review_words: str
    rolls: list[Pupil]

    @property
    def is_sender(self) -> bool:
        return self.side is Side.SENDER


def page_of(actor: Actor, referral: Referral) -> Page:
    """The referral, which the actor may read, with everything the page shows."""
    side = side_of(actor, referral)
    stopped = referral.pk in blocked([referral])
    history = _history(referral)
    mine = side is Side.SENDER
    acts = () if stopped and side is Side.RECEIVER else acts_of(referral.kind, referral.state, side)
    joins = referral.is_transfer and Move.ACCEPT in acts
    return Page(
        referral,
        side,
        letter_of(referral) if _is_open(referral, side, stopped=stopped) else None,
        stopped,
        due_clock(referral),
        history,
        _way(referral, history),
        acts,
        basis_named(referral.basis) if mine and referral.ground == Ground.LEGAL else None,
        ground_said(referral) if mine else "",
        review_said(referral) if mine else "",
        on_the_roll(referral) if joins else [],
    )


def open_letter(actor: Actor, referral: Referral) -> Letter | None:
    """The text of one that was sent, which the actor may read; None where it is closed to them."""
    stopped = referral.pk in blocked([referral])
    return letter_of(referral) if _is_open(referral, side_of(actor, referral), stopped=stopped) else None


def opens_text(referral: Referral, *, stopped: bool) -> bool:
    """Whether the receiver may read it: while it waits and its ground stands, and always once it was accepted."""
    return referral.accepted_at is not None or (referral.state == State.SENT and not stopped)


def rows_of(actor: Actor, referrals: Sequence[Referral]) -> list[Row]:
    """The referrals as a list shows them. Two queries at most."""
    stopped = blocked(referrals)
    return [_row(actor, referral, stopped=referral.pk in stopped) for referral in referrals]


def inbox(actor: Actor, *, over: bool) -> QuerySet[Referral]:
    """What was sent to the actor's unit: what waits, the nearest deadline first, or what is over, the newest first."""
    running = [State.SENT, State.ACCEPTED]
    found = addressed_to(actor)
    if over:
        return found.exclude(state__in=running).order_by("-sent_at")
    return found.filter(state__in=running).order_by("-urgent", "sent_at")


def sent_list(actor: Actor, *, over: bool) -> QuerySet[Referral]:
    """What the actor's cases sent: what is not over, drafts too, or what is; the newest first."""
    ended = [State.DONE, State.REJECTED, State.REVOKED]
    found = sent_by(actor)
    return (found.filter(state__in=ended) if over else found.exclude(state__in=ended)).order_by("-created_at")


def of_case(case: Case) -> list[Referral]:
    """All of a case, for its page; the newest first."""
    around = ("agency", "to_school", "accept_clock", "answer_clock")
    return list(case.referrals.select_related(*around).order_by("-created_at"))


def sent_to(case: Case, kind: str, since: datetime) -> Referral | None:
    """The newest referral of the case sent to an agency of that kind since then, whatever became of it but a
    revocation."""
    found = case.referrals.filter(agency__kind=kind, sent_at__gte=since).exclude(state=State.REVOKED)
    return found.select_related("agency").order_by("-sent_at").first()


def due_clock(referral: Referral) -> Clock | None:
    """The clock that runs for the receiver now."""
    name = DUE_IN_STATE.get(State(referral.state))
    found: Clock | None = getattr(referral, name) if name else None
    return found


def _row(actor: Actor, referral: Referral, *, stopped: bool) -> Row:
    side = side_of(actor, referral)
    shown = _is_open(referral, side, stopped=stopped)
    acts = () if stopped else acts_of(referral.kind, referral.state, side)
    waits = any(move in acts for move in (Move.ACCEPT, Move.ANSWER, Move.FINISH))
    return Row(referral, referral.case.pupil if shown else None, due_clock(referral), stopped, waits)


def _is_open(referral: Referral, side: Side, *, stopped: bool) -> bool:
    return side is Side.SENDER or opens_text(referral, stopped=stopped)


def _history(referral: Referral) -> list[Said]:
    place = "referrals.ReferralStep"
    steps = referral.steps.select_related("by").order_by("at")
    return [Said(one, unseal(referral.case.data_key, one.words_sealed, where(place, one.pk, "words"))) for one in steps]


def _way(referral: Referral, history: list[Said]) -> list[Stage]:
    done = {said.step.move: said for said in history}
    way = [Stage(move, done.get(move)) for move in WAY[Kind(referral.kind)]]
    ended = [said for said in history if said.step.move not in WAY[Kind(referral.kind)]]
    if not ended:
        return way
    return [stage for stage in way if stage.said] + [Stage(Move(said.step.move), said) for said in ended]
