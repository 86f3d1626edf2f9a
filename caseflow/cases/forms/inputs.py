"""Controls that several forms of this room use."""

from django import forms

from caseflow.clocks.forms import MemberChoice
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MemberField(MemberChoice):
    """A person with the role in which they are asked, and who stands in where they are away."""

    def name_of(self, member: Membership) -> str:
        return f"{member.user.short_name} ({Role(member.role).label})"
