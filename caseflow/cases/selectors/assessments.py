"""Assessments of risk with their texts in clear."""

from dataclasses import dataclass

from django.utils.translation import gettext

from caseflow.cases.models import Case, RiskAssessment
from caseflow.records.vault import unseal, where


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment with what it was based on and how its author understands it, in clear; old ones lack the latter."""

    assessment: RiskAssessment
    basis: str
    formulation: str

    @property
    def words(self) -> str:
        """Both in one text, in the active language of its heading."""
        if not self.formulation:
            return self.basis
        return f"{self.basis}\n{gettext('Formulation:')} {self.formulation}"


def read_assessment(case: Case, assessment: RiskAssessment) -> Assessed:
    """The assessment's texts, opened with its case's key."""
    place = "cases.RiskAssessment"
    return Assessed(
        assessment,
        unseal(case.data_key, assessment.basis_sealed, where(place, assessment.pk, "basis")),
        unseal(case.data_key, assessment.formulation_sealed, where(place, assessment.pk, "formulation")),
    )
