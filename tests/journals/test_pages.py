"""The pages of what the service keeps, as a browser without scripts has them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caseflow.appointments.enums import AppointmentKind
from caseflow.journals.models import FormVersion, PlanItem, SignedReport, WorkRecord, YearPlan
from caseflow.journals.services import send_plan, write_item
from tests.appointments.factories import PURPOSE, at, planned
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import signed_in
from tests.instruments.factories import given
from tests.journals.factories import (
    THEME,
    finished,
    group_of,
    held,
    item,
    principal_of,
    recorded,
    region_lead_of,
    school_of,
    today,
    year_at,
)

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: Any, status: int = 200, **query: Any) -> str:
    answer = client.get(reverse(f"journals:{name}", args=args), query)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def send(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"journals:{name}", args=args), data)


def test_a_journal_is_shown_narrowed_and_says_what_comes_next_while_it_is_empty() -> None:
    who = psychologist()
    year_at(who)
    client = signed_in(who)
    assert "Nothing stands in this journal for these days" in page(client, "journal")
    assert "finished questionnaire" in page(client, "journal", journal="diagnostics")
    recorded(who, pupil_of(who, last_name="Қалауова"))
    content = page(client, "journal")
    assert THEME in content
    assert "Қалауова" not in content
    assert "Lines: 1, took place: 1, minutes: 45" in content
    assert "<tfoot>" in content
    assert "names nobody" in content
    gone = (today().replace(year=today().year - 1)).isoformat()
    narrowings: tuple[dict[str, Any], ...] = (
        {"kind": "teacher"},
        {"until": gone, "since": gone, "psychologist": "x", "year": "x"},
    )
    for narrowed in narrowings:
        page(client, "journal", **narrowed)
    assert THEME not in page(client, "journal", kind="teacher")
    assert THEME in page(client, "journal", psychologist=who.user.pk, journal="all", since="0001-01-01", page="x")
    group_of(who, days=-2)
    content = page(client, "journal", journal="group", since=today().replace(day=1).isoformat())
    file_form = content[content.index(f'action="{reverse("journals:file")}"') :]
    assert 'name="journal" value="group"' in file_form
    assert f'name="since" value="{today().replace(day=1).isoformat()}"' in file_form
    assert "Спорить без драки" in page(client, "journal", journal="group")


def test_files_bear_an_ascii_name_and_are_kept_by_no_browser() -> None:
    who = psychologist()
    year = year_at(who)
    recorded(who, pupil_of(who))
    write_item(who, year.pk, item(who))
    client = signed_in(who)
    for name, query in (
        ("file", {"journal": "group", "format": "xlsx", "language": "kk-ru", "names": "on"}),
        ("plan-file", {"format": "pdf", "language": "kk"}),
        ("report-file", {"format": "none", "language": "xx"}),
    ):
        answer = client.get(reverse(f"journals:{name}"), query)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert answer["Content-Disposition"].isascii()
        assert answer.content[:4] in (b"PK\x03\x04", b"%PDF")


def test_too_long_a_journal_is_said_on_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    who = psychologist()
    year_at(who)
    recorded(who, pupil_of(who))
    monkeypatch.setattr("caseflow.journals.services.reading.MOST_ROWS", 0)
    answer = signed_in(who).get(reverse("journals:file"), follow=True)
    assert "too many lines for one file" in answer.content.decode()


def test_what_was_done_is_recorded_from_the_page_of_the_appointment() -> None:
    who = psychologist()
    made = held(who, pupil_of(who))
    client = signed_in(who)
    detail = client.get(reverse("appointments:detail", args=[made.pk])).content.decode()
    assert reverse("journals:of-appointment", args=[made.pk]) in detail
    fragment = page(client, "of-appointment", made.pk)
    assert PURPOSE in fragment
    assert reverse("journals:record", args=[made.pk]) in fragment
    wrong = send(client, "record", made.pk, asker="nobody", theme="")
    assert wrong.status_code == 422
    sent = send(client, "record", made.pk, asker="parent", theme="Сон", result="Режим")
    assert sent["Location"] == reverse("appointments:detail", args=[made.pk])
    assert WorkRecord.objects.get().asker == "parent"
    assert "Режим" in page(client, "of-appointment", made.pk)
    assert "Режим" in page(client, "record", made.pk)
    assert page(client, "of-appointment", planned(who).pk).strip() == ""
    assert page(client, "of-appointment", held(who, days=-2, kind=AppointmentKind.MEETING).pk).strip() == ""
    led_back = client.get(reverse("journals:record", args=[planned(who, at(3, 9)).pk]))
    assert led_back.status_code == 302


def test_a_group_and_diagnostics_have_fields_of_their_own() -> None:
    who = psychologist()
    client = signed_in(who)
    group = held(who, pupil_of(who), pupil_of(who), kind=AppointmentKind.GROUP)
    content = page(client, "record", group.pk)
    said = {"theme": "Спор", "audience": "7 «Б»", "form": "talk"}
    assert 'value="2"' in content
    assert send(client, "record", group.pk, **said, participants="0").status_code == 422
    assert send(client, "record", group.pk, **said, participants="21").status_code == 302
    assert WorkRecord.objects.get().participants == 21
    test = held(who, pupil_of(who), days=-2, kind=AppointmentKind.DIAGNOSTICS)
    assert send(client, "record", test.pk, theme="Рисунок", participants="1").status_code == 302
    assert "7 «Б»" in page(client, "of-appointment", group.pk)


def test_to_whom_a_result_was_explained_is_recorded_from_the_page_of_the_questionnaire() -> None:
    who = psychologist()
    case = case_of(who)
    one = finished(who, case)
    client = signed_in(who)
    assert reverse("journals:result", args=[one.pk]) in page(client, "of-questionnaire", one.pk)
    assert send(client, "result", one.pk, purpose="", told=["x"]).status_code == 422
    open_one = given(who, case, "gad-7").administration
    unfinished = send(client, "result", open_one.pk, purpose="Отбор")
    assert "not finished yet" in unfinished.content.decode()
    assert send(client, "result", one.pk, purpose="Просьба мамы", told=["parent"]).status_code == 302
    assert "to a parent" in page(client, "of-questionnaire", one.pk)
    assert "Просьба мамы" in page(client, "result", one.pk)


def test_a_plan_is_written_sent_and_approved() -> None:
    who = psychologist()
    head = principal_of(who)
    client, principal = signed_in(who), signed_in(head)
    assert "No school year is entered" in page(client, "plan")
    assert send(client, "new-item").status_code == 404
    year = year_at(who)
    assert "take over the plan of the year before" in page(client, "plan")
    assert "sends it to you" in page(principal, "plan")
    said = {"direction": "group", "title": "Занятия", "audience": "7 классы", "month": "10", "expected": "Меньше ссор"}
    assert "the whole year" in page(client, "new-item", year=year.pk)
    assert send(client, "new-item", year=year.pk, **said, owner="0").status_code == 422
    assert send(client, "new-item", year=year.pk, **said, owner=who.user.pk).status_code == 302
    made = PlanItem.objects.get()
    assert 'value="Занятия"' in page(client, "item", made.pk)
    assert send(client, "item", made.pk, **said | {"title": "Уроки"}, owner=who.user.pk).status_code == 302
    content = page(client, "plan", year=year.pk)
    assert "Уроки" in content
    assert "October" in content
    send(client, "copy", year=year.pk)
    assert "There is no plan of an earlier year." in page(client, "plan")
    send(client, "send", year=year.pk)
    assert send(client, "item", made.pk, **said, owner=who.user.pk).status_code == 422
    assert "Approve the plan" in page(principal, "plan")
    assert send(principal, "return", year=year.pk, remark="").status_code == 422
    send(principal, "return", year=year.pk, remark="Добавьте 9 классы")
    assert "Добавьте 9 классы" in page(client, "plan")
    send(client, "send", year=year.pk)
    send(principal, "approve", year=year.pk)
    assert head.user.short_name in page(client, "plan")
    send(client, "open", year=year.pk)
    assert YearPlan.objects.get().state == "draft"
    send(client, "remove", made.pk)
    assert not PlanItem.objects.exists()


def test_what_became_of_an_item_is_said_and_the_plan_before_taken_over() -> None:
    who = psychologist()
    before, year = year_at(who, begun=400, left=-100), year_at(who)
    met = group_of(who, pupil_of(who))
    made = write_item(who, year.pk, item(who))
    write_item(who, before.pk, item(who, title="Из прошлого года"))
    client = signed_in(who)
    content = page(client, "end", made.pk)
    assert str(met.pk) in content
    assert send(client, "end", made.pk, state="dropped", outcome="").status_code == 422
    assert send(client, "end", made.pk, state="done", outcome="Провели", appointment=str(met.pk)).status_code == 302
    content = page(client, "plan", year=year.pk)
    assert reverse("appointments:detail", args=[met.pk]) in content
    assert "done 1 of 1" in content
    assert reverse("appointments:detail", args=[met.pk]) not in page(signed_in(principal_of(who)), "plan")
    answer = client.post(reverse("journals:copy"), {"year": year.pk}, follow=True)
    assert "1 item was taken over." in answer.content.decode()


def test_a_report_is_written_on_and_signed() -> None:
    who = psychologist()
    year = year_at(who, begun=250, left=20)
    write_item(who, year.pk, item(who))
    send_plan(who, year.pk)
    client, principal = signed_in(who), signed_in(principal_of(who))
    assert send(client, "words", year=year.pk, next="x" * 4001).status_code == 422
    assert send(client, "words", year=year.pk, next="Больше времени родителям").status_code == 302
    assert "Sign the report" in page(client, "report", year=year.pk)
    assert "Больше времени родителям" in page(principal, "report")
    assert send(principal, "words", year=year.pk).status_code == 403
    send(client, "sign", year=year.pk)
    assert SignedReport.objects.get().digest[:16] in page(principal, "report")
    send(client, "words", year=year.pk, next="Иначе")
    answer = client.post(reverse("journals:sign"), {"year": year.pk}, follow=True)
    assert "does not change any more" in answer.content.decode()
    assert "Больше времени родителям" in page(client, "report")


def test_without_a_school_year_the_report_says_what_comes_first() -> None:
    assert "No school year is entered" in page(signed_in(psychologist()), "report")


def test_the_regions_lead_enters_a_form_and_others_read_it() -> None:
    who = psychologist()
    client = signed_in(region_lead_of(who))
    assert "Journal of diagnostics" in page(client, "forms")
    content = page(client, "new-form", journal="group")
    assert 'name="place_audience" value="' in content
    assert "place_asker" not in content
    said = {"journal": "group", "source": "Приказ № 12", "effective_from": today().isoformat(), "place_theme": "2"}
    titles = {"title_date_kk": "Күні, айы", "title_date_ru": "День", "title_date_en": "Day"}
    assert send(client, "new-form", **said, place_person="1").status_code == 422
    assert send(client, "new-form", **said | {"effective_from": "3000-01-01"}).status_code == 422
    assert send(client, "new-form", **said | titles, place_date="1").status_code == 302
    entered = FormVersion.objects.get(region=school_of(who).district.region)
    assert [column["key"] for column in entered.columns] == ["date", "theme"]
    own = signed_in(who)
    content = page(own, "forms")
    assert "Приказ № 12" in content
    assert "New form" not in content
    group_of(who, days=-1)
    assert '<th scope="col">Day</th>' in page(own, "journal", journal="group")
    assert page(signed_in(lead_over(school_of(who))), "new-form", status=403)
    assert "Day" in page(client, "new-form", journal="group")
    assert "Journal of consultations" in page(client, "new-form", journal="x")
