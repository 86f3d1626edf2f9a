"""A report as files: the same figures on paper, in tables and in data, in every language, and as the bytes signed."""

import csv
import hashlib
import json
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from pdfminer.high_level import extract_text
from pytest_django import Settings

from caseflow.coordination.models import Report
from caseflow.coordination.services import compose_report
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region, School
from caseflow.incidents.enums import Category
from caseflow.indicators.rules.definitions import shipped
from tests.coordination.test_reports import QUARTER, report_events, school_in
from tests.directory.factories import RegionFactory, actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return RegionFactory.create(name_ru="Мангистауская область", name_kk="Маңғыстау облысы")


@pytest.fixture
def prosecutor(region: Region) -> Actor:
    return actor(Role.PROSECUTOR, region=region)


@pytest.fixture
def schools(region: Region) -> list[School]:
    found = [school_in(region, name) for name in ("Актау", "Жанаозен")]
    for school, now, before in zip(found, (58, 31), (83, 42), strict=True):
        report_events(school, Category.BULLYING, now)
        report_events(school, Category.BULLYING, before, year=2024)
    report_events(found[0], Category.EXTORTION, 3)
    return found


@pytest.fixture
def report(region: Region, prosecutor: Actor, schools: list[School]) -> Report:
    return compose_report(prosecutor, region=region, period=QUARTER, comment="=1+1 слово председателя")


def taken(who: Actor, report: Report, form: str, language: str = "") -> bytes:
    answer = signed_in(who).get(f"/reports/{report.pk}/{form}/", {"language": language})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    of = f"-{report.district.code}" if report.district else ""
    assert answer["Content-Disposition"] == f'attachment; filename="tirek-2025-q3{of}.{form}"'
    content: bytes = answer.content
    return content


def lines_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_the_table_has_a_line_for_each_indicator_and_place(report: Report, prosecutor: Actor) -> None:
    lines = lines_of(taken(prosecutor, report, "csv"))
    shown = [row["code"] for row in report.release.content["indicators"]]
    assert len(lines) == 3 * len(shown)
    bullying = {line["place_ru"]: line for line in lines if line["indicator"] == "bullying"}
    there = bullying["Жанаозен"]
    assert (there["figure"], there["year_before"], there["hidden"]) == ("30", "40", "0")
    extortion = {line["place_ru"]: line for line in lines if line["indicator"] == "extortion"}
    assert (extortion["Актау"]["figure"], extortion["Актау"]["hidden"]) == ("", "1")
    assert {line["name_kk"] for line in lines} <= {each.names["kk"] for each in shipped()}
    assert "58" not in {line["figure"] for line in lines}


def test_the_workbook_has_a_sheet_for_each_chapter_in_both_languages(report: Report, prosecutor: Actor) -> None:
    book = load_workbook(BytesIO(taken(prosecutor, report, "xlsx", "kk-ru")))
    first = [[cell for cell in row if cell is not None] for row in book.worksheets[0].iter_rows(values_only=True)]
    flat = [cell for row in first for cell in row]
    assert "Маңғыстау облысы / Мангистауская область" in flat
    assert "Аудан / Район" in flat
    assert 60 in flat
    assert "жасырылған / скрыто" in flat
    assert len(book.worksheets) == len({row["chapter"] for row in report.release.content["indicators"]})


def test_the_paper_has_both_languages_one_after_the_other(report: Report, prosecutor: Actor) -> None:
    text = extract_text(BytesIO(taken(prosecutor, report, "pdf", "kk-ru")))
    assert text.index("Маңғыстау облысы") < text.index("Мангистауская область")
    assert text.count("=1+1 слово председателя") == 2
    for shown in ("60", "85", "30", "40"):
        assert text.count(shown) >= 2


def test_the_document_is_the_bytes_that_were_kept(report: Report, prosecutor: Actor) -> None:
    content = taken(prosecutor, report, "json")
    assert hashlib.sha256(content).hexdigest() == report.sha256
    document = json.loads(content)
    assert document["format"] == "tirek-report/1"
    assert document["period"] == {"code": "2025-Q3", "first_day": "2025-07-01", "last_day": "2025-09-30"}
    assert document["now"]["figures"] == report.release.content["figures"]
    assert document["now"]["sha256"] == report.release.digest
    assert document["year_before"]["period"] == "2024-Q3"
    assert document["indicators"] == report.release.content["indicators"]
    assert set(document["title"]) == set(document["method"]) == {"kk", "ru", "en"}
    assert document["title"]["kk"] != document["title"]["ru"]


def test_a_report_about_a_district_has_that_and_the_region_alone(
    region: Region, prosecutor: Actor, schools: list[School]
) -> None:
    district = schools[1].district
    report = compose_report(prosecutor, region=region, period=QUARTER, district=district)
    whole = compose_report(prosecutor, region=region, period=QUARTER)
    assert report.release == whole.release  # one release of figures, shown twice
    places = {line["place"] for line in lines_of(taken(prosecutor, report, "csv"))}
    assert places == {str(district.pk), "region"}
    document = json.loads(report.document)
    assert {place for of in document["now"]["figures"].values() for place in of} <= places
    page = signed_in(prosecutor).get(f"/reports/{report.pk}/").content.decode()
    assert "Жанаозен" in page
    assert "Актау" not in page


def test_a_district_that_is_renamed_keeps_its_name_in_what_was_released(
    region: Region, prosecutor: Actor, schools: list[School]
) -> None:
    district = schools[1].district
    report = compose_report(prosecutor, region=region, period=QUARTER, district=district)
    client = signed_in(prosecutor)
    paper = client.get(f"/reports/{report.pk}/pdf/").content
    district.name_ru = district.name_kk = district.name_en = "Совсем другой"
    district.save()
    assert client.get(f"/reports/{report.pk}/pdf/").content == paper
    assert "Совсем другой" not in client.get(f"/reports/{report.pk}/").content.decode()


def test_a_form_that_is_none_is_not_found(report: Report, prosecutor: Actor) -> None:
    assert signed_in(prosecutor).get(f"/reports/{report.pk}/docx/").status_code == 404


@pytest.mark.parametrize("form", ["xlsx", "pdf"])
def test_files_with_invented_figures_say_so(report: Report, prosecutor: Actor, settings: Settings, form: str) -> None:
    settings.DEMO = True
    content = taken(prosecutor, report, form, "en")
    if form == "pdf":
        said = extract_text(BytesIO(content))
    else:
        said = str(list(load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)))
    assert "All names and events are invented" in said


def test_a_correction_shows_both_versions(prosecutor: Actor, report: Report, schools: list[School]) -> None:
    report_events(schools[0], Category.BULLYING, 20)
    client = signed_in(prosecutor)
    reason = "Двадцать сообщений пришли поздно."
    answer = client.post(f"/reports/{report.pk}/correct/", {"reason": reason, "comment": ""})
    second = Report.objects.get(release__version=2)
    assert answer["Location"] == f"/reports/{second.pk}/"
    assert client.post(f"/reports/{second.pk}/correct/", {"reason": "", "comment": ""}).status_code == 422
    new, old = (client.get(f"/reports/{each.pk}/").content.decode() for each in (second, report))
    assert reason in new
    assert f"/reports/{second.pk}/" in old
    assert "These figures were corrected" in old
    assert "tirek-2025-q3-v2.csv" in client.get(f"/reports/{second.pk}/csv/")["Content-Disposition"]
    listed = client.get("/reports/").content.decode()
    assert "version 2" in listed
