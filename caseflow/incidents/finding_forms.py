"""What is found of a report, and what is answered to it. A refused form keeps all that was typed."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from caseflow.incidents.enums import Answerer
from caseflow.incidents.forms import in_the_past, moment_field
from caseflow.incidents.models import Party
from caseflow.incidents.selectors.bullying import Pair
from caseflow.incidents.selectors.duties import Family

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class BullyingForm(forms.Form):
    """Between whom bullying is confirmed, and the reason where the reports alone do not suffice."""

    pair = forms.CharField(label=_("Between whom"), widget=forms.Select)
    override = forms.CharField(
        label=_("Why it is bullying although fewer than two reports count"),
        help_text=_("Not needed where two reports or more count. It is kept with your name."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def offer(self, pairs: Iterable[Pair]) -> None:
        """The pairs to choose from, each with how many reports count."""
        self.fields["pair"].widget.choices = [(pair.key, _label(pair)) for pair in pairs]

    def clean_pair(self) -> tuple[UUID, UUID]:
        said, _colon, harmed = self.cleaned_data["pair"].partition(":")
        try:
            return UUID(said), UUID(harmed)
        except ValueError as error:
            raise forms.ValidationError(_("Choose between whom")) from error


class TakeBackForm(forms.Form):
    finding = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why it is taken back"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(forms.Form):
    """What a pupil concerned answers."""

    party = forms.UUIDField(label=_("Which pupil"), widget=forms.Select)
    answerer = forms.ChoiceField(
        label=_("Who answers"), choices=Answerer.choices, initial=Answerer.PUPIL, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What is answered, in their words"), max_length=8000, widget=forms.Textarea(attrs={"rows": 3})
    )
    asks_correction = forms.BooleanField(label=_("A correction is asked for"), required=False)

    def offer(self, parties: Iterable[Party]) -> None:
        """The pupils said to have harmed somebody."""
        choices: list[tuple[object, StrOrPromise]] = [
            (party.pk, party.pupil.short_name) for party in parties if party.pupil
        ]
        self.fields["party"].widget.choices = choices


class ParentToldForm(forms.Form):
    """Which parent was told, as "pupil:guardian", and when; without a guardian it is somebody not on record."""

    who = forms.CharField(label=_("Who was told"), widget=forms.Select)
    told_at = moment_field(label=_("When they were told"), validators=[in_the_past])

    def offer(self, families: Iterable[Family]) -> None:
        """The parents of each pupil, and for each somebody who is not on record."""
        self.fields["who"].widget.choices = [choice for family in families for choice in _parents(family)]

    def clean_who(self) -> tuple[UUID, UUID | None]:
        pupil, _colon, guardian = self.cleaned_data["who"].partition(":")
        try:
            return UUID(pupil), UUID(guardian) if guardian else None
        except ValueError as error:
            raise forms.ValidationError(_("Choose who was told")) from error


class CouncilForm(forms.Form):
    held_on = forms.DateField(
        label=_("When the council met"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    outcome = forms.CharField(label=_("What it came to"), max_length=8000, widget=forms.Textarea(attrs={"rows": 3}))


def _parents(family: Family) -> "Iterator[tuple[str, StrOrPromise]]":
    shown = {"pupil": family.pupil.short_name}
    for guardian in family.guardians:
        yield f"{family.pupil.pk}:{guardian.pk}", f"{guardian.short_name} ({family.pupil.short_name})"
    yield f"{family.pupil.pk}:", _("a representative who is not on record (%(pupil)s)") % shown


def _label(pair: Pair) -> "StrOrPromise":
    said, harmed = pair.pupils
    shown = {"said": said.short_name, "harmed": harmed.short_name, "number": len(pair.acts)}
    return _("%(said)s → %(harmed)s, reports that count: %(number)s") % shown
