"""A report is released once, shows sums only, and never changes."""

from datetime import UTC, date, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pdfminer.high_level import extract_text
from pytest_django import Settings

from caseflow.audit.models import AuditEntry
from caseflow.clocks.services import start_clock, stop_clock
from caseflow.coordination.charts import timeliness
from caseflow.coordination.models import Report
from caseflow.coordination.selectors import Cell, lay_out
from caseflow.coordination.services import compose_report, is_unchanged
from caseflow.coordination.views import PER_PAGE
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region, School
from caseflow.disclosure.rounding import SMALL
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Incident
from caseflow.indicators.rules.periods import Period, finished_quarters, quarter_of
from caseflow.records.append_only import AppendOnlyError
from caseflow.records.vault import new_key
from caseflow.releases.models import Release
from caseflow.releases.services import AlreadyReleasedError, PeriodNotOverError
from caseflow.releases.services import is_unchanged as is_release_unchanged
from caseflow.triage.models import TriageItem
from notifications.models import Alert
from tests.directory.factories import DistrictFactory, RegionFactory, SchoolFactory, UserFactory, actor, signed_in

pytestmark = pytest.mark.django_db
QUARTER = Period(2025, 3)


@pytest.fixture
def region() -> Region:
    return RegionFactory.create(name_ru="Мангистауская область", name_kk="Маңғыстау облысы")


@pytest.fixture
def prosecutor(region: Region) -> Actor:
    return actor(Role.PROSECUTOR, region=region)


def school_in(region: Region, name: str) -> School:
    return SchoolFactory.create(district=DistrictFactory.create(region=region, name_ru=name))


def report_events(school: School, category: Category, count: int, *, year: int = 2025, in_time: bool = True) -> None:
    started = datetime(year, 8, 20, 6, tzinfo=UTC)
    for _ in range(count):
        clock, legal = (start_clock(code, school, started) for code in ("psych_assessment_high", "legal_assessment"))
        for each in (clock, legal):
            stop_clock(each.pk, each.due_at if in_time else None)
        item = TriageItem.objects.create(
            kind="incident",
            school=school,
            title_code=category,
            quality=2,
            psych_clock=clock,
            legal_clock=legal,
            due_at=clock.due_at,
            created_at=started,
            words_key=new_key("triage"),
        )
        number = Incident.objects.count() + 1
        Incident.objects.create(
            number=number,
            school=school,
            category=category,
            occurred_at=started,
            reported_by=UserFactory.create(),
            reporter_role="teacher",
            triage_item=item,
            data_key=item.words_key,
            violence=False,
            created_at=started,
        )


def total(report: Report, code: str) -> Cell:
    cell = lay_out(report).total(code)
    assert cell is not None
    return cell


def test_a_report_shows_rounded_counts_and_hides_small_ones(region: Region, prosecutor: Actor) -> None:
    aktau, remote = school_in(region, "Актау"), school_in(region, "Бейнеуский район")
    report_events(aktau, Category.BULLYING, 13)
    report_events(aktau, Category.CYBERBULLYING, 9)
    report_events(remote, Category.BULLYING, 12)
    report_events(remote, Category.VIOLENCE, 3)
    report = compose_report(prosecutor, region=region, period=QUARTER)
    table = lay_out(report).tables[0]
    shown = {
        row.name: {column.code: cell.now for column, cell in row.pairs if column.code in ("bullying", "violence")}
        for row in (*table.rows, table.total)
    }
    assert shown == {
        "Актау": {"bullying": 20, "violence": 0},
        "Бейнеуский район": {"bullying": 10, "violence": None},
        region.name: {"bullying": None, "violence": None},  # beside all events, 35, it would tell of three
    }


def test_nothing_small_is_shown_but_what_everybody_knows(region: Region, prosecutor: Actor) -> None:
    report_events(school_in(region, "Актау"), Category.EXTORTION, 4)
    content = compose_report(prosecutor, region=region, period=QUARTER).release.content
    shown = {n for key, places in content["figures"].items() if key != "schools:*" for n in places.values()}
    assert not shown & set(SMALL)


def test_talk_of_self_harm_is_in_no_figure_of_a_quarter(region: Region, prosecutor: Actor) -> None:
    report_events(school_in(region, "Актау"), Category.SELF_HARM, 30)
    release = compose_report(prosecutor, region=region, period=QUARTER).release
    for source in ("incidents", "psychological", "legal"):
        assert not any(release.exact.counts[source].values())
    assert {n for places in release.content["figures"].values() for n in places.values()} <= {0, None, 1}
    assert "self_harm" not in {row["code"] for row in release.content["indicators"]}


