"""The lead of a region writes its protocols; what was in force is kept for the flows that began with it."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.protocols.enums import Setting, VersionState
from caseflow.protocols.models import HIGH_RISK, ProtocolVersion
from caseflow.protocols.rules import MOST_STEPS, FlowRefused, StepText, VersionText, problems
from caseflow.protocols.selectors.protocols import version_in_force
from caseflow.protocols.selectors.versions import seen_of, text_of, version_of, visible_versions
from caseflow.protocols.services import DraftChanged, begin_draft, discard_draft, new_protocol, publish, save_draft
from tests.cases.factories import lead_over, psychologist
from tests.cases.test_pages import html
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.protocols.factories import flow_of, grave_case

pytestmark = pytest.mark.django_db
NAMES = {"kk": "Әңгіме", "ru": "Беседа", "en": "Conversation"}
NONE = {"kk": "", "ru": "", "en": ""}
STEP = StepText("", NAMES, NONE, "leader", 2, "days", "school", "words", "", "protocol_step")
PLAIN = VersionText({"kk": "Тәртіп", "ru": "Порядок", "en": "Procedure"}, "[P] область", (STEP,))


@pytest.fixture
def school(db: None) -> School:
    return SchoolFactory.create()


@pytest.fixture
def lead(school: School) -> Actor:
    """The lead of the school's region."""
    return actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)


@pytest.fixture
def shipped(school: School) -> ProtocolVersion:
    return version_in_force(HIGH_RISK, school)


def test_a_draft_begins_with_what_is_in_force_and_only_once(lead: Actor, shipped: ProtocolVersion) -> None:
    draft = begin_draft(lead, shipped.pk)
    assert (draft.state, draft.number, draft.protocol.region) == (VersionState.DRAFT, 1, lead.membership.region)
    assert text_of(version_of(lead, draft.pk)) == text_of(shipped)
    assert begin_draft(lead, shipped.pk) == draft
    assert AuditEntry.objects.filter(action="protocol_drafted").count() == 1


def test_a_published_version_stands_before_the_shipped_one_and_running_flows_keep_theirs(
    lead: Actor, school: School, shipped: ProtocolVersion
) -> None:
    running = flow_of(grave_case(psychologist(school)))
    draft = begin_draft(lead, shipped.pk)
    text = text_of(draft)
    hurried = replace(text, steps=(replace(text.steps[0], amount=5), *text.steps[1:]))
    save_draft(lead, draft.pk, hurried, seen=seen_of(version_of(lead, draft.pk)))
    first = publish(lead, draft.pk)
    assert version_in_force(HIGH_RISK, school) == first
    assert version_in_force(HIGH_RISK, SchoolFactory.create()) == shipped
    begun = flow_of(grave_case(psychologist(school)))
    assert begun.version == first
    clock = begun.steps.get(step__code="not_alone").clock
    assert (clock.due_at - clock.started_at).total_seconds() == 5 * 60
    running.refresh_from_db()
    assert running.version == shipped
    second = publish(lead, begin_draft(lead, first.pk).pk)
    first.refresh_from_db()
    assert (second.number, first.state, first.steps.count()) == (2, VersionState.RETIRED, 7)


def test_what_high_risk_requires_keeps_a_version_from_coming_into_force(lead: Actor, shipped: ProtocolVersion) -> None:
    draft = begin_draft(lead, shipped.pk)
    save_draft(lead, draft.pk, PLAIN, seen=seen_of(version_of(lead, draft.pk)))
    with pytest.raises(FlowRefused, match="second person says that they know"):
        publish(lead, draft.pk)
    assert version_of(lead, draft.pk).state == VersionState.DRAFT


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"steps": ()}, "at least one step"),
        ({"source": " "}, "where the protocol comes from"),
        ({"title": {**NAMES, "kk": " "}}, "in Kazakh, Russian and English"),
        ({"steps": (replace(STEP, hint={**NONE, "ru": "Где"}),)}, "in Kazakh, Russian and English"),
        ({"steps": (replace(STEP, amount=0),)}, "a term"),
    ],
)
def test_what_is_unfinished_is_said(changed: dict[str, Any], said: str) -> None:
    (problem,) = problems(replace(PLAIN, **changed), Setting.CASE)
    assert said in problem


def test_by_the_end_of_the_day_is_a_term() -> None:
    today = replace(STEP, amount=0, unit="days", basis="wall")
    assert problems(replace(PLAIN, steps=(today,)), Setting.CASE) == []


