"""Nothing is public before it was chosen; each choice stays on record; it can be withdrawn."""

import pytest
from django.db import DatabaseError, connection, transaction

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region
from caseflow.explorer.models import PublicSelection
from caseflow.explorer.selectors.opening import edition_of, selections_of
from caseflow.explorer.services import NotPublishedError, publish, withdraw
from caseflow.records.append_only import AppendOnlyError
from tests.directory.factories import RegionFactory, actor, signed_in

pytestmark = pytest.mark.django_db
CHOICE = "/reports/public/"


def test_looking_at_the_page_publishes_nothing(released: Region, prosecutor: Actor) -> None:
    client = signed_in(prosecutor)
    page = client.get(f"{CHOICE}preview/", {"indicator": ["events", "violence"]}).content.decode()
    assert "Preview." in page
    assert "Fights and physical violence" in page
    assert not PublicSelection.objects.exists()
    assert client.get("/open/mangystau/").status_code == 404
    assert client.get(f"{CHOICE}preview/").status_code == 302


def test_a_preview_is_what_would_be_published_however_often_it_is_asked_for(
    released: Region, prosecutor: Actor
) -> None:
    client = signed_in(prosecutor)
    asked = {"indicator": ["violence", "nothing"] + ["events"] * 900}
    shown = client.get(f"{CHOICE}preview/", asked)
    assert shown.context["chosen"] == ["events", "violence"]
    assert [each.column.code for each in shown.context["found"].indicators] == ["events", "violence"]
    assert client.get(f"{CHOICE}preview/", {"indicator": "nothing"}).status_code == 302


def test_what_was_looked_at_is_published_and_logged(released: Region, prosecutor: Actor) -> None:
    client = signed_in(prosecutor)
    chosen = {"indicator": ["violence", "events"]}
    page = client.post(CHOICE, chosen, follow=True).content.decode()
    assert PublicSelection.objects.get().indicators == ["events", "violence"]  # in the order of a report
    assert "http://testserver/open/mangystau/" in page
    assert "&lt;iframe src=&quot;http://testserver/open/mangystau/embed/" in page or "/open/mangystau/embed/" in page
    entry = AuditEntry.objects.get(action="indicators_published")
    assert entry.detail == {"version": 1, "indicators": ["events", "violence"]}
    client.post(CHOICE, chosen)
    assert PublicSelection.objects.count() == 1


def test_a_choice_is_the_next_version_and_the_former_ones_stay(released: Region, prosecutor: Actor) -> None:
    publish(prosecutor, released, ["events"])
    publish(prosecutor, released, ["violence"])
    assert [(row.version, row.indicators) for row in selections_of(released)] == [(2, ["violence"]), (1, ["events"])]
    row = PublicSelection.objects.get(version=1)
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE explorer_publicselection SET indicators = '[]'")


def test_it_can_be_withdrawn_and_published_again(released: Region, prosecutor: Actor) -> None:
    client = signed_in(prosecutor)
    assert withdraw(prosecutor, released) is None
    publish(prosecutor, released, ["events"])
    assert edition_of("mangystau") is not None
    page = client.post(f"{CHOICE}withdraw/", follow=True).content.decode()
    assert "Nothing is published" in page
    assert edition_of("mangystau") is None
    assert AuditEntry.objects.filter(action="indicators_withdrawn").count() == 1
    publish(prosecutor, released, ["events"])
    edition = edition_of("mangystau")
    assert edition is not None
    assert edition.version == 3


@pytest.mark.parametrize("chosen", [[], ["gone"], ["events", "gone"]])
def test_only_known_indicators_are_published(released: Region, prosecutor: Actor, chosen: list[str]) -> None:
    with pytest.raises(NotPublishedError):
        publish(prosecutor, released, chosen)
    assert signed_in(prosecutor).post(CHOICE, {"indicator": chosen}).status_code == 422
    assert not PublicSelection.objects.exists()


def test_a_region_without_releases_publishes_when_there_is_one(region: Region, prosecutor: Actor) -> None:
    publish(prosecutor, region, ["events"])
    assert edition_of("mangystau") is None
    page = signed_in(prosecutor).get(f"{CHOICE}preview/", {"indicator": "events"}).content.decode()
    assert "Nothing of what was chosen is released yet." in page


@pytest.mark.parametrize("role", [Role.ANALYST, Role.COUNCIL_MEMBER])
def test_who_does_not_decide_does_not_choose(released: Region, role: Role) -> None:
    client = signed_in(actor(role, region=released))
    for url in (CHOICE, f"{CHOICE}preview/"):
        assert client.get(url).status_code == 403
    assert client.post(CHOICE, {"indicator": "events"}).status_code == 403
    assert "/reports/public/" not in client.get("/reports/").content.decode()


def test_a_decider_chooses_for_the_own_region(released: Region, prosecutor: Actor) -> None:
    other = RegionFactory.create()
    publish(actor(Role.COUNCIL_CHAIR, region=other), other, ["events"])
    assert edition_of("mangystau") is None
    assert "/reports/public/" in signed_in(prosecutor).get("/reports/").content.decode()
