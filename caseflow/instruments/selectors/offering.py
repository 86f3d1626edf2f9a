"""What may be given within a case, and what is known of the words in each language."""

from dataclasses import dataclass
from uuid import UUID

from caseflow.cases.models import Case
from caseflow.cases.selectors.scope import case_in_reach
from caseflow.directory.actors import Actor
from caseflow.instruments.models import InstrumentVersion
from caseflow.instruments.rules.packs import Pack
from caseflow.instruments.selectors.versions import Entry, LanguageRow, given_at
from caseflow.instruments.texts import ABOUT


@dataclass(frozen=True, slots=True)
class Offer:
    """One questionnaire that may be given within the case."""

    case: Case
    entry: Entry

    @property
    def pack(self) -> Pack:
        return self.entry.pack

    @property
    def about(self) -> str:
        """What it asks about, in a line; its full name where we have no line of our own."""
        return str(ABOUT.get(self.pack.instrument, self.pack.full_name))

    @property
    def languages(self) -> list[LanguageRow]:
        return self.entry.languages

    @property
    def asks_of_suicide(self) -> bool:
        """Whether an answer can raise the alarm."""
        return any(
            self.pack.rule.alarm({question: value}) is not None
            for question, values in self.pack.rule.questions.items()
            for value in values
        )


@dataclass(frozen=True, slots=True)
class Offers:
    """All that may be given within the case."""

    case: Case
    rows: list[Offer]


def offers_of(actor: Actor, case_id: UUID) -> Offers:
    """What may be given within the case. Raises Case.DoesNotExist outside the actor's scope."""
    case = case_in_reach(actor, case_id)
    return Offers(case, [Offer(case, entry) for entry in given_at(case.school)])


def offer_of(actor: Actor, case_id: UUID, version_id: UUID) -> Offer:
    """One of `offers_of`. Raises Case.DoesNotExist, InstrumentVersion.DoesNotExist."""
    for offer in offers_of(actor, case_id).rows:
        if offer.entry.version.pk == version_id:
            return offer
    raise InstrumentVersion.DoesNotExist
