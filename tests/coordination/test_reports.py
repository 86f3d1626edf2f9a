"""A report is released once, shows sums only, and never changes."""

from datetime import UTC, date, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from pdfminer.high_level import extract_text
from pytest_django import Settings

from caseflow.audit.models import AuditEntry
from caseflow.clocks.services import start_clock, stop_clock
from caseflow.coordination.disclosure import SMALL
from caseflow.coordination.models import FrozenError, PeriodFigures, Report
from caseflow.coordination.rules import Quarter, finished_quarters, quarter_of
from caseflow.coordination.selectors import lay_out
from caseflow.coordination.services import AlreadyReleasedError, PeriodNotOverError, compose_report, is_unchanged
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region, School
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Incident
from caseflow.records.vault import new_key
from caseflow.triage.models import TriageItem
from notifications.models import Alert
from tests.directory.factories import DistrictFactory, RegionFactory, SchoolFactory, UserFactory, actor, signed_in

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2025, 3)


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


def test_quarters_follow_the_calendar() -> None:
    assert (Quarter(2026, 4).first_day, Quarter(2026, 4).last_day) == (date(2026, 10, 1), date(2026, 12, 31))
    assert quarter_of(date(2026, 3, 31)) == Quarter(2026, 1)
    assert finished_quarters(date(2026, 2, 1), 2) == [Quarter(2025, 4), Quarter(2025, 3)]


@pytest.mark.parametrize("number", [0, 5])
def test_a_year_has_four_quarters(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        Quarter(2026, number)


def test_a_report_shows_rounded_counts_and_hides_small_ones(region: Region, prosecutor: Actor) -> None:
    aktau, remote = school_in(region, "Актау"), school_in(region, "Бейнеуский район")
    report_events(aktau, Category.BULLYING, 13)
    report_events(aktau, Category.CYBERBULLYING, 9)
    report_events(remote, Category.BULLYING, 12)
    report_events(remote, Category.VIOLENCE, 3)
    report = compose_report(prosecutor, region=region, quarter=QUARTER)
    view = lay_out(report)
    cells = {row.name: [cell.now for cell in row.cells][:2] for row in view.rows}
    assert cells == {"Актау": [20, 0], "Бейнеуский район": [10, None]}
    assert [cell.now for cell in view.totals][:2] == [35, None]


def test_nothing_small_is_stored_either(region: Region, prosecutor: Actor) -> None:
    report_events(school_in(region, "Актау"), Category.EXTORTION, 4)
    content = compose_report(prosecutor, region=region, quarter=QUARTER).figures.content
    stored = [*content["totals"].values(), *content["districts"][0]["cells"].values()]
    stored += [n for parts in content["assessments"].values() for n in parts.values()]
    assert not set(stored) & set(SMALL)


def test_talk_of_self_harm_is_in_no_figure_of_a_quarter(region: Region, prosecutor: Actor) -> None:
    report_events(school_in(region, "Актау"), Category.SELF_HARM, 30)
    content = compose_report(prosecutor, region=region, quarter=QUARTER).figures.content
    assert set(content["totals"].values()) == {0}
    assert content["assessments"]["psychological"]["needed"] == 0


def test_the_share_in_time_comes_from_the_published_parts(region: Region, prosecutor: Actor) -> None:
    school = school_in(region, "Актау")
    report_events(school, Category.VIOLENCE, 28)
    report_events(school, Category.VIOLENCE, 12, in_time=False)
    psychological = lay_out(compose_report(prosecutor, region=region, quarter=QUARTER)).timeliness[0]
    assert (psychological.in_time, psychological.late, psychological.missing) == (75, 25, None)


def test_the_year_before_stays_as_it_was_first_shown(region: Region, prosecutor: Actor) -> None:
    school = school_in(region, "Актау")
    report_events(school, Category.VIOLENCE, 20, year=2024)
    compose_report(prosecutor, region=region, quarter=QUARTER.year_before)
    report_events(school, Category.VIOLENCE, 20, year=2024)
    report_events(school, Category.VIOLENCE, 30)
    violence = lay_out(compose_report(prosecutor, region=region, quarter=QUARTER)).totals[1]
    assert (violence.now, violence.before, violence.change) == (30, 20, 50)


def test_a_quarter_is_released_once(region: Region, prosecutor: Actor) -> None:
    compose_report(prosecutor, region=region, quarter=QUARTER)
    with pytest.raises(AlreadyReleasedError):
        compose_report(prosecutor, region=region, quarter=QUARTER)


def test_a_running_quarter_is_not_released(region: Region, prosecutor: Actor) -> None:
    with pytest.raises(PeriodNotOverError):
        compose_report(prosecutor, region=region, quarter=quarter_of(date.today()))  # noqa: DTZ011  any zone's day will do
    assert PeriodFigures.objects.count() == 0


def test_a_release_cannot_be_saved_again_or_deleted(region: Region, prosecutor: Actor) -> None:
    report = compose_report(prosecutor, region=region, quarter=QUARTER)
    for frozen in (report, report.figures):
        with pytest.raises(FrozenError):
            frozen.save()
        with pytest.raises(FrozenError):
            frozen.delete()


def test_a_changed_figure_is_found(region: Region, prosecutor: Actor) -> None:
    figures = compose_report(prosecutor, region=region, quarter=QUARTER).figures
    assert is_unchanged(figures)
    PeriodFigures.objects.filter(pk=figures.pk).update(content=figures.content | {"totals": {"bullying": 0}})
    assert not is_unchanged(PeriodFigures.objects.get(pk=figures.pk))


def test_the_readers_of_the_region_are_told_and_the_act_is_logged(region: Region, prosecutor: Actor) -> None:
    member = actor(Role.COUNCIL_MEMBER, region=region)
    actor(Role.COUNCIL_MEMBER, region=RegionFactory.create())
    compose_report(prosecutor, region=region, quarter=QUARTER)
    assert list(Alert.objects.values_list("recipient", flat=True)) == [member.user.pk]
    assert AuditEntry.objects.filter(action="release_report", actor=prosecutor.user).count() == 1


def test_the_page_and_the_paper_show_the_same_figures(region: Region, prosecutor: Actor) -> None:
    report_events(school_in(region, "Актау"), Category.BULLYING, 58)
    report = compose_report(prosecutor, region=region, quarter=QUARTER, comment="A word of the chair.")
    client = signed_in(prosecutor)
    page = client.get(f"/reports/{report.pk}/").content.decode()
    paper = client.get(f"/reports/{report.pk}/pdf/")
    text = extract_text(BytesIO(paper.content))
    for shown in ("60", "A word of the chair."):
        assert shown in page
        assert shown in text
    assert "58" not in text.replace(report.figures.digest[:16], "")  # the checksum may hold any digits
    assert paper["Content-Type"] == "application/pdf"


def test_page_and_paper_set_each_kind_and_district_against_the_year_before(region: Region, prosecutor: Actor) -> None:
    school = school_in(region, "Актау")
    for category, now, before in ((Category.EXTORTION, 31, 86), (Category.CONFLICT, 42, 74)):
        report_events(school, category, now)
        report_events(school, category, before, year=2024)
    report = compose_report(prosecutor, region=region, quarter=QUARTER)
    client = signed_in(prosecutor)
    page = client.get(f"/reports/{report.pk}/").content.decode()
    text = extract_text(BytesIO(client.get(f"/reports/{report.pk}/pdf/").content))
    for shown in ("30", "85", "40", "75"):
        assert shown in text
    table = page.split('id="rtab"')[1]
    assert table.count("</span>85</span>") == table.count("</span>75</span>") == 2  # the district and the region
    assert "−65" in table


def test_the_paper_has_the_same_bytes_each_time_and_kazakh_letters(region: Region, prosecutor: Actor) -> None:
    prosecutor.user.language = "kk"
    prosecutor.user.save()
    report = compose_report(prosecutor, region=region, quarter=QUARTER)
    client = signed_in(prosecutor)
    first = client.get(f"/reports/{report.pk}/pdf/").content
    assert client.get(f"/reports/{report.pk}/pdf/").content == first
    assert "Маңғыстау облысы" in extract_text(BytesIO(first))


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.COUNCIL_CHAIR, Role.COUNCIL_MEMBER, Role.ANALYST])
def test_another_region_s_report_does_not_exist(region: Region, prosecutor: Actor, role: Role) -> None:
    report = compose_report(prosecutor, region=region, quarter=QUARTER)
    stranger = signed_in(actor(role, region=RegionFactory.create()))
    for address in (f"/reports/{report.pk}/", f"/reports/{report.pk}/pdf/", f"/reports/{uuid4()}/"):
        assert stranger.get(address).status_code == 404
    assert b"quarter" not in stranger.get("/reports/").content.split(b"<main")[1].split(b"c-empty")[0]


