"""Which pupils an incident links with this one, and in which parts (rule 13). Counted, never summed into a score."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.incidents.enums import PartyRole
from caseflow.incidents.models import Incident, Party
from caseflow.incidents.rules import ACTS
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.triage.enums import ItemState


@dataclass(frozen=True, slots=True)
class Act:
    """An incident with the parts that both had. `established` is of whoever is said to have harmed; None while nobody
    has said so, and where neither harmed the other."""

    incident: Incident
    theirs: PartyRole
    own: PartyRole
    established: bool | None

    @property
    def is_between(self) -> bool:
        """Whether one of the two is said to have harmed the other."""
        return {self.theirs, self.own} == {PartyRole.SAID_TO_HAVE_HARMED, PartyRole.HARMED}

    @property
    def counts(self) -> bool:
        """Whether it is one of the repeats: an act between the two that was not found untrue."""
        return self.is_between and self.established is not False and self.incident.category in ACTS


@dataclass(frozen=True, slots=True)
class Tie:
    """A pupil of the same incidents, with these, the newest first."""

    pupil: Pupil
    acts: tuple[Act, ...]

    @property
    def harmed_by_them(self) -> int:
        """In how many acts the other is said to have harmed this pupil."""
        return sum(act.counts and act.theirs == PartyRole.SAID_TO_HAVE_HARMED for act in self.acts)

    @property
    def harmed_them(self) -> int:
        """In how many acts this pupil is said to have harmed the other."""
        return sum(act.counts and act.own == PartyRole.SAID_TO_HAVE_HARMED for act in self.acts)

    @property
    def established(self) -> bool:
        return any(act.established for act in self.acts)

    @property
    def is_drawn(self) -> bool:
        """A link that was found untrue in all it rests on is told in the table alone."""
        return any(act.established is not False for act in self.acts)

    @property
    def newest(self) -> Act:
        return self.acts[0]


def ties_of(actor: Actor, pupil_id: UUID) -> list[Tie]:
    """The pupils of the incidents in the actor's reach that name this pupil, by name. One query.

    A report that was dismissed, or merged into another, tells of nothing by itself. Who reported is nobody's part.
    """
    incidents = scoped_incidents(actor).filter(parties__pupil=pupil_id, merged_into=None)
    within = incidents.exclude(triage_item__state=ItemState.DISMISSED).values("pk")
    named = Party.objects.filter(incident__in=within, pupil__isnull=False)
    by_incident: dict[UUID, list[Party]] = defaultdict(list)
    for party in named.select_related("pupil__school_class", "incident").order_by("-incident__created_at", "pk"):
        by_incident[party.incident_id].append(party)
    acts: dict[Pupil, list[Act]] = defaultdict(list)
    for parties in by_incident.values():
        own = next(party for party in parties if party.pupil_id == pupil_id)
        for party in parties:
            if party is not own and party.pupil:
                acts[party.pupil].append(_act(own, party))
    return [Tie(pupil, tuple(found)) for pupil, found in sorted(acts.items(), key=lambda each: _name(each[0]))]


def _act(own: Party, other: Party) -> Act:
    said = next((party for party in (own, other) if party.role == PartyRole.SAID_TO_HAVE_HARMED), None)
    return Act(other.incident, PartyRole(other.role), PartyRole(own.role), said.established if said else None)


def _name(pupil: Pupil) -> tuple[str, str, str]:
    return pupil.last_name, pupil.first_name, str(pupil.pk)
