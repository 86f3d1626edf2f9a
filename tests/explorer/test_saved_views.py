"""Views are kept by name, changed by their owner alone, shared within the region, and removed with a way back."""

import json
from uuid import uuid4

import pytest

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region
from caseflow.explorer.models import SavedView
from caseflow.explorer.rules.questions import Question, RefusedQuestionError
from caseflow.explorer.selectors.saved import own_views, seen_views
from caseflow.explorer.services import NotSavedError, change_view, remove_view, save_view
from caseflow.explorer.services.saving import MOST_VIEWS, REMOVED, put_view_back
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import offer, take_back
from tests.directory.factories import RegionFactory, actor, signed_in

pytestmark = pytest.mark.django_db
ASKED = Question(("events",), ("region",), ("newest",))


def kept(who: Actor, name: str = "Травля по районам", *, shared: bool = False) -> SavedView:
    region = who.membership.region
    assert region is not None
    return save_view(who, region, name=name, shared=shared, asked=ASKED)


def test_a_view_keeps_the_question_and_moves_on_with_the_releases(released: Region, analyst: Actor) -> None:
    client = signed_in(analyst)
    sent = client.post("/explorer/views/", {"name": "Новый квартал", "query": ASKED.query}, follow=True)
    assert sent.redirect_chain[-1][0] == f"/explorer/?{ASKED.query}"
    view = SavedView.objects.get()
    assert view.asked == ASKED.kept | {"indicators": ["events"], "places": ["region"], "periods": ["newest"]}
    assert "Новый квартал" in sent.content.decode()
    entry = AuditEntry.objects.get(action="view_saved")
    assert (entry.actor, entry.obj) == (analyst.user, f"view {view.pk}")


def test_what_is_not_known_here_is_not_kept(released: Region, analyst: Actor) -> None:
    asked = Question(("events", "gone"), ("region", "999999"), ("newest", "1999"))
    view = save_view(analyst, released, name="x", shared=False, asked=asked)
    assert (view.asked["indicators"], view.asked["places"]) == (("events",), ("region",))
    with pytest.raises(RefusedQuestionError):
        save_view(analyst, released, name="y", shared=False, asked=Question(("gone",)))


def test_two_views_of_a_person_have_two_names(released: Region, analyst: Actor, prosecutor: Actor) -> None:
    first = kept(analyst)
    kept(prosecutor)  # another person's
    with pytest.raises(NotSavedError):
        kept(analyst)
    second = kept(analyst, "Вторая")
    with pytest.raises(NotSavedError):
        change_view(analyst, second.pk, name=first.name, shared=False)
    change_view(analyst, second.pk, name="Вторая", shared=True)
    page = signed_in(analyst).post("/explorer/views/", {"name": first.name, "query": ASKED.query})
    assert page.status_code == 422
    assert "You have a view of this name" in page.content.decode()


def test_a_person_keeps_fifty(released: Region, analyst: Actor) -> None:
    rows = [
        SavedView(owner=analyst.user, region=released, name=str(number), asked=ASKED.kept)
        for number in range(MOST_VIEWS - 1)
    ]
    SavedView.objects.bulk_create(rows)
    last = kept(analyst)
    with pytest.raises(NotSavedError):
        kept(analyst, "one more")
    remove_view(analyst, last.pk)
    kept(analyst, "in its place")
    with pytest.raises(TooLateError):
        put_view_back(analyst, str(last.pk), {})


def test_others_see_what_is_shared_in_their_region_and_change_nothing(
    released: Region, analyst: Actor, prosecutor: Actor
) -> None:
    shared, private = kept(analyst, "Общая", shared=True), kept(analyst, "Своя")
    stranger = actor(Role.ANALYST, region=RegionFactory.create())
    assert list(seen_views(prosecutor)) == [shared]
    assert list(own_views(prosecutor)) == list(seen_views(stranger)) == []
    client = signed_in(prosecutor)
    for pk in (shared.pk, private.pk, uuid4()):
        assert client.get(f"/explorer/views/{pk}/").status_code == 404
        assert client.post(f"/explorer/views/{pk}/", {"name": "x"}).status_code == 404
        assert client.post(f"/explorer/views/{pk}/remove/").status_code == 404
        assert client.delete(f"/api/v1/saved-views/{pk}/").status_code == 404
    assert SavedView.objects.count() == 2
    page = client.get("/explorer/views/").content.decode()
    assert "Общая" in page
    assert "Своя" not in page


