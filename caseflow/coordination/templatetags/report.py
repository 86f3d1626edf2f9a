"""What stands in the cells of a report."""

from django import template

from caseflow.coordination.selectors import Cell
from caseflow.coordination.standing import more_words
from caseflow.coordination.wording import cell_words
from caseflow.releases.reading import Column

register = template.Library()
register.filter("more_words", more_words)


@register.simple_tag
def below(column: Column, cell: Cell) -> str:
    """What stands below a figure: that of the year before; empty where nothing was counted then."""
    return cell_words(column, cell)[1]
