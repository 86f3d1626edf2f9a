"""The sign-off of a report: the council's members, its chair after them, each bound to the bytes that they read."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from caseflow.audit.models import AuditEntry
from caseflow.coordination.models import Report
from caseflow.coordination.services import ask_for_signatures, compose_report, sign_report
from caseflow.council.enums import Duty
from caseflow.council.models import Council, Member
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region
from caseflow.signing.errors import NotSignedError
from caseflow.signing.models import Round, Signature
from caseflow.signing.services import begin_round
from notifications.models import Alert
from tests.coordination.test_reports import QUARTER
from tests.directory.factories import AgencyFactory, DistrictFactory, RegionFactory, actor, signed_in
from tests.signing.keys import Holder, authority, holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return RegionFactory.create()


@pytest.fixture
def chair(region: Region) -> Actor:
    return actor(Role.COUNCIL_CHAIR, region=region)


@pytest.fixture
def member(region: Region) -> Actor:
    return actor(Role.COUNCIL_MEMBER, region=region)


@pytest.fixture
def council(region: Region, chair: Actor, member: Actor) -> Council:
    council = Council.objects.create(region=region, name_kk="Кеңес", name_ru="Совет")
    police = AgencyFactory.create(region=region, name_kk="Полиция департаменті", name_ru="Департамент полиции")
    seat(council, chair, Duty.CHAIR)
    seat(council, member, Duty.MEMBER, agency=police)
    Member.objects.create(council=council, name="Бумажный Б.", position="НПО", since="2020-01-01")
    return council


def seat(council: Council, who: Actor, duty: Duty, **more: object) -> Member:
    return Member.objects.create(
        council=council, user=who.user, name=str(who.user), position="Должность", duty=duty, since="2020-01-01", **more
    )


@pytest.fixture
def report(region: Region, chair: Actor) -> Report:
    return compose_report(chair, region=region, period=QUARTER)


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Holder:
    """A key whose certificate leads to the one root that is trusted."""
    settings.SIGNATURE_ROOTS = str(tmp_path)
    root = authority()
    (tmp_path / "root.pem").write_bytes(root.pem)
    return holder(root)


def answer(who: Actor, report: Report, kind: str, **more: object) -> Any:
    form = {"seen": report.sha256, "answer": kind, **more}
    return signed_in(who).post(f"/reports/{report.pk}/sign/", form)


def test_members_sign_first_and_the_chair_last(council: Council, report: Report, chair: Actor, member: Actor) -> None:
    Alert.objects.all().delete()
    assert signed_in(chair).post(f"/reports/{report.pk}/ask/").status_code == 302
    asked = list(Round.objects.get().signers.values_list("user", "last", "body_ru"))
    assert asked == [(member.user.pk, False, "Департамент полиции"), (chair.user.pk, True, "")]
    assert set(Alert.objects.values_list("kind", "recipient")) == {("report_to_sign", member.user.pk)}

    early = answer(chair, report, "sign")
    assert early.status_code == 422
    assert "You sign after all others." in early.content.decode()

    assert answer(member, report, "sign").status_code == 302
    assert Alert.objects.filter(kind="report_to_sign", recipient=chair.user).count() == 1
    assert answer(chair, report, "sign").status_code == 302
    assert Signature.objects.count() == 2
    page = signed_in(member).get(f"/reports/{report.pk}/").content.decode()
    assert "2 of 2" in page
    assert "with the account" in page
    twice = answer(member, report, "sign")
    assert twice.status_code == 422
    acts = AuditEntry.objects.filter(obj=f"report {report.pk}", action__contains="sign").values_list(
        "action", flat=True
    )
    assert sorted(acts) == ["document_signed", "document_signed", "signatures_asked"]


def test_who_does_not_sign_says_why_and_the_chair_goes_on(
    council: Council, report: Report, chair: Actor, member: Actor
) -> None:
    ask_for_signatures(chair, report.pk)
    silent = answer(member, report, "refuse", words=" ")
    assert silent.status_code == 422
    assert "Say why you do not sign." in silent.content.decode()
    assert answer(member, report, "refuse", words="Цифры по Жанаозену неполны.").status_code == 302
    page = signed_in(chair).get(f"/reports/{report.pk}/").content.decode()
    assert "Цифры по Жанаозену неполны." in page
    assert answer(chair, report, "sign").status_code == 302


def test_another_document_than_the_one_read_is_not_signed(
    council: Council, report: Report, chair: Actor, member: Actor
) -> None:
    ask_for_signatures(chair, report.pk)
    with pytest.raises(NotSignedError, match="Read it again"):
        sign_report(member, report.pk, "0" * 64)
    assert not Signature.objects.exists()


def test_only_who_sits_in_the_council_is_asked(council: Council, report: Report, chair: Actor, region: Region) -> None:
    ask_for_signatures(chair, report.pk)
    analyst = actor(Role.ANALYST, region=region)
    assert answer(analyst, report, "sign").status_code == 422
    stranger = actor(Role.COUNCIL_MEMBER, region=RegionFactory.create())
    assert answer(stranger, report, "sign").status_code == 404
    assert signed_in(analyst).post(f"/reports/{report.pk}/ask/").status_code == 403
    again = signed_in(chair).post(f"/reports/{report.pk}/ask/")
    assert again.status_code == 422
    assert "asked for already" in again.content.decode()


def test_a_council_without_a_chair_signs_nothing(region: Region, report: Report, chair: Actor) -> None:
    refused = signed_in(chair).post(f"/reports/{report.pk}/ask/")
    assert refused.status_code == 422
    assert "no chair" in refused.content.decode()
    assert not Round.objects.exists()


def test_a_round_asks_somebody(chair: Actor) -> None:
    with pytest.raises(NotSignedError, match="Nobody who signs in"):
        begin_round(chair, "report:1", "{}", [])


def test_a_corrected_version_is_signed_anew(council: Council, region: Region, report: Report, chair: Actor) -> None:
    second = compose_report(chair, region=region, period=QUARTER, reason="Сообщения пришли поздно.")
    with pytest.raises(NotSignedError, match="version in force"):
        ask_for_signatures(chair, report.pk)
    ask_for_signatures(chair, second.pk)
    assert Round.objects.get().sha256 == second.sha256


def test_a_signature_of_the_own_key_is_verified_kept_and_given_back(
    council: Council, report: Report, chair: Actor, member: Actor, own: Holder
) -> None:
    ask_for_signatures(chair, report.pk)
    document = signed_in(member).get(f"/reports/{report.pk}/json/").content
    wrong = SimpleUploadedFile("x.p7s", own.signs(document + b"\n"))
    refused = answer(member, report, "key", cms=wrong)
    assert refused.status_code == 422
    assert "another document" in refused.content.decode()
    assert "no detached signature" in answer(member, report, "key").content.decode()
    cms = own.signs(document)
    assert answer(member, report, "key", cms=SimpleUploadedFile("x.p7s", cms)).status_code == 302
    signature = Signature.objects.get()
    assert (signature.means, signature.subject) == ("key", "Оспанов К.")
    address = f"/reports/{report.pk}/signed/{signature.pk}/"
    assert signed_in(chair).get(address).content == cms
    page = signed_in(chair).get(f"/reports/{report.pk}/").content.decode()
    assert address in page
    assert "with the own key" in page
    assert "900101300123" not in page
    answer(chair, report, "sign")
    by_account = Signature.objects.get(means="account")
    assert signed_in(chair).get(f"/reports/{report.pk}/signed/{by_account.pk}/").status_code == 404


def test_a_certificate_answers_for_one_person(
    council: Council, report: Report, chair: Actor, member: Actor, own: Holder
) -> None:
    ask_for_signatures(chair, report.pk)
    for who, status in ((member, 302), (chair, 422)):
        cms = SimpleUploadedFile("x.p7s", own.signs(report.document.encode()))
        assert answer(who, report, "key", cms=cms).status_code == status
    assert Signature.objects.get().signer.user == member.user


def test_figures_corrected_since_are_signed_no_more(
    council: Council, region: Region, report: Report, chair: Actor, member: Actor
) -> None:
    district = DistrictFactory.create(region=region)
    of_district = compose_report(chair, region=region, period=QUARTER, district=district)
    ask_for_signatures(chair, report.pk)
    ask_for_signatures(chair, of_district.pk)
    compose_report(chair, region=region, period=QUARTER, reason="Сообщения пришли поздно.")
    for each in (report, of_district):
        with pytest.raises(NotSignedError, match="corrected"):
            sign_report(member, each.pk, each.sha256)


def test_figures_changed_behind_the_document_are_found(
    council: Council, report: Report, chair: Actor, member: Actor
) -> None:
    ask_for_signatures(chair, report.pk)
    _without_trigger("releases_release", "UPDATE releases_release SET reason = 'x'")
    page = signed_in(chair).get(f"/reports/{report.pk}/").content.decode()
    assert "The report is not the one that was signed" in page
    with pytest.raises(NotSignedError, match="Read it again"):
        sign_report(member, report.pk, report.sha256)


def test_a_report_changed_behind_the_program_says_so(
    council: Council, report: Report, chair: Actor, member: Actor
) -> None:
    ask_for_signatures(chair, report.pk)
    sign_report(member, report.pk, report.sha256)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE coordination_report SET document = 'x'")
    _without_trigger("coordination_report", "UPDATE coordination_report SET document = replace(document, ':', ': ')")
    page = signed_in(chair).get(f"/reports/{report.pk}/").content.decode()
    assert "The report is not the one that was signed" in page
    refused = answer(chair, report, "sign")
    assert "Read it again" in refused.content.decode()


def _without_trigger(table: str, statement: str) -> None:
    """As somebody would who has the database in hand."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_stays{on}")
        cursor.execute(statement)


def test_signatures_are_never_changed(council: Council, report: Report, chair: Actor, member: Actor) -> None:
    ask_for_signatures(chair, report.pk)
    sign_report(member, report.pk, report.sha256)
    for statement in (
        "UPDATE signing_round SET sha256 = 'x'",
        "UPDATE signing_signer SET name = 'x'",
        "UPDATE signing_signature SET words = 'x'",
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_api_says_who_signed(council: Council, report: Report, chair: Actor, member: Actor) -> None:
    address = f"/api/v1/reports/{report.pk}/"
    assert signed_in(chair).get(address).json()["signatures"] == []
    ask_for_signatures(chair, report.pk)
    sign_report(member, report.pk, report.sha256)
    found = signed_in(chair).get(address).json()["signatures"]
    assert [(each["answer"], each["means"]) for each in found] == [("signed", "account"), (None, None)]
    assert found[0]["at"]
