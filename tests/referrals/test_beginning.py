"""What a referral begins with."""

import pytest

from caseflow.cases.enums import RiskLevel
from caseflow.cases.services import set_risk
from caseflow.referrals.enums import Kind
from caseflow.referrals.services import begin_referral
from tests.cases.factories import case_of, psychologist

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("level", "kind", "urgent"),
    [
        (None, Kind.REFERRAL, False),
        (RiskLevel.MODERATE, Kind.REFERRAL, False),
        (RiskLevel.HIGH, Kind.REFERRAL, True),
        (RiskLevel.ACUTE, Kind.REFERRAL, True),
        (RiskLevel.ACUTE, Kind.TRANSFER, False),
    ],
)
def test_it_begins_as_urgent_where_the_risk_is_high_or_acute(level: RiskLevel | None, kind: Kind, urgent: bool) -> None:
    who = psychologist()
    case = case_of(who)
    if level:
        set_risk(who, case.pk, level=level, basis="Беседа", formulation="Травля, дома слышат")
    assert begin_referral(who, case.pk, kind).urgent is urgent
