"""The sign-off of a report: those who sit in the council, its chair after all others."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.coordination.models import Report
from caseflow.coordination.selectors import scoped_reports, subject_of
from caseflow.coordination.services.composing import is_unchanged
from caseflow.council.enums import Duty
from caseflow.council.models import Council, Member
from caseflow.council.selectors.people import members_on, possible_users
from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.directory.selectors import members_of_region, recipients
from caseflow.indicators.rules.periods import period_named
from caseflow.indicators.rules.readers import READERS
from caseflow.releases.selectors import latest_release
from caseflow.signing.enums import Turn
from caseflow.signing.errors import NotSignedError
from caseflow.signing.models import Signature
from caseflow.signing.selectors import Asked, RoundView, round_of
from caseflow.signing.services import Person, begin_round, excuse, refuse, sign, sign_with_key
from notifications.enums import AlertKind
from notifications.services import alert

WAITED_FOR: Final = timedelta(days=3)  # for somebody who still may sign


@transaction.atomic
def ask_for_signatures(actor: Actor, report_id: UUID) -> tuple[Asked, ...]:
    """Ask everybody who sits in the region's council and signs in here; they are told.

    Raises Report.DoesNotExist; NotSignedError where there is no council with a chair, the figures were corrected since,
    or signatures have been asked for.
    """
    report = _signable(actor, report_id)
    Region.objects.select_for_update(no_key=True).get(pk=report.release.region_id)  # two who ask at once: one waits
    council = Council.objects.filter(region=report.release.region_id).first()
    seated = _seated(council) if council else []
    if not any(member.duty == Duty.CHAIR for member in seated):
        raise NotSignedError(gettext("The council has no chair who signs in here. Enter one first."))
    begin_round(actor, subject_of(report), report.document, [_person(member) for member in seated])
    asked = _asked(report)
    _tell(report, {each.signer.user_id for each in asked if each.turn is Turn.NOW})
    return asked


@transaction.atomic
def sign_report(actor: Actor, report_id: UUID, seen_sha256: str) -> Signature:
    """Sign with the account. Raises Report.DoesNotExist, NotSignedError."""
    report = _signable(actor, report_id)
    signature = sign(actor, subject_of(report), report.document, seen_sha256)
    _tell_who_is_next(report)
    return signature


@transaction.atomic
def refuse_report(actor: Actor, report_id: UUID, seen_sha256: str, words: str) -> Signature:
    """Not sign, and say why. Raises Report.DoesNotExist, NotSignedError."""
    report = _signable(actor, report_id)
    signature = refuse(actor, subject_of(report), report.document, seen_sha256, words)
    _tell_who_is_next(report)
    return signature


def sign_report_with_key(actor: Actor, report_id: UUID, seen_sha256: str, cms: bytes) -> Signature:
    """Sign by a detached signature of the report's document. Raises Report.DoesNotExist, NotSignedError."""
    report = _signable(actor, report_id)
    signature = sign_with_key(actor, subject_of(report), report.document, seen_sha256, cms)
    _tell_who_is_next(report)
    return signature


@transaction.atomic
def excuse_signer(actor: Actor, report_id: UUID, signer_id: UUID, words: str) -> Signature:
    """Enter that somebody cannot be asked any more, so that the others can go on: at once who may not sign here any
    more, the chair too; whoever still may has three days.

    Raises Report.DoesNotExist, NotSignedError.
    """
    report = _signable(actor, report_id)
    signed = round_of(subject_of(report), report.sha256)
    left = signer_id in left_signers(report, signed)
    if signed and not left and timezone.now() < signed.round.begun_at + WAITED_FOR:
        raise NotSignedError(gettext("They can still sign. They have three days from when they were asked."))
    signature = excuse(actor, subject_of(report), report.document, signer_id, words, left=left)
    _tell_who_is_next(report)
    return signature


def left_signers(report: Report, signed: RoundView | None) -> set[UUID]:
    """Those who were asked, have not answered, and read no reports of the region any more. Two queries at most."""
    waited = {each.signer.user_id: each.signer.pk for each in signed.asked if not each.signature} if signed else {}
    able = members_of_region(report.release.region, READERS).filter(user__in=waited)
    here = set(able.values_list("user", flat=True)) if waited else set()
    return {signer for user, signer in waited.items() if user not in here}


def _signable(actor: Actor, report_id: UUID) -> Report:
    """The report, if its figures are in force and it is what was composed."""
    report = scoped_reports(actor).get(pk=report_id)
    if latest_release(report.release.region, period_named(report.release.period)) != report.release:
        raise NotSignedError(gettext("These figures were corrected. Let the version in force be signed."))
    if not is_unchanged(report):
        raise NotSignedError(gettext("The document is not the one that you read. Read it again."))
    return report


def _seated(council: Council) -> list[Member]:
    """Who sits there for good and signs in here as somebody who reads reports, each once, the chair last."""
    able = possible_users(council)
    there = members_on(council, timezone.localdate()).filter(user__in=able)
    by_user = {member.user_id: member for member in sorted(there, key=lambda member: (member.until is None, member.pk))}
    chairs = [member for member in by_user.values() if member.duty == Duty.CHAIR]
    return [member for member in by_user.values() if member.duty != Duty.CHAIR] + chairs[-1:]


def _person(member: Member) -> Person:
    assert member.user is not None  # noqa: S101  only those were taken
    return Person(
        user=member.user,
        name=member.name,
        position=member.position,
        body_kk=member.agency.name_kk if member.agency else "",
        body_ru=member.agency.name_ru if member.agency else "",
        last=member.duty == Duty.CHAIR,
    )


def _asked(report: Report) -> tuple[Asked, ...]:
    view = round_of(subject_of(report), report.sha256)
    return view.asked if view else ()


def _tell_who_is_next(report: Report) -> None:
    """The chair is told when all others have answered."""
    last = {each.signer.user_id for each in _asked(report) if each.signer.last and each.turn is Turn.NOW}
    _tell(report, last)


def _tell(report: Report, users: Collection[int]) -> None:
    alert(
        recipients=recipients(members_of_region(report.release.region, READERS).filter(user__in=users)),
        kind=AlertKind.REPORT_TO_SIGN,
        params={"period": report.release.code},
        url=f"/reports/{report.pk}/",
    )
