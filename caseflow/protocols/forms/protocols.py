"""A protocol as it is written: its names, and a form for each step."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db import models
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from caseflow.clocks.enums import Basis, Unit
from caseflow.protocols.enums import Doer, Evidence, Missed, Setting
from caseflow.protocols.rules import (
    DOERS,
    LANGUAGES,
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_SOURCE,
    LONGEST_TERM,
    MOST_STEPS,
    StepText,
    VersionText,
    offered_parts,
    offered_proofs,
    unprovable,
)

NEW_STEPS = 2  # empty ones below those that are there


class VersionForm(forms.Form):
    title_kk = forms.CharField(label=_("Name in Kazakh"), max_length=LONGEST_NAME)
    title_ru = forms.CharField(label=_("Name in Russian"), max_length=LONGEST_NAME)
    title_en = forms.CharField(label=_("Name in English"), max_length=LONGEST_NAME)
    source = forms.CharField(
        label=_("Where it comes from"),
        help_text=_("The act with its number and date, or [P] for a policy of the region."),
        max_length=LONGEST_SOURCE,
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        help_text=_("Flows that run go on with it. It begins in no other case."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StepForm(forms.Form):
    """One step. An empty form is no step."""

    code = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)
    title_kk = forms.CharField(label=_("Name in Kazakh"), max_length=LONGEST_NAME)
    title_ru = forms.CharField(label=_("Name in Russian"), max_length=LONGEST_NAME)
    title_en = forms.CharField(label=_("Name in English"), max_length=LONGEST_NAME)
    hint_kk = forms.CharField(label=_("Hint in Kazakh"), max_length=LONGEST_NAME, required=False)
    hint_ru = forms.CharField(label=_("Hint in Russian"), max_length=LONGEST_NAME, required=False)
    hint_en = forms.CharField(label=_("Hint in English"), max_length=LONGEST_NAME, required=False)
    doer = forms.ChoiceField(label=_("Who does it"), initial=Doer.LEADER)
    amount = forms.IntegerField(label=_("Term"), min_value=0, max_value=LONGEST_TERM)
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices, initial=Unit.HOURS)
    basis = forms.ChoiceField(label=_("Which time counts"), choices=Basis.choices, initial=Basis.WALL)
    evidence = forms.ChoiceField(label=_("What proves it"), initial=Evidence.WORDS)
    part = forms.ChoiceField(label=_("Part of what high risk requires"), required=False)
    missed = forms.ChoiceField(label=_("Whom a missed one tells"), choices=Missed.choices, initial=Missed.CLIMB)

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setting = setting
        self._offer("doer", DOERS[setting])
        self._offer("evidence", offered_proofs(setting))
        self._offer("part", offered_parts(setting), [("", _("none"))])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"doer", "evidence", "part"} <= given.keys():
            wrong = unprovable(given["doer"], given["evidence"], given["part"], self.setting)
            if wrong:
                self.add_error("evidence", wrong)
        return given

    def step(self) -> StepText:
        given = self.cleaned_data
        return StepText(
            code=given["code"],
            title={language: given[f"title_{language}"] for language in LANGUAGES},
            hint={language: given[f"hint_{language}"] for language in LANGUAGES},
            doer=given["doer"],
            amount=given["amount"],
            unit=given["unit"],
            basis=given["basis"],
            evidence=given["evidence"],
            part=given["part"],
            missed=given["missed"],
        )

    def _offer(
        self, name: str, choices: Iterable[models.TextChoices], first: list[tuple[str, Any]] | None = None
    ) -> None:
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = [*(first or []), *((choice.value, choice.label) for choice in choices)]


class OrderedSteps(BaseFormSet[StepForm]):
    """The steps, each with its place."""

    def add_fields(self, form: StepForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place in the order")
        form.fields["DELETE"].label = _("Leave this step out")


StepForms: type[BaseFormSet[StepForm]] = formset_factory(
    StepForm,
    formset=OrderedSteps,
    extra=NEW_STEPS,
    can_order=True,
    can_delete=True,
    max_num=MOST_STEPS,
    absolute_max=2 * MOST_STEPS + NEW_STEPS,  # two texts together, before somebody shortens them
)


def forms_of(text: VersionText | None, setting: Setting, data: Any = None) -> tuple[VersionForm, BaseFormSet[StepForm]]:
    """The forms, filled with what a version says, or with what was sent; they offer what can come into force there."""
    first = {f"title_{language}": text.title.get(language, "") for language in LANGUAGES} if text else {}
    steps = [_initial(step) for step in text.steps] if text else []
    return (
        VersionForm(data, initial={**first, "source": text.source if text else ""}),
        StepForms(data, initial=steps, prefix="steps", form_kwargs={"setting": setting}),
    )


def written(version: VersionForm, steps: BaseFormSet[StepForm]) -> VersionText:
    """What valid forms say, the steps in the order that was asked for."""
    given = version.cleaned_data
    kept = [form.step() for form in steps.ordered_forms]
    return VersionText({language: given[f"title_{language}"] for language in LANGUAGES}, given["source"], tuple(kept))


def _initial(step: StepText) -> dict[str, Any]:
    names = {f"title_{language}": step.title.get(language, "") for language in LANGUAGES}
    hints = {f"hint_{language}": step.hint.get(language, "") for language in LANGUAGES}
    same = ("code", "doer", "amount", "unit", "basis", "evidence", "part", "missed")
    return {**names, **hints, **{name: getattr(step, name) for name in same}}
