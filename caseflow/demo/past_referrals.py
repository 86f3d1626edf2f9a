"""Referrals of the past cases to the education department of the district, most of them answered. All invented.

They rest on consents on paper, which are not among the demo's rows: what is told of these pupils is their cases.
"""

from datetime import datetime, timedelta

import numpy as np

from caseflow.accounts.models import User
from caseflow.cases.enums import EntryKind
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.demo.neighbours import Neighbour
from caseflow.demo.past_clocks import PastClocks
from caseflow.directory.enums import Role
from caseflow.records.vault import seal, where
from caseflow.referrals.enums import Ground, Move, State, Told
from caseflow.referrals.models import Referral, ReferralStep
from caseflow.referrals.rules import Letter, Line
from caseflow.referrals.selectors.composing import letter_place
from caseflow.referrals.services.sending import ACCEPT, ANSWER

SHARE = 0.8
"""Of the cases with a referral."""
LATE_EVERY = 3  # of a district
SENT_AFTER = timedelta(weeks=1)
ACCEPTED_AFTER = timedelta(hours=3)
ANSWERED_BEFORE, ANSWERED_AFTER = timedelta(days=2), timedelta(days=3)  # the end of the term
FINISHED_AFTER = timedelta(days=1)
ASKED = "Консультация психолого-медико-педагогической комиссии: подходит ли ребёнку программа класса."
ANSWER_WORDS = "Консультация проведена, рекомендации переданы школе."
FINISH_WORDS = "Рекомендации учтены."
SEED = 20260920


def make_past_referrals(neighbours: tuple[Neighbour, ...], cases: list[tuple[int, Case]], now: datetime) -> None:
    """One for most of the cases, sent soon after these were opened; every third was answered late."""
    rng, rows = np.random.default_rng(SEED), _Rows(neighbours)
    for district, case in cases:
        sent_at = case.opened_at + SENT_AFTER
        if rng.random() < SHARE and sent_at + ACCEPTED_AFTER < now:
            rows.add(neighbours[district], case, sent_at, now)
    rows.enter(now)


class _Rows:
    """Referrals with all that belongs to them, entered all at once."""

    def __init__(self, neighbours: tuple[Neighbour, ...]) -> None:
        self._clocks = PastClocks()
        self._numbers = {neighbour.district.pk: 0 for neighbour in neighbours}
        self._referrals: list[Referral] = []
        self._steps: list[ReferralStep] = []
        self._lines: list[ChronologyEntry] = []

    def add(self, there: Neighbour, case: Case, sent_at: datetime, now: datetime) -> None:
        """Sent by whoever leads the case, accepted and answered at the department, then finished."""
        accepting = self._clocks.start(ACCEPT, case.school, sent_at)
        accepting.stopped_at = accepted_at = sent_at + ACCEPTED_AFTER
        answering = self._clocks.start(ANSWER, case.school, accepted_at)
        self._numbers[there.district.pk] += 1
        late = self._numbers[there.district.pk] % LATE_EVERY == 0
        answered_at = answering.due_at + ANSWERED_AFTER if late else answering.due_at - ANSWERED_BEFORE
        answering.stopped_at = answered_at if answered_at + FINISHED_AFTER < now else None
        referral = Referral(
            case=case,
            from_school=case.school,
            agency=there.education,
            state=State.DONE if answering.stopped_at else State.ACCEPTED,
            created_by=case.owner,
            created_at=sent_at,
            sent_by=case.owner,
            sent_at=sent_at,
            accepted_by=there.officer,
            accepted_at=accepted_at,
            accept_clock=accepting,
            answer_clock=answering,
            ground=Ground.CONSENT,
        )
        letter = _letter(case)
        referral.letter_sealed = seal(case.data_key, letter.written(), letter_place(referral))
        referral.letter_sha256 = letter.sha256
        self._referrals.append(referral)
        self._step(referral, Move.SEND, State.SENT, sent_at, case.owner)
        self._step(referral, Move.ACCEPT, State.ACCEPTED, accepted_at, there.officer)
        if answering.stopped_at:
            self._step(referral, Move.ANSWER, State.ANSWERED, answered_at, there.officer, ANSWER_WORDS)
            self._step(referral, Move.FINISH, State.DONE, answered_at + FINISHED_AFTER, case.owner, FINISH_WORDS)

    def enter(self, now: datetime) -> None:
        self._clocks.enter(now)
        Referral.objects.bulk_create(self._referrals)
        ReferralStep.objects.bulk_create(self._steps)
        ChronologyEntry.objects.bulk_create(self._lines)

    def _step(self, referral: Referral, move: Move, state: State, at: datetime, by: User, words: str = "") -> None:
        role = Role.PSYCHOLOGIST if by == referral.created_by else Role.AGENCY_OFFICER
        step = ReferralStep(referral=referral, move=move, state=state, by=by, role=role, at=at)
        step.words_sealed = seal(referral.case.data_key, words, where("referrals.ReferralStep", step.pk, "words"))
        self._steps.append(step)
        self._lines.append(
            ChronologyEntry(
                case=referral.case,
                kind=EntryKind.REFERRAL,
                code=f"referral_{move}",
                params={
                    "receiver": referral.agency.names if referral.agency else "",
                    "sender": referral.from_school.names,
                },
                ref=f"referral:{referral.pk}",
                author=by,
                event_at=at,
                recorded_at=at,
            )
        )


def _letter(case: Case) -> Letter:
    pupil = case.pupil
    return Letter(
        (
            Line(Told.NAME, pupil.full_name),
            Line(Told.BIRTH_DATE, f"{pupil.birth_date:%d.%m.%Y}"),
            Line(Told.SCHOOL_CLASS, str(pupil.school_class)),
            Line(Told.ASKED, ASKED),
        )
    )