def test_the_share_in_time_comes_from_the_published_parts(region: Region, prosecutor: Actor) -> None:
    school = school_in(region, "Актау")
    report_events(school, Category.VIOLENCE, 28)
    report_events(school, Category.VIOLENCE, 12, in_time=False)
    psychological = timeliness(lay_out(compose_report(prosecutor, region=region, period=QUARTER)))[0]
    assert (psychological.in_time, psychological.late, psychological.missing) == (75, 25, None)


def test_the_year_before_stays_as_it_was_first_shown(region: Region, prosecutor: Actor) -> None:
    school = school_in(region, "Актау")
    report_events(school, Category.VIOLENCE, 20, year=2024)
    compose_report(prosecutor, region=region, period=QUARTER.year_before)
    report_events(school, Category.VIOLENCE, 20, year=2024)
    report_events(school, Category.VIOLENCE, 30)
    violence = total(compose_report(prosecutor, region=region, period=QUARTER), "violence")
    assert (violence.now, violence.before, violence.change) == (30, 20, 50)


def test_a_quarter_is_released_once(region: Region, prosecutor: Actor) -> None:
    compose_report(prosecutor, region=region, period=QUARTER)
    with pytest.raises(AlreadyReleasedError):
        compose_report(prosecutor, region=region, period=QUARTER)


def test_a_running_quarter_is_not_released(region: Region, prosecutor: Actor) -> None:
    with pytest.raises(PeriodNotOverError):
        compose_report(prosecutor, region=region, period=quarter_of(date.today()))  # noqa: DTZ011  any zone's day will do
    assert Release.objects.count() == 0


def test_a_release_cannot_be_saved_again_or_deleted(region: Region, prosecutor: Actor) -> None:
    report = compose_report(prosecutor, region=region, period=QUARTER)
    for frozen in (report, report.release, report.release.exact):
        with pytest.raises(AppendOnlyError):
            frozen.save()
        with pytest.raises(AppendOnlyError):
            frozen.delete()


def test_the_database_keeps_a_release_as_it_is(region: Region, prosecutor: Actor) -> None:
    release = compose_report(prosecutor, region=region, period=QUARTER).release
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE releases_release SET content = '{}'")
    assert is_release_unchanged(Release.objects.get(pk=release.pk))


def test_a_changed_figure_is_found(region: Region, prosecutor: Actor) -> None:
    report = compose_report(prosecutor, region=region, period=QUARTER)
    assert is_unchanged(report)
    assert is_release_unchanged(report.release)
    report.document = report.document.replace('"incidents:*":{', '"incidents:*":{"1":5,', 1)
    report.release.content["figures"]["incidents:*"]["region"] = 5
    assert not is_unchanged(report)
    assert not is_release_unchanged(report.release)


def test_the_readers_of_the_region_are_told_and_the_act_is_logged(region: Region, prosecutor: Actor) -> None:
    member = actor(Role.COUNCIL_MEMBER, region=region)
    actor(Role.COUNCIL_MEMBER, region=RegionFactory.create())
    compose_report(prosecutor, region=region, period=QUARTER)
    assert list(Alert.objects.values_list("recipient", flat=True)) == [member.user.pk]
    assert AuditEntry.objects.filter(action="release_report", actor=prosecutor.user).count() == 1


def test_the_page_and_the_paper_show_the_same_figures(region: Region, prosecutor: Actor) -> None:
    report_events(school_in(region, "Актау"), Category.BULLYING, 58)
    report = compose_report(prosecutor, region=region, period=QUARTER, comment="A word of the chair.")
    client = signed_in(prosecutor)
    page = client.get(f"/reports/{report.pk}/").content.decode()
    paper = client.get(f"/reports/{report.pk}/pdf/")
    text = extract_text(BytesIO(paper.content))
    for shown in ("60", "A word of the chair."):
        assert shown in page
        assert shown in text
    assert "58" not in text.replace(report.sha256[:16], "")  # the checksum may hold any digits
    assert paper["Content-Type"] == "application/pdf"


