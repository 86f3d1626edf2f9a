"""The acts between two pupils, and what was found of them (rule 13)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import product
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet

from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.incidents.enums import PartyRole
from caseflow.incidents.models import Bullying, Incident, Party, PartyAnswer
from caseflow.incidents.rules import ACTS
from caseflow.incidents.rules.bullying import LEAST_ACTS, still_holds
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.records.vault import unseal, where
from caseflow.triage.enums import ItemState

Named = tuple[str, UUID | None]  # a part and who has it


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pupils of a report, one said to have harmed the other, with the reports that count as acts between them."""

    said: Party
    harmed: Party
    acts: tuple[Incident, ...]

    @property
    def key(self) -> str:
        return f"{self.said.pk}:{self.harmed.pk}"

    @property
    def pupils(self) -> tuple[Pupil, Pupil]:
        """Who is said to have harmed, and whom."""
        return cast("Pupil", self.said.pupil), cast("Pupil", self.harmed.pupil)

    @property
    def suffices(self) -> bool:
        return len(self.acts) >= LEAST_ACTS


@dataclass(frozen=True, slots=True)
class Ground:
    """A report that a finding rests on, and whether it counts still."""

    incident: Incident
    counts: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as its reader may see it: with the reports in reach, and with the reasons for those who decide.

    `holds` looks at all that it rests on, in reach or not.
    """

    bullying: Bullying
    grounds: tuple[Ground, ...]
    holds: bool
    override: str
    taken_back: str

    @property
    def stands(self) -> bool:
        return self.bullying.taken_back_at is None

    @property
    def overridden(self) -> bool:
        return self.bullying.override_sealed is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a pupil concerned answers, unsealed."""

    row: PartyAnswer
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A pupil concerned with all answers, the oldest first; none where the pupil has not been heard."""

    pupil: Pupil
    answers: tuple[Answer, ...]


def countable(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Those that tell of an act. A report merged into another is the same act as the other, a dismissed one is none."""
    return incidents.filter(category__in=ACTS, merged_into=None).exclude(triage_item__state=ItemState.DISMISSED)


def pairs_of(actor: Actor, incident: Incident, parties: Iterable[Party]) -> tuple[Pair, ...]:
    """The pairs of the report about which something can be found, with the acts in the actor's scope. Two queries.

    Acts in which the pupil was found not to have harmed do not count. A matter about staff, which the school does not
    read, and the others are never counted together.
    """
    named = [party for party in parties if party.pupil_id]
    said = [p for p in named if p.role == PartyRole.SAID_TO_HAVE_HARMED and p.established is not False]
    harmed = [p for p in named if p.role == PartyRole.HARMED]
    if not said or not harmed:
        return ()
    within = countable(scoped_incidents(actor).filter(about_staff=incident.about_staff))
    by_name = _reports_naming([p.pupil_id for p in said + harmed], within)
    acts = within.in_bulk({pk for found in by_name.values() for pk in found})
    return tuple(
        Pair(one, other, _sorted(acts[pk] for pk in _both(by_name, one.pupil_id, other.pupil_id)))
        for one, other in product(said, harmed)
    )


def findings_on(actor: Actor, incident: Incident, *, decides: bool) -> tuple[Finding, ...]:
    """What was found on this report, on one merged into it, or on another one that rests on this; newest first."""
    on_it = Q(incident=incident) | Q(acts=incident) | Q(incident__merged_into=incident)
    shown = ("incident__data_key", "by", "taken_back_by", "said", "harmed")
    rows = list(Bullying.objects.filter(on_it).distinct().select_related(*shown).prefetch_related("acts"))
    if not rows:
        return ()
    pupils = {pk for row in rows for pk in (row.said_id, row.harmed_id)}
    by_name = _reports_naming(pupils, countable(Incident.objects.all()))
    reached = set(scoped_incidents(actor).filter(bullying_resting_here__in=rows).values_list("pk", flat=True))
    return tuple(_finding(row, _both(by_name, row.said_id, row.harmed_id), reached, decides=decides) for row in rows)


def answers_on(incident: Incident, concerned: Iterable[Party]) -> tuple[Heard, ...]:
    """What pupils answer to this report and those merged into it, in the order it was said: first those `concerned`,
    heard or not, then those who answered while two reports were one."""
    rows = PartyAnswer.objects.filter(Q(incident=incident) | Q(incident__merged_into=incident))
    found: dict[Pupil, tuple[Answer, ...]] = {party.pupil: () for party in concerned if party.pupil}
    for row in rows.select_related("incident__data_key", "noted_by", "pupil"):
        text = unseal(row.incident.data_key, row.text_sealed, where("incidents.PartyAnswer", row.pk, "text"))
        found[row.pupil] = (*found.get(row.pupil, ()), Answer(row, text))
    return tuple(Heard(pupil, answers) for pupil, answers in found.items())


def _finding(row: Bullying, counting: set[UUID], reached: set[UUID], *, decides: bool) -> Finding:
    acts = list(row.acts.all())
    left = [act for act in acts if act.pk in counting]
    return Finding(
        bullying=row,
        grounds=tuple(Ground(act, act in left) for act in _sorted(acts) if act.pk in reached),
        holds=still_holds(recorded=len(acts), counting=len(left), overridden=row.override_sealed is not None),
        override=_unsealed(row, "override") if decides else "",
        taken_back=_unsealed(row, "taken_back") if decides else "",
    )


def _unsealed(row: Bullying, field: str) -> str:
    sealed = getattr(row, f"{field}_sealed")
    return unseal(row.incident.data_key, sealed, where("incidents.Bullying", row.pk, field)) if sealed else ""


def _reports_naming(pupils: Collection[UUID | None], within: QuerySet[Incident]) -> dict[Named, set[UUID]]:
    """For each part and pupil the reports in which they have it, but those where it was not established."""
    found: dict[Named, set[UUID]] = defaultdict(set)
    named = Party.objects.filter(Q(established=None) | Q(established=True), pupil__in=pupils, incident__in=within)
    for role, pupil_id, incident_id in named.values_list("role", "pupil", "incident"):
        found[role, pupil_id].add(incident_id)
    return found


def _both(by_name: dict[Named, set[UUID]], said: UUID | None, harmed: UUID | None) -> set[UUID]:
    return by_name[PartyRole.SAID_TO_HAVE_HARMED, said] & by_name[PartyRole.HARMED, harmed]


def _sorted(acts: Iterable[Incident]) -> tuple[Incident, ...]:
    return tuple(sorted(acts, key=lambda act: act.number))
