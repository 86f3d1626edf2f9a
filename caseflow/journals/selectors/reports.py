"""The annual report: figures of the records, plan and done, own words; as signed, or as it stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School, SchoolYear
from caseflow.journals.enums import Direction, Section
from caseflow.journals.models import ReportWords, SignedReport, YearPlan
from caseflow.journals.rules.reports import digest_of, may_sign_from
from caseflow.journals.selectors.figures import plan_figures, work_figures
from caseflow.journals.selectors.years import chosen_year, period_of, school_of, years_of


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A report as its page and paper show it; `signed` is None while it is not, and `year` where none is known."""

    school: School
    year: SchoolYear | None
    years: list[SchoolYear]
    content: dict[str, Any]
    signed: SignedReport | None
    sign_from: date | None
    may_write: bool

    @property
    def figures(self) -> dict[str, Any]:
        found: dict[str, Any] = self.content["figures"]
        return found

    @property
    def words(self) -> dict[str, str]:
        found: dict[str, str] = self.content["words"]
        return found

    @property
    def directions(self) -> list[tuple[Direction, int, dict[str, int]]]:
        """Each direction with what was recorded of it and what of its plan was done."""
        counted, planned = self.figures["directions"], self.content["plan"]
        return [(each, counted[each.value], planned[each.value]) for each in Direction]

    @property
    def sections(self) -> list[tuple[Section, str]]:
        return [(each, self.words.get(each.value, "")) for each in Section]

    @property
    def is_unchanged(self) -> bool:
        """Whether what was signed still has the digest it was signed with."""
        return self.signed is not None and digest_of(self.content) == self.signed.digest

    @property
    def may_sign(self) -> bool:
        today = timezone.localdate()
        return self.may_write and self.signed is None and self.sign_from is not None and self.sign_from <= today


def report_sheet(actor: Actor, asked_year: int | None) -> ReportSheet:
    """The report of a year; a signed one shows what was signed. A constant number of queries.

    Raises School.DoesNotExist for others than the school's psychologists and its principal.
    """
    school = school_of(actor)
    year = chosen_year(school, asked_year)
    signed = signed_report(school, year) if year else None
    return ReportSheet(
        school=school,
        year=year,
        years=years_of(school),
        content=signed.content if signed else report_content(school, year),
        signed=signed,
        sign_from=may_sign_from(year.ends_on) if year else None,
        may_write=actor.role == Role.PSYCHOLOGIST,
    )


def signed_report(school: School, year: SchoolYear) -> SignedReport | None:
    return SignedReport.objects.filter(school=school, year=year).select_related("signed_by").first()


def report_content(school: School, year: SchoolYear | None) -> dict[str, Any]:
    """What would be signed now."""
    text = ReportWords.objects.filter(school=school, year=year).first() if year else None
    plan = YearPlan.objects.filter(school=school, year=year).first() if year else None
    return {
        "school": school.names,
        "year": str(year or ""),
        "figures": work_figures(school, period_of(year)),
        "plan": plan_figures(plan),
        "words": dict(text.words) if text else {},
    }
