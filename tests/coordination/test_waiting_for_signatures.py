"""Who is waited for when a report is signed, for how long, and who is asked at all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.coordination.models import Report
from caseflow.coordination.services import ask_for_signatures, excuse_signer, sign_report, signing
from caseflow.council.enums import Duty
from caseflow.council.models import Council, Member
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, Region
from caseflow.signing.errors import NotSignedError
from caseflow.signing.models import Signature
from tests.coordination.test_signatures import answer, chair, council, member, region, report, seat
from tests.directory.factories import actor, signed_in

__all__ = ["chair", "council", "member", "region", "report"]  # fixtures
pytestmark = pytest.mark.django_db


def test_nobody_waits_for_who_cannot_be_asked_any_more(
    council: Council, report: Report, chair: Actor, member: Actor
) -> None:
    signer = ask_for_signatures(chair, report.pk)[0].signer
    address = f"/reports/{report.pk}/excuse/{signer.pk}/"
    assert signed_in(member).post(address, {"words": "x"}).status_code == 403
    client = signed_in(chair)
    for nothing in (" ", "a\0b"):
        assert client.post(address, {"words": nothing}).status_code == 422
    early = client.post(address, {"words": "Не отвечает."})
    assert early.status_code == 422
    assert "They can still sign." in early.content.decode()
    Membership.objects.filter(user=member.user).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert client.post(address, {"words": "Уволился."}).status_code == 302
    page = client.get(f"/reports/{report.pk}/").content.decode()
    assert "cannot be asked any more" in page
    assert "Уволился." in page
    assert f"entered by {chair.user.short_name}" in page
    assert answer(member, report, "sign").status_code == 403
    assert answer(chair, report, "sign").status_code == 302
    assert client.post(address, {"words": "Ещё раз."}).status_code == 422


def test_whoever_still_may_sign_has_three_days(
    council: Council, report: Report, chair: Actor, member: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer = ask_for_signatures(chair, report.pk)[0].signer
    assert timedelta(days=3) == signing.WAITED_FOR
    with pytest.raises(NotSignedError, match="can still sign"):
        excuse_signer(chair, report.pk, signer.pk, "Молчит")
    monkeypatch.setattr(signing, "WAITED_FOR", timedelta(0))  # no row of a round can be set back
    with pytest.raises(NotSignedError, match="Say why"):
        excuse_signer(chair, report.pk, signer.pk, " ")
    assert excuse_signer(chair, report.pk, signer.pk, "Молчит").answer == "excused"
    with pytest.raises(NotSignedError, match="not possible"):
        excuse_signer(chair, report.pk, signer.pk, "Ещё раз")


def test_a_chair_who_left_does_not_hold_the_report_up(
    council: Council, report: Report, chair: Actor, member: Actor, region: Region
) -> None:
    prosecutor = actor(Role.PROSECUTOR, region=region)
    last = ask_for_signatures(chair, report.pk)[-1].signer
    sign_report(member, report.pk, report.sha256)
    client, address = signed_in(prosecutor), f"/reports/{report.pk}/excuse/{last.pk}/"
    assert address not in client.get(f"/reports/{report.pk}/").content.decode()
    assert client.post(address, {"words": "Ушёл"}).status_code == 422
    chair.user.is_active = False
    chair.user.save()
    assert address in client.get(f"/reports/{report.pk}/").content.decode()
    assert client.post(address, {"words": "Ушёл"}).status_code == 302
    assert Signature.objects.get(signer=last).words == "Ушёл"


def test_who_may_not_sign_in_any_more_is_not_asked(
    council: Council, report: Report, chair: Actor, member: Actor
) -> None:
    member.user.is_active = False
    member.user.save()
    assert [each.signer.user_id for each in ask_for_signatures(chair, report.pk)] == [chair.user.pk]


def test_on_the_day_of_a_handover_each_is_asked_once_and_one_chair(
    council: Council, report: Report, chair: Actor, region: Region
) -> None:
    Member.objects.filter(user=chair.user).update(until=timezone.localdate())
    seat(council, chair, Duty.MEMBER)
    successor = actor(Role.COUNCIL_CHAIR, region=region)
    seat(council, successor, Duty.CHAIR)
    asked = ask_for_signatures(chair, report.pk)
    assert len({each.signer.user_id for each in asked}) == len(asked) == 3
    assert [each.signer.user_id for each in asked if each.signer.last] == [successor.user.pk]
