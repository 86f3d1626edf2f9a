"""Referrals for tests, made the way the product makes them. Everything is invented."""

from typing import Any
from uuid import UUID

from caseflow.cases.models import Case
from caseflow.consent.enums import EventKind, Purpose
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Agency, Pupil, School
from caseflow.referrals.enums import Ground, Kind
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import Draft
from caseflow.referrals.selectors.writing import writing_of
from caseflow.referrals.services import Written, begin_referral, send_referral, write_referral
from tests.consent.factories import given, line
from tests.directory.factories import AgencyFactory, GuardianshipFactory, actor

ASKED, REASON, WHY = "Консультация детского психиатра", "Вторую неделю не спит", "Говорит, что не хочет жить"


def officer_of(case: Case, kind: AgencyKind = AgencyKind.HEALTH) -> Actor:
    """An officer of a new agency in the district of the case's school."""
    district = case.school.district
    agency = AgencyFactory.create(kind=kind, region=district.region, district=district, name_ru="Поликлиника")
    return actor(Role.AGENCY_OFFICER, agency=agency)


def agree(pupil: Pupil) -> UUID:
    """A guardian consents to share with named agencies. Returns the guardian."""
    guardianship = GuardianshipFactory.create(pupil=pupil)
    given(pupil, guardianship.guardian_id, Purpose.AGENCY_SHARING)
    return guardianship.guardian_id


def withdraw(pupil: Pupil, guardian_id: UUID) -> None:
    line(pupil, EventKind.WITHDRAWN, guardian_id=guardian_id, purpose=Purpose.AGENCY_SHARING)


def written(receiver: Agency | School | None, **changes: Any) -> Written:
    """A referral on a legal ground with what is asked, complete unless `changes` say otherwise."""
    unit = {"agency_id": receiver.pk} if isinstance(receiver, Agency) else {"school_id": receiver and receiver.pk}
    school = isinstance(receiver, School)
    facts = {
        "ground": Ground.LEGAL,
        "basis": "change_of_school" if school else "danger_to_life",
        "ground_words": WHY,
        "draft": Draft(("reason",), ASKED, (("reason", REASON),)),
    }
    return Written(**(unit | facts | changes))


def drafted(
    who: Actor, case: Case, receiver: Agency | School | None, kind: Kind = Kind.REFERRAL, **changes: Any
) -> Referral:
    """A draft with that receiver."""
    referral = begin_referral(who, case.pk, kind)
    return write_referral(who, referral.pk, written(receiver, **changes))


def sent(who: Actor, case: Case, officer: Actor, **changes: Any) -> Referral:
    """A referral sent to the officer's agency."""
    return _send(who, drafted(who, case, officer.membership.agency, **changes))


def offered(who: Actor, case: Case, school: School | None) -> Referral:
    """The case, offered to that school."""
    assert school is not None
    return _send(who, drafted(who, case, school, Kind.TRANSFER))


def seen(referral: Referral) -> str:
    """The digest of what the preview shows."""
    there = Referral.objects.select_related("created_by").get(pk=referral.pk)
    membership = there.created_by.memberships.filter(role=Role.PSYCHOLOGIST).first()
    assert membership is not None
    return writing_of(Actor(there.created_by, membership), there).letter.sha256


def _send(who: Actor, referral: Referral) -> Referral:
    return send_referral(who, referral.pk, seen_sha256=seen(referral))
