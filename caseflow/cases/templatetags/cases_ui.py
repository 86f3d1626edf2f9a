from uuid import UUID

from django import template
from django.utils.safestring import SafeString

from caseflow.audit.models import AuditEntry
from caseflow.cases.selectors.chronology import Day
from caseflow.cases.templatetags import drawing
from caseflow.cases.wordings import act_sentence
from caseflow.directory.enums import Role

register = template.Library()
register.filter(drawing.both_dates)


@register.filter(name="act_sentence")
def describe(entry: AuditEntry) -> str:
    """What somebody did with a case, in words."""
    return act_sentence(entry.action)


@register.filter
def role_label(entry: AuditEntry) -> str:
    """The role in which it was done; empty for the system."""
    return str(Role(entry.role).label) if entry.role else ""


@register.simple_tag
def chronology_days(days: list[Day], case_id: UUID) -> SafeString:
    """The days of a chronology with their lines."""
    return drawing.drawn_days(days, case_id)
