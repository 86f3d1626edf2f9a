"""Between a reporter without a name and those who decide: sealed, scoped, told to the right people."""

import re
import secrets
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.clocks.models import DutyCall
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.enums import PartyRole
from caseflow.incidents.models import AnonymousChannel, ChannelMessage, Incident, Party, Picture
from caseflow.incidents.rules.return_code import words_of_code
from caseflow.incidents.selectors.talk import talk_of
from caseflow.incidents.services import BadReportError, open_incident
from caseflow.incidents.services.anonymous import (
    Said,
    TooManyError,
    answer_reporter,
    call_for_help,
    chatting,
    find_channel,
    limits,
    open_picture,
    say,
)
from caseflow.records.files import read_file
from caseflow.triage.services import filing
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.directory.factories import SchoolFactory, actor
from tests.incidents.anonymous_factories import LATER, anonymous_report, drawn_photo, link_for, taken, written
from tests.incidents.factories import reported, teacher_at

pytestmark = pytest.mark.django_db
ANSWER = "Спасибо, что написали"


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture(autouse=True)
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def lead(school: School) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, district=school.district)


@pytest.fixture
def incident(school: School) -> Incident:
    return anonymous_report(school)


def channel_of(incident: Incident) -> AnonymousChannel:
    assert incident.channel is not None
    return incident.channel


def test_both_sides_read_what_was_written_in_its_order(incident: Incident, psychologist: Actor) -> None:
    written(incident)
    answer_reporter(psychologist, incident.pk, f"  {ANSWER} ")
    written(incident, "Спасибо")
    lines = [(line.by_role, line.name, line.text) for line in talk_of(incident).lines]
    assert lines == [("", "", LATER), ("psychologist", psychologist.user.short_name, ANSWER), ("", "", "Спасибо")]
    detail = open_incident(psychologist, incident.pk)
    assert detail.talk == talk_of(incident)


def test_what_is_written_is_sealed(incident: Incident, psychologist: Actor) -> None:
    written(incident)
    answer_reporter(psychologist, incident.pk, ANSWER)
    sealed = b"".join(bytes(message.text_sealed) for message in ChannelMessage.objects.all())
    assert LATER.encode() not in sealed
    assert ANSWER.encode() not in sealed


def test_a_message_is_told_to_those_who_decide_without_a_word_of_it(incident: Incident, psychologist: Actor) -> None:
    written(incident)
    told = Alert.objects.get(kind=AlertKind.REPORT_MESSAGE)
    assert told.recipient == psychologist.user
    assert told.params == {"number": incident.number, "school": incident.school.names}
    assert str(incident.pk) in told.url


def test_of_a_report_about_staff_the_lead_alone_is_told(school: School, lead: Actor) -> None:
    written(anonymous_report(school, about_staff=True))
    assert [told.recipient for told in Alert.objects.filter(kind=AlertKind.REPORT_MESSAGE)] == [lead.user]


def test_a_page_sent_twice_is_one_message(incident: Incident) -> None:
    nonce = secrets.token_urlsafe(8)
    for _time in range(2):
        say(channel_of(incident), nonce, Said(words=LATER))
    say(channel_of(incident), nonce, Said(words="Другое"))
    assert [line.text for line in talk_of(incident).lines] == [LATER, "Другое"]


def test_a_message_that_could_not_be_kept_is_not_taken_for_a_repeated_one(
    incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_incident: Incident) -> None:
        raise IntegrityError

    monkeypatch.setattr(chatting, "_tell", fail)
    with pytest.raises(IntegrityError):
        written(incident)
    assert talk_of(incident).lines == ()


def test_nothing_is_no_message(incident: Incident, psychologist: Actor) -> None:
    with pytest.raises(BadReportError):
        say(channel_of(incident), "page", Said())
    with pytest.raises(BadReportError):
        answer_reporter(psychologist, incident.pk, " \n")


def test_one_reporter_writes_so_much_in_a_quarter_hour(incident: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MESSAGES", 2)
    for text in ("раз", "два"):
        written(incident, text)
    with pytest.raises(TooManyError):
        written(incident, "три")
    assert len(talk_of(incident).lines) == 2


@pytest.mark.parametrize("role", [Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL, Role.SCHOOL_ADMIN])
def test_who_follows_a_report_neither_reads_nor_answers_the_reporter(incident: Incident, role: Role) -> None:
    who = actor(role, school=incident.school)
    assert open_incident(who, incident.pk).talk is None
    with pytest.raises(Incident.DoesNotExist):
        answer_reporter(who, incident.pk, ANSWER)


def test_only_who_has_the_report_in_scope_answers(incident: Incident, school: School, psychologist: Actor) -> None:
    elsewhere = actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())
    for who, pk in ((elsewhere, incident.pk), (psychologist, uuid4())):
        with pytest.raises(Incident.DoesNotExist):
            answer_reporter(who, pk, ANSWER)
    about_staff = anonymous_report(school, about_staff=True)
    with pytest.raises(Incident.DoesNotExist):
        answer_reporter(psychologist, about_staff.pk, ANSWER)


def test_a_report_by_name_has_no_reporter_to_answer(school: School, psychologist: Actor) -> None:
    named = reported(teacher_at(school))
    assert open_incident(psychologist, named.pk).talk is None
    with pytest.raises(Incident.DoesNotExist):
        answer_reporter(psychologist, named.pk, ANSWER)


