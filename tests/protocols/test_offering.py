"""The editor offers for each kind of protocol what can come into force there, and says what does not fit together."""

import pytest
from django.urls import reverse

from caseflow.directory.enums import Role
from caseflow.protocols.enums import Doer, Evidence, Setting
from caseflow.protocols.models import ProtocolVersion
from caseflow.protocols.rules import StepText, VersionText, problems
from caseflow.protocols.services import new_protocol, publish
from tests.cases.test_pages import html
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.protocols.karaganda import KARAGANDA, NONE, named

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db: None) -> ProtocolVersion:
    region = actor(Role.LEAD_PSYCHOLOGIST, region=SchoolFactory.create().district.region)
    return publish(region, new_protocol(region, KARAGANDA).pk)


@pytest.mark.parametrize(
    ("doer", "evidence", "part", "said"),
    [
        (Doer.PRINCIPAL, Evidence.ASSESSMENT, "", "as a task is proved by words"),
        (Doer.CLASS_TEACHER, Evidence.WORDS, "not_alone", "as a task is proved by words"),
        (Doer.CENTRE, Evidence.WORDS, "", "proved by a referral"),
        (Doer.LEADER, Evidence.SECOND, "", "Only the second person"),
    ],
)
def test_what_does_not_fit_together_is_said(doer: str, evidence: str, part: str, said: str) -> None:
    wrong = StepText("", named("Шаг"), NONE, doer, 2, "days", "wall", evidence, part, "protocol_step")
    (problem,) = problems(VersionText(named("Порядок"), "[P]", (wrong, wrong)), Setting.CASE)
    assert said in problem


@pytest.mark.parametrize(
    ("code", "doers", "proofs"),
    [
        ("own-1", set(Doer), set(Evidence)),
        ("high_risk", {Doer.LEADER, Doer.SECOND}, set(Evidence)),
        ("after_loss", {Doer.PSYCHOLOGIST, Doer.PRINCIPAL, Doer.LEAD}, {Evidence.WORDS}),
    ],
)
def test_the_editor_offers_what_can_come_into_force(
    version: ProtocolVersion, code: str, doers: set[str], proofs: set[str]
) -> None:
    client = signed_in(actor(Role.LEAD_PSYCHOLOGIST, region=version.protocol.region))
    source = ProtocolVersion.objects.get(protocol__code=code)
    edit = client.post(reverse("protocols:draft", args=[source.pk]))["Location"]
    form = client.get(edit).context["steps"].forms[0]
    assert {value for value, _name in form.fields["doer"].choices} == doers
    assert {value for value, _name in form.fields["evidence"].choices} == proofs


def test_what_does_not_fit_together_is_said_beside_the_step(version: ProtocolVersion) -> None:
    client = signed_in(actor(Role.LEAD_PSYCHOLOGIST, region=version.protocol.region))
    edit = client.post(reverse("protocols:draft", args=[version.pk]))["Location"]
    page = client.get(edit)
    steps, form = page.context["steps"], page.context["form"]
    given = {f"{one.add_prefix(name)}": one[name].value() for one in steps for name in one.fields if name != "DELETE"}
    given |= {f"steps-{name}": value for name, value in steps.management_form.initial.items()}
    given |= {name: form[name].value() for name in form.fields} | {"seen": page.context["seen"]}
    given = {name: "" if value is None else value for name, value in given.items()}
    refused = client.post(edit, {**given, "steps-0-evidence": "plan"})
    assert (refused.status_code, "as a task is proved by words" in html(refused)) == (422, True)
    assert client.post(edit, given).status_code == 302
