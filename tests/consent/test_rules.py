from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st

from caseflow.consent.enums import EventKind, Purpose
from caseflow.consent.rules import Event, Guardianship, Standing, adult_on, gate_state, latest_adult_birth

START = datetime(2026, 9, 1, tzinfo=UTC)
MOTHER, FATHER = UUID(int=1), UUID(int=2)
SCHOOL, OTHER_SCHOOL = 1, 2
GROWN_ON = date(2026, 9, 11)  # day 10
BIRTH = date(2008, 9, 11)
DECISIONS = ("given", "paper_confirmed", "refused", "withdrawn")

moments = st.integers(0, 12).map(lambda day: START + timedelta(days=day))
people = st.sampled_from([MOTHER, MOTHER, MOTHER, FATHER, FATHER, None])
# Mostly what moves the gate: else nearly every ledger drawn is closed and nothing is compared.
kinds = st.sampled_from(
    ["given"] * 9
    + ["withdrawn", "guardian_excluded", "guardian_excluded", "guardian_readmitted", "paper_confirmed"]
    + ["guardianship_ended", "guardianship_ended", "guardianship_resumed", "refused"]
    + list(EventKind.values)
)


@st.composite
def events(draw: st.DrawFn, purpose: Purpose) -> Event:
    at = draw(moments)
    return Event(
        kind=draw(kinds),
        at=at,
        guardian_id=draw(people),
        purpose=draw(st.sampled_from([purpose] * 6 + [Purpose.ROUTINE_SCREENING])),
        operator_id=draw(st.sampled_from([SCHOOL] * 9 + [OTHER_SCHOOL])),
        expires_at=draw(
            st.sampled_from([None, *[at + timedelta(days=days) for days in (1, 2, 4, 90, 90, 90, 90, 90)]])
        ),
        complete=draw(st.sampled_from([True] * 9 + [False])),
    )


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    begins = st.sampled_from([-5, -5, -5, -5, 3]).map(lambda day: START.date() + timedelta(days=day))
    ends = st.sampled_from([None, None, None, 0, 6]).map(
        lambda day: None if day is None else START.date() + timedelta(days=day)
    )
    who = draw(st.sampled_from([(MOTHER, FATHER), (MOTHER, FATHER), (MOTHER,), (MOTHER,), ()]))
    return Standing(tuple(Guardianship(g, draw(begins), draw(ends)) for g in who), BIRTH, UTC)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Purpose, list[Event], Standing]:
    """A purpose and up to ten lines, no two at the same moment, as the ledger promises."""
    purpose = draw(st.sampled_from([Purpose.MOOD_ANALYSIS, Purpose.AGENCY_SHARING, *Purpose]))
    lines = draw(st.lists(events(purpose), min_size=1, max_size=10, unique_by=lambda event: event.at))
    return purpose, lines, draw(standings())


def reference(events: list[Event], standing: Standing, purpose: Purpose, at: datetime) -> bool:
    """The rules read once more, in ten lines: who decides, who is heard, what each said last, what closes."""
    past = sorted((e for e in events if e.at <= at), key=lambda e: e.at)
    said = {e.guardian_id: e for e in past if e.kind in DECISIONS and e.purpose == purpose}
    excluded = whose_last(past, "guardian_excluded", "guardian_readmitted")
    ended = whose_last(past, "guardianship_ended", "guardianship_resumed")
    dissent = [e.kind for e in past if e.kind in ("dissent", "dissent_lifted")][-1:] == ["dissent"]
    deciding, heard = {None} if at.date() >= GROWN_ON else standing_at(standing, at), hearing_at(standing, events, at)
    no = {who for who in heard & said.keys() if said[who].kind in ("refused", "withdrawn")}
    yes = {who for who in deciding & said.keys() - no - excluded - ended if is_in_order(said[who], at)}
    vetoes = {"mood_analysis": no, "psychological_support": set()}.get(purpose, no - excluded)
    return bool(yes) and not vetoes and not (dissent and purpose in ("mood_analysis", "routine_screening"))


def whose_last(past: list[Event], kind: str, undone_by: str) -> set[UUID | None]:
    last = {e.guardian_id: e.kind for e in past if e.kind in (kind, undone_by)}
    return {who for who, its in last.items() if its == kind}


def is_in_order(consent: Event, at: datetime) -> bool:
    in_time = consent.expires_at is not None and at < consent.expires_at
    return in_time and consent.complete and consent.operator_id == SCHOOL