def test_pictures_of_the_report_and_of_a_message_are_sealed_and_opened_in_scope(
    school: School, psychologist: Actor
) -> None:
    picture = drawn_photo()
    incident = anonymous_report(school, pictures=[picture])
    written(incident, "", pictures=[picture, picture])
    talk = talk_of(incident)
    assert (len(talk.pictures), [len(line.pictures) for line in talk.lines]) == (1, [2])
    found, content = open_picture(psychologist, incident.pk, talk.pictures[0])
    assert (found.media_type, content) == ("image/jpeg", picture.content)
    assert read_file(incident.data_key, found.file) == picture.content
    entry = AuditEntry.objects.get(action="incident.picture_opened")
    assert (entry.actor, entry.detail) == (psychologist.user, {"picture": str(found.pk)})


def test_nobody_else_opens_a_picture_nor_through_another_report(school: School, psychologist: Actor) -> None:
    incident, other = anonymous_report(school, pictures=[drawn_photo()]), anonymous_report(school)
    picture: UUID = talk_of(incident).pictures[0]
    for who in (actor(Role.PRINCIPAL, school=school), actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())):
        with pytest.raises(Incident.DoesNotExist):
            open_picture(who, incident.pk, picture)
    with pytest.raises(Picture.DoesNotExist):
        open_picture(psychologist, other.pk, picture)


def test_a_code_that_leads_nowhere_is_counted_and_one_that_leads_somewhere_is_not(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CODES", 2)
    found = taken(link_for(school))
    right, wrong = words_of_code(found.code, "ru"), words_of_code(found.code ^ 1, "ru")
    for _time in range(5):
        assert find_channel(right, proven=True) == found.incident.channel
    for _time in range(2):
        with pytest.raises(AnonymousChannel.DoesNotExist):
            find_channel(wrong, proven=True)
    with pytest.raises(TooManyError):
        find_channel(wrong, proven=True)


def test_words_that_are_no_code_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CODES_PLAIN", 0)
    with pytest.raises(AnonymousChannel.DoesNotExist):
        find_channel("раз два три", proven=False)


def test_codes_without_work_have_a_share_of_their_own(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CODES_PLAIN", 0)
    found = taken(link_for(school))
    words = words_of_code(found.code, "en")
    with pytest.raises(TooManyError):
        find_channel(words, proven=False)
    assert find_channel(words, proven=True) == found.incident.channel


def test_who_is_in_danger_now_rings_those_on_duty_in_and_out_of_hours(
    incident: Incident, lead: Actor, psychologist: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    duty = actor(Role.DUTY_PERSON, school=incident.school)
    for closed, calls in ((False, 0), (True, 1), (True, 1)):
        Alert.objects.all().delete()
        monkeypatch.setattr(filing, "out_of_hours", lambda _school, closed=closed: closed)
        call_for_help(channel_of(incident))
        rung = Alert.objects.filter(kind=AlertKind.INCIDENT_NEW).values_list("recipient", flat=True)
        assert set(rung) == {psychologist.user.pk, lead.user.pk, duty.user.pk}
        assert DutyCall.objects.count() == calls, "one that rings is not rung a second time"
    assert AnonymousChannel.objects.get().danger
    assert AuditEntry.objects.filter(action="incident.reporter_in_danger", actor=None).count() == 3


def test_of_danger_nobody_learns_whom_the_report_names(incident: Incident, lead: Actor, psychologist: Actor) -> None:
    Party.objects.create(incident=incident, role=PartyRole.SAID_TO_HAVE_HARMED, employee=psychologist.user)
    call_for_help(channel_of(incident))
    rung = Alert.objects.filter(kind=AlertKind.INCIDENT_NEW, url__contains=str(incident.pk))
    assert lead.user.pk in set(rung.values_list("recipient", flat=True))
    assert psychologist.user.pk not in set(rung.values_list("recipient", flat=True))


def test_danger_beyond_the_limit_is_kept_and_rings_no_more(
    incident: Incident, psychologist: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DANGERS", 1)
    for _ in range(3):
        call_for_help(channel_of(incident))
    assert Alert.objects.filter(recipient=psychologist.user, kind=AlertKind.INCIDENT_NEW).count() == 1
    assert AuditEntry.objects.filter(action="incident.reporter_in_danger").count() == 3


def test_the_page_of_the_talk_hears_of_danger_with_and_without_words(school: School, psychologist: Actor) -> None:
    made, phone = taken(link_for(school)), Client(headers={"Accept-Language": "en"})
    talk = phone.post(reverse("anonymous:answers"), {"code": words_of_code(made.code, "en")}).content.decode()
    assert talk.index("tel:112") < talk.index("I am in danger now")
    for words in (LATER, ""):
        sent = {"pass": re.findall(r'name="pass" value="([^"]+)"', talk)[0], "words": words, "danger": "1"}
        talk = phone.post(reverse("anonymous:talk"), sent).content.decode()
        assert "We have it. Now call." in talk
        assert "I am in danger now" not in talk
    assert [line.text for line in talk_of(made.incident).lines] == [LATER]
    assert Alert.objects.filter(recipient=psychologist.user, kind=AlertKind.INCIDENT_NEW).count() == 2
