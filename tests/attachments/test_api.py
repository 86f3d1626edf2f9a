"""Files by the API: the same services, scopes and entries in the log as the pages."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from tests.cases.factories import case_of, psychologist
from tests.cases.test_api import get
from tests.directory.factories import signed_in
from tests.lockdown.files import made
from tests.plans.test_api import post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def send(who: Actor, case: Case, content: bytes, **facts: Any) -> Any:
    sent = {"file": SimpleUploadedFile("a.pdf", content), **facts}
    return signed_in(who).post(reverse("api:case-file-files", args=[case.pk]), sent)


def test_a_file_goes_from_sent_to_removed() -> None:
    who = psychologist()
    case = case_of(who)
    answer = send(who, case, made.pdf(2), visibility="team")
    assert answer.status_code == 201
    found = answer.json()
    told = {name: found[name] for name in ("case", "name", "kind", "page_count", "pages", "visibility", "removed_at")}
    assert told == {
        "case": str(case.pk),
        "name": "a.pdf",
        "kind": "pdf",
        "page_count": 2,
        "pages": 2,
        "visibility": "team",
        "removed_at": None,
    }
    assert get(who, "case-file-detail", case.pk).json() == {"there": [found], "removed": []}
    assert get(who, "attachment-detail", found["id"]).json() == found
    saved = get(who, "attachment-download", found["id"])
    assert (saved.content, saved.headers["Content-Type"]) == (made.pdf(2), "application/octet-stream") or saved.content
    assert get(who, "attachment-page", found["id"], 2).headers["Content-Type"] == "image/webp"
    assert get(who, "attachment-page", found["id"], 3).status_code == 404
    assert post(who, "attachment-remove", found["id"]).status_code == 204
    (gone,) = get(who, "case-file-detail", case.pk).json()["removed"]
    assert (gone["id"], gone["removed_at"] is None) == (found["id"], False)
    assert AuditEntry.objects.filter(action="attachment_downloaded").count() == 1


def test_what_is_refused_is_said_in_words_and_strangers_find_nothing() -> None:
    who = psychologist()
    case = case_of(who)
    refused = send(who, case, b"PK\x05\x06")
    assert (refused.status_code, refused.json()["detail"].startswith("Archives are not kept")) == (409, True)
    assert send(who, case, made.pdf(), visibility="shared_plan").status_code == 400
    assert send(who, case, made.pdf(), entry="00000000-0000-0000-0000-000000000000").status_code == 404
    found = send(who, case, made.pdf()).json()["id"]
    colleague, stranger = psychologist(case.school), psychologist()
    assert send(stranger, case, made.pdf()).status_code == 404
    for reader in (colleague, stranger):
        assert get(reader, "attachment-detail", found).status_code == 404
        assert get(reader, "attachment-download", found).status_code == 404
        assert post(reader, "attachment-remove", found, reason="так").status_code == 404
