"""Two who write on one safety plan: both texts stand beside each other, and no line of either is lost."""

import re
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import given as with_examples
from hypothesis import strategies as st

from caseflow.cases.meanwhile import SavedMeanwhile
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.drafts.models import Draft
from caseflow.drafts.selectors import own_draft
from caseflow.drafts.services import Written
from caseflow.drafts.services import save_draft as keep
from caseflow.plans.enums import Step
from caseflow.plans.rules import MOST_LINES, Line, PlanText, both, fields_of, text_in
from caseflow.plans.selectors.versions import safety_of
from caseflow.plans.services import begin_draft, save_draft
from tests.cases.factories import case_of, psychologist
from tests.cases.test_pages import html
from tests.directory.factories import signed_in
from tests.plans.factories import fresh, signed, text

pytestmark = pytest.mark.django_db
LINES = st.lists(st.builds(Line, st.sampled_from(("Рисую", "Гуляю", "Молчу", "Сплю")), st.booleans()), max_size=5)
TEXTS = st.builds(PlanText, st.sampled_from(("", "Мади", "Мадина")), st.tuples(*(LINES.map(tuple) for _step in Step)))


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def other(who: Actor) -> Actor:
    return psychologist(who.membership.school)


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def sent(words: PlanText, seen: str, **more: str) -> dict[str, str]:
    return {**fields_of(words), "seen": seen, **more}


def post(who: Actor, case: Case, data: dict[str, str]) -> Any:
    return signed_in(who).post(reverse("plans:safety", args=[case.pk]), data)


def page(who: Actor, case: Case) -> Any:
    return signed_in(who).get(reverse("plans:safety", args=[case.pk]))


def stands_in(answer: Any) -> dict[str, str]:
    """What the form on the page would send."""
    form = answer.context["form"]
    values = {name: form[name].value() for name in form.fields}
    hidden = {
        name: re.findall(rf'name="{name}" value="([^"]*)"', html(answer))[0] for name in ("seen", "draft_revision")
    }
    ticked = {name: "on" for name, value in values.items() if value is True}
    return {name: str(value) for name, value in values.items() if value} | ticked | hidden


def written(who: Actor, case: Case) -> PlanText:
    draft = safety_of(fresh(who, case)).draft
    assert draft is not None
    return draft


def test_whoever_saves_second_is_told_what_was_saved_and_overwrites_nothing(
    who: Actor, other: Actor, case: Case
) -> None:
    seen = begin_draft(who, case.pk).sha256
    first = save_draft(other, case.pk, text(alone=[Line("Рисую")]), seen_sha256=seen)
    with pytest.raises(SavedMeanwhile) as shown:
        save_draft(who, case.pk, text(alone=[Line("Гуляю")]), seen_sha256=seen)
    saved = shown.value.saved
    assert (saved.key, saved.by) == (first.sha256, other.user.short_name)
    assert "2. What helps me when I am by myself\n– Рисую" in saved.text
    assert "(Parents may read it)" in saved.text
    assert save_draft(who, case.pk, first, seen_sha256=seen) == first, "the same text is no other one"


def test_the_page_shows_both_texts_and_takes_both(who: Actor, other: Actor, case: Case) -> None:
    seen = begin_draft(who, case.pk).sha256
    mine = text(alone=[Line(f"Моя строка {number}") for number in range(MOST_LINES)])
    theirs = text(alone=[Line("Рисую")], people=[Line("Тётя", shared=True)])
    save_draft(other, case.pk, theirs, seen_sha256=seen)
    answer = post(who, case, sent(mine, seen))
    assert answer.status_code == 409
    assert 'value="Моя строка 5"' in html(answer)
    assert f"by {other.user.short_name}" in html(answer)
    assert re.search(r"<ins>[^<]*Рисую", html(answer))
    assert text_in(stands_in(answer)) == mine
    assert written(who, case) == theirs
    joined = post(who, case, stands_in(answer) | {"join": "both"})
    assert (joined.status_code, "data-refused" in html(joined)) == (200, True)
    assert text_in(stands_in(joined)) == both(mine, theirs)
    long = post(who, case, stands_in(joined))
    assert (long.status_code, f"holds {MOST_LINES} lines at most" in html(long)) == (422, True)
    assert 'value="Рисую"' in html(long)
    fits = {name: value for name, value in stands_in(joined).items() if value != "Моя строка 5"}
    assert post(who, case, fits).status_code == 302
    assert {line.text for line in written(who, case).of(Step.ALONE)} >= {"Рисую", "Моя строка 0"}
    assert written(who, case).of(Step.PEOPLE) == (Line("Тётя", shared=True),)


