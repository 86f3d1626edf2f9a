from typing import Any

from django import forms
from django.db.models import QuerySet
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.accounts.models import User
from caseflow.consent.enums import EventKind, Purpose
from caseflow.consent.errors import UnreadableScanError
from caseflow.consent.rules import latest_adult_birth
from caseflow.consent.selectors import guardians_in_force
from caseflow.consent.services.scans import MAX_BYTES, is_scan
from caseflow.directory.forms.inputs import DateInput
from caseflow.directory.models import Guardian, Guardianship, Pupil
from caseflow.records.received import TooLargeError, WrongTypeError, read_received

DECISIONS = (
    (EventKind.GIVEN, _("Gives consent")),
    (EventKind.REFUSED, _("Refuses")),
    (EventKind.WITHDRAWN, _("Withdraws an earlier consent")),
)
LANGUAGES = (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English"))


class PaperForm(forms.Form):
    """A signed form as it lies on the desk."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=[*BLANK_CHOICE_DASH, *Purpose.choices])
    decision = forms.ChoiceField(label=_("What the form says"), choices=DECISIONS, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the form"), choices=LANGUAGES)
    scan = forms.FileField(
        label=_("Scan"),
        help_text=_("PDF, JPEG or PNG, at most 10 MB"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    field_order = ("guardian", "purpose", "decision", "language", "scan")

    def __init__(self, pupil: Pupil, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guardians = guardians_in_force(pupil)
        is_adult = pupil.birth_date <= latest_adult_birth(timezone.localdate())
        signer = forms.ModelChoiceField(guardians, label=_("Who signed"), required=not is_adult)
        if is_adult:
            signer.empty_label = pupil.full_name
        self.nobody_signs = not (is_adult or guardians.exists())
        self.fields["guardian"] = signer
        self.order_fields(self.field_order)

    def clean_scan(self) -> bytes:
        try:
            return read_received(self.cleaned_data["scan"], most=MAX_BYTES, fits=is_scan)
        except (TooLargeError, WrongTypeError) as error:
            raise forms.ValidationError(str(UnreadableScanError())) from error


class StaffAccountForm(forms.Form):
    """As whom a guardian works at the school."""

    def __init__(self, staff: QuerySet[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = forms.ModelChoiceField(
            staff, label=_("Works here as"), required=False, empty_label=_("does not work here")
        )


class ResumingForm(forms.Form):
    """That a guardianship was ended is taken back."""

    ground = forms.CharField(
        label=_("Ground"),
        min_length=3,
        max_length=200,
        help_text=_("In a few words: ended by mistake, decision of a court, lives with the child again"),
    )
    confirmed = forms.BooleanField(label=_("I have seen the paper, or know it for certain"))


class EndingForm(ResumingForm):
    """The end of a guardianship."""

    last_day = forms.DateField(label=_("Last day"), widget=DateInput(), initial=timezone.localdate)
    field_order = ("last_day", "ground", "confirmed")

    def __init__(self, guardianship: Guardianship, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].help_text = _("In a few words: decision of a court, moved away, entered by mistake")
        first, last = guardianship.starts_on, timezone.localdate()
        self.fields["last_day"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "data-need": _("Give a reason of at least one sentence")}),
        help_text=_("At least one sentence. Sealed; only psychologists read it."),
    )


class ExclusionForm(ReasonForm):
    field_order = ("guardian", "reason")

    def __init__(self, pupil: Pupil, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guardians = Guardian.objects.filter(guardianships__pupil=pupil)
        chooser = forms.Select(attrs={"data-need": _("Choose the guardian")})
        self.fields["guardian"] = forms.ModelChoiceField(guardians, label=_("Guardian"), widget=chooser)
        self.order_fields(self.field_order)
