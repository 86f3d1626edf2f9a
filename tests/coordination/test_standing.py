"""Beside the frozen figures: how far the council's decisions are, and who signed, on page, paper and workbook."""

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pdfminer.high_level import extract_text

from caseflow.clocks.models import Clock
from caseflow.coordination import standing
from caseflow.coordination.models import Report
from caseflow.coordination.services import ask_for_signatures, compose_report, open_report, refuse_report, sign_report
from caseflow.coordination.standing import standing_beside, tables_beside
from caseflow.council.enums import Move
from caseflow.council.models import Decision
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.indicators.rules.periods import quarter_of
from tests.coordination.test_reports import QUARTER
from tests.council.factories import Table, approved, drafted, held, moved, table
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Table:
    return table()


@pytest.fixture
def report(at: Table) -> Report:
    return compose_report(at.chair, region=at.region, period=QUARTER, comment="Слово председателя")


def page_of(who: Actor, report: Report) -> str:
    return signed_in(who).get(f"/reports/{report.pk}/").content.decode()


def paper_of(who: Actor, report: Report, language: str = "ru") -> str:
    content = signed_in(who).get(f"/reports/{report.pk}/pdf/", {"language": language}).content
    return " ".join(extract_text(BytesIO(content)).split())


def cells_of(who: Actor, report: Report, language: str = "kk-ru") -> list[list[Any]]:
    """What the workbook's last sheet says."""
    content = signed_in(who).get(f"/reports/{report.pk}/xlsx/", {"language": language}).content
    rows = load_workbook(BytesIO(content)).worksheets[-1].iter_rows(values_only=True)
    return [[cell for cell in row if cell is not None] for row in rows]


def beside(who: Actor, report: Report) -> Sequence[Decision]:
    return standing_beside(who, open_report(who, report.pk)).decisions


def test_what_runs_stands_on_page_paper_and_in_the_workbook(at: Table, report: Report) -> None:
    decision = approved(at, text="Дежурный инспектор в каждом районе")
    ended = timezone.now() - timedelta(days=2, hours=1)
    started = ended - timedelta(days=9)
    Clock.objects.filter(council_decision=decision).update(started_at=started, warn_at=ended, due_at=ended)
    number = f"{decision.number}/{decision.session.year}"
    page = page_of(at.member, report)
    assert f'href="/council/decisions/{decision.pk}/"' in page
    assert "overdue, 2 days" in page
    assert f"As it stood on {timezone.localdate():%d.%m.%Y}" in page
    paper = paper_of(at.member, report)
    assert "Решения совета" in paper
    assert "Дежурный инспектор в каждом районе" in paper
    assert "просрочено, 2 дня" in paper
    (row,) = (row for row in cells_of(at.member, report) if number in row)
    assert row[1] == "Дежурный инспектор в каждом районе"
    assert row[-1].endswith(" / просрочено, 2 дня")


def test_drafts_and_what_ended_before_the_period_do_not_stand_there(at: Table) -> None:
    this_quarter = compose_report(at.chair, region=at.region, period=quarter_of(timezone.localdate()).before)
    session = held(at)
    drafted(at, session)
    done = approved(at, session, text="Сделано давно")
    moved(at.officer, done, Move.REPORT)
    moved(at.chair, done, Move.ACCEPT)
    assert [one.pk for one in beside(at.chair, this_quarter)] == [done.pk]
    Clock.objects.filter(council_decision=done).update(stopped_at=timezone.now() - timedelta(days=200))
    assert beside(at.chair, this_quarter) == ()
    assert "Decisions of the council" not in page_of(at.chair, this_quarter)


def test_nobody_reads_more_decisions_than_elsewhere(at: Table, report: Report) -> None:
    approved(at, text="Только для совета")
    analyst = actor(Role.ANALYST, region=at.region)
    assert beside(analyst, report) == ()
    assert "Только для совета" not in page_of(analyst, report) + paper_of(analyst, report)
    assert all("Только для совета" not in row for row in cells_of(analyst, report))
    approved(table(), text="Чужой совет")
    assert [one.text for one in beside(at.chair, report)] == ["Только для совета"]


def test_a_long_register_is_cut_and_says_so(at: Table, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "MOST_DECISIONS", 1)
    session = held(at)
    for text in ("Первое", "Второе", "Третье"):
        approved(at, session, text=text)
    page, paper = page_of(at.chair, report), paper_of(at.chair, report)
    assert "2 more in the register." in page
    assert "Ещё 2 в реестре." in paper
    assert sum(text in paper for text in ("Первое", "Второе", "Третье")) == 1


def test_who_signed_who_did_not_and_who_is_asked_stand_on_paper(at: Table, report: Report) -> None:
    assert "Подписи" not in paper_of(at.chair, report)
    ask_for_signatures(at.chair, report.pk)
    sign_report(at.member, report.pk, report.sha256)
    refuse_report(at.prosecutor, report.pk, report.sha256, "Не сходится с журналом")
    paper = paper_of(at.chair, report)
    assert "Подписи" in paper
    assert " ".join(at.member.user.short_name.split()) in paper
    assert "через учётную запись, " in paper
    assert f"внесено: {' '.join(at.member.user.short_name.split())}" in paper
    assert "Не сходится с журналом" in paper
    assert "ждёт подписи" in paper
    in_kk = paper_of(at.chair, report, "kk")
    assert at.agency.name_kk in in_kk
    assert at.agency.name_ru not in in_kk
    rows = cells_of(at.chair, report)
    assert any(row and row[0] == at.member.user.short_name for row in rows)


def test_the_workbook_says_version_reason_and_comment(at: Table, report: Report) -> None:
    again = compose_report(at.chair, region=at.region, period=QUARTER, comment="Новое слово", reason="Ошибка учёта")
    content = signed_in(at.chair).get(f"/reports/{again.pk}/xlsx/", {"language": "ru"}).content
    said = [row[0] for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True, max_row=9)]
    assert "Новое слово" in said
    assert any(str(one).startswith("Версия 2, ") and str(one).endswith("Ошибка учёта") for one in said)


def test_without_either_nothing_stands_beside(at: Table, report: Report) -> None:
    assert tables_beside(standing_beside(at.chair, open_report(at.chair, report.pk))) == []
