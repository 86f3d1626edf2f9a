from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from caseflow.accounts.models import User
from caseflow.portal.enums import RequestKind


class RequestForm(forms.Form):
    kind = forms.ChoiceField(label=_("What you ask for"), choices=RequestKind.choices)
    words = forms.CharField(
        label=_("In your own words"),
        min_length=5,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The head of the psychological service and the data protection officer read it."),
    )


class AnswerForm(forms.Form):
    words = forms.CharField(label=_("Answer"), min_length=5, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class CodeForm(forms.Form):
    """The code from the office alone, for whoever is signed in."""

    code = forms.CharField(
        label=_("Code from the school office"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Five groups of four signs"),
    )


class JoinForm(CodeForm):
    """The code from the office, and the account one wants."""

    username = forms.CharField(
        label=_("Login you choose"),
        max_length=150,
        validators=[User.username_validator],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters"),
    )
    again = forms.CharField(
        label=_("Password once more"),
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("This login is taken. Choose another one."))
        return username

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        password = data.get("password")
        if password and password != data.get("again"):
            self.add_error("again", _("The two passwords differ."))
        if password:
            self._check(password, data.get("username", ""))
        return data

    def _check(self, password: str, username: str) -> None:
        try:
            validate_password(password, User(username=username))
        except ValidationError as error:
            self.add_error("password", error)
