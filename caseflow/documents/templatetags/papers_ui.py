from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def said(text: Any) -> str | SafeString:
    """A text of a paper: alone, or in each of its languages, one after the other and marked as such."""
    if not isinstance(text, dict):
        return str(text)
    return format_html_join(" / ", '<span lang="{}">{}</span>', text.items())


@register.filter
def paragraphs(text: Any) -> SafeString:
    """The same with the line breaks that people made."""
    return format_html('<div class="o-text">{}</div>', said(text))
