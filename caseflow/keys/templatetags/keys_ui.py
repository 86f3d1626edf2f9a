"""Keys on a page, as caps."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from caseflow.keys.caps import caps

register = template.Library()


@register.filter
def as_caps(codes: Iterable[str]) -> SafeString:
    """The caps of one key, or of several, each once."""
    written = dict.fromkeys(tuple(caps(code)) for code in codes)
    return format_html_join(" ", '<span class="nw">{}</span>', ((_together(each),) for each in written))


def _together(parts: tuple[str, ...]) -> SafeString:
    return format_html_join(" ", "<kbd>{}</kbd>", ((part,) for part in parts))
