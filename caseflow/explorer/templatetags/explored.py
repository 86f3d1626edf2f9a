"""Figures of the explorer and of the public page in templates."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from caseflow.explorer.enums import Shown
from caseflow.explorer.models import SavedView
from caseflow.explorer.rules.questions import question_kept
from caseflow.explorer.selectors.laying_out import Entry
from caseflow.explorer.wording import release_words, said
from caseflow.releases.templatetags.figures import hidden_mark

register = template.Library()
register.filter("release", release_words)


@register.filter
def figure_of(entry: Entry, shown: str = Shown.FIGURE) -> SafeString:
    """What stands in a cell: the number, the mark of a hidden one, or in grey what it says instead."""
    words = said(entry, Shown(shown))
    if words.hidden:
        return hidden_mark()
    return format_html("{}" if words.number else '<span class="sec">{}</span>', words.text)


@register.filter
def query_of(view: SavedView) -> str:
    """The address at which a saved view is shown."""
    return f"{reverse('explorer:explore')}?{question_kept(view.asked).query}"
