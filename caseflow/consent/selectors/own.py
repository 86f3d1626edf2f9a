"""The consents of one guardian, or of a grown pupil, as they themselves see them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from caseflow.consent.enums import GIVING, EventKind, Purpose
from caseflow.consent.models import ConsentEvent, ConsentText
from caseflow.consent.selectors.deciders import decidable_pupils, own_decisions, texts_in_force
from caseflow.consent.shown import operator_name, shown_digest
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil


@dataclass(frozen=True, slots=True)
class PurposeRow:
    """A purpose as one guardian sees it: the own decision alone, never what stands against it elsewhere."""

    purpose: Purpose
    pupil: UUID
    text: ConsentText
    operator: str
    shown_sha256: str
    state: str  # "given", "lapsed", "withdrawn", "refused", "none"
    since: datetime | None
    until: datetime | None

    @property
    def last_day(self) -> date | None:
        """The last day on which the consent holds: it lapses at midnight after it."""
        return timezone.localdate(self.until - timedelta(microseconds=1)) if self.until else None

    @property
    def is_on(self) -> bool:
        return self.state == "given"


def children(actor: Actor) -> list[Pupil]:
    """The pupils of whom the actor may see and decide, by name."""
    found = decidable_pupils(actor).select_related("school__district", "school_class", "data_key")
    return list(found.order_by("birth_date", "pk"))


def purposes(actor: Actor, pupil: Pupil, language: str, now: datetime | None = None) -> list[PurposeRow]:
    """Every purpose with its text in this language and the actor's own last decision (2 queries)."""
    moment = now or timezone.now()
    latest: dict[str, ConsentEvent] = {}
    for event in own_decisions(pupil.pk, actor.membership.guardian_id):
        latest.setdefault(event.purpose, event)
    texts = texts_in_force(language)
    return [_purpose_row(texts[p], pupil, latest.get(p), moment) for p in Purpose if p in texts]


def own_consents(actor: Actor, language: str) -> list[PurposeRow]:
    """The purposes of all the actor's pupils, pupil by pupil (2 queries each, a family has few)."""
    return [row for pupil in children(actor) for row in purposes(actor, pupil, language)]


def _purpose_row(text: ConsentText, pupil: Pupil, last: ConsentEvent | None, now: datetime) -> PurposeRow:
    operator = operator_name(pupil.school, text.language)
    return PurposeRow(
        purpose=Purpose(text.purpose),
        pupil=pupil.pk,
        text=text,
        operator=operator,
        shown_sha256=shown_digest(text, operator, pupil.school.bin),
        state=_own_state(last, pupil, now),
        since=last.at if last else None,
        until=last.expires_at if last else None,
    )


def _own_state(last: ConsentEvent | None, pupil: Pupil, now: datetime) -> str:
    if last is None or last.operator_id != pupil.school_id:
        return "none"
    if last.kind not in GIVING:
        return "withdrawn" if last.kind == EventKind.WITHDRAWN else "refused"
    return "given" if last.expires_at is not None and now < last.expires_at else "lapsed"