def test_of_high_risk_each_part_and_each_proof_is_asked_for(shipped: ProtocolVersion) -> None:
    text = text_of(shipped)
    assert problems(text, Setting.HIGH_RISK) == []
    without = {step.code: [one for one in text.steps if one.code != step.code] for step in text.steps}
    said = {code: problems(replace(text, steps=tuple(steps)), Setting.HIGH_RISK) for code, steps in without.items()}
    assert said["referred"] == ["High risk requires a step for each of these: referral."]
    assert said["second_knows"] == ["High risk requires a step in which the second person says that they know."]
    assert said["assessed"] == ["High risk requires an assessment by a person."]
    worded = tuple(replace(step, evidence="words") if step.part == "follow_up" else step for step in text.steps)
    assert problems(replace(text, steps=worded), Setting.HIGH_RISK) == [
        "The safety plan is proved by a signed plan, the dates to look again by dates."
    ]


def test_a_region_adds_protocols_of_its_own(lead: Actor) -> None:
    first, second = new_protocol(lead, PLAIN), new_protocol(lead, PLAIN)
    assert (first.protocol.code, second.protocol.code) == ("own-1", "own-2")
    assert [step.code for step in first.steps.all()] == ["step-1"]
    assert publish(lead, first.pk).state == VersionState.IN_FORCE


def test_who_saves_what_somebody_changed_meanwhile_is_told(lead: Actor) -> None:
    draft = new_protocol(lead, PLAIN)
    seen = seen_of(version_of(lead, draft.pk))
    save_draft(lead, draft.pk, replace(PLAIN, source="[P] иное"), seen=seen)
    with pytest.raises(DraftChanged, match="meanwhile") as changed:
        save_draft(lead, draft.pk, PLAIN, seen=seen)
    saved = changed.value.saved
    assert (saved.by, saved.key) == (lead.user.short_name, seen_of(version_of(lead, draft.pk)))
    assert saved.text.splitlines()[:3] == [
        "Тәртіп / Порядок / Procedure",
        "[P] иное",
        "1. Әңгіме / Беседа / Conversation",
    ]
    with pytest.raises(FlowRefused, match=f"{MOST_STEPS} steps"):
        save_draft(
            lead, draft.pk, replace(PLAIN, steps=(STEP,) * (MOST_STEPS + 1)), seen=seen_of(version_of(lead, draft.pk))
        )


def test_what_was_in_force_is_neither_changed_nor_thrown_away(lead: Actor) -> None:
    draft = new_protocol(lead, PLAIN)
    thrown = new_protocol(lead, PLAIN)
    discard_draft(lead, thrown.pk)
    assert not ProtocolVersion.objects.filter(pk=thrown.pk).exists()
    publish(lead, draft.pk)
    for act in (publish, discard_draft):
        with pytest.raises(FlowRefused, match="never changed"):
            act(lead, draft.pk)


def test_others_read_what_is_in_force_and_write_nothing(lead: Actor, school: School, shipped: ProtocolVersion) -> None:
    draft = new_protocol(lead, PLAIN)
    for reader in (psychologist(school), lead_over(school)):
        assert [version.protocol.code for version in visible_versions(reader)] == ["after_loss", "high_risk"]
        with pytest.raises(PermissionDenied):
            begin_draft(reader, shipped.pk)
    stranger = actor(Role.LEAD_PSYCHOLOGIST, region=SchoolFactory.create().district.region)
    with pytest.raises(ProtocolVersion.DoesNotExist):
        publish(stranger, draft.pk)


