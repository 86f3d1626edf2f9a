"""A file is looked through, sealed and told of; whoever may not see it does not learn of it; nothing is kept half."""

import errno
import hashlib
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from caseflow.attachments.models import Attachment
from caseflow.attachments.rules import MOST_BYTES, AttachmentRefused
from caseflow.attachments.selectors.files import files_of, lines_to_attach_to
from caseflow.attachments.services import Sent, attach, attaching
from caseflow.attachments.services.reading import download, list_files, open_file, open_page
from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.chronology import Sources, chronology
from caseflow.cases.services import add_system_entry, close_case
from caseflow.directory.actors import Actor
from lockdown.files import FileRefused
from tests.attachments.factories import WORDS, attached, text_file
from tests.cases.factories import case_of, lead_over, note_in, psychologist
from tests.lockdown.files import made
from tests.plans.factories import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT  # type: ignore[no-any-return]  # pytest-django's settings are untyped


def on_disk() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_file_is_sealed_and_stands_in_the_chronology(who: Actor, case: Case) -> None:
    found = attached(who, case, visibility=Visibility.TEAM)
    assert (found.kind, found.sha256) == ("text", hashlib.sha256(WORDS.encode()).hexdigest())
    assert all(WORDS.encode() not in path.read_bytes() for path in on_disk())
    assert download(who, found.pk) == ("Мінездеме.txt", WORDS.encode())
    line = ChronologyEntry.objects.get(code="attachment_added")
    assert (line.kind, line.visibility, line.params) == (EntryKind.ATTACHMENT, Visibility.TEAM, {"file_kind": "text"})
    shown = chronology(fresh(who, case), who, Sources({}, {})).lines[0]
    assert (shown.title, shown.text) == ("File attached: Plain text", "Мінездеме.txt")
    assert shown.url == f"/attachments/found/{found.pk}/"
    acts = AuditEntry.objects.filter(action__startswith="attachment").order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["attachment_added", "attachment_downloaded"]


def test_pictures_and_pdfs_are_shown_page_by_page(who: Actor, case: Case) -> None:
    photo = attached(who, case, Sent("a.exe", made.photo_with_place()))
    assert download(who, photo.pk)[0] == "a.exe.jpg"
    assert b"Camera of somebody" not in download(who, photo.pk)[1]
    paper = attached(who, case, Sent("b.pdf", made.pdf(7)))
    page = open_file(who, paper.pk)
    assert (list(page.pages), paper.page_count, page.text) == ([1, 2, 3, 4, 5], 7, "")
    assert open_page(who, paper.pk, 5)[8:12] == b"WEBP"
    for number in (0, 6):
        with pytest.raises(Attachment.DoesNotExist):
            open_page(who, paper.pk, number)
    assert AuditEntry.objects.filter(action="attachment_page_read").count() == 1


def test_a_long_text_is_shown_to_its_first_part(who: Actor, case: Case) -> None:
    found = attached(who, case, text_file("а" * 20_001))
    page = open_file(who, found.pk)
    assert (len(page.text), page.is_cut) == (20_000, True)


def test_only_the_sender_and_the_lead_see_a_confidential_file(who: Actor, case: Case) -> None:
    mine = attached(who, case)
    for_all = attached(who, case, text_file("Барлығына"), visibility=Visibility.TEAM)
    colleague, lead = psychologist(case.school), lead_over(case.school)
    case.grants.create(user=lead.user, permission=_work_on_case(), content_object=case)
    assert [row.attachment for row in list_files(who, case.pk)[1].there] == [for_all, mine]
    assert [row.attachment for row in list_files(colleague, case.pk)[1].there] == [for_all]
    assert len(list_files(lead, case.pk)[1].there) == 2
    for reading in (open_file, download):
        with pytest.raises(Attachment.DoesNotExist):
            reading(colleague, mine.pk)
    with pytest.raises(Case.DoesNotExist):
        list_files(psychologist(), case.pk)
    hidden = next(line for line in chronology(fresh(who, case), colleague, Sources({}, {})).lines if line.hidden)
    assert (hidden.title, hidden.text, hidden.url) == ("File hidden", "", None)


def _work_on_case() -> Any:
    from django.contrib.auth.models import Permission

    return Permission.objects.get(codename="work_on_case")


