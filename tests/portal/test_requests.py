from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.clocks.models import Clock
from caseflow.clocks.selectors.overdue import overdue_clocks, rows_of
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.portal.models import PortalRequest
from caseflow.portal.services import AnsweredError, answer_request, ask
from notifications.models import Alert
from tests.directory.factories import GuardianFactory, GuardianshipFactory, PupilFactory, actor, parent_of, signed_in

pytestmark = pytest.mark.django_db
WORDS = "Прошу, чтобы вывод проверил человек."
ANSWER = "Психолог проверил вывод, он отклонён."


@pytest.fixture
def pupil() -> Pupil:
    return PupilFactory.create()


@pytest.fixture
def lead(pupil: Pupil) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, district=pupil.school.district)


def test_a_request_starts_the_clock_for_its_answer_and_its_words_are_sealed(pupil: Pupil) -> None:
    request = ask(parent_of(pupil), pupil_id=pupil.pk, kind="human_review", words=WORDS)

    assert (request.clock.code, request.clock.stopped_at) == ("data_subject_answer", None)
    assert WORDS.encode() not in bytes(request.words_sealed)


def test_it_goes_from_the_parent_to_the_lead_and_back_through_the_pages(pupil: Pupil, lead: Actor) -> None:
    parent = signed_in(parent_of(pupil))
    sent = parent.post(reverse("portal:ask", args=[pupil.pk]), {"kind": "human_review", "words": WORDS})
    assert sent.status_code == 302
    request = PortalRequest.objects.get()
    desk = signed_in(lead)
    assert WORDS in desk.get(reverse("portal:requests")).content.decode()
    answer = reverse("portal:answer", args=[request.pk])

    assert desk.post(answer, {"words": ""}).status_code == 422
    assert desk.post(answer, {"words": ANSWER}).status_code == 302

    request.refresh_from_db()
    assert request.clock.stopped_at == request.answered_at
    assert ANSWER in parent.get(reverse("portal:home")).content.decode()


def test_a_request_is_answered_once(pupil: Pupil, lead: Actor) -> None:
    request = ask(parent_of(pupil), pupil_id=pupil.pk, kind="objection", words=WORDS)
    answer_request(lead, request.pk, ANSWER)

    with pytest.raises(AnsweredError):
        answer_request(lead, request.pk, "Another answer")
    late = signed_in(lead).post(reverse("portal:answer", args=[request.pk]), {"words": "Another answer"}, follow=True)
    assert "Somebody has answered this already" in late.content.decode()


def test_the_officer_reads_every_request_and_answers_none(pupil: Pupil) -> None:
    request = ask(parent_of(pupil), pupil_id=pupil.pk, kind="erasure", words=WORDS)
    officer = signed_in(actor(Role.DPO))

    html = officer.get(reverse("portal:requests")).content.decode()

    assert WORDS in html
    assert "Send the answer" not in html
    assert officer.post(reverse("portal:answer", args=[request.pk]), {"words": ANSWER}).status_code == 403


def test_a_lead_elsewhere_sees_and_answers_nothing(pupil: Pupil) -> None:
    request = ask(parent_of(pupil), pupil_id=pupil.pk, kind="erasure", words=WORDS)
    elsewhere = signed_in(actor(Role.LEAD_PSYCHOLOGIST, district=PupilFactory.create().school.district))

    assert "No requests" in elsewhere.get(reverse("portal:requests")).content.decode()
    assert elsewhere.post(reverse("portal:answer", args=[request.pk]), {"words": ANSWER}).status_code == 404


def test_an_empty_request_says_what_is_missing_and_keeps_what_was_typed(pupil: Pupil) -> None:
    answer = signed_in(parent_of(pupil)).post(
        reverse("portal:ask", args=[pupil.pk]), {"kind": "objection", "words": "no"}
    )

    assert answer.status_code == 422
    assert "c-error" in answer.content.decode()
    assert ">no</textarea>" in answer.content.decode().replace("\n", "")
    assert not PortalRequest.objects.exists()


def test_another_guardians_request_is_not_shown(pupil: Pupil) -> None:
    ask(parent_of(pupil), pupil_id=pupil.pk, kind="erasure", words=WORDS)

    assert WORDS not in signed_in(parent_of(pupil)).get(reverse("portal:home")).content.decode()


def test_the_leads_are_told_when_the_answer_is_overdue(pupil: Pupil, lead: Actor) -> None:
    ask(parent_of(pupil), pupil_id=pupil.pk, kind="erasure", words=WORDS)

    sweep(timezone.now() + timedelta(days=60))

    told = Alert.objects.filter(recipient=lead.user, url=reverse("portal:requests"))
    assert "deadline_missed" in told.values_list("kind", flat=True)


def test_an_overdue_answer_stands_on_the_leads_page_and_leads_to_the_request(pupil: Pupil, lead: Actor) -> None:
    request = ask(parent_of(pupil), pupil_id=pupil.pk, kind="human_review", words=WORDS)
    ended = timezone.now() - timedelta(days=1)
    Clock.objects.filter(pk=request.clock_id).update(started_at=ended, warn_at=ended, due_at=ended)

    (row,) = rows_of(lead, list(overdue_clocks(lead)))
    assert (row.clock.pk, row.look.url) == (request.clock_id, reverse("portal:requests"))
    GuardianshipFactory.create(pupil=pupil, guardian=GuardianFactory.create(user=lead.user))
    assert list(overdue_clocks(lead)) == []


def test_a_missed_answer_climbs_from_district_to_region_but_to_no_parent(pupil: Pupil, lead: Actor) -> None:
    mother = actor(Role.LEAD_PSYCHOLOGIST, district=pupil.school.district)
    GuardianshipFactory.create(pupil=pupil, guardian=GuardianFactory.create(user=mother.user))
    region = actor(Role.LEAD_PSYCHOLOGIST, region=pupil.school.district.region)
    due = ask(parent_of(pupil), pupil_id=pupil.pk, kind="objection", words=WORDS).clock.due_at

    told = Alert.objects.filter(kind="deadline_missed").order_by("pk").values_list("recipient", flat=True)
    sweep(due + timedelta(minutes=1))
    assert list(told.all()) == [lead.user.pk]
    sweep(due + timedelta(days=5))
    assert list(told.all()) == [lead.user.pk, region.user.pk]
