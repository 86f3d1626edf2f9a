"""A list confirmed twice is imported once, and both confirmations see the result."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connections
from django.test import Client

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import ImportDraft, Pupil, School, SchoolYear
from caseflow.directory.services.imports import apply_import, preview
from caseflow.directory.views import imports
from caseflow.records.files import remove_file
from tests.directory.factories import SchoolFactory, SchoolYearFactory, actor, signed_in
from tests.directory.test_roll_import import MADINA, upload

ONE_NEW = ["Imported: 1 new, 0 changed, 0 left the school."]
NONE_NEW = ["Imported: 0 new, 0 changed, 0 left the school."]


@pytest.fixture
def school(db: None) -> School:
    school = SchoolFactory.create()
    SchoolYearFactory.create(region=school.district.region)
    return school


@pytest.fixture
def admin(school: School) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=school)


def address(draft: ImportDraft) -> str:
    return f"/directory/import/{draft.pk}/"


def answer(response: Any) -> tuple[int, str, list[str]]:
    """Status, where it leads, and what it says."""
    return response.status_code, response["Location"], [str(said) for said in get_messages(response.wsgi_request)]


def confirm_together(monkeypatch: pytest.MonkeyPatch, *asked: tuple[Client, ImportDraft]) -> list[Any]:
    """Each client confirms its draft in a thread; all have found their draft before any begins to apply."""
    gate = Barrier(len(asked))

    def at_once(who: Actor, pk: Any) -> Any:
        gate.wait(10)
        return apply_import(who, pk)

    def confirm(client: Client, draft: ImportDraft) -> Any:
        try:
            return client.post(address(draft))
        finally:
            connections.close_all()

    monkeypatch.setattr(imports, "apply_import", at_once)
    with ThreadPoolExecutor(len(asked)) as threads:
        waiting = [threads.submit(confirm, *each) for each in asked]
        return [each.result(30) for each in waiting]


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_both_lead_to_the_one_result(
    admin: Actor, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = upload(admin, school, MADINA)
    answers = confirm_together(monkeypatch, *((signed_in(admin), draft) for _ in range(2)))

    assert [answer(each) for each in answers] == [(302, "/directory/import/", ONE_NEW)] * 2
    assert AuditEntry.objects.filter(action="import_roll").count() == 1
    assert Pupil.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_list_uploaded_twice_and_confirmed_at_once_makes_its_pupils_once(
    admin: Actor, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = [upload(admin, school, MADINA) for _ in range(2)]
    answers = confirm_together(monkeypatch, *((signed_in(admin), draft) for draft in drafts))

    said = sorted(answer(each) for each in answers)
    assert said == [(302, "/directory/import/", NONE_NEW), (302, "/directory/import/", ONE_NEW)]
    assert Pupil.objects.count() == 1


def test_a_preview_whose_list_is_applied_meanwhile_leads_to_the_result(
    admin: Actor, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = upload(admin, school, MADINA)

    def late(found: ImportDraft) -> Any:
        apply_import(admin, found.pk)
        remove_file(found.stored_as)  # as the commit does
        return preview(found)

    monkeypatch.setattr(imports, "preview", late)
    assert answer(signed_in(admin).get(address(draft))) == (302, "/directory/import/", ONE_NEW)


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_address_of_an_applied_list_leads_to_its_result(admin: Actor, school: School, method: str) -> None:
    draft = upload(admin, school, MADINA)
    apply_import(admin, draft.pk)
    assert answer(getattr(signed_in(admin), method)(address(draft))) == (302, "/directory/import/", ONE_NEW)


def test_a_list_whose_file_is_lost_is_not_taken_for_applied(admin: Actor, school: School) -> None:
    draft = upload(admin, school, MADINA)
    remove_file(draft.stored_as)
    with pytest.raises(FileNotFoundError):
        signed_in(admin).get(address(draft))


def test_without_a_school_year_the_preview_says_so_and_offers_no_button(admin: Actor, school: School) -> None:
    draft = upload(admin, school, MADINA)
    assert "Import 1 row" in signed_in(admin).get(address(draft)).content.decode()
    SchoolYear.objects.all().delete()

    page = signed_in(admin).get(address(draft)).content.decode()
    assert "The region has no school year" in page
    assert "Import 1 row" not in page
    assert "Some rows have errors" not in page


def test_a_confirmation_without_a_school_year_imports_nothing_and_says_why(admin: Actor, school: School) -> None:
    draft = upload(admin, school, MADINA)
    SchoolYear.objects.all().delete()

    refused = signed_in(admin).post(address(draft))

    assert refused.status_code == 422
    assert "The region has no school year" in refused.content.decode()
    assert "mend the rows" not in refused.content.decode()
    assert (Pupil.objects.count(), ImportDraft.objects.get().applied_at) == (0, None)


def test_a_confirmation_with_wrong_rows_says_to_mend_them(admin: Actor, school: School) -> None:
    refused = signed_in(admin).post(address(upload(admin, school, MADINA.replace("ж", "?"))))

    assert refused.status_code == 422
    assert "Nothing was imported: mend the rows with errors and upload the list again." in refused.content.decode()
    assert "The region has no school year" not in refused.content.decode()
