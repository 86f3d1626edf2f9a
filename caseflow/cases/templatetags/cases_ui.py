from django import template

from caseflow.audit.models import AuditEntry
from caseflow.cases.wordings import act_sentence
from caseflow.directory.enums import Role

register = template.Library()


@register.filter(name="act_sentence")
def describe(entry: AuditEntry) -> str:
    """What somebody did with a case, in words."""
    return act_sentence(entry.action)


@register.filter
def role_label(entry: AuditEntry) -> str:
    """The role in which it was done; empty for the system."""
    return str(Role(entry.role).label) if entry.role else ""
