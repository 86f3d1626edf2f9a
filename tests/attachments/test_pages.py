"""The pages of files: each is kept or refused by itself, looked at page by page, and saved, never opened."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseflow.attachments.models import Attachment
from caseflow.attachments.services import Sent
from caseflow.attachments.views import changes
from caseflow.cases.enums import Visibility
from caseflow.cases.models import Case
from caseflow.cases.services import close_case
from caseflow.directory.actors import Actor
from tests.attachments.factories import WORDS, attached, text_file
from tests.cases.factories import case_of, note_in, psychologist
from tests.directory.factories import signed_in
from tests.lockdown.files import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def browser(who: Actor) -> Client:
    return signed_in(who)


def upload(name: str = "Мінездеме.txt", content: bytes = WORDS.encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_several_files_are_kept_or_refused_by_themselves(browser: Client, who: Actor, case: Case) -> None:
    note = note_in(case, who, "Мама принесла справку")
    url = reverse("attachments:add", args=[case.pk])
    sent = {"files": [upload(), upload("b.exe", b"MZ\x90\x00")], "visibility": "team", "entry": str(note.pk)}
    answer = browser.post(url, sent, follow=True)
    page = answer.content.decode()
    assert "1 file attached." in page
    assert "b.exe: This is a program." in page
    found = Attachment.objects.get()
    assert (found.visibility, found.entry) == (Visibility.TEAM, note)
    assert f'value="{note.pk}"' in page
    assert browser.get(reverse("cases:detail", args=[case.pk])).status_code == 200


def test_one_by_one_each_has_its_own_answer(browser: Client, case: Case) -> None:
    url = reverse("attachments:add", args=[case.pk])
    alone = {"X-One-By-One": "1"}
    assert browser.post(url, {"files": upload()}, headers=alone).status_code == 201
    again = browser.post(url, {"files": upload()}, headers=alone)
    assert (again.status_code, "here already" in again.content.decode()) == (422, True)
    none = browser.post(url, {}, headers=alone)
    assert (none.status_code, "Choose a file first." in none.content.decode()) == (422, True)
    assert again.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_form_without_files_or_with_too_many_is_shown_again(
    browser: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = reverse("attachments:add", args=[case.pk])
    assert browser.post(url, {"visibility": "shared_plan"}).status_code == 422
    monkeypatch.setattr(changes, "MOST_AT_ONCE", 1)
    assert browser.post(url, {"files": [upload("a.txt"), upload("b.txt")]}).status_code == 422
    assert Attachment.objects.count() == 0


def test_the_list_the_card_and_a_file_are_shown(browser: Client, who: Actor, case: Case) -> None:
    assert "No file yet" in browser.get(reverse("attachments:case", args=[case.pk])).content.decode()
    assert "No files" in browser.get(reverse("attachments:card", args=[case.pk])).content.decode()
    for number in range(6):
        attached(who, case, text_file(f"{WORDS} {number}", f"{number}.txt"))
    card = browser.get(reverse("attachments:card", args=[case.pk])).content.decode()
    assert ("5.txt" in card, "0.txt" in card, "All files" in card) == (True, False, True)
    text = Attachment.objects.first()
    assert text is not None
    assert WORDS in browser.get(reverse("attachments:found", args=[text.pk])).content.decode()
    paper = attached(who, case, Sent("b.pdf", made.pdf(7)))
    shown = browser.get(reverse("attachments:found", args=[paper.pk])).content.decode()
    assert "The first 5 of 7 pages." in shown
    table = attached(who, case, Sent("c.xlsx", made.docx(types=made.SHEET)))
    assert "No preview" in browser.get(reverse("attachments:found", args=[table.pk])).content.decode()


@pytest.mark.parametrize("name", ["page", "download"])
def test_what_is_given_out_can_do_nothing(name: str, browser: Client, who: Actor, case: Case) -> None:
    found = attached(who, case, Sent("Рисунок.png", made.picture("PNG")))
    answer = browser.get(reverse(f"attachments:{name}", args=[found.pk, *([1] if name == "page" else [])]))
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")
    shown = {"page": "inline", "download": f"attachment; filename*=utf-8''{quote('Рисунок.png')}"}
    assert answer.headers["Content-Disposition"] == shown[name]


def test_a_file_is_taken_back_or_removed_with_a_reason(browser: Client, who: Actor, case: Case) -> None:
    mine = attached(who, case)
    page = browser.get(reverse("attachments:case", args=[case.pk])).content.decode()
    assert "Take back" in page
    remove = reverse("attachments:remove", args=[mine.pk])
    assert browser.post(remove).headers["Location"] == reverse("attachments:case", args=[case.pk])
    gone = browser.get(reverse("attachments:found", args=[mine.pk])).content.decode()
    assert "The file was removed." in gone
    assert "1 file was removed" in browser.get(reverse("attachments:case", args=[case.pk])).content.decode()
    hers = attached(psychologist(case.school), case, visibility=Visibility.TEAM)
    remove = reverse("attachments:remove", args=[hers.pk])
    refused = browser.post(remove, {"reason": ""})
    assert (refused.status_code, "Say why." in refused.content.decode()) == (422, True)
    assert browser.post(remove, {"reason": "Не того ребёнка"}).status_code == 302
    assert browser.post(remove, {"reason": "снова"}).status_code == 404


def test_a_closed_case_shows_its_files_and_takes_none(browser: Client, who: Actor, case: Case) -> None:
    attached(who, case)
    close_case(who, case.pk, reason="Помощь больше не нужна")
    page = browser.get(reverse("attachments:case", args=[case.pk])).content.decode()
    assert ("The case is closed" in page, "data-drop" in page, "Take back" in page) == (True, False, False)


def test_the_list_takes_as_many_queries_for_thirty_files(
    browser: Client, who: Actor, case: Case, django_assert_max_num_queries: Any
) -> None:
    url = reverse("attachments:case", args=[case.pk])
    attached(who, case)
    browser.get(url)
    with django_assert_max_num_queries(60) as one:
        browser.get(url)
    first = Attachment.objects.get()
    Attachment.objects.bulk_create(
        Attachment(
            case=case, name_sealed=b"", kind="text", size=1, sha256="0" * 64, added_by=who.user, added_at=timezone.now()
        )
        for _number in range(29)
    )
    with django_assert_max_num_queries(len(one)):
        browser.get(url)
    assert first.case_id == case.pk
