from django import template

from caseflow.journals.wording import month_name as name_of_month

register = template.Library()


@register.filter
def month_name(month: int | None) -> str:
    """«September», «the whole year» for None."""
    return name_of_month(month)
