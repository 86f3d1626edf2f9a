"""The pages of what agencies owe tell numbers and nothing else."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from caseflow.coordination.services import compose_report
from caseflow.directory.enums import AgencyKind
from caseflow.duties.rules.bodies import Body
from caseflow.duties.selectors.trends import trend
from caseflow.incidents.enums import Category
from caseflow.indicators.rules.periods import finished_quarters
from caseflow.releases.selectors import latest_release
from caseflow.releases.services import make_release
from tests.directory.factories import signed_in
from tests.duties.factories import Land, land, overdue_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Land:
    return land()


def test_no_answer_says_what_happened_where_or_when(here: Land) -> None:
    school = here.schools[0]
    school.name_ru, school.name_kk, school.name_en = "Лицей Ұлағат", "Ұлағат лицейі", "Ulaghat lyceum"
    school.save()
    incident = overdue_report(school, category=Category.EXTORTION, days=11)
    code = Body(AgencyKind.POLICE, school.district_id).code
    clock = incident.triage_item.legal_clock
    assert clock is not None
    days = {f"{timezone.localtime(moment):%d.%m}" for moment in (clock.due_at, clock.started_at, incident.created_at)}
    days -= {f"{timezone.localtime():%d.%m}"}
    told = [school.name_ru, school.name_kk, school.name_en, str(incident.pk), str(clock.pk), *days]
    told += [str(Category.EXTORTION.label), Category.EXTORTION.value, incident.parties.get().pupil.last_name]  # type: ignore[union-attr]
    for who in (here.prosecutor, here.head(here.police[0])):
        client = signed_in(who)
        for url in (
            reverse("duties:desk"),
            reverse("duties:body", args=[code]),
            reverse("api:duty-list"),
            reverse("api:duty-detail", args=[code]),
        ):
            answer = client.get(url)
            assert answer.status_code == 200
            content = answer.content.decode()
            assert [word for word in told if word in content] == []


def test_the_api_tells_the_same_as_the_page(here: Land) -> None:
    overdue_report(here.schools[0], days=30)
    code = Body(AgencyKind.POLICE, here.schools[0].district_id).code
    client = signed_in(here.prosecutor)
    told = json.loads(client.get(reverse("api:duty-detail", args=[code])).content)
    assert (told["code"], told["kind"], told["overdue"]) == (code, "police", {"legal": 1})
    [duty] = told["duties"]
    assert (duty["kind"], duty["overdue"], duty["decision"]) == ("legal", "months", None)
    assert duty["number"] in client.get(reverse("duties:body", args=[code])).content.decode()
    listed = json.loads(client.get(reverse("api:duty-list")).content)
    assert [body["code"] for body in listed].index(code) == 0
    assert len(listed) == 4


def test_quarters_are_shown_as_they_were_released_and_no_further_than_a_district(here: Land) -> None:
    quarter = finished_quarters(timezone.localdate(), 1)[0]
    compose_report(here.prosecutor, region=here.region, period=quarter)
    client, district = signed_in(here.prosecutor), here.schools[0].district
    for place in ("", str(district.pk), "0", "x"):
        answer = client.get(reverse("duties:desk"), {"district": place})
        assert answer.status_code == 200
        assert [one.period for one in answer.context["quarters"]] == [quarter]
    other = land().schools[0].district
    answer = client.get(reverse("duties:desk"), {"district": other.pk})
    assert answer.context["form"].place() is None


def test_the_desk_asks_as_often_for_one_quarter_as_for_eight(here: Land) -> None:
    today, counts = timezone.localdate(), []
    for quarters in (1, 8):
        for quarter in finished_quarters(today, quarters):
            if not latest_release(here.region, quarter):
                make_release(here.prosecutor, here.region, quarter)
        with CaptureQueriesContext(connection) as queries:
            assert len(trend(here.region, None, today)) == quarters
        counts.append(len(queries))
    assert counts == [2, 2]


def test_who_runs_schools_sees_what_those_have_and_the_police_do_not(here: Land) -> None:
    runs = signed_in(here.head(here.education[0])).get(reverse("duties:desk")).context
    assert [(row.schools, row.having) for row in runs["inventory"]] == [(1, (0, 0, 0, 0, 0))]
    assert "inventory" not in signed_in(here.head(here.police[0])).get(reverse("duties:desk")).context
    whole = signed_in(here.prosecutor).get(reverse("duties:desk")).context["inventory"]
    assert [row.schools for row in whole] == [1, 1, 2]


def test_an_unknown_body_is_not_found(here: Land) -> None:
    client = signed_in(here.prosecutor)
    for code in ("police-999999", "police--1", "ngo-0", "x"):
        assert client.get(reverse("duties:body", args=[code])).status_code == 404
    assert client.get("/api/v1/duties/police-999999/").status_code == 404


def test_nothing_older_than_the_report_is_asked_for(here: Land) -> None:
    """A duty that was done leaves the desk at once."""
    incident = overdue_report(here.schools[0])
    client = signed_in(here.prosecutor)
    assert client.get(reverse("duties:desk")).context["desk"].rows
    clock = incident.triage_item.legal_clock
    assert clock is not None
    clock.stopped_at = timezone.now() - timedelta(minutes=1)
    clock.save()
    assert client.get(reverse("duties:desk")).context["desk"].rows == ()
