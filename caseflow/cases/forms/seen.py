"""Forms that name what their author has seen, so that nothing is saved past what somebody saved meanwhile."""

from dataclasses import dataclass
from uuid import UUID

from caseflow.cases.enums import RiskLevel
from caseflow.cases.meanwhile import Saved
from caseflow.drafts.forms import DraftedForm
from caseflow.drafts.places import kind_of
from caseflow.drafts.rules import Fields, Piece, marked

AFTER = "after"


@dataclass(frozen=True, slots=True)
class Beside:
    """What was saved first beside what stands in the form, cut where they differ."""

    saved: Saved
    theirs: list[Piece]
    mine: list[Piece]

    @property
    def level(self) -> str:
        """The level that was saved, in words; empty where there is none."""
        return str(RiskLevel(self.saved.level).label) if self.saved.level else ""


def beside_text(saved: Saved, text: str) -> Beside:
    """What was saved first beside this text."""
    theirs, mine = marked(saved.text, text)
    return Beside(saved, theirs, mine)


class BesideForm(DraftedForm):
    """`beside` is what somebody saved since the form was opened, once its author is shown it."""

    beside: Beside | None = None

    def show_beside(self, saved: Saved) -> None:
        """Put what was saved meanwhile beside what stands in the form."""
        self.beside = beside_text(saved, kind_of(self.draft_key).text_of(self.stands()))

    def stands(self) -> Fields:
        """What stands in the form, as a draft keeps it."""
        return {name: str(value) for name, value in (self.data if self.is_bound else self.initial).items()}


class SeenForm(BesideForm):
    """`newest` is what stands when the form is opened."""

    newest: UUID | None = None

    @property
    def after(self) -> str:
        """What whoever has this form before them has seen; empty for nothing."""
        if self.beside:
            return str(self.beside.saved.key)
        sent = self.sent_with.get(AFTER)
        return sent if sent is not None else str(self.newest or "")

    @property
    def seen_key(self) -> UUID | None:
        """What the sent form says its author has seen; None for nothing."""
        try:
            return UUID(self.sent_with.get(AFTER, ""))
        except ValueError:
            return None

    @property
    def says_what_was_seen(self) -> bool:
        """Whether the form was sent from a page, which always says it."""
        return AFTER in self.sent_with