def test_a_file_belongs_to_a_line_that_its_sender_reads(who: Actor, case: Case) -> None:
    note = note_in(case, who, "Приходила мама, принесла справку", Visibility.TEAM)
    found = attached(who, case, visibility=Visibility.TEAM, entry_id=note.pk)
    assert found.entry == note
    colleague = psychologist(case.school)
    secret = note_in(case, colleague, "Только моё")
    with pytest.raises(ChronologyEntry.DoesNotExist):
        attached(who, case, text_file("другой"), entry_id=secret.pk)
    stranger = note_in(case_of(who), who, "Другое дело")
    with pytest.raises(ChronologyEntry.DoesNotExist):
        attached(who, case, text_file("другой"), entry_id=stranger.pk)
    offered = dict(lines_to_attach_to(who, fresh(who, case)))
    assert note.pk in offered
    assert secret.pk not in offered
    assert "Note: Приходила мама, принесла справку" in offered[note.pk]
    hers = attached(colleague, case, text_file("её"), visibility=Visibility.TEAM, entry_id=secret.pk)
    rows = {row.attachment.pk: row.line for row in files_of(who, fresh(who, case)).there}
    assert rows[hers.pk] == ""
    assert rows[found.pk].endswith("Note")


def test_whoever_does_not_see_a_line_does_not_see_its_file(
    who: Actor, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = add_system_entry(case, kind=EntryKind.INCIDENT, code="linked", ref=f"triage:{uuid4()}")
    apart = attached(who, case, visibility=Visibility.TEAM)
    found = attached(who, case, text_file("к строке"), visibility=Visibility.TEAM, entry_id=line.pk)
    monkeypatch.setattr("caseflow.triage.selectors.kept.refs_kept", lambda _actor, _case: {line.ref})
    assert [row.attachment for row in list_files(who, case.pk)[1].there] == [apart]
    titles = [shown.title for shown in chronology(fresh(who, case), who, Sources({}, {})).lines]
    assert titles.count("File attached: Plain text") == 1
    with pytest.raises(Attachment.DoesNotExist):
        open_file(who, found.pk)
    with pytest.raises(ChronologyEntry.DoesNotExist):
        attached(who, case, text_file("ещё"), entry_id=line.pk)


def test_what_is_refused_leaves_no_file_and_no_row(who: Actor, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AttachmentRefused, match="This is a program"):
        attached(who, case, Sent("справка.pdf", b"MZ\x90\x00"))
    with pytest.raises(AttachmentRefused, match="50 MB"):
        attached(who, case, Sent("a.txt", b"a" * (MOST_BYTES + 1)))
    attached(who, case)
    with pytest.raises(CaseRefused, match=r"here already: Мінездеме\.txt"):
        attached(who, case, text_file(name="Другое имя.txt"))
    monkeypatch.setattr(attaching, "MOST_IN_CASE", 1)
    with pytest.raises(CaseRefused, match="1 files at most"):
        attached(who, case, text_file("ещё"))
    assert (Attachment.objects.count(), len(on_disk())) == (1, 1)


def test_a_closed_case_takes_no_file_and_is_not_even_looked_through(
    who: Actor, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_case(who, case.pk, reason="Помощь больше не нужна")
    monkeypatch.setattr(attaching, "examine", None)
    with pytest.raises(CaseRefused, match="closed"):
        attached(who, case)
    with pytest.raises(Case.DoesNotExist):
        attached(psychologist(), case)


def test_a_row_that_fails_takes_its_files_along(who: Actor, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: Any, **_facts: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(attaching, "write_entry", fails)
    with pytest.raises(RuntimeError):
        attached(who, case, Sent("b.pdf", made.pdf(3)))
    assert (Attachment.objects.count(), on_disk()) == (0, [])


def test_a_full_disk_is_said_and_leaves_nothing_half(who: Actor, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(AttachmentRefused, match="no room"):
            attached(who, case)
    with monkeypatch.context() as patch:
        patch.setattr(attaching, "SPARE_BYTES", 1 << 60)
        with pytest.raises(AttachmentRefused, match="no room"):
            attached(who, case)

    def broken(_descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", broken)
        with pytest.raises(OSError, match="Input/output"):
            attached(who, case)
    assert (Attachment.objects.count(), on_disk()) == (0, [])


def test_a_name_that_holds_nothing_is_replaced_and_readers_are_never_the_family(who: Actor, case: Case) -> None:
    found = attached(who, case, text_file(name=".."), visibility=Visibility.SHARED_PLAN)
    assert (open_file(who, found.pk).row.name, found.visibility) == ("File", Visibility.ME_AND_LEAD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=found.pk).update(visibility=Visibility.SHARED_PLAN)


def test_an_upload_that_is_too_large_is_not_read() -> None:
    upload = SimpleUploadedFile("a.txt", b"abc")
    assert Sent.from_upload(upload) == Sent("a.txt", b"abc")
    upload.size = MOST_BYTES + 1
    with pytest.raises(AttachmentRefused, match="50 MB"):
        Sent.from_upload(upload)


def test_what_a_child_refuses_has_its_sentence(who: Actor, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_content: bytes) -> None:
        raise FileRefused("too_complex")

    monkeypatch.setattr(attaching, "examine", refuses)
    with pytest.raises(AttachmentRefused, match="took too long"):
        attach(who, case.pk, text_file())
