from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from caseflow.accounts.models import Theme, User
from caseflow.accounts.rules import dialled

LANGUAGE_NAMES = (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English"))


def _password(autocomplete: str, **attrs: Any) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete, **attrs})


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("Login"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1024,
        strip=False,
        widget=_password("current-password"),
    )


class UnlockForm(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        max_length=1024,
        strip=False,
        widget=_password("current-password", autofocus=True),
    )


class PreferencesForm(forms.Form):
    """What the header's switches send: one of the two."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    theme = forms.ChoiceField(choices=Theme.choices, required=False)

    def clean(self) -> dict[str, Any]:
        chosen = {name: value for name, value in (super().clean() or {}).items() if value}
        if not self.errors and not chosen:
            raise ValidationError(_("Choose a language or a theme."))
        return chosen


class ProfileForm(forms.Form):
    """The person's own settings; opens with those in force."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_NAMES, widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices, widget=forms.RadioSelect)
    single_keys = forms.BooleanField(
        label=_("Keys without Ctrl, such as 1, 2, 3 in a list"),
        help_text=_("Turn them off if you speak to your computer or press keys by accident."),
        required=False,
    )


class ReachForm(forms.Form):
    """Where the person wants to be told of news outside these pages. Both may stay empty."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone for SMS"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        text: str = self.cleaned_data["phone"]
        number = dialled(text) if text else ""
        if number is None:
            raise ValidationError(_("This is not a telephone number."))
        return number


class NewPasswordForm(forms.Form):
    """Asks for the present password and twice for the new one, which must differ and be hard to guess."""

    old = forms.CharField(label=_("Present password"), strip=False, widget=_password("current-password"))
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 12 characters. Three words that do not belong together are easy to remember."),
        widget=_password("new-password"),
    )
    again = forms.CharField(label=_("New password again"), strip=False, widget=_password("new-password"))

    def __init__(self, user: User, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise ValidationError(_("The present password is wrong."))
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        if new == self.cleaned_data.get("old"):
            raise ValidationError(_("The new password must differ from the present one."))
        validate_password(new, self.user)
        return new

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise ValidationError(_("The two new passwords differ."))
        return again
