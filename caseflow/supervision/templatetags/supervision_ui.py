from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from caseflow.supervision.selectors.board import SchoolRow
from caseflow.supervision.templatetags.drawing import Sheet

register = template.Library()


@register.simple_tag
def schools(rows: Iterable[SchoolRow]) -> SafeString:
    """The rows of the board."""
    return Sheet().table(rows)
