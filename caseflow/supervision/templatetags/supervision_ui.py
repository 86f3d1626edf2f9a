from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from caseflow.supervision.selectors.board import SchoolRow
from caseflow.supervision.templatetags.drawing import Sheet

register = template.Library()


@register.simple_tag
def schools(rows: Iterable[SchoolRow]) -> SafeString:
    """The rows of the board."""
    sheet = Sheet()
    return format_html_join("", "{}", ((sheet.row(row),) for row in rows))
