"""How a case stands: what it has, what is missing before it moves on or is closed, and who has to agree."""

from dataclasses import dataclass

from django.db.models import QuerySet

from caseflow.cases.enums import GRAVE, ClosingState, Stage
from caseflow.cases.keeping import refusals_to_close
from caseflow.cases.models import Case, ClosingRequest
from caseflow.cases.rules import MOVES, Obstacles, Standing, missing_for
from caseflow.cases.selectors.people import members_around
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.records.vault import unseal, where


@dataclass(frozen=True, slots=True)
class Way:
    """A stage that a case may go to, and what is missing before it may; empty when nothing is."""

    stage: Stage
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a case may go: nowhere while a lead psychologist is asked whether it is closed (`closing_asked`)."""

    ways: list[Way]
    closing_asked: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """What stands between a case and its end.

    `request` waits for an answer, `reason` is what it says; `deciders` may be asked where a lead psychologist has to
    agree (`takes_two`); `may_answer`: whether this reader may.
    """

    obstacles: Obstacles
    takes_two: bool
    request: ClosingRequest | None
    reason: str
    deciders: list[Membership]
    may_answer: bool


def standing_of(case: Case) -> Standing:
    """One query."""
    return Standing(assessed=case.risk is not None, unfinished_tasks=case.tasks.filter(done_at=None).count())


def ways_on(case: Case) -> Onward:
    """The stages a person may move the case to. Two queries."""
    if open_request(case) is not None:
        return Onward([], closing_asked=True)
    standing = standing_of(case)
    return Onward(
        [Way(stage, [str(said) for said in missing_for(stage, standing)]) for stage in MOVES[Stage(case.stage)]]
    )


def was_grave(case: Case) -> bool:
    """Whether somebody found the risk high or acute in the time since the case was opened or last reopened.

    Such a case is closed only with the agreement of a lead psychologist. One query at most.
    """
    since = case.assessments.filter(level__in=GRAVE, at__gte=case.working_since)
    return case.risk in GRAVE or since.exists()


def obstacles_of(actor: Actor, case: Case) -> Obstacles:
    """What stands in the way of closing the case for this actor: unfinished tasks (rule 14), and what its rooms say."""
    unfinished = case.tasks.filter(done_at=None).count()
    return Obstacles(unfinished, tuple(refusals_to_close(actor, case)))


def open_request(case: Case) -> ClosingRequest | None:
    """The wish to close the case that waits for an answer."""
    return case.closing_requests.filter(state=ClosingState.ASKED).select_related("owner", "asked_by", "clock").first()


def possible_deciders(case: Case, asked_by: int) -> QuerySet[Membership]:
    """The lead psychologists over the school who may be asked to agree; never whoever asks."""
    return members_around(case).filter(role=Role.LEAD_PSYCHOLOGIST).exclude(user=asked_by)


def closing_of(actor: Actor, case: Case) -> Closing:
    """What the page of closing shows. A constant number of queries, and those of the rooms that are asked."""
    asked = open_request(case)
    takes_two = was_grave(case)
    return Closing(
        obstacles_of(actor, case),
        takes_two,
        asked,
        unseal(case.data_key, asked.reason_sealed, where("cases.ClosingRequest", asked.pk, "reason")) if asked else "",
        list(possible_deciders(case, actor.user.pk)) if takes_two and asked is None else [],
        asked is not None and actor.role == Role.LEAD_PSYCHOLOGIST and asked.asked_by_id != actor.user.pk,
    )
