"""Composing reports."""

from uuid import UUID

from django.db import transaction

from caseflow.audit.services import record
from caseflow.coordination.document import document_text, holds_what_is_shown
from caseflow.coordination.models import Report
from caseflow.coordination.selectors import ReportView, report_view
from caseflow.directory.actors import Actor
from caseflow.directory.models import District, Region
from caseflow.directory.selectors import members_of_region, recipients
from caseflow.indicators.rules.periods import Period
from caseflow.indicators.rules.readers import READERS
from caseflow.releases.models import Release
from caseflow.releases.selectors import counted_since, latest_release
from caseflow.releases.services import make_release, release_once
from caseflow.signing.rules import digest_of
from notifications.services import alert


@transaction.atomic
def compose_report(
    actor: Actor,
    *,
    region: Region,
    period: Period,
    district: District | None = None,
    comment: str = "",
    reason: str = "",
) -> Report:
    """Compose the report of a period that is over, of a region or one of its districts.

    Its figures are released if they were not; with a `reason` once more after corrections.

    Raises PeriodNotOverError, AlreadyReleasedError, QuartersMissingError, UnprotectableError. Earlier periods are shown
    as they were released; a quarter that never was, though it was counted, is frozen now.
    """
    release = _release(actor, region, period, district, reason)
    report = Report(
        release=release,
        district=district,
        before=_beside(actor, region, period.year_before),
        previous=_beside(actor, region, period.before),
        comment=comment,
        composed_by=actor.user,
    )
    report.document = document_text(report)
    report.sha256 = digest_of(report.document)
    report.save()
    detail = {"period": period.code, "version": release.version, "digest": report.sha256}
    record(action="release_report", actor_id=actor.user.pk, role=actor.role, obj=f"report {report.pk}", detail=detail)
    readers = recipients(members_of_region(region, READERS).exclude(user=actor.user))
    alert(recipients=readers, kind="report_released", params={"period": release.code}, url=f"/reports/{report.pk}/")
    return report


@transaction.atomic
def open_report(actor: Actor, report_id: UUID) -> ReportView:
    """A released report laid out; the reading is logged. Raises Report.DoesNotExist outside the actor's region."""
    view = report_view(actor, report_id)
    record(action="read", actor_id=actor.user.pk, role=actor.role, obj=f"report {report_id}")
    return view


def is_unchanged(report: Report) -> bool:
    """Whether the document is the one that was composed, and holds what page and files are made of."""
    return digest_of(report.document) == report.sha256 and holds_what_is_shown(report)


def _release(actor: Actor, region: Region, period: Period, district: District | None, reason: str) -> Release:
    """The figures of a new report: those in force if no such report shows them yet, else made now."""
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    held = latest_release(region, period)
    if held is None:
        return make_release(actor, region, period)
    if not reason and not Report.objects.filter(release=held, district=district).exists():
        return held
    return make_release(actor, region, period, reason=reason)


def _beside(actor: Actor, region: Region, period: Period) -> Release | None:
    held = latest_release(region, period)
    if held or period.is_year:
        return held
    since = counted_since(region)
    return release_once(actor, region, period) if since and since <= period.last_day else None