def standing_at(standing: Standing, at: datetime) -> set[UUID | None]:
    return {g.guardian_id for g in standing.guardianships if g.starts_on <= at.date() <= (g.ends_on or date.max)}


def hearing_at(standing: Standing, events: list[Event], at: datetime) -> set[UUID | None]:
    if at.date() >= GROWN_ON:
        return {None}
    return {g.guardian_id for g in standing.guardianships if heard_at(g, events, at)}


def heard_at(guardianship: Guardianship, events: list[Event], at: datetime) -> bool:
    """Whether a refusal of this guardian counts: until the last day is over and the office has last ended it."""
    if at.date() < guardianship.starts_on:
        return False
    if guardianship.ends_on is None:
        return True
    over = [datetime.combine(guardianship.ends_on + timedelta(days=1), datetime.min.time(), UTC)]
    mine = (e for e in events if e.guardian_id == guardianship.guardian_id)
    return at < max(over + [e.at for e in mine if e.kind == "guardianship_ended"])


@settings(max_examples=400, deadline=None)
@given(ledgers(), moments)
def test_the_gate_at_one_moment_equals_the_reference_model(
    ledger: tuple[Purpose, list[Event], Standing], at: datetime
) -> None:
    purpose, events, standing = ledger

    is_open = gate_state(events, standing, purpose=purpose, frame_at=at, now=at, operator_id=SCHOOL)

    assert is_open == reference(events, standing, purpose, at)


@settings(max_examples=400, deadline=None)
@given(ledgers(), moments, st.integers(-1, 4))
def test_over_a_time_the_gate_is_open_when_it_was_open_at_every_moment_of_it(
    ledger: tuple[Purpose, list[Event], Standing], frame_at: datetime, days: int
) -> None:
    purpose, events, standing = ledger
    now = frame_at + timedelta(days=days)
    halves = [frame_at + timedelta(hours=12 * half) for half in range(2 * days + 1)]
    everywhere = bool(halves) and all(reference(events, standing, purpose, half) for half in halves)

    is_open = gate_state(events, standing, purpose=purpose, frame_at=frame_at, now=now, operator_id=SCHOOL)

    assert is_open == everywhere


