"""The flow of high risk of the demo: what was done in the first day, with its proofs."""

from datetime import datetime, timedelta

from django.db.models import F

from caseflow.cases.models import Case
from caseflow.clocks.models import Clock
from caseflow.demo.people import People
from caseflow.directory.actors import Actor
from caseflow.protocols.models import Flow, FlowStep
from caseflow.protocols.rules import Outside
from caseflow.protocols.services import do_step, set_looks

PROOFS = {
    "not_alone": "До конца уроков была со мной в кабинете, потом пришла мама и забрала её домой.",
    "parents_told": "Говорила с мамой в 14:20: поддержит, лекарства дома убраны, телефон доверия записан.",
}
REFERRED = "По телефону: детский психиатр поликлиники, приём в четверг в 11:00, мама подтвердила"
PLANNED = "Составили вместе с Мадиной; доступ к лекарствам закрыт, план у неё и у мамы."
KNOWS = "Подключилась, созвонились в 14:40, завтра проверяю, состоялась ли встреча."
LOOKS = (timedelta(days=2), timedelta(days=7), timedelta(days=30))


def settle_flow(people: People, leader: Actor, case: Case, now: datetime) -> None:
    """Every step but the safety plan, which is not signed yet."""
    flow = Flow.objects.get(case=case)
    steps = {step.step.code: step for step in flow.steps.select_related("step")}
    for code, proof in PROOFS.items():
        do_step(leader, steps[code].pk, proof=proof)
    do_step(leader, steps["referred"].pk, proof="", outside=Outside(REFERRED, now - timedelta(hours=2)))
    set_looks(leader, steps["looks"].pk, looks=[now + after for after in LOOKS])
    second = next((who for who in people.staff.values() if who.user.pk == flow.second_id), None)
    if second is not None:
        do_step(second, steps["second_knows"].pk, proof=KNOWS)


def set_flow_back(case: Case, by: timedelta) -> None:
    """Let the flow of the case have begun earlier."""
    for flow in Flow.objects.filter(case=case):
        Flow.objects.filter(pk=flow.pk).update(started_at=F("started_at") - by)
        clocks = flow.steps.values("clock")
        times = ("started_at", "warn_at", "due_at", "stopped_at")
        Clock.objects.filter(pk__in=clocks).update(**{name: F(name) - by for name in times})
        FlowStep.objects.filter(flow=flow).update(done_at=F("done_at") - by)


def settle_plan(leader: Actor, case: Case, ago: timedelta) -> None:
    """The plan is signed: the step that waited for it was done `ago`, as the others were."""
    step = do_step(leader, FlowStep.objects.get(flow__case=case, step__code="safety_plan").pk, proof=PLANNED)
    FlowStep.objects.filter(pk=step.pk).update(done_at=F("done_at") - ago)
    Clock.objects.filter(pk=step.clock_id).update(stopped_at=F("stopped_at") - ago)
