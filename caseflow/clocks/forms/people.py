from typing import Any

from django import forms

from caseflow.clocks.models import Absence
from caseflow.clocks.selectors.absences import absences_on
from caseflow.clocks.texts import away_in_words
from caseflow.directory.models import Membership


class MemberChoice(forms.ModelChoiceField[Membership]):
    """A choice of people in their roles; beside whoever is away stands until when, and who stands in."""

    _away: dict[int, Absence] | None = None

    def label_from_instance(self, obj: Membership) -> str:
        if self._away is None:
            asked: Any = self.queryset
            self._away = absences_on(asked.values_list("pk", flat=True))
        said = self.name_of(obj)
        return f"{said} · {away_in_words(self._away[obj.pk])}" if obj.pk in self._away else said

    def name_of(self, member: Membership) -> str:
        return f"{member.user.short_name}, {member.get_role_display()}"
