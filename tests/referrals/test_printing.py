"""A referral on paper: who may print it, in which languages, and that it is logged."""

from io import BytesIO

import pytest
from django.urls import reverse
from pdfminer.high_level import extract_text

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.services import set_risk
from caseflow.directory.enums import Role
from caseflow.referrals.enums import Ground
from caseflow.referrals.rules import Draft
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import actor, signed_in
from tests.referrals.factories import ASKED, REASON, WHY, agree, drafted, officer_of, sent, withdraw

pytestmark = pytest.mark.django_db


def test_both_sides_print_it_in_kazakh_russian_or_both() -> None:
    who = psychologist()
    case = case_of(who)
    officer = officer_of(case)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    told = Draft(("reason", "risk"), ASKED, (("reason", REASON + "\n" + "щ" * 80),))
    referral = sent(who, case, officer, draft=told, urgent=True)
    url = reverse("referrals:paper", args=[referral.pk])
    both = signed_in(officer).get(url).content.decode()
    assert '<span lang="kk">Оқушының аты-жөні</span> / <span lang="ru">Имя ученика</span>' in both
    assert '<span lang="kk">Жоғары</span> / <span lang="ru">Высокий</span>' in both
    assert REASON in both
    assert WHY not in both
    assert str(case.number) + " " not in both.split("<article")[1].split("o-facts")[0]
    russian = signed_in(who).get(url, {"language": "ru"}).content.decode()
    assert "Имя ученика" in russian
    assert "Оқушының" not in russian
    answer = signed_in(officer).get(url, {"language": "kk-ru", "form": "pdf"})
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    text = extract_text(BytesIO(answer.content))
    assert "Оқушының аты-жөні / Имя ученика" in text
    assert officer.user.short_name in text
    assert referral.letter_sha256[:20] in text.replace("\u200b", "")
    kazakh = extract_text(BytesIO(signed_in(officer).get(url, {"language": "kk", "form": "pdf"}).content))
    assert "Имя ученика" not in kazakh
    logged = AuditEntry.objects.filter(action="referral_printed")
    assert list(logged.order_by("pk").values_list("actor", flat=True)) == [
        officer.user.pk,
        who.user.pk,
        officer.user.pk,
        officer.user.pk,
    ]


def test_a_draft_a_closed_text_and_a_stranger_print_nothing() -> None:
    who = psychologist()
    case = case_of(who)
    officer = officer_of(case)
    guardian = agree(case.pupil)
    waiting = sent(who, case, officer, ground=Ground.CONSENT, basis="", ground_words="")
    withdraw(case.pupil, guardian)
    draft = drafted(who, case, officer.membership.agency)
    for reader, referral in ((who, draft), (officer, draft), (officer, waiting), (psychologist(), waiting)):
        assert signed_in(reader).get(reverse("referrals:paper", args=[referral.pk])).status_code == 404
    stranger = actor(Role.PRINCIPAL, school=case.school)
    assert signed_in(stranger).get(reverse("referrals:paper", args=[waiting.pk])).status_code == 403
    assert signed_in(who).get(reverse("referrals:paper", args=[waiting.pk])).status_code == 200
    assert AuditEntry.objects.filter(action="referral_printed").count() == 1