def test_a_report_is_released_from_the_page(region: Region, prosecutor: Actor) -> None:
    client = signed_in(prosecutor)
    newest = finished_quarters(date.today(), 1)[0]  # noqa: DTZ011  as above
    form = {"quarter": f"{newest.year}-{newest.number}", "comment": ""}
    shown = client.post("/reports/new/", form, follow=True)
    assert shown.redirect_chain[-1][0] == f"/reports/{Report.objects.get().pk}/"
    assert client.post("/reports/new/", form).status_code == 422
    assert client.post("/reports/new/", {"quarter": "2199-1"}).status_code == 422


def test_a_member_of_the_council_reads_and_does_not_release(region: Region) -> None:
    assert signed_in(actor(Role.COUNCIL_MEMBER, region=region)).get("/reports/new/").status_code == 403


@pytest.mark.parametrize("demo", [True, False])
def test_paper_with_invented_figures_says_so(
    region: Region, prosecutor: Actor, settings: Settings, *, demo: bool
) -> None:
    settings.DEMO = demo
    report = compose_report(prosecutor, region=region, quarter=QUARTER)
    paper = signed_in(prosecutor).get(f"/reports/{report.pk}/pdf/").content
    assert ("All names and events are invented" in extract_text(BytesIO(paper))) is demo


def test_the_api_gives_assessments_as_shares_alone(region: Region, prosecutor: Actor) -> None:
    """Their counts add up over all kinds of events and would narrow a hidden one."""
    report_events(school_in(region, "Актау"), Category.BULLYING, 58)
    report = compose_report(prosecutor, region=region, quarter=QUARTER)
    figures = signed_in(prosecutor).get(f"/api/v1/reports/{report.pk}/").json()["figures"]
    assert set(figures["assessments"]["psychological"]) == {"in_time", "late", "missing"}
    assert figures["totals"]["bullying"] == 60
    assert str(figures["assessments"]).count("60") == 0
