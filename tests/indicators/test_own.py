"""A region adds indicators of its own, and ends them; what was counted stays as it was."""

from datetime import date

import pytest
from django.utils.html import escape

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region
from caseflow.indicators.models import OwnIndicator
from caseflow.indicators.rules.definitions import in_force
from caseflow.indicators.rules.own import (
    MOST_OWN,
    CountedAlreadyError,
    Texts,
    TooManyOwnError,
    UnknownValuesError,
)
from caseflow.indicators.selectors.catalogue import catalogue_of, definitions_of
from caseflow.indicators.services import add_own, end_own
from tests.directory.factories import RegionFactory, actor, signed_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)
TEXTS = Texts(*({language: f"{what} {language}" for language in ("kk", "ru", "en")} for what in ("name", "meaning")))
FORM = {
    "counted": ["incidents:violence", "incidents:extortion"],
    **{f"{what}_{language}": f"{what} {language}" for what in ("name", "meaning") for language in ("kk", "ru", "en")},
}


@pytest.fixture
def region() -> Region:
    return RegionFactory.create()


@pytest.fixture
def prosecutor(region: Region) -> Actor:
    return actor(Role.PROSECUTOR, region=region)


def added(prosecutor: Actor, region: Region, *values: str, source: str = "incidents") -> OwnIndicator:
    return add_own(prosecutor, region, source=source, values=list(values), texts=TEXTS, effective_from=DAY)


def own_codes(region: Region, day: date) -> list[str]:
    return [each.code for each in in_force(definitions_of(region), day) if each.own]


def test_it_holds_in_its_region_from_its_day_on_until_it_is_ended(region: Region, prosecutor: Actor) -> None:
    row = added(prosecutor, region, "violence", "extortion")
    assert own_codes(region, date(2026, 9, 30)) == []
    assert own_codes(region, DAY) == [row.code]
    assert own_codes(RegionFactory.create(), DAY) == []
    end_own(prosecutor, region, row.code, effective_from=date(2027, 1, 1))
    assert own_codes(region, date(2026, 12, 31)) == [row.code]
    assert own_codes(region, date(2027, 1, 1)) == []
    with pytest.raises(OwnIndicator.DoesNotExist):
        end_own(prosecutor, region, row.code, effective_from=date(2027, 1, 1))
    acts = AuditEntry.objects.filter(actor=prosecutor.user).values_list("action", flat=True)
    assert set(acts) == {"indicator_added", "indicator_ended"}


@pytest.mark.parametrize(
    ("source", "values"),
    [("incidents", []), ("incidents", ["self_harm"]), ("incidents", ["late"]), ("cameras", ["yes"]), ("no", ["yes"])],
)
def test_what_cannot_be_counted_is_refused(region: Region, prosecutor: Actor, source: str, values: list[str]) -> None:
    with pytest.raises(UnknownValuesError):
        added(prosecutor, region, *values, source=source)
    assert not OwnIndicator.objects.exists()


def test_the_same_count_twice_is_refused(region: Region, prosecutor: Actor) -> None:
    with pytest.raises(CountedAlreadyError) as refused:
        added(prosecutor, region, "cyberbullying", "bullying")
    assert refused.value.definition.code == "bullying"
    added(prosecutor, region, "violence", "extortion")
    with pytest.raises(CountedAlreadyError):
        added(prosecutor, region, "extortion", "violence")


def test_there_are_ten_at_most(region: Region, prosecutor: Actor) -> None:
    kinds = ["violence", "extortion", "conflict", "other", "weapon_drugs"]
    pairs = [
        (one, other) for one in kinds for other in kinds if one < other and {one, other} != {"other", "weapon_drugs"}
    ]
    for pair in [*pairs, ("bullying", "conflict")][:MOST_OWN]:
        added(prosecutor, region, *pair)
    with pytest.raises(TooManyOwnError):
        added(prosecutor, region, "cyberbullying", "conflict")


def test_the_catalogue_says_what_each_indicator_means_and_from_what_it_comes(region: Region, prosecutor: Actor) -> None:
    added(prosecutor, region, "violence", "extortion")
    page = signed_in(prosecutor).get("/reports/indicators/").content.decode()
    for _chapter, entries in catalogue_of(region, DAY):
        for entry in entries:
            assert escape(entry.meaning) in page
    assert "Physical violence" in page


def test_an_indicator_is_added_and_ended_on_the_page(region: Region, prosecutor: Actor) -> None:
    client = signed_in(prosecutor)
    assert client.post("/reports/indicators/new/", FORM).status_code == 302
    row = OwnIndicator.objects.get()
    assert (row.source, row.counted, row.part_of, row.name_kk) == (
        "incidents",
        ["extortion", "violence"],
        "events",
        "name kk",
    )
    again = client.post("/reports/indicators/new/", FORM)
    assert again.status_code == 422
    assert "name en" in again.content.decode()
    assert client.post(f"/reports/indicators/{row.code}/end/").status_code == 302
    assert client.post(f"/reports/indicators/{row.code}/end/").status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"counted": ["incidents:violence", "legal:late"]},
        {"counted": []},
        {"counted": ["incidents:self_harm"]},
        {"name_kk": ""},
        {"meaning_en": "x" * 601},
    ],
)
def test_a_form_that_does_not_hold_is_shown_again(prosecutor: Actor, changed: dict[str, object]) -> None:
    answer = signed_in(prosecutor).post("/reports/indicators/new/", {**FORM, **changed})
    assert answer.status_code == 422
    assert not OwnIndicator.objects.exists()


def test_a_member_of_the_council_reads_and_does_not_decide(region: Region, prosecutor: Actor) -> None:
    row = added(prosecutor, region, "violence", "extortion")
    member = signed_in(actor(Role.COUNCIL_MEMBER, region=region))
    page = member.get("/reports/indicators/")
    assert page.status_code == 200
    assert b"/new/" not in page.content
    assert member.get("/reports/indicators/new/").status_code == 403
    assert member.post(f"/reports/indicators/{row.code}/end/").status_code == 403
