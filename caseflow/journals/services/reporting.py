"""The annual report: own words are kept until it is signed; what was signed never changes."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School, SchoolYear
from caseflow.journals.enums import Section
from caseflow.journals.models import ReportWords, SignedReport
from caseflow.journals.rules import JournalRefused
from caseflow.journals.rules.reports import digest_of, may_sign_from
from caseflow.journals.selectors.reports import report_content, signed_report
from caseflow.journals.selectors.years import school_of, years_of
from caseflow.journals.services.noting import log


@transaction.atomic
def write_report(actor: Actor, year_id: int, words: Mapping[str, str]) -> ReportWords:
    """Keep what is said in own words, by section; sections that are not given stay.

    Raises SchoolYear.DoesNotExist for others than the school's psychologists, JournalRefused (signed already).
    """
    school, year = _hold_unsigned(actor, year_id)
    text, _new = ReportWords.objects.get_or_create(
        school=school, year=year, defaults={"written_by": actor.user, "written_at": timezone.now()}
    )
    said = {each.value: words[each.value].strip() for each in Section if each.value in words}
    text.words = {**text.words, **said}
    text.written_by, text.written_at = actor.user, timezone.now()
    text.save()
    log(actor, "annual_report_written", _label(school, year))
    return text


@transaction.atomic
def sign_report(actor: Actor, year_id: int) -> SignedReport:
    """Freeze figures, plan and words as they stand now.

    Raises SchoolYear.DoesNotExist for others than the school's psychologists, JournalRefused (signed already, the year
    has too long to go).
    """
    school, year = _hold_unsigned(actor, year_id)
    first = may_sign_from(year.ends_on)
    if timezone.localdate() < first:
        raise JournalRefused(
            gettext("The report of this year is signed from %(day)s on.") % {"day": f"{first:%d.%m.%Y}"}
        )
    content = report_content(school, year)
    signed = SignedReport.objects.create(
        school=school,
        year=year,
        content=content,
        digest=digest_of(content),
        signed_by=actor.user,
        signed_at=timezone.now(),
    )
    log(actor, "annual_report_signed", _label(school, year), digest=signed.digest)
    return signed


def _hold_unsigned(actor: Actor, year_id: int) -> tuple[School, SchoolYear]:
    if actor.role != Role.PSYCHOLOGIST:
        raise SchoolYear.DoesNotExist
    own = school_of(actor)
    school = School.objects.select_for_update(of=("self",), no_key=True).select_related("district").get(pk=own.pk)
    year = next((each for each in years_of(school) if each.pk == year_id), None)
    if year is None:
        raise SchoolYear.DoesNotExist
    if signed_report(school, year) is not None:
        raise JournalRefused(gettext("The report of this year is signed and does not change any more."))
    return school, year


def _label(school: School, year: SchoolYear) -> str:
    return f"annual report {school.pk}/{year}"
