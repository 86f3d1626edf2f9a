from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.accounts.models import User
from caseflow.directory.actors import Actor
from caseflow.directory.forms.inputs import DateInput
from caseflow.schoolyear.selectors.staff import Person, staff_of


class StaffChoice(forms.ModelChoiceField[User]):
    def label_from_instance(self, user: User) -> str:
        return user.short_name


class HandOverForm(forms.Form):
    """Who has the class from which day on."""

    teacher = StaffChoice(queryset=User.objects.none(), label=_("New class teacher"))
    first = forms.DateField(label=_("From"), widget=DateInput())

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].initial = timezone.localdate()
        self.fields["teacher"].queryset = staff_of(actor)  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """As the services take it."""
        return {name: value.pk if name == "teacher" else value for name, value in self.cleaned_data.items()}


class SubstituteForm(HandOverForm):
    """Who substitutes from a day to a day."""

    last = forms.DateField(label=_("Last day"), widget=DateInput())

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        self.fields["teacher"].label = _("Who substitutes")


class EndingRolesForm(forms.Form):
    """The last day, and for each kind of thing who has it afterwards."""

    last_day = forms.DateField(
        label=_("Last day"),
        widget=DateInput(),
        help_text=_("With yesterday the access ends at once."),
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate()
        for held in person.held:
            choices = [("", held.kind.otherwise), *((row.pk, row.user.short_name) for row in held.successors)]
            self.fields[held.kind.code] = forms.TypedChoiceField(
                label=str(held.kind.label),
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                help_text=", ".join(held.names[:8]) + ("…" if len(held.names) > 8 else ""),
            )
        self.order_fields([*(held.kind.code for held in person.held), "last_day"])

    def successors(self) -> dict[str, int | None]:
        """Kind → membership, as `end_all_roles` takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "last_day"}
