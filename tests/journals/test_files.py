"""Files are opened again and hold what the journal holds: no formula, no name where the form has none."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pdfminer.high_level import extract_text

from caseflow.audit.models import AuditEntry
from caseflow.directory.models import School
from caseflow.documents.sheets import FileFormat
from caseflow.journals.enums import Journal, PlanItemState
from caseflow.journals.rules.forms import heads_of
from caseflow.journals.selectors.lines import Totals
from caseflow.journals.selectors.words import Work
from caseflow.journals.services import NewForm, end_item, enter_form, send_plan, sign_report, write_item, write_report
from caseflow.journals.services.planning import approve_plan
from caseflow.journals.services.reading import export_journal, export_plan, export_report
from caseflow.journals.wording import total_row
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.journals.factories import (
    asked,
    finished,
    group_of,
    item,
    principal_of,
    recorded,
    region_lead_of,
    school_of,
    today,
    year_at,
)

pytestmark = pytest.mark.django_db
XLSX, PDF = FileFormat.XLSX, FileFormat.PDF
FORMULA = '=HYPERLINK("http://example.org";"x")'


def cells(content: bytes) -> list[object]:
    page = load_workbook(BytesIO(content)).active
    assert page is not None
    return [cell.value for row in page.iter_rows() for cell in row if cell.value is not None]


def test_a_journal_opens_again_with_its_lines_in_both_languages_and_no_name() -> None:
    who = psychologist()
    pupil = pupil_of(who, last_name="Қалауова", first_name="Мадина")
    case_of(who, pupil)
    recorded(who, pupil, work=Work(asker="pupil", theme=FORMULA, result="Мадине спать до 23"))
    found = cells(export_journal(who, asked(), XLSX, "kk-ru"))
    assert FORMULA in found
    assert "… спать до 23" in found
    assert any(" / " in str(value) for value in found)
    assert not any("Мадин" in str(value) or "Қалауова" in str(value) for value in found)
    text = extract_text(BytesIO(export_journal(who, asked(), PDF, "ru")))
    assert "спать до 23" in " ".join(text.split())
    assert "Қалауова" not in text
    entry = AuditEntry.objects.filter(action="journal_exported").latest("pk")
    assert (entry.detail["format"], entry.detail["names"], len(entry.detail["lines"])) == ("pdf", False, 1)


def last_row(content: bytes) -> list[object]:
    page = load_workbook(BytesIO(content)).active
    assert page is not None
    return [cell.value for cell in list(page.iter_rows())[-1]]


def test_the_sums_stand_below_their_columns_in_a_last_row() -> None:
    who = psychologist()
    pupil = pupil_of(who)
    assert not any("Барлығы" in str(cell) for cell in cells(export_journal(who, asked(), XLSX, "kk-ru")))
    recorded(who, pupil)
    recorded(who, pupil, hour=12)
    row = last_row(export_journal(who, asked(), XLSX, "kk-ru"))
    assert (row[0], 90 in row) == (2, True)
    assert any("Барлығы" in str(cell) for cell in row)
    assert "Итого" in extract_text(BytesIO(export_journal(who, asked(), PDF, "ru")))


def test_a_form_of_numbers_alone_has_sums_without_a_word() -> None:
    heads = heads_of([{"key": "minutes"}, {"key": "people"}], with_names=False)
    assert total_row(heads, Totals(lines=3, held=2, minutes=90, people=5)) == [90, 5]
    dated = heads_of([{"key": "number"}, {"key": "date"}, {"key": "theme"}], with_names=False)
    assert total_row(dated, Totals(lines=3, held=2, minutes=90, people=5)) == [3, "Total", ""]


def test_names_stand_in_a_file_only_where_the_form_has_them_and_they_were_asked_for() -> None:
    who = psychologist()
    pupil = pupil_of(who, last_name="Қалауова")
    recorded(who, pupil)
    columns = [{"key": "number"}, {"key": "person"}, {"key": "theme"}]
    assert "Қалауова" not in str(cells(export_journal(who, asked(), XLSX, "ru", with_names=True)))
    named = NewForm(Journal.CONSULTATIONS, "Order 12", today(), names_persons=True, columns=columns)
    enter_form(region_lead_of(who), named)
    assert "Қалауова" not in str(cells(export_journal(who, asked(), XLSX, "ru")))
    assert pupil.short_name in str(cells(export_journal(who, asked(), XLSX, "ru", with_names=True)))
    assert AuditEntry.objects.filter(action="journal_exported").latest("pk").detail["names"] is True
    for stranger in (lead_over(school_of(who)), region_lead_of(who), principal_of(who)):
        with pytest.raises(School.DoesNotExist):
            export_journal(stranger, asked(), XLSX, "ru")


def test_an_empty_journal_and_the_others_are_files_too() -> None:
    who = psychologist()
    text = extract_text(BytesIO(export_journal(who, asked(Journal.GROUP), PDF, "en")))
    assert "Nothing was recorded in this period." in text
    group_of(who, pupil_of(who))
    finished(who, case_of(who))
    assert "Спорить без драки" in cells(export_journal(who, asked(Journal.GROUP), XLSX, "kk"))
    assert "PHQ-A" in extract_text(BytesIO(export_journal(who, asked(Journal.DIAGNOSTICS), PDF, "kk-ru")))


def test_the_plan_opens_again_with_its_approval_and_what_became_of_it() -> None:
    who = psychologist()
    head, year = principal_of(who), year_at(who)
    made = write_item(who, year.pk, item(who, title="=1+1"))
    end_item(who, made.pk, PlanItemState.DONE, outcome="Провели трижды")
    send_plan(who, year.pk)
    approve_plan(head, year.pk)
    found = cells(export_plan(who, year.pk, XLSX, "kk-ru"))
    assert "=1+1" in found
    assert any(head.user.short_name in str(value) for value in found)
    text = " ".join(extract_text(BytesIO(export_plan(head, year.pk, PDF, "ru"))).split())
    assert "Провели трижды" in text
    assert export_plan(head, year.pk, PDF, "ru") == export_plan(head, year.pk, PDF, "ru")


def test_a_signed_report_opens_again_with_its_checksum_and_stays_the_same_file() -> None:
    who = psychologist()
    year = year_at(who, begun=250, left=20)
    recorded(who, pupil_of(who))
    write_report(who, year.pk, {"next": "Больше времени родителям"})
    assert "Not signed yet" in extract_text(BytesIO(export_report(who, year.pk, PDF, "en")))
    signed = sign_report(who, year.pk)
    pdf = export_report(who, year.pk, PDF, "en")
    text = " ".join(extract_text(BytesIO(pdf)).split())
    assert signed.digest[:16] in text
    assert "Больше времени родителям" in text
    recorded(who, pupil_of(who), days=-2)
    assert export_report(principal_of(who), year.pk, PDF, "en") == pdf
    found = cells(export_report(who, year.pk, XLSX, "kk-ru"))
    assert "Больше времени родителям" in found
    assert year.ends_on - timedelta(days=31) <= today()
