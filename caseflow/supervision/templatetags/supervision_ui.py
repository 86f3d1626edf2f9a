from collections.abc import Mapping

from django import template

from caseflow.cases.enums import RiskLevel
from caseflow.clocks.models import Absence
from caseflow.clocks.texts import away_in_words
from caseflow.supervision.selectors.board import NOT_ASSESSED

register = template.Library()


@register.filter
def by_level(risks: Mapping[str, int]) -> list[tuple[str | None, int]]:
    """The levels at which there are cases, the gravest first, then how many nobody has assessed (None)."""
    levels: list[tuple[str | None, int]] = [
        (level.value, risks[level.value]) for level in reversed(RiskLevel) if risks.get(level.value)
    ]
    return levels + ([(None, risks[NOT_ASSESSED])] if risks.get(NOT_ASSESSED) else [])


@register.filter
def away_words(absence: Absence) -> str:
    """Until when somebody is away, and who stands in."""
    return away_in_words(absence)
