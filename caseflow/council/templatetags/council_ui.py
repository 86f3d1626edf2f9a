from django import template

from caseflow.council import wording
from caseflow.council.models import Decision
from caseflow.council.selectors.register import draft_digest, is_late

register = template.Library()
register.filter("state_words", wording.state_words)
register.filter("decision_title", wording.decision_title)
register.filter("draft_digest", draft_digest)


@register.filter
def late(decision: Decision) -> bool:
    """Whether its day is over and nobody has reported it as done."""
    return is_late(decision)
