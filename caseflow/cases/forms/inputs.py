"""Controls that several forms of this room use."""

from django import forms

from caseflow.directory.enums import Role
from caseflow.directory.models import Membership


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MemberField(forms.ModelChoiceField[Membership]):
    """A person with the role in which they are asked."""

    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.user.short_name} ({Role(obj.role).label})"
