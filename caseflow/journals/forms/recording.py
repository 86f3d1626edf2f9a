"""What was done, in as few fields as the forms of the service ask of that kind of work."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caseflow.appointments.enums import AppointmentKind
from caseflow.appointments.models import Appointment
from caseflow.journals.enums import Asker, Journal, Told, WorkForm
from caseflow.journals.rules.access import JOURNAL_OF
from caseflow.journals.rules.words import LONGEST_RESULT, LONGEST_THEME, MOST_PARTICIPANTS
from caseflow.journals.selectors.words import Explained, Work


def _theme(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_THEME, help_text=_("Without names: it stands in the journal.")
    )


def _result(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=LONGEST_RESULT, widget=forms.Textarea(attrs={"rows": 2})
    )


def _participants() -> forms.IntegerField:
    return forms.IntegerField(label=_("How many took part"), min_value=1, max_value=MOST_PARTICIPANTS)


class WorkFormBase(forms.Form):
    """Of what was done; which fields it has depends on the journal."""

    def work(self) -> Work:
        """As `record_work` takes it."""
        given = self.cleaned_data
        return Work(
            asker=given.get("asker", ""),
            form=given.get("form", ""),
            participants=given.get("participants"),
            theme=given.get("theme", ""),
            audience=given.get("audience", ""),
            result=given.get("result", ""),
        )


class ConsultationForm(WorkFormBase):
    asker = forms.ChoiceField(label=_("At whose request"), choices=Asker.choices)
    theme = _theme(pgettext_lazy("of work", "Theme"))
    result = _result(_("Result, recommendation"))


class GroupForm(WorkFormBase):
    theme = _theme(pgettext_lazy("of work", "Theme"))
    audience = forms.CharField(label=_("Class or group"), max_length=LONGEST_THEME, help_text=_("For instance: 7 «Б»"))
    participants = _participants()
    form = forms.ChoiceField(label=_("Form of work"), choices=WorkForm.choices)
    result = _result(_("Result, recommendation"))


class DiagnosticsForm(WorkFormBase):
    theme = _theme(_("Method"))
    participants = _participants()
    result = _result(_("Result, recommendation"))


WorkForms: dict[Journal, type[WorkFormBase]] = {
    Journal.CONSULTATIONS: ConsultationForm,
    Journal.GROUP: GroupForm,
    Journal.DIAGNOSTICS: DiagnosticsForm,
}
USUAL_ASKER = {
    AppointmentKind.PUPIL.value: Asker.PUPIL,
    AppointmentKind.PARENT.value: Asker.PARENT,
    AppointmentKind.TEACHER.value: Asker.TEACHER,
}


def work_form(appointment: Appointment, work: Work, data: Any = None) -> WorkFormBase:
    """The form for what was done at the appointment, filled with what was said, or what is likeliest."""
    kind = WorkForms[JOURNAL_OF[appointment.kind]]
    usual = {
        "asker": work.asker or USUAL_ASKER.get(appointment.kind, ""),
        "form": work.form or WorkForm.LESSON,
        "participants": work.participants or appointment.people_count or None,
        "theme": work.theme[:LONGEST_THEME],
        "audience": work.audience,
        "result": work.result,
    }
    return kind(data, initial=usual)


class ResultForm(forms.Form):
    purpose = forms.CharField(
        label=_("What the questionnaire was given for"),
        max_length=LONGEST_THEME,
        help_text=_("Without names: it stands in the journal."),
    )
    told = forms.MultipleChoiceField(
        label=_("To whom the result was explained"),
        required=False,
        choices=Told.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, explained: Explained, data: Any = None) -> None:
        super().__init__(data, initial={"purpose": explained.purpose, "told": list(explained.told)})