def test_a_view_is_renamed_and_shared_on_its_page(released: Region, analyst: Actor) -> None:
    view, client = kept(analyst), signed_in(analyst)
    assert client.get(f"/explorer/views/{view.pk}/").status_code == 200
    assert client.post(f"/explorer/views/{view.pk}/", {"name": ""}).status_code == 422
    assert client.post(f"/explorer/views/{view.pk}/", {"name": "Иначе", "shared": "on"}).status_code == 302
    view.refresh_from_db()
    assert (view.name, view.shared) == ("Иначе", True)
    kept(analyst, "Занято")
    assert client.post(f"/explorer/views/{view.pk}/", {"name": "Занято"}).status_code == 422


def test_a_removed_view_comes_back_as_it_was(released: Region, analyst: Actor) -> None:
    view = kept(analyst, shared=True)
    page = signed_in(analyst).post(f"/explorer/views/{view.pk}/remove/", follow=True).content.decode()
    assert "The view is removed." in page
    assert "data-undo" in page
    assert not SavedView.objects.exists()
    assert take_back(analyst, offer(analyst, REMOVED, view.pk)) == "/explorer/views/"
    again = SavedView.objects.get()
    assert (again.pk, again.name, again.shared, again.asked) == (
        view.pk,
        view.name,
        True,
        view.asked | {"indicators": ["events"], "places": ["region"], "periods": ["newest"]},
    )
    assert AuditEntry.objects.filter(action="view_restored").count() == 1


def test_a_removed_view_does_not_come_back_into_a_taken_name(released: Region, analyst: Actor) -> None:
    view = kept(analyst)
    remove_view(analyst, view.pk)
    kept(analyst)
    with pytest.raises(TooLateError):
        take_back(analyst, offer(analyst, REMOVED, view.pk))


def test_a_page_that_asks_nothing_saves_nothing(released: Region, analyst: Actor) -> None:
    client = signed_in(analyst)
    answer = client.post("/explorer/views/", {"name": "x", "query": "rows=place&columns=place"})
    assert answer.status_code == 422
    assert client.post("/explorer/views/", {"name": "", "query": ASKED.query}).status_code == 422
    assert not SavedView.objects.exists()


def test_views_over_the_api(released: Region, analyst: Actor) -> None:
    client = signed_in(analyst)
    asked = json.loads(json.dumps(ASKED.kept))
    made = client.post("/api/v1/saved-views/", {"name": "A", "asked": asked}, content_type="application/json")
    assert (made.status_code, made.json()["asked"], made.json()["own"]) == (201, asked, True)
    url = f"/api/v1/saved-views/{made.json()['id']}/"
    assert client.get(url).json() == made.json()
    again = client.post("/api/v1/saved-views/", {"name": "A", "asked": asked}, content_type="application/json")
    assert again.status_code == 409
    refused = client.post(
        "/api/v1/saved-views/", {"name": "B", "asked": asked | {"indicators": ["x"]}}, content_type="application/json"
    )
    assert refused.status_code == 400
    changed = client.post(f"{url}change/", {"name": "C", "shared": True}, content_type="application/json")
    assert (changed.json()["name"], changed.json()["shared"]) == ("C", True)
    kept(analyst, "D")
    assert client.post(f"{url}change/", {"name": "D"}, content_type="application/json").status_code == 409
    assert [each["name"] for each in client.get("/api/v1/saved-views/").json()["results"]] == ["C", "D"]
    assert client.delete(url).status_code == 204
