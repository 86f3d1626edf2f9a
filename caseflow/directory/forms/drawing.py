"""How the fields of all forms are drawn. In Python and not in templates: a page of a case has ten of them.

What is not drawn here, such as buttons to choose from, comes from its template as everywhere in Django.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from caseflow.directory.templatetags.ui import control, icon

Context = Mapping[str, Any]
NOTHING = SafeString("")
UNCHOSEN = "---------"  # how Django calls the choice of nothing


class DrawnForms(TemplatesSetting):
    """Draws what pages have many of, and leaves the rest to the templates."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        draw = DRAWN.get(template_name)
        drawn = draw(context) if draw else None
        return super().render(template_name, context, request) if drawn is None else drawn


def _field(context: Context) -> str | None:
    """A field with its label, hint and errors; None for one that is several controls."""
    field: BoundField = context["field"]
    if getattr(field.field.widget, "input_type", None) == "checkbox":
        label = format_html(
            '<label class="c-check" for="{}">{}<span>{}</span></label>',
            field.id_for_label,
            control(field),
            field.label,
        )
        return format_html('<div class="c-field">{}{}{}</div>', label, _hint(field), field.errors)
    if field.use_fieldset:
        return None
    label = format_html('<label for="{}">{}</label>', field.id_for_label, field.label)
    return format_html('<div class="c-field">{}{}{}{}</div>', label, _hint(field), control(field), field.errors)


def _hint(field: BoundField) -> SafeString:
    if not field.help_text:
        return NOTHING
    named = format_html(' id="{}_helptext"', field.auto_id) if field.auto_id else NOTHING
    return format_html('<div class="c-hint"{}>{}</div>', named, SafeString(field.help_text))


def _errors(context: Context) -> str:
    errors = context["errors"]
    if not errors:
        return ""
    named = format_html(' id="{}_error"', errors.field_id) if errors.field_id else NOTHING
    said = format_html_join(
        "", '<div class="c-error">{}<span>{}</span></div>', ((icon("alert-circle"), error) for error in errors)
    )
    return format_html('<div class="stack-s gap-0"{}>{}</div>', named, said)


def _input(context: Context) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{conditional_escape(widget["value"])}"'
    named = f'type="{conditional_escape(widget["type"])}" name="{conditional_escape(widget["name"])}"'
    return f"<input {named}{value}{_attributes(widget)}>"


def _area(context: Context) -> str:
    widget = context["widget"]
    # A browser drops the first line break, so that a text may begin with one.
    text = conditional_escape(widget["value"] or "")
    return f'<textarea name="{conditional_escape(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>'


def _select(context: Context) -> str:
    widget = context["widget"]
    drawn = "".join(_group(name, options) for name, options, _number in widget["optgroups"])
    return f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget)}>{drawn}</select>'


def _group(name: str | None, options: list[dict[str, Any]]) -> str:
    drawn = "".join(map(_option, options))
    return f'<optgroup label="{conditional_escape(name)}">{drawn}</optgroup>' if name else drawn


def _option(option: dict[str, Any]) -> str:
    """Where Django would show "---------" for nothing chosen, a select says so in words."""
    value, label = option["value"], option["label"]
    said = gettext("Choose…") if value == "" and label == UNCHOSEN else conditional_escape(label)
    return f'<option value="{conditional_escape(value)}"{_attributes(option)}>{said}</option>'


def _attributes(widget: Context) -> str:
    given = [(conditional_escape(name), value) for name, value in widget["attrs"].items() if value is not False]
    return "".join(f" {name}" if value is True else f' {name}="{conditional_escape(value)}"' for name, value in given)


WIDGETS = "django/forms/widgets"
TYPED = ("text", "number", "email", "url", "tel", "search", "password", "date", "time", "datetime")
INPUTS = (*TYPED, "hidden", "checkbox")
DRAWN: dict[str, Callable[[Context], str | None]] = {
    "django/forms/field.html": _field,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/errors/list/ul.html": _errors,
    f"{WIDGETS}/textarea.html": _area,
    f"{WIDGETS}/select.html": _select,
    **{f"{WIDGETS}/{name}.html": _input for name in INPUTS},
}