def test_the_other_text_alone_or_the_own_one_is_taken_by_whoever_has_seen_both(
    who: Actor, other: Actor, case: Case
) -> None:
    seen = begin_draft(who, case.pk).sha256
    mine, theirs = text(alone=[Line("Гуляю")]), text(alone=[Line("Рисую")])
    save_draft(other, case.pk, theirs, seen_sha256=seen)
    answer = post(who, case, sent(mine, seen))
    taken = post(who, case, stands_in(answer) | {"join": "theirs"})
    assert text_in(stands_in(taken)) == theirs
    assert post(who, case, stands_in(answer)).status_code == 302
    assert written(who, case) == mine


def test_what_is_typed_is_kept_on_the_server_and_on_the_next_device(who: Actor, other: Actor, case: Case) -> None:
    seen = begin_draft(who, case.pk).sha256
    mine = text(alone=[Line("Гуляю")])
    body = {"written": sent(mine, seen)}
    address = f"/api/v1/drafts/safety-{case.pk}/"
    assert signed_in(who).put(address, body, content_type="application/json").status_code == 200
    shown = page(who, case)
    assert text_in(stands_in(shown)) == mine
    assert "Something was saved while you were writing" not in html(shown)
    assert text_in(stands_in(page(other, case))) != mine
    assert post(who, case, stands_in(shown)).status_code == 302
    assert written(who, case) == mine
    assert not Draft.objects.exists()


def test_a_draft_that_somebody_saved_past_is_shown_beside_what_was_saved(who: Actor, other: Actor, case: Case) -> None:
    seen = begin_draft(who, case.pk).sha256
    mine, theirs = text(alone=[Line("Гуляю")]), text(alone=[Line("Рисую")])
    keep(who, Written(f"safety-{case.pk}", sent(mine, seen), None))
    save_draft(other, case.pk, theirs, seen_sha256=seen)
    shown = page(who, case)
    assert shown.status_code == 200
    assert "Something was saved while you were writing" in html(shown)
    assert text_in(stands_in(shown)) == mine
    assert post(who, case, stands_in(shown)).status_code == 302
    assert written(who, case) == mine


def test_signing_by_a_colleague_leaves_what_was_not_saved_yet(who: Actor, other: Actor, case: Case) -> None:
    signed(other, case)
    seen = begin_draft(who, case.pk).sha256
    key, mine = f"safety-{case.pk}", text(alone=[Line("Гуляю")])
    keep(who, Written(key, sent(mine, seen), None))
    signed(other, case, text(alone=[Line("Рисую")]))
    refused = post(who, case, sent(mine, seen))
    assert (refused.status_code, 'value="Гуляю"' in html(refused)) == (422, True)
    begin_draft(who, case.pk)
    kept = own_draft(who, key)
    assert kept is not None
    assert text_in(kept.fields) == mine
    assert "Something was saved while you were writing" in html(page(who, case))


def test_two_devices_of_one_author_take_both_line_by_line(who: Actor, case: Case) -> None:
    seen = begin_draft(who, case.pk).sha256
    kept = keep(who, Written(f"safety-{case.pk}", sent(text(alone=[Line("Рисую")]), seen), None))
    mine = text(alone=[Line("Гуляю")])
    answer = post(who, case, sent(mine, seen))
    assert (answer.status_code, "This text is kept in two versions" in html(answer)) == (409, True)
    chosen = post(who, case, stands_in(answer) | {"take": "both"})
    assert [line.text for line in text_in(stands_in(chosen)).of(Step.ALONE)] == ["Гуляю", "Рисую"]
    assert stands_in(chosen)["draft_revision"] == str(kept.revision)


def test_a_line_is_marked_for_the_parents_only_where_nobody_left_the_mark_out() -> None:
    mine, theirs = text(alone=[Line("Рисую", shared=True)]), text(alone=[Line("Рисую")])
    assert both(mine, theirs).of(Step.ALONE) == (Line("Рисую"),)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@with_examples(TEXTS, TEXTS)
def test_no_line_of_two_texts_is_lost_and_none_stands_twice(mine: PlanText, theirs: PlanText) -> None:
    found = both(mine, theirs)
    for step in Step:
        texts = [line.text for line in found.of(step)]
        assert set(texts) == {line.text for line in (*mine.of(step), *theirs.of(step))}
        assert len(texts) == len(set(texts))
    assert {name for name in (mine.name, theirs.name) if name} == set(filter(None, found.name.split(" / ")))