BOTH = Standing((Guardianship(MOTHER, START.date()), Guardianship(FATHER, START.date())), date(2014, 1, 1), UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def consent(who: UUID, at: datetime, kind: str = "given", purpose: str = "mood_analysis") -> Event:
    return Event(kind, at, who, purpose, SCHOOL, day(300))


def is_open(*events: Event, frame: int, now: int | None = None, purpose: str = "mood_analysis") -> bool:
    return gate_state(
        events, BOTH, purpose=purpose, frame_at=day(frame), now=day(frame if now is None else now), operator_id=SCHOOL
    )


def test_one_guardians_consent_opens_and_lasts_until_it_lapses() -> None:
    given = consent(MOTHER, day(1))

    assert [is_open(given, frame=n) for n in (0, 1, 299, 300)] == [False, True, True, False]


def test_any_guardians_refusal_wins_for_an_optional_purpose_only() -> None:
    for purpose, stays_open in (("mood_analysis", False), ("agency_sharing", False), ("psychological_support", True)):
        lines = consent(MOTHER, day(1), purpose=purpose), consent(FATHER, day(2), "refused", purpose)
        assert is_open(*lines, frame=3, purpose=purpose) is stays_open


def test_a_withdrawal_closes_what_was_filmed_before_for_good() -> None:
    lines = consent(MOTHER, day(1)), consent(MOTHER, day(5), "withdrawn"), consent(MOTHER, day(7))

    assert is_open(*lines, frame=3, now=4)
    assert not is_open(*lines, frame=3, now=6)
    assert not is_open(*lines, frame=3, now=8)
    assert is_open(*lines, frame=7, now=8)


def test_an_excluded_guardians_refusal_still_closes_mood_analysis_and_nothing_else() -> None:
    excluded = Event("guardian_excluded", day(3), FATHER)
    for purpose, stays_open in (("mood_analysis", False), ("routine_screening", True)):
        lines = consent(MOTHER, day(1), purpose=purpose), consent(FATHER, day(2), "refused", purpose)
        assert is_open(*lines, excluded, frame=4, purpose=purpose) is stays_open


def ended(last_day: int) -> Standing:
    """The father's guardianship ended with that day."""
    last = day(last_day).date()
    return Standing(
        (Guardianship(MOTHER, START.date()), Guardianship(FATHER, START.date(), last)), date(2014, 1, 1), UTC
    )


def opened(standing: Standing, *events: Event, frame: float, now: float) -> bool:
    at, moment = START + timedelta(days=frame), START + timedelta(days=now)
    return gate_state(events, standing, purpose="mood_analysis", frame_at=at, now=moment, operator_id=SCHOOL)


def test_an_ended_guardians_consent_counts_no_more_at_once_though_the_last_day_runs_on() -> None:
    lines = consent(FATHER, day(1)), Event("guardianship_ended", day(5) + timedelta(hours=10), FATHER)
    standing = ended(last_day=5)

    assert opened(standing, *lines, frame=5.2, now=5.4)
    assert not opened(standing, *lines, frame=5.6, now=5.6)
    assert not opened(standing, *lines, frame=3, now=5.6)  # what rested on it is closed for good


def test_with_an_earlier_last_day_the_consent_did_not_count_since_then() -> None:
    lines = consent(FATHER, day(1)), Event("guardianship_ended", day(8), FATHER)

    assert opened(ended(last_day=5), *lines, frame=5, now=5.9)
    assert not opened(ended(last_day=5), *lines, frame=6, now=6)


def test_what_another_guardian_agreed_to_as_well_stays_open() -> None:
    lines = consent(MOTHER, day(1)), consent(FATHER, day(2)), Event("guardianship_ended", day(5), FATHER)

    assert opened(ended(last_day=4), *lines, frame=3, now=9)


def test_an_ended_guardians_refusal_closes_until_it_was_ended_and_the_last_day_is_over() -> None:
    refused = consent(MOTHER, day(1)), consent(FATHER, day(2), "refused")
    today = *refused, Event("guardianship_ended", day(5) + timedelta(hours=10), FATHER)
    before = *refused, Event("guardianship_ended", day(8), FATHER)

    assert [opened(ended(last_day=5), *today, frame=n, now=n) for n in (5.4, 5.9, 6)] == [False, False, True]
    assert [opened(ended(last_day=5), *before, frame=n, now=n) for n in (6, 7.9, 8)] == [False, False, True]
    assert not opened(ended(last_day=5), *before, frame=7, now=9)  # nothing opens for what was filmed before


def test_a_resumed_guardianship_counts_from_then_on_and_opens_nothing_filmed_before() -> None:
    lines = (
        consent(FATHER, day(1)),
        Event("guardianship_ended", day(4), FATHER),
        Event("guardianship_resumed", day(6), FATHER),
    )

    assert opened(BOTH, *lines, frame=6, now=7)
    assert not opened(BOTH, *lines, frame=5, now=7)
    assert not opened(BOTH, *lines, frame=3, now=7)


def test_a_consent_on_paper_waits_for_the_second_checker() -> None:
    entered, confirmed = consent(MOTHER, day(1), "paper_entered"), consent(MOTHER, day(2), "paper_confirmed")

    assert not is_open(entered, frame=3)
    assert not is_open(entered, confirmed, frame=1, now=3)
    assert is_open(entered, confirmed, frame=2, now=3)


def test_a_frame_from_the_future_is_refused() -> None:
    assert not is_open(consent(MOTHER, day(1)), frame=3, now=2)


@given(st.dates(date(1990, 1, 1), date(2020, 12, 31)), st.dates(date(2009, 1, 1), date(2040, 12, 31)))
@example(date(2008, 2, 29), date(2026, 2, 28))
@example(date(2008, 2, 29), date(2026, 3, 1))
@example(date(2010, 2, 28), date(2028, 2, 29))
@example(date(2010, 3, 1), date(2028, 2, 29))
def test_both_ways_to_ask_for_majority_agree(birth: date, on: date) -> None:
    assert (adult_on(birth) <= on) == (birth <= latest_adult_birth(on))


def test_majority_comes_on_the_eighteenth_birthday() -> None:
    assert adult_on(date(2008, 10, 11)) == date(2026, 10, 11)
    assert adult_on(date(2008, 2, 29)) == date(2026, 3, 1)
    assert latest_adult_birth(date(2028, 2, 29)) == date(2010, 2, 28)
    assert all(a <= b for a, b in pairwise(adult_on(date(2008, 2, 27) + timedelta(days=n)) for n in range(5)))
