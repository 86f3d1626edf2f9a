"""A removed file is gone; that it was there, and why it went, stays."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from caseflow.attachments.models import Attachment
from caseflow.attachments.services import Sent, remove_attachment
from caseflow.attachments.services.reading import download, list_files, open_file, open_page
from caseflow.cases.enums import Visibility
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.chronology import Sources, chronology
from caseflow.cases.services import close_case
from caseflow.directory.actors import Actor
from tests.attachments.factories import attached
from tests.cases.factories import case_of, psychologist
from tests.lockdown.files import made
from tests.plans.factories import fresh

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


def test_its_sender_takes_it_back_without_a_reason(
    who: Actor, case: Case, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    found = attached(who, case, Sent("b.pdf", made.pdf(2)))
    assert len(list(folder.rglob("*.sealed"))) == 3
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(who, case.pk, found.pk)
    assert list(folder.rglob("*.sealed")) == []
    page = open_file(who, found.pk)
    assert (page.row.is_there, page.row.name, page.row.reason, page.text) == (False, "b.pdf", "", "")
    for reading in (download, lambda actor, pk: open_page(actor, pk, 1)):
        with pytest.raises(Attachment.DoesNotExist):
            reading(who, found.pk)
    with pytest.raises(Attachment.DoesNotExist):
        remove_attachment(who, case.pk, found.pk, reason="ещё раз")
    again = attached(who, case, Sent("b.pdf", made.pdf(2)))
    assert [row.attachment for row in list_files(who, case.pk)[1].there] == [again]


def test_later_and_by_others_a_reason_is_asked_and_kept(who: Actor, case: Case) -> None:
    found = attached(who, case, visibility=Visibility.TEAM)
    colleague = psychologist(case.school)
    with pytest.raises(CaseRefused, match="Say why"):
        remove_attachment(colleague, case.pk, found.pk, reason=" ")
    Attachment.objects.filter(pk=found.pk).update(added_at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(CaseRefused, match="Say why"):
        remove_attachment(who, case.pk, found.pk)
    remove_attachment(colleague, case.pk, found.pk, reason="Не того ребёнка")
    (row,) = list_files(who, case.pk)[1].removed
    assert (row.reason, row.attachment.removed_by, row.undoable) == ("Не того ребёнка", colleague.user, False)
    shown = chronology(fresh(who, case), who, Sources({}, {})).lines[0]
    assert (shown.title, shown.text) == ("File removed: Plain text", "Мінездеме.txt\nНе того ребёнка")
    assert ChronologyEntry.objects.filter(code="attachment_removed", visibility=Visibility.TEAM).count() == 1


def test_what_one_does_not_see_one_does_not_remove(who: Actor, case: Case) -> None:
    found = attached(who, case)
    with pytest.raises(Attachment.DoesNotExist):
        remove_attachment(psychologist(case.school), case.pk, found.pk, reason="так")
    with pytest.raises(Case.DoesNotExist):
        remove_attachment(psychologist(), case.pk, found.pk, reason="так")
    close_case(who, case.pk, reason="Помощь больше не нужна")
    with pytest.raises(CaseRefused, match="closed"):
        remove_attachment(who, case.pk, found.pk)
