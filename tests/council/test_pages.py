"""The pages of a council: prepared, held and closed as its people would, in counts and words that fit."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseflow.asgi import LARGER
from caseflow.council.enums import DecisionState, Move
from caseflow.council.models import Attendance, Council, Decision, Evidence, Member, Session
from caseflow.council.rules import MOST_BYTES
from caseflow.council.services import Drafted, change_draft
from tests.cases.test_pages import html
from tests.council.factories import Table, approved, called, drafted, everybody_there, held, moved, point_of, table
from tests.directory.factories import RegionFactory, actor, signed_in
from tests.documents.reading import pdf_text, xlsx_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(db: None) -> Table:
    return table()


def post(client: Client, page: str, *keys: Any, **sent: Any) -> Any:
    return client.post(reverse(f"council:{page}", args=keys), sent)


def test_a_region_without_a_council_is_shown_the_way_to_one() -> None:
    prosecutor = actor("prosecutor", region=RegionFactory.create())  # type: ignore[arg-type]
    client = signed_in(prosecutor)
    assert "The region has no council here yet" in html(client.get(reverse("council:home")))
    assert client.get(reverse("council:call")).status_code == 404
    assert client.get(reverse("council:members")).status_code == 404
    assert post(client, "setup", name_kk="Кеңес", name_ru="", quorum_percent=101).status_code == 422
    assert post(client, "setup", name_kk="Кеңес", name_ru="Совет", quorum_percent=50).status_code == 302
    assert Council.objects.get().region == prosecutor.membership.region
    assert "Nobody sits in the council yet" in html(client.get(reverse("council:members")))
    assert "No session was called yet" in html(client.get(reverse("council:home")))


def test_a_session_goes_from_the_call_to_the_closed_minutes(at: Table) -> None:
    secretary, chair = signed_in(at.prosecutor), signed_in(at.chair)
    now = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    assert post(secretary, "call", kind="ordinary", starts_at="", place="").status_code == 422
    assert post(secretary, "call", kind="ordinary", starts_at=now, place="Акимат").status_code == 302
    session = Session.objects.get()
    assert post(secretary, "add-item", session.pk, title=" ").status_code == 422
    post(secretary, "add-item", session.pk, title="О дежурствах", agency=at.agency.pk)
    item = session.items.get()
    post(secretary, "change", session.pk, kind="extraordinary", starts_at=now, place="Зал 3")
    post(secretary, "open", session.pk)
    post(secretary, "draft", session.pk, text="Назначить дежурных", item=item.pk)
    decision = Decision.objects.get()
    refused = html(chair.post(reverse("council:move", args=[decision.pk, "approve"]), {}, follow=True))
    assert "Without agency, person and a day" in refused
    day = timezone.localdate().isoformat()
    whole = {"text": "Назначить дежурных", "agency": at.agency.pk, "person": "Начальник", "due_on": day}
    post(secretary, "change-draft", decision.pk, **whole, item=item.pk)
    assert "Of some members nobody has said" in html(chair.get(reverse("council:session", args=[session.pk])))
    post(secretary, "heard", item.pk, heard="Доклад заслушан")
    there = {f"at-{member.pk}": "present" for member in Member.objects.all()}
    post(secretary, "attendance", session.pk, **there)
    post(chair, "move", decision.pk, "approve")
    page = html(chair.get(reverse("council:session", args=[session.pk])))
    assert "Nothing is missing." in page
    assert "3 of 3 there" in page
    post(chair, "close", session.pk)
    closed = html(signed_in(at.member).get(reverse("council:session", args=[session.pk])))
    assert Session.objects.get().digest in closed
    assert "Draft a decision" not in closed
    assert reverse("council:heard", args=[item.pk]) not in closed


def test_the_agency_has_its_own_inbox_and_answers_with_proof(at: Table) -> None:
    decision = approved(at)
    officer = signed_in(at.officer)
    assert "Назначить дежурного" in html(officer.get(reverse("council:register")))
    page = html(officer.get(reverse("council:decision", args=[decision.pk])))
    assert "Report it as done" in page
    assert "Approve the decision" not in page
    assert officer.get(reverse("council:session", args=[decision.session_id])).status_code == 403
    sent = {"words": "Сделано", "proofs": SimpleUploadedFile("Приказ.txt", "Назначить".encode())}
    assert post(officer, "move", decision.pk, "report", **sent).status_code == 302
    assert post(officer, "move", decision.pk, "report", words="Ещё раз").status_code == 302  # said, not done twice
    assert "Приказ.txt" in html(signed_in(at.chair).get(reverse("council:decision", args=[decision.pk])))
    kept = Evidence.objects.get()
    answer = signed_in(at.member).get(reverse("council:evidence", args=[kept.pk]))
    assert answer.content == "Назначить".encode()
    assert "attachment" in answer.headers["Content-Disposition"]
    wrong = {"words": "Сделано", "proofs": SimpleUploadedFile("a.exe", b"MZ" + bytes(300))}
    again = approved(at)
    refused = post(officer, "move", again.pk, "report", **wrong)
    assert refused.status_code == 422
    assert "This is a program" in html(refused)
    assert post(officer, "move", again.pk, "ask_longer", words="Нужно время").status_code == 422
    assert post(officer, "move", again.pk, "nonsense").status_code == 404


def test_register_and_minutes_are_the_same_as_files(at: Table) -> None:
    session = held(at)
    point_of(at, session, "=1+1 О формулах")
    decision = approved(at, session, text="Проверить кнопки")
    moved(at.officer, decision, Move.PROGRESS)
    client = signed_in(at.member)
    book = client.get(reverse("council:register-file"), {"format": "xlsx", "language": "ru"})
    assert any("Проверить кнопки" in row for row in xlsx_rows(book.content))
    paper = client.get(reverse("council:register-file"), {"format": "pdf", "language": "kk-ru"})
    assert "Проверить кнопки" in pdf_text(paper.content)
    minutes = pdf_text(client.get(reverse("council:minutes", args=[session.pk]), {"format": "pdf"}).content)
    assert "О формулах" in minutes
    assert "Проверить кнопки" in minutes
    assert "3 of 3 there" in minutes
    asked = {"state": "done", "format": "xlsx"}
    assert not any(
        "Проверить" in str(row) for row in xlsx_rows(client.get(reverse("council:register-file"), asked).content)
    )


def test_as_many_queries_for_ten_as_for_one(at: Table, django_assert_max_num_queries: Any) -> None:
    client, session = signed_in(at.chair), held(at)
    counted = []
    for number in (1, 9):
        for _ in range(number):
            item = point_of(at, session)
            approved(at, session, item=item.pk)
            drafted(at, session, item=item.pk)
        for page in (
            reverse("council:register"),
            reverse("council:session", args=[session.pk]),
            reverse("council:home"),
        ):
            client.get(page)
            with django_assert_max_num_queries(30) as asked:
                assert client.get(page).status_code == 200
            counted.append(len(asked.captured_queries))
    assert counted[:3] == counted[3:]


def test_nothing_of_another_region_and_no_pupil_is_on_any_page(at: Table) -> None:
    other = table()
    approved(other, text="Чужое решение")
    called(other)
    client = signed_in(at.chair)
    for page in ("home", "register", "members"):
        shown = html(client.get(reverse(f"council:{page}")))
        assert "Чужое решение" not in shown
        assert other.chair.user.short_name not in shown


def test_the_register_is_narrowed_by_state_agency_and_year(at: Table) -> None:
    decision = approved(at, text="Это решение")
    client, page = signed_in(at.prosecutor), reverse("council:register")
    for asked, there in (
        ({"state": "running"}, True),
        ({"state": "late"}, False),
        ({"state": "nonsense", "agency": "x", "year": "99999"}, True),
        ({"agency": at.agency.pk, "year": decision.session.year}, True),
        ({"state": "done"}, False),
    ):
        assert ("Это решение" in html(client.get(page, asked))) is there


def test_files_of_a_decision_may_be_as_large_as_those_of_a_case() -> None:
    """The server itself takes a body of 17 MiB elsewhere; five files of a decision come to 50 MB."""
    page = reverse("council:move", args=[UUID(int=1), "report"])
    assert [size for pattern, size in LARGER.items() if pattern.fullmatch(page)] == [52 * 1024**2]
    assert MOST_BYTES < 52 * 1024**2


def test_a_draft_that_was_changed_since_it_was_read_is_not_approved(at: Table) -> None:
    session = held(at)
    everybody_there(at, session)
    decision = drafted(at, session, text="Проверить кнопки")
    chair, page = signed_in(at.chair), reverse("council:decision", args=[decision.pk])
    read = chair.get(page).context["seen"]
    change_draft(at.prosecutor, decision.pk, Drafted("Снять кнопки", at.agency.pk, decision.person, decision.due_on))
    approve = reverse("council:move", args=[decision.pk, "approve"])
    refused = chair.post(approve, {"seen": read})
    assert refused.status_code == 422
    shown = html(refused)
    assert "has changed since you saw it" in shown
    assert "Снять кнопки" in shown
    decision.refresh_from_db()
    assert decision.state == DecisionState.DRAFT
    again = re.search(r'name="seen" value="(\w+)"', shown)
    assert again is not None
    assert chair.post(approve, {"seen": again[1]}).status_code == 302
    decision.refresh_from_db()
    assert (decision.state, decision.text) == (DecisionState.RUNNING, "Снять кнопки")


def test_what_is_approved_beside_its_session_is_what_stood_there(at: Table) -> None:
    session = held(at)
    everybody_there(at, session)
    decision, chair = drafted(at, session, text="Проверить кнопки"), signed_in(at.chair)
    read = re.search(r'name="seen" value="(\w+)"', html(chair.get(reverse("council:session", args=[session.pk]))))
    assert read is not None
    facts = (at.agency.pk, decision.person, decision.due_on)
    approve = reverse("council:move", args=[decision.pk, "approve"])
    change_draft(at.prosecutor, decision.pk, Drafted("Снять кнопки", *facts))
    assert chair.post(approve, {"seen": read[1]}).status_code == 422
    change_draft(at.prosecutor, decision.pk, Drafted("Проверить кнопки", *facts))
    assert chair.post(approve, {"seen": read[1]}).status_code == 302


def test_all_others_are_there_by_one_button(at: Table) -> None:
    session = held(at)
    absent, *others = Member.objects.order_by("pk")
    post(signed_in(at.prosecutor), "attendance", session.pk, **{f"at-{absent.pk}": "absent"}, rest="present")
    said = dict(Attendance.objects.filter(session=session).values_list("member", "presence"))
    assert said == {absent.pk: "absent"} | {member.pk: "present" for member in others}
