"""What is drawn in Python reads as what Django's own templates would say."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import override

from caseflow.directory.forms.drawing import DRAWN, DrawnForms

AWKWARD = "a \"b\" <i> & 'c'"
SHOWN: list[tuple[forms.Widget, Any]] = [
    *((made(), value) for made in (forms.TextInput, forms.Textarea) for value in (None, "", AWKWARD, "one\ntwo")),
    (forms.TextInput(attrs={"required": True, "disabled": False, "title": AWKWARD, "maxlength": 7}), "x"),
    (forms.PasswordInput(), "secret"),
    (forms.HiddenInput(), AWKWARD),
    (forms.NumberInput(), 1234),
    (forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "2026-03-01"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.Select(choices=[("", "Any"), ("1", AWKWARD), ("2", mark_safe("<b>two</b>"))]), "2"),
    (forms.Select(choices=[("Group <1>", [("1", "One")]), ("2", "Two")]), "1"),
    (forms.SelectMultiple(choices=[("1", "One"), ("2", "Two")]), ["1", "2"]),
]


def plain(html: str) -> str:
    """Without the blanks between elements, which Django's templates leave."""
    return re.sub(r">\s+<", "><", html).strip()


@pytest.mark.parametrize(("widget", "value"), SHOWN)
def test_a_widget_reads_as_in_the_templates_of_django(widget: forms.Widget, value: Any) -> None:
    attrs = {"id": "id_x", "class": "form-control"}
    drawn, due = (widget.render("x", value, attrs, renderer) for renderer in (DrawnForms(), DjangoTemplates()))
    assert plain(drawn) == plain(due)


def test_a_select_says_in_words_that_nothing_is_chosen() -> None:
    widget = forms.Select(choices=[("", "---------"), ("1", "---------")])
    with override("en"):
        drawn = widget.render("x", "", renderer=DrawnForms())
    assert '<option value="" selected>Choose…</option><option value="1">---------</option>' in drawn


class AwkwardForm(forms.Form):
    name = forms.CharField(label=AWKWARD, help_text="not <b>more</b>", max_length=3)
    agreed = forms.BooleanField(label="I agree", help_text="really")
    colour = forms.ChoiceField(choices=[("r", "Red")], widget=forms.RadioSelect)


def test_a_field_stands_with_its_label_its_hint_and_what_is_wrong_with_it() -> None:
    with override("en"):
        drawn = AwkwardForm({"name": "long"})["name"].as_field_group()
    assert drawn.startswith(
        '<div class="c-field"><label for="id_name">a &quot;b&quot; &lt;i&gt; &amp; &#x27;c&#x27;</label>'
    )
    assert '<div class="c-hint" id="id_name_helptext">not <b>more</b></div>' in drawn
    assert 'class="form-control is-invalid"' in drawn
    assert '<div class="stack-s gap-0" id="id_name_error"><div class="c-error">' in drawn
    assert "<span>Ensure this value has at most 3 characters (it has 4).</span></div></div></div>" in drawn


def test_a_field_that_is_right_says_nothing_more() -> None:
    drawn = AwkwardForm({"name": "ok"})["name"].as_field_group()
    assert "c-error" not in drawn
    assert "is-invalid" not in drawn


def test_a_box_to_tick_stands_before_its_label() -> None:
    drawn = AwkwardForm()["agreed"].as_field_group()
    assert drawn.startswith(
        '<div class="c-field"><label class="c-check" for="id_agreed"><input type="checkbox" name="agreed"'
    )
    assert '<span>I agree</span></label><div class="c-hint" id="id_agreed_helptext">really</div></div>' in drawn


def test_a_hint_without_ids_has_none() -> None:
    assert '<div class="c-hint">really</div>' in AwkwardForm(auto_id=False)["agreed"].as_field_group()


def test_a_field_of_several_controls_comes_from_its_template() -> None:
    drawn = AwkwardForm()["colour"].as_field_group()
    assert drawn.startswith('<fieldset class="c-field"')
    assert 'type="radio" name="colour" value="r"' in drawn


def test_what_is_wrong_with_the_whole_form_has_no_id_of_a_field() -> None:
    form = AwkwardForm({})
    form.add_error(None, "too <much>")
    assert '<div class="stack-s gap-0"><div class="c-error">' in str(form.non_field_errors())
    assert "<span>too &lt;much&gt;</span>" in form.non_field_errors().as_ul()


def test_every_name_is_of_a_template_that_django_has() -> None:
    for name in DRAWN:
        DjangoTemplates().get_template(name)
