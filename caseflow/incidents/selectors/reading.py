"""What a page of a report shows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from uuid import UUID

from django.db.models import Q, QuerySet

from caseflow.directory.actors import Actor
from caseflow.incidents.enums import PartyRole, ReportState
from caseflow.incidents.models import Incident, LegalAssessment, Merge, Party, Photo
from caseflow.incidents.rules import ACTS, DECIDERS, POLICE_INFORMERS, WORDS_READERS, report_state
from caseflow.incidents.selectors.bullying import Finding, Heard, Pair, answers_on, findings_on, pairs_of
from caseflow.incidents.selectors.duties import Duties, duties_of, has_duties
from caseflow.incidents.selectors.home import Home, concerns_home, home_of
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.incidents.selectors.talk import Talk, talk_of
from caseflow.records.vault import VaultError, unseal, where
from caseflow.triage.enums import OPEN_STATES
from caseflow.triage.models import TriageItem
from prepared import prepared

SHOWN = (
    "school__district",
    "data_key",
    "reported_by",
    "police_clock",
    "triage_item__psych_clock",
    "triage_item__legal_clock",
    "triage_item__case",
    "triage_item__decided_by",
    "merged_into__triage_item__case",
    "channel",
)


@dataclass(frozen=True, slots=True)
class Repeat:
    """How many reports name the same two pupils in the same roles, this one included."""

    said: Party
    harmed: Party
    reports: int


@dataclass(frozen=True, slots=True)
class Detail:
    """A report as its reader may see it; `words` is None for a role that has no need of them. `talk` is what was
    written with a reporter without a name, `answers` what the pupils `concerned` say, `pairs` those about whom bullying
    can be confirmed here, `home` what keeps the child safe there, `duties` what suspected bullying asks for: all for
    those who decide."""

    incident: Incident
    place: str
    words: str | None
    parties: tuple[Party, ...]
    repeats: tuple[Repeat, ...]
    legal: LegalAssessment | None
    legal_text: str
    state: ReportState
    may_decide: bool
    may_inform_police: bool
    merged_here: tuple[Incident, ...]
    merge: Merge | None
    talk: Talk | None = None
    findings: tuple[Finding, ...] = ()
    pairs: tuple[Pair, ...] = ()
    concerned: tuple[Party, ...] = ()
    home: Home | None = None
    photos: tuple[Photo, ...] = ()
    answers: tuple[Heard, ...] = ()
    duties: Duties | None = None

    @property
    def found_here(self) -> bool:
        """Whether bullying is confirmed on this very report."""
        return any(each.stands and each.bullying.incident_id == self.incident.pk for each in self.findings)


def listed(actor: Actor, *, state: str = "", category: str = "") -> QuerySet[Incident]:
    """The actor's reports, newest first, with their parties; `state` is "open" or "closed"."""
    found = scoped_incidents(actor).select_related(*SHOWN).prefetch_related("parties__pupil__school_class")
    if category:
        found = found.filter(category=category)
    if state:
        waiting = Q(triage_item__state__in=OPEN_STATES) | Q(
            triage_item__case__closed_at=None, triage_item__case__isnull=False
        )
        found = found.filter(waiting) if state == "open" else found.exclude(waiting)
    return found


def own_reports(actor: Actor) -> QuerySet[Incident]:
    """What the actor has reported, newest first. Shown are number, time, category and state, nothing of a case."""
    return Incident.objects.filter(reported_by=actor.user).select_related("school", *SHOWN[4:7], SHOWN[-1])


def state_of(incident: Incident) -> ReportState:
    """What a reporter is told about the report; of a merged one what is told of the other."""
    if incident.merged_into:
        return state_of(incident.merged_into)
    case = incident.triage_item.case
    return report_state(incident.triage_item.state, case_open=case.is_open if case else None)


def words_of(incident: Incident) -> str:
    """What the child said, unsealed. Raises VaultError. The caller records the reading."""
    return unseal(incident.data_key, incident.words_sealed, where("incidents.Incident", incident.pk, "words"))


def place_of(incident: Incident) -> str:
    """Where it happened, unsealed."""
    return unseal(incident.data_key, incident.place_sealed, where("incidents.Incident", incident.pk, "place"))


