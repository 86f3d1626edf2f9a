"""The pages without sign-in keep what was typed, set no cookie but the language's, and refuse nobody in danger."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pdfminer.high_level import extract_text

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.models import Incident, Picture, SchoolLink
from caseflow.incidents.rules.return_code import codes_of_words
from caseflow.incidents.selectors import place_of, words_of
from caseflow.incidents.selectors.talk import talk_of
from caseflow.incidents.services.anonymous import answer_reporter, limits
from caseflow.incidents.services.pictures import MOST_BYTES
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.anonymous_factories import LATER, WORDS, anonymous_report, drawn_photo, link_for, photo

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture(autouse=True)
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def link(school: School) -> SchoolLink:
    return link_for(school)


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True, headers=ENGLISH)


def page_of(link: SchoolLink) -> str:
    return reverse("anonymous:report", args=[link.token])


def hidden(response: Any, name: str = "pass") -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found
    return found[1]


def send(phone: Client, link: SchoolLink, **sent: Any) -> Any:
    """Fill the form in and send it."""
    filled = {"pass": hidden(phone.get(page_of(link))), "category": "bullying", "words": WORDS}
    return phone.post(page_of(link), filled | sent)


def code_on(response: HttpResponse) -> str:
    return " ".join(re.findall(r"<li>(\w+)</li>", response.content.decode()))


def test_the_form_shows_the_numbers_first_and_asks_for_two_things(phone: Client, link: SchoolLink) -> None:
    page = phone.get(page_of(link)).content.decode()
    assert page.index("tel:112") < page.index("tel:111") < page.index("I am in danger now") < page.index("<select")
    assert len(re.findall(r"<(?:input|select|textarea)[^>]* required", page)) == 2


def test_a_report_is_sent_and_its_code_leads_to_the_talk(phone: Client, link: SchoolLink, psychologist: Actor) -> None:
    response = send(phone, link, place="у столовой, вчера", about_staff="")
    assert response.status_code == 200
    incident = Incident.objects.get()
    assert (words_of(incident), place_of(incident)) == (WORDS, "у столовой, вчера")
    assert "By when at the latest" in response.content.decode()
    code = code_on(response)
    assert len(list(codes_of_words(code))) == 1
    answer_reporter(psychologist, incident.pk, "Приходи <b>завтра</b>")
    asked = phone.get(reverse("anonymous:answers"))
    talk = phone.post(reverse("anonymous:answers"), {"pass": hidden(asked), "code": code})
    shown = talk.content.decode()
    assert "Приходи &lt;b&gt;завтра&lt;/b&gt;" in shown
    assert "Psychologist of the school" in shown
    assert psychologist.user.last_name not in shown
    assert " ".join(code.split()[:2]) not in shown  # one word alone may be a word of the page
    again = phone.post(reverse("anonymous:talk"), {"pass": hidden(talk), "words": LATER, "send": "1"})
    assert "Your message has been sent." in again.content.decode()
    assert [line.text for line in talk_of(incident).lines] == ["Приходи <b>завтра</b>", LATER]


def test_no_cookie_and_no_session_come_of_it(phone: Client, link: SchoolLink) -> None:
    response = send(phone, link)
    phone.post(reverse("anonymous:answers"), {"code": code_on(response)})
    assert dict(phone.cookies) == {}
    for name, value in {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}.items():
        assert response.headers[name] == value
    assert "'unsafe" not in response.headers["Content-Security-Policy"]


def test_a_change_of_language_keeps_what_was_typed_and_is_remembered(phone: Client, link: SchoolLink) -> None:
    response = send(phone, link, lang="kk")
    assert 'lang="kk"' in response.content.decode()
    assert WORDS in response.content.decode()
    assert not Incident.objects.exists()
    assert set(phone.cookies) == {"django_language"}
    assert '<html lang="kk">' in phone.get(page_of(link)).content.decode()


def test_a_phone_that_keeps_no_cookie_stays_in_the_language_of_the_form(phone: Client, link: SchoolLink) -> None:
    response = send(phone, link, **{"in": "ru"})
    assert '<html lang="ru">' in response.content.decode()
    channel = Incident.objects.get().channel
    assert channel is not None
    assert channel.language == "ru"


@pytest.mark.parametrize(
    ("sent", "why"),
    [({"category": ""}, "Choose one"), ({"words": " "}, "Write what happened"), ({"pass": "old"}, "open for too long")],
)
def test_a_refused_form_comes_back_as_it_was_typed(
    phone: Client, link: SchoolLink, sent: dict[str, str], why: str
) -> None:
    response = send(phone, link, place="во дворе", **sent)
    assert response.status_code == 422
    assert why in response.content.decode()
    assert "во дворе" in response.content.decode()
    assert not Incident.objects.exists()


def test_more_than_the_address_takes_is_told_when_to_come_back(
    phone: Client, link: SchoolLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PLAIN", 0)
    response = send(phone, link)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 900
    assert WORDS in response.content.decode()


def test_a_page_that_has_sent_a_report_asks_before_it_sends_another(phone: Client, link: SchoolLink) -> None:
    carried = hidden(phone.get(page_of(link)))
    send(phone, link, **{"pass": carried})
    response = send(phone, link, **{"pass": carried}, words=LATER)
    assert response.status_code == 422
    assert "has sent a report before" in response.content.decode()
    assert LATER in response.content.decode()
    assert send(phone, link, **{"pass": hidden(response)}, words=LATER).status_code == 200
    assert Incident.objects.count() == 2


def test_danger_is_taken_without_anything_even_without_the_forms_pass(phone: Client, link: SchoolLink) -> None:
    response = phone.post(page_of(link), {"danger": "1"})
    assert response.status_code == 200
    shown = response.content.decode()
    assert shown.index("tel:112") < shown.index("We have it. Now call.")
    channel = Incident.objects.get().channel
    assert channel is not None
    assert channel.danger


def test_danger_takes_along_what_can_be_taken(phone: Client, link: SchoolLink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DANGERS", 0)
    pictures = [SimpleUploadedFile("a.jpg", photo()), SimpleUploadedFile("b.mp3", b"ID3 sound")]
    response = send(phone, link, danger="1", category="nonsense", words="x" * 9000, pictures=pictures)
    assert response.status_code == 200
    incident = Incident.objects.get()
    assert len(words_of(incident)) == 8000
    assert Picture.objects.count() == 1


def test_pictures_come_along_without_what_the_camera_wrote(phone: Client, link: SchoolLink) -> None:
    assert send(phone, link, pictures=[SimpleUploadedFile("x.exe", photo("PNG"))]).status_code == 200
    assert Picture.objects.get().media_type == "image/png"


@pytest.mark.parametrize(
    ("pictures", "why"),
    [
        ([b"ID3 a song"], "Only pictures can be sent"),
        ([b"\xff\xd8\xff cut off"], "Only pictures can be sent"),
        ([photo()] * 4, "at most 3"),
        ([photo() + b"\0" * MOST_BYTES], "too large"),
    ],
    ids=["sound", "cut off", "too many", "too large"],
)
def test_what_is_no_picture_is_refused_with_a_plain_sentence(
    phone: Client, link: SchoolLink, pictures: list[bytes], why: str
) -> None:
    response = send(phone, link, pictures=[SimpleUploadedFile("a.jpg", content) for content in pictures])
    assert response.status_code == 422
    assert why in response.content.decode()
    assert not Incident.objects.exists()


def test_an_address_that_was_renewed_takes_nothing_and_gives_the_words_back(
    phone: Client, school: School, link: SchoolLink
) -> None:
    link_for(school)
    for response in (phone.get(page_of(link)), phone.post(page_of(link), {"words": WORDS, "danger": "1"})):
        assert response.status_code == 404
        assert "tel:112" in response.content.decode()
    assert WORDS in response.content.decode()
    assert not Incident.objects.exists()


def test_a_form_of_one_school_is_none_of_another(phone: Client, link: SchoolLink) -> None:
    other = link_for(SchoolFactory.create())
    response = send(phone, link, **{"pass": hidden(phone.get(page_of(other)))})
    assert response.status_code == 422


def test_wrong_words_lead_nowhere(phone: Client) -> None:
    response = phone.post(reverse("anonymous:answers"), {"code": "раз два три"})
    assert response.status_code == 422
    assert "раз два три" in response.content.decode()


def test_after_an_hour_the_code_is_asked_for_and_the_message_waits(phone: Client, school: School) -> None:
    response = phone.post(reverse("anonymous:talk"), {"pass": "old", "words": LATER, "send": "1"})
    assert response.status_code == 422
    assert hidden(response, "words") == LATER


def test_a_message_that_is_refused_comes_back(phone: Client, link: SchoolLink, monkeypatch: pytest.MonkeyPatch) -> None:
    code = code_on(send(phone, link))
    talk = phone.post(reverse("anonymous:answers"), {"code": code, "words": LATER})
    assert LATER in talk.content.decode()
    sent = {"pass": hidden(talk), "words": LATER}
    looked = phone.post(reverse("anonymous:talk"), sent | {"look": "1"})
    assert looked.status_code == 200
    empty = phone.post(reverse("anonymous:talk"), {"pass": hidden(talk), "send": "1"})
    assert empty.status_code == 422
    monkeypatch.setattr(limits, "MESSAGES", 0)
    refused = phone.post(reverse("anonymous:talk"), sent | {"send": "1"})
    assert refused.status_code == 429
    assert LATER in refused.content.decode()


def test_too_many_codes_are_told_when_to_come_back(
    phone: Client, link: SchoolLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_on(send(phone, link))
    monkeypatch.setattr(limits, "CODES_PLAIN", 0)
    response = phone.post(reverse("anonymous:answers"), {"code": code})
    assert response.status_code == 429
    assert "Retry-After" in response.headers


def test_the_administrator_makes_renews_and_prints_the_address(school: School) -> None:
    admin = signed_in(actor(Role.SCHOOL_ADMIN, school=school))
    assert admin.get(reverse("incidents:poster")).status_code == 404
    assert b"/r/" not in admin.get(reverse("incidents:link")).content
    tokens = []
    for _time in range(2):
        assert admin.post(reverse("incidents:link-renew")).status_code == 302
        tokens.append(SchoolLink.objects.get(ended_at=None).token)
        assert tokens[-1] in admin.get(reverse("incidents:link")).content.decode()
    assert tokens[0] != tokens[1]
    poster = admin.get(reverse("incidents:poster"))
    text = extract_text(BytesIO(poster.content))
    assert text.index("112") < text.index(tokens[1])
    assert poster.content == admin.get(reverse("incidents:poster")).content


def test_the_psychologist_answers_and_opens_pictures_on_the_page(school: School, psychologist: Actor) -> None:
    incident, browser = anonymous_report(school, pictures=[drawn_photo()]), signed_in(psychologist)
    page = reverse("incidents:detail", args=[incident.pk])
    assert b"With the reporter" in browser.get(page, headers=ENGLISH).content
    answered = browser.post(reverse("incidents:answer", args=[incident.pk]), {"text": "Я на месте"})
    assert answered.headers["Location"] == f"{page}#talk"
    assert "Я на месте" in browser.get(page).content.decode()
    browser.post(reverse("incidents:answer", args=[incident.pk]), {"text": " "})
    assert len(talk_of(incident).lines) == 1
    picture = browser.get(reverse("incidents:picture", args=[incident.pk, talk_of(incident).pictures[0]]))
    assert picture.content == drawn_photo().content
    assert (picture["Cache-Control"], picture["X-Content-Type-Options"]) == ("no-store", "nosniff")


def test_staff_see_that_nobody_is_known_and_danger_at_once(school: School, psychologist: Actor) -> None:
    incident, browser = anonymous_report(school, category="", words="", danger=True), signed_in(psychologist)
    listed = browser.get(reverse("incidents:list"), headers=ENGLISH).content.decode()
    assert "in danger now, without a name" in listed
    detail = browser.get(reverse("incidents:detail", args=[incident.pk]), headers=ENGLISH).content.decode()
    assert "Nothing was written." in detail
    assert "without a name, by the school" in detail
    assert "In danger now" in browser.get(reverse("triage:today"), headers=ENGLISH).content.decode()
