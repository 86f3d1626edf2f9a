"""The pupil whom an event is about, looked for by name: never the whole roll in one list."""

from dataclasses import dataclass

from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil, School
from caseflow.directory.selectors.finding import find_pupils

SHORTEST_QUERY = 2
OFFERED = 20


@dataclass(frozen=True, slots=True)
class PupilChoice:
    """Who is chosen so far, and who else fits what was typed; `more` fit than are offered."""

    query: str
    chosen: Pupil | None
    found: list[Pupil]
    more: bool

    @property
    def asked(self) -> bool:
        return len(self.query) >= SHORTEST_QUERY


def pupil_choice(actor: Actor, query: str, *, chosen: Pupil | None, school: School | None) -> PupilChoice:
    """The actor's pupils of the school, or of all their schools, who fit the query; none for less than two letters."""
    if len(query) < SHORTEST_QUERY:
        return PupilChoice(query, chosen, [], more=False)
    fitting = find_pupils(actor, query)
    if school:
        fitting = fitting.filter(school=school)
    if chosen:
        fitting = fitting.exclude(pk=chosen.pk)
    found = list(fitting[: OFFERED + 1])
    return PupilChoice(query, chosen, found[:OFFERED], more=len(found) > OFFERED)
