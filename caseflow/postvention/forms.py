"""What is written after a loss."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caseflow.cases.forms.inputs import area
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil, School
from caseflow.postvention.enums import Circle, Language, Manner, Sayer, Who
from caseflow.postvention.models import MessageTemplate
from caseflow.postvention.rules import LONGEST_NAME, LONGEST_TEXT, LONGEST_WORDS, needs_words
from caseflow.postvention.selectors.choosing import PupilChoice, pupil_choice
from caseflow.postvention.services import Loss

DAY = "%Y-%m-%d"


def day_field(label: Any, **facts: Any) -> forms.DateField:
    """A day, as browsers pick it."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format=DAY), input_formats=[DAY], **facts
    )


class OpenForm(forms.Form):
    """An event of loss, with as little as is known."""

    school = forms.ModelChoiceField(label=_("School"), queryset=School.objects.none(), empty_label=None)
    who = forms.ChoiceField(label=_("Who has died"), choices=Who.choices, widget=forms.RadioSelect, initial=Who.PUPIL)
    pupil = forms.ModelChoiceField(
        label=_("Pupil"),
        help_text=_("Who has died, or whose parent has died. Write at least two letters of the name."),
        queryset=Pupil.objects.none(),
        required=False,
    )
    name = forms.CharField(
        label=_("Name of the person"),
        help_text=_("Of somebody of the staff or of a parent. A pupil needs none."),
        max_length=LONGEST_NAME,
        required=False,
    )
    died_on = day_field(_("Day of death"), initial=timezone.localdate)
    manner = forms.ChoiceField(
        label=_("What is said of how it happened"),
        help_text=_("Only what the family or an authority says. The school suspects nothing and writes no more."),
        choices=Manner.choices,
        initial=Manner.NOT_SAID,
    )
    said_by = forms.ChoiceField(label=_("Who says so"), choices=[("", "—"), *Sayer.choices], required=False)

    def __init__(self, actor: Actor, *args: Any, query: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor, self._query = actor, query
        school: Any = self.fields["school"]
        school.queryset = actor.schools().order_by("name_ru")
        pupil: Any = self.fields["pupil"]
        pupil.queryset = actor.pupils().select_related("school_class", "school")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        pupil, school = given.get("pupil"), given.get("school")
        if pupil and school and pupil.school_id != school.pk:
            self.add_error("pupil", gettext("This pupil goes to another school."))
        return given

    @cached_property
    def choice(self) -> PupilChoice:
        """The pupil who is chosen and those who fit what was typed."""
        return pupil_choice(self._actor, self._query, chosen=self._typed("pupil"), school=self._typed("school"))

    def _typed(self, name: str) -> Any:
        """What a field says, before the form is checked; None for what it cannot be."""
        field: Any = self.fields[name]
        try:
            return field.to_python(self[name].value())
        except forms.ValidationError:
            return None

    def loss(self) -> Loss:
        given = self.cleaned_data
        return Loss(
            school_id=given["school"].pk,
            who=given["who"],
            died_on=given["died_on"],
            pupil_id=given["pupil"].pk if given["pupil"] else None,
            name=given["name"],
            manner=given["manner"],
            said_by=given["said_by"],
        )


class WordsForm(forms.Form):
    """What was done, or why."""

    text = forms.CharField(max_length=LONGEST_WORDS, widget=area(2))


class MaybeWordsForm(forms.Form):
    """A reason that may be left out."""

    text = forms.CharField(max_length=LONGEST_WORDS, widget=area(2), required=False)


class DayForm(forms.Form):
    """A day on which the loss comes back."""

    day = day_field(_("Day"))
    label = forms.CharField(label=_("What day it is"), max_length=LONGEST_NAME)


class AddForm(forms.Form):
    """Pupils whom somebody puts on the list, and why."""

    pupils = forms.ModelMultipleChoiceField(
        label=_("Pupils"),
        queryset=Pupil.objects.none(),
        error_messages={"required": _("Tick at least one pupil.")},
    )
    circle = forms.ChoiceField(label=_("Why this pupil"), choices=Circle.choices, initial=Circle.FRIEND)
    reason = forms.CharField(label=_("In your own words"), max_length=LONGEST_WORDS, widget=area(2), required=False)

    def __init__(self, actor: Actor, school_id: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pupils: Any = self.fields["pupils"]
        pupils.queryset = actor.pupils().filter(school=school_id)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if needs_words(given.get("circle", "")) and not given.get("reason"):
            self.add_error("reason", gettext("Say in your own words why you think of them."))
        return given

    @property
    def ticked(self) -> frozenset[str]:
        """The ids that are ticked, as pages write them."""
        return frozenset(map(str, self["pupils"].value() or ()))


class TalkForm(forms.Form):
    """A talk with a pupil."""

    on = day_field(_("Talked with on"), initial=timezone.localdate)
    needs_support = forms.TypedChoiceField(
        label=_("Needs support"),
        choices=[("", "—"), ("yes", _("yes")), ("no", _("no"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )


class ParentsForm(forms.Form):
    on = day_field(_("Parents told on"), initial=timezone.localdate)


class BeginForm(forms.Form):
    """A message to some readers in one language."""

    audience = forms.CharField(max_length=12)
    language = forms.ChoiceField(choices=Language.choices)


class MessageForm(forms.Form):
    """The text of a message. `seen` is the version its writer has read."""

    text = forms.CharField(label=_("Message"), max_length=LONGEST_TEXT, widget=area(16), strip=False)
    seen = forms.CharField(max_length=60, widget=forms.HiddenInput)


class ApproveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the text stays as it is, although the check warns"),
        max_length=500,
        widget=area(2),
        required=False,
    )
    seen = forms.CharField(max_length=60, widget=forms.HiddenInput, required=False)


class TemplateForm(forms.Form):
    """A template in three languages."""

    kk = forms.CharField(label=_("Kazakh"), max_length=LONGEST_TEXT, widget=area(12), strip=False)
    ru = forms.CharField(label=_("Russian"), max_length=LONGEST_TEXT, widget=area(12), strip=False)
    en = forms.CharField(label=_("English"), max_length=LONGEST_TEXT, widget=area(12), strip=False)
    source = forms.CharField(label=_("Where it comes from"), max_length=300)

    @classmethod
    def of(cls, template: MessageTemplate) -> "TemplateForm":
        return cls(initial={**template.texts, "source": template.source})

    def texts(self) -> dict[str, str]:
        return {language: self.cleaned_data[language] for language in ("kk", "ru", "en")}


class CheckForm(forms.Form):
    """A text for the wording check; any field of the page that sends it may be named `text`."""

    text = forms.CharField(max_length=LONGEST_TEXT, required=False, strip=False)
    language = forms.ChoiceField(choices=Language.choices)
