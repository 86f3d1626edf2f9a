"""Two leads of a region on one draft of a protocol: both texts stand beside each other, and neither is lost."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.protocols.models import ProtocolVersion
from caseflow.protocols.rules import LANGUAGES, MOST_STEPS, StepText, VersionText, both, read_out
from caseflow.protocols.selectors.versions import seen_of, text_of, version_of
from caseflow.protocols.services import new_protocol, save_draft
from tests.cases.test_pages import html
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.protocols.test_editing import NAMES, NONE, PLAIN, STEP

pytestmark = pytest.mark.django_db
CALL = replace(STEP, title=dict.fromkeys(LANGUAGES, "Звонок"), hint={**NONE, "ru": "Кому"})
VISIT = replace(STEP, title=dict.fromkeys(LANGUAGES, "Визит"))


@pytest.fixture
def lead() -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, region=SchoolFactory.create().district.region)


@pytest.fixture
def other(lead: Actor) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, region=lead.membership.region)


@pytest.fixture
def draft(lead: Actor) -> ProtocolVersion:
    return new_protocol(lead, PLAIN)


def stands_in(answer: Any) -> dict[str, str]:
    """What the form on the page would send."""
    steps, form = answer.context["steps"], answer.context["form"]
    sent = {one.add_prefix(name): one[name].value() for one in steps for name in one.fields if name != "DELETE"}
    sent |= {f"steps-{name}": steps.management_form[name].value() for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    sent |= {name: form[name].value() for name in form.fields} | {"seen": answer.context["seen"]}
    return {name: "" if value is None else str(value) for name, value in sent.items()}


def saved_by(who: Actor, draft: ProtocolVersion, *more: StepText) -> VersionText:
    """What stands after somebody added these steps."""
    version = version_of(who, draft.pk)
    text = text_of(version)
    save_draft(who, draft.pk, replace(text, steps=(*text.steps, *more)), seen=seen_of(version))
    return text_of(version_of(who, draft.pk))


def test_both_texts_are_shown_and_taken_together(lead: Actor, other: Actor, draft: ProtocolVersion) -> None:
    client, address = signed_in(lead), reverse("protocols:edit", args=[draft.pk])
    began = stands_in(client.get(address))
    theirs = saved_by(other, draft, CALL)
    mine = began | {f"steps-1-title_{language}": "Визит" for language in LANGUAGES} | {"steps-1-amount": "2"}
    answer = client.post(address, mine)
    assert answer.status_code == 409
    assert f"by {other.user.short_name}" in html(answer)
    assert re.search(r"<ins>[^<]*Звонок", html(answer))
    assert re.search(r"<ins>[^<]*Визит", html(answer))
    assert text_of(version_of(lead, draft.pk)) == theirs
    joined = client.post(address, stands_in(answer) | {"join": "both"})
    assert (joined.status_code, "data-refused" in html(joined)) == (200, True)
    assert client.post(address, stands_in(joined)).status_code == 302
    titles = [step.title["ru"] for step in version_of(lead, draft.pk).steps.all()]
    assert titles == ["Беседа", "Визит", "Звонок"]


def test_the_other_text_or_the_own_one_is_taken_by_whoever_has_seen_both(
    lead: Actor, other: Actor, draft: ProtocolVersion
) -> None:
    client, address = signed_in(lead), reverse("protocols:edit", args=[draft.pk])
    began = stands_in(client.get(address))
    saved_by(other, draft, CALL)
    answer = client.post(address, began | {"source": "[P] иное"})
    theirs = client.post(address, stands_in(answer) | {"join": "theirs"})
    assert stands_in(theirs)["steps-1-title_ru"] == "Звонок"
    assert client.post(address, stands_in(answer)).status_code == 302
    assert version_of(lead, draft.pk).source == "[P] иное"


def test_unfinished_words_are_never_saved_past_what_nobody_has_seen(
    lead: Actor, other: Actor, draft: ProtocolVersion
) -> None:
    client, address = signed_in(lead), reverse("protocols:edit", args=[draft.pk])
    unfinished = stands_in(client.get(address)) | {"title_kk": "", "source": "[P] иное"}
    saved_by(other, draft, CALL)
    refused = client.post(address, unfinished)
    assert (refused.status_code, refused.context["seen"]) == (422, unfinished["seen"])
    answer = client.post(address, stands_in(refused) | {"title_kk": "Тәртіп"})
    assert answer.status_code == 409
    taken = client.post(address, stands_in(answer) | {"join": "both", "title_kk": ""})
    assert (taken.status_code, 'value="[P] иное"' in html(taken)) == (422, True)
    assert client.post(address, stands_in(taken) | {"title_kk": "Тәртіп"}).status_code == 409


def test_more_steps_than_a_protocol_has_stay_in_the_form_until_somebody_takes_some_out(
    lead: Actor, other: Actor, draft: ProtocolVersion
) -> None:
    client, address = signed_in(lead), reverse("protocols:edit", args=[draft.pk])
    theirs = saved_by(other, draft, *[replace(CALL, amount=number) for number in range(2, MOST_STEPS + 1)])
    answer = client.post(address, stands_in(client.get(address)) | {"seen": "", "steps-0-title_ru": "Разговор"})
    joined = client.post(address, stands_in(answer) | {"join": "both"})
    assert joined.context["steps"].initial_form_count() == MOST_STEPS + 1
    long = client.post(address, stands_in(joined))
    assert (long.status_code, f"{MOST_STEPS} steps at most" in html(long)) == (422, True)
    fewer = client.post(address, stands_in(long) | {"steps-0-DELETE": "on"})
    assert fewer.status_code == 302
    assert text_of(version_of(lead, draft.pk)).steps[-1].title["ru"] == theirs.steps[0].title["ru"]


def test_a_step_that_both_have_stands_once_and_one_worded_differently_twice() -> None:
    begun = replace(STEP, code="step-1")
    mine = VersionText(NAMES, "[P] область", (begun, VISIT))
    theirs = VersionText(
        {**NAMES, "ru": "Иначе"}, "[P] область", (replace(begun, amount=5), replace(VISIT, code="step-2"))
    )
    found = both(mine, theirs)
    assert [(step.code, step.amount) for step in found.steps] == [("step-1", 2), ("", 2), ("", 5)]
    assert (found.title["ru"], found.source) == ("Беседа / Иначе", "[P] область")
    assert both(mine, mine) == mine


def test_the_text_reads_with_all_that_it_says() -> None:
    said = read_out(replace(PLAIN, steps=(replace(CALL, part="referral"),))).splitlines()
    assert said[2:4] == ["1. Звонок / Звонок / Звонок", "Кому"]
    assert said[4].startswith("who leads the case · 2 days · school")