def test_page_and_paper_set_each_kind_and_district_against_the_year_before(region: Region, prosecutor: Actor) -> None:
    school = school_in(region, "Актау")
    for category, now, before in ((Category.EXTORTION, 31, 86), (Category.CONFLICT, 42, 74)):
        report_events(school, category, now)
        report_events(school, category, before, year=2024)
    report = compose_report(prosecutor, region=region, period=QUARTER)
    client = signed_in(prosecutor)
    page = client.get(f"/reports/{report.pk}/").content.decode()
    text = extract_text(BytesIO(client.get(f"/reports/{report.pk}/pdf/").content))
    for shown in ("30", "85", "40", "75"):
        assert shown in text
    table = page.split('id="h-events"')[1].split("</section>")[0]
    assert table.count("</span>85</span>") == table.count("</span>75</span>") == 2  # the district and the region
    assert "−65" in table


def test_the_paper_has_the_same_bytes_each_time_and_kazakh_letters(region: Region, prosecutor: Actor) -> None:
    prosecutor.user.language = "kk"
    prosecutor.user.save()
    report = compose_report(prosecutor, region=region, period=QUARTER)
    client = signed_in(prosecutor)
    first = client.get(f"/reports/{report.pk}/pdf/").content
    assert client.get(f"/reports/{report.pk}/pdf/").content == first
    assert "Маңғыстау облысы" in extract_text(BytesIO(first))


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.COUNCIL_CHAIR, Role.COUNCIL_MEMBER, Role.ANALYST])
def test_another_region_s_report_does_not_exist(region: Region, prosecutor: Actor, role: Role) -> None:
    report = compose_report(prosecutor, region=region, period=QUARTER)
    stranger = signed_in(actor(role, region=RegionFactory.create()))
    for address in (f"/reports/{report.pk}/", f"/reports/{report.pk}/pdf/", f"/reports/{uuid4()}/"):
        assert stranger.get(address).status_code == 404
    assert b"quarter" not in stranger.get("/reports/").content.split(b"<main")[1].split(b"c-empty")[0]


def test_a_report_is_released_from_the_page(region: Region, prosecutor: Actor) -> None:
    client = signed_in(prosecutor)
    newest = finished_quarters(date.today(), 1)[0]  # noqa: DTZ011  as above
    form = {"period": newest.code, "district": "", "comment": ""}
    shown = client.post("/reports/new/", form, follow=True)
    assert shown.redirect_chain[-1][0] == f"/reports/{Report.objects.get().pk}/"
    assert client.post("/reports/new/", form).status_code == 422
    assert client.post("/reports/new/", {"period": "2199-Q1"}).status_code == 422


def test_a_member_of_the_council_reads_and_does_not_release(region: Region) -> None:
    assert signed_in(actor(Role.COUNCIL_MEMBER, region=region)).get("/reports/new/").status_code == 403


@pytest.mark.parametrize("demo", [True, False])
def test_paper_with_invented_figures_says_so(
    region: Region, prosecutor: Actor, settings: Settings, *, demo: bool
) -> None:
    settings.DEMO = demo
    report = compose_report(prosecutor, region=region, period=QUARTER)
    paper = signed_in(prosecutor).get(f"/reports/{report.pk}/pdf/").content
    assert ("All names and events are invented" in extract_text(BytesIO(paper))) is demo


def test_the_api_gives_what_was_released_and_nothing_else(region: Region, prosecutor: Actor) -> None:
    report_events(school_in(region, "Актау"), Category.BULLYING, 58)
    report = compose_report(prosecutor, region=region, period=QUARTER)
    answer = signed_in(prosecutor).get(f"/api/v1/reports/{report.pk}/").json()
    assert answer["figures"] == report.release.content
    assert answer["figures"]["figures"]["incidents:bullying+cyberbullying"]["region"] == 60
    assert "58" not in str(answer["figures"]["figures"])
    assert (answer["before"], answer["previous"]) == (None, None)


def test_a_list_of_many_reports_has_pages_and_reads_no_figures(region: Region, prosecutor: Actor) -> None:
    compose_report(prosecutor, region=region, period=QUARTER)
    client = signed_in(prosecutor)
    client.get("/reports/")  # what is kept of the one who signed in is read once
    counts = []
    for more in (0, PER_PAGE):
        for _district in range(more):
            district = DistrictFactory.create(region=region)
            Report.objects.create(
                release=Release.objects.get(period=QUARTER.code),
                district=district,
                composed_by=prosecutor.user,
                document="{}",
                sha256="0" * 64,
            )
        for address in ("/reports/", "/api/v1/reports/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
            read = " ".join(query["sql"] for query in queries)
            assert '"document"' not in read
            assert '"content"' not in read
    assert counts[:2] == counts[2:]
    assert "page 1 of 2" in client.get("/reports/").content.decode()
    assert len(client.get("/reports/", {"page": 2}).context["reports"]) == 1
