"""Forms whose text is kept on the server while it is written."""

from collections.abc import Mapping
from uuid import UUID

from django import forms

from caseflow.drafts.selectors import Kept, Versions
from caseflow.drafts.services import Written

REVISION = "draft_revision"
ASIDE = "draft_aside"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", REVISION, ASIDE, "take", "after"})


class DraftedForm(forms.Form):
    """`draft_key` names the form, `kept` is what it was filled from, `versions` what its author has to decide on.

    `is_chosen` says that it holds what its author has just chosen of two versions, which nothing keeps yet.
    """

    draft_key = ""
    kept: Kept | None = None
    versions: Versions | None = None
    is_chosen = False
    sent_with: Mapping[str, str] = {}  # everything that came with the form, also where a version was chosen anew

    @property
    def revision(self) -> str:
        """The revision that whoever has this form before them has seen; empty for none."""
        if self.versions:
            return str(self.versions.kept.revision)
        if self.is_bound or self.is_chosen:
            return str(self.seen_revision or "")
        return str(self.kept.revision) if self.kept else ""

    @property
    def aside(self) -> str:
        """The revision of the undecided version that stands in the form; empty for none."""
        if ASIDE in self.sent_with:
            return str(_revision(self.sent_with[ASIDE]) or "")
        return str(self.kept.other.revision) if self.kept and self.kept.other else ""

    @property
    def seen_revision(self) -> UUID | None:
        """The revision that the sent form was filled from."""
        return _revision(self.sent_with.get(REVISION, ""))

    def written(self) -> Written:
        """What was sent, as a draft keeps it."""
        fields = {name: str(value) for name, value in self.data.items() if name not in NOT_KEPT}
        return Written(self.draft_key, fields, self.seen_revision, _revision(self.sent_with.get(ASIDE, "")))


def _revision(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
