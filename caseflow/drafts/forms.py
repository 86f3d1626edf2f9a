"""Forms whose text is kept on the server while it is written."""

from collections.abc import Mapping
from uuid import UUID

from django import forms

from caseflow.drafts.selectors import Kept, Versions
from caseflow.drafts.services import Written

REVISION = "draft_revision"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", REVISION, "take", "after"})


class DraftedForm(forms.Form):
    """`draft_key` names the form, `kept` is what it was filled from, `versions` what its author has to decide on."""

    draft_key = ""
    kept: Kept | None = None
    versions: Versions | None = None
    sent_with: Mapping[str, str] = {}  # everything that came with the form, also where a version was chosen anew

    @property
    def revision(self) -> str:
        """The revision that whoever has this form before them has seen; empty for none."""
        if self.versions:
            return str(self.versions.kept.revision)
        if self.is_bound:
            return str(self.seen or "")
        return str(self.kept.revision) if self.kept else ""

    @property
    def seen(self) -> UUID | None:
        """The revision that the sent form was filled from."""
        try:
            return UUID(self.data.get(REVISION, ""))
        except ValueError:
            return None

    def written(self) -> Written:
        """What was sent, as a draft keeps it."""
        fields = {name: str(value) for name, value in self.data.items() if name not in NOT_KEPT}
        return Written(self.draft_key, fields, self.seen)
