"""What somebody without a name types. A refused form keeps all of it."""

from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.incidents.enums import PLAIN_WORDS
from caseflow.incidents.services.anonymous import Said
from caseflow.incidents.services.pictures import Drawn

LONGEST_WORDS, LONGEST_PLACE = 8000, 120


class KeptForm(forms.Form):
    """A form that can be shown again with what was typed, with a sentence or without asking for anything yet."""

    def unasked(self) -> Self:
        """The form as it is, before it was sent: with a change of language nothing is missing yet."""
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data = {}
        return self

    def refused(self, sentence: str) -> Self:
        """The form with the reason why it was not taken."""
        self.unasked()
        self.add_error(None, sentence)
        return self

    def text(self, name: str, most: int = LONGEST_WORDS) -> str:
        """What was typed in a field, valid or not."""
        return str(self.data.get(name, "")).replace("\0", "").strip()[:most]


class AnonymousForm(KeptForm):
    """Two fields must be filled in: what happened, and the words."""

    category = forms.ChoiceField(choices=list(PLAIN_WORDS.items()), error_messages={"required": _("Choose one")})
    words = forms.CharField(
        max_length=LONGEST_WORDS, strip=True, error_messages={"required": _("Write what happened, as you would say it")}
    )
    place = forms.CharField(max_length=LONGEST_PLACE, required=False)
    about_staff = forms.BooleanField(required=False)

    def said(self, pictures: Sequence[Drawn], *, danger: bool) -> Said:
        """The report as far as it was filled in."""
        return Said(
            category=self.text("category"),
            words=self.text("words"),
            place=self.text("place", LONGEST_PLACE),
            about_staff=bool(self.text("about_staff")),
            danger=danger,
            pictures=pictures,
        )


class CodeForm(KeptForm):
    """The words of the return code; `words` is a message that waits to be sent after them."""

    code = forms.CharField(max_length=400)
    words = forms.CharField(max_length=LONGEST_WORDS, required=False)

    @classmethod
    def keeping(cls, words: str) -> Self:
        return cls({"words": words[:LONGEST_WORDS]})


class MessageForm(KeptForm):
    words = forms.CharField(max_length=LONGEST_WORDS, required=False)

    @classmethod
    def draft(cls, words: str) -> Self:
        """The form with a message that was typed before."""
        form: Any = cls({"words": words[:LONGEST_WORDS]})
        return form.unasked()  # type: ignore[no-any-return]