def test_a_protocol_is_written_on_pages(lead: Actor, shipped: ProtocolVersion) -> None:
    client = signed_in(lead)
    assert "High risk" in html(client.get(reverse("protocols:list")))
    begun = client.post(reverse("protocols:draft", args=[shipped.pk]))
    page = client.get(begun["Location"])
    assert page.status_code == 200
    steps, form = page.context["steps"], page.context["form"]
    sent = {f"{one.add_prefix(name)}": one[name].value() for one in steps for name in one.fields if name != "DELETE"}
    sent |= {f"steps-{name}": value for name, value in steps.management_form.initial.items()}
    sent |= {name: form[name].value() for name in form.fields} | {"seen": page.context["seen"]}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    first = {**sent, "steps-0-ORDER": 9, "steps-1-DELETE": "on"}
    saved = client.post(begun["Location"], first, follow=True)
    assert "The draft is saved." in html(saved)
    draft = ProtocolVersion.objects.get(state="draft")
    assert [step.code for step in draft.steps.all()][-1] == "not_alone"
    assert draft.steps.count() == 6
    stale = client.post(begun["Location"], first)
    assert (stale.status_code, "Something was saved while you were writing" in html(stale)) == (409, True)
    refused = client.post(reverse("protocols:publish", args=[draft.pk]), follow=True)
    assert "the second person says that they know" in html(refused)
    client.post(reverse("protocols:discard", args=[draft.pk]))
    assert "is no draft" in html(client.post(reverse("protocols:discard", args=[shipped.pk]), follow=True))
    assert not ProtocolVersion.objects.filter(state="draft").exists()


def test_a_new_protocol_is_begun_and_put_into_force_on_pages(lead: Actor) -> None:
    client = signed_in(lead)
    page = client.get(reverse("protocols:new"))
    steps = page.context["steps"]
    sent = {f"{one.add_prefix(name)}": one[name].value() for one in steps for name in one.fields if name != "DELETE"}
    sent |= {f"steps-{name}": value for name, value in steps.management_form.initial.items()}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    empty = client.post(reverse("protocols:new"), sent)
    assert (empty.status_code, "This field is required." in html(empty)) == (422, True)
    names = {f"title_{language}": name for language, name in NAMES.items()}
    step = {f"steps-0-title_{language}": name for language, name in NAMES.items()} | {"steps-0-amount": 2}
    made = client.post(reverse("protocols:new"), {**sent, **names, **step, "source": "[P] область"})
    assert made.status_code == 302
    draft = ProtocolVersion.objects.get(state="draft")
    assert "In force" not in html(client.get(made["Location"]))
    client.post(reverse("protocols:publish", args=[draft.pk]))
    draft.refresh_from_db()
    assert (draft.state, draft.steps.get().amount) == ("in_force", 2)


def test_a_protocol_is_written_by_the_api(lead: Actor, shipped: ProtocolVersion) -> None:
    client = signed_in(lead)
    listed = client.get(reverse("api:protocol-list")).json()["results"]
    assert [row["protocol"] for row in listed] == ["after_loss", "high_risk"]
    begun = client.post(reverse("api:protocol-draft", args=[shipped.pk]), content_type="application/json")
    draft = begun.json()
    assert (begun.status_code, len(draft["steps"])) == (201, 7)
    url = reverse("api:protocol-detail", args=[draft["id"]])
    body = {name: draft[name] for name in ("title", "source", "seen")} | {"steps": draft["steps"][:-1]}
    saved = client.put(url, body, content_type="application/json")
    assert (saved.status_code, len(saved.json()["steps"])) == (200, 6)
    assert client.put(url, body, content_type="application/json").status_code == 409
    assert client.post(reverse("api:protocol-publish", args=[draft["id"]])).status_code == 409
    assert client.delete(url).status_code == 204
    body = {"title": NAMES, "source": "[P]", "steps": [draft["steps"][0]]}
    made = client.post(reverse("api:protocol-list"), body, content_type="application/json")
    assert made.status_code == 201
    published = client.post(reverse("api:protocol-publish", args=[made.json()["id"]]))
    assert (published.status_code, published.json()["state"]) == (200, "in_force")


def test_who_does_a_step_is_there_where_the_protocol_works(shipped: ProtocolVersion) -> None:
    at_school = replace(PLAIN, steps=(replace(PLAIN.steps[0], doer="psych"),))
    assert problems(at_school, Setting.CASE) == problems(at_school, Setting.AFTER_LOSS) == []
    assert problems(
        replace(text_of(shipped), steps=(*text_of(shipped).steps, *at_school.steps)), Setting.HIGH_RISK
    ) == ["At high risk a step is done by who leads the case or by the second person: others learn nothing."]
    after_loss = ProtocolVersion.objects.get(protocol__code="after_loss")
    assert problems(text_of(after_loss), Setting.AFTER_LOSS) == []
    wrong = replace(PLAIN, steps=(replace(PLAIN.steps[0], part="not_alone"),))
    assert problems(wrong, Setting.AFTER_LOSS) == [
        "After a loss there is no case: a step is done by the psychologist, the head or the lead.",
        "After a loss every step is proved by words.",
    ]