def places_of_items(items: Sequence[TriageItem]) -> dict[UUID, str]:
    """Where it happened, by item of the queue. One query. A place that does not open is left out."""
    places: dict[UUID, str] = {}
    for incident in _incidents_of(tuple(item.pk for item in items)):
        with suppress(VaultError):
            places[incident.triage_item_id] = place_of(incident)
    return places


@prepared
def _incidents_of(item_ids: tuple[UUID, ...]) -> QuerySet[Incident]:
    return Incident.objects.filter(triage_item__in=item_ids).select_related("data_key")


def detail_of(actor: Actor, incident: Incident) -> Detail:
    """Everything about one report that the actor's role may see; the caller has asked for the scope."""
    parties = tuple(incident.parties.select_related("pupil__school_class", "employee"))
    legal = LegalAssessment.objects.select_related("agency", "by").filter(incident=incident).first()
    decides = actor.role in DECIDERS
    concerned = tuple(p for p in parties if decides and p.role == PartyRole.SAID_TO_HAVE_HARMED and p.pupil_id)
    return Detail(
        incident=incident,
        place=place_of(incident),
        words=words_of(incident) if actor.role in WORDS_READERS else None,
        parties=parties,
        repeats=_repeats(actor, parties),
        legal=legal,
        legal_text=legal_text_of(legal) if legal and decides else "",
        state=state_of(incident),
        may_decide=decides,
        may_inform_police=actor.role in POLICE_INFORMERS and incident.police_informed_at is None,
        merged_here=tuple(scoped_incidents(actor).filter(merged_into=incident).order_by("number")),
        merge=standing_merge(incident),
        talk=talk_of(incident) if decides and incident.channel_id else None,
        findings=findings_on(actor, incident, decides=decides),
        pairs=pairs_of(actor, incident, parties) if decides and not incident.merged_into_id else (),
        concerned=concerned,
        photos=tuple(_photos(incident)) if actor.role in WORDS_READERS else (),
        home=home_of(incident) if decides and concerns_home(incident) else None,
        answers=answers_on(incident, concerned) if decides else (),
        duties=duties_of(incident, parties) if decides and has_duties(incident) else None,
    )


def standing_merge(incident: Incident) -> Merge | None:
    """How the report was merged into another, if it is."""
    return (
        incident.merges.filter(split_at=None).select_related("by", "into").first() if incident.merged_into_id else None
    )


def _photos(incident: Incident) -> QuerySet[Photo]:
    """The photos of a report, whose content is opened one by one."""
    return Photo.objects.filter(incident=incident).select_related("added_by")


def legal_text_of(legal: LegalAssessment) -> str:
    """The text of the legal assessment, unsealed."""
    place = where("incidents.LegalAssessment", legal.pk, "text")
    return unseal(legal.incident.data_key, legal.text_sealed, place)


def _repeats(actor: Actor, parties: tuple[Party, ...]) -> tuple[Repeat, ...]:
    """Reports per pair of pupils among those the actor may read (rule 13: bullying is two or more acts between the same
    parties). One query."""
    said = [p for p in parties if p.role == PartyRole.SAID_TO_HAVE_HARMED and p.pupil_id]
    harmed = [p for p in parties if p.role == PartyRole.HARMED and p.pupil_id]
    if not said or not harmed:
        return ()
    acts = _acts_among(actor, [p.pupil_id for p in said + harmed])
    pairs = product(said, harmed)
    return tuple(
        Repeat(one, other, len(acts[one.role, one.pupil_id] & acts[other.role, other.pupil_id])) for one, other in pairs
    )


def _acts_among(actor: Actor, pupil_ids: Iterable[UUID | None]) -> dict[tuple[str, UUID | None], set[UUID]]:
    """For each role and pupil the reported acts they are named in."""
    acts: dict[tuple[str, UUID | None], set[UUID]] = defaultdict(set)
    named = Party.objects.filter(pupil__in=pupil_ids, incident__category__in=ACTS)
    named = named.filter(incident__in=scoped_incidents(actor).filter(merged_into=None))  # one event is one act
    for role, pupil_id, incident_id in named.values_list("role", "pupil", "incident"):
        acts[role, pupil_id].add(incident_id)
    return acts
