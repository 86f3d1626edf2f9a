"""How each act of the help page is done, by clicks or by its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FilePayload, expect

from caseflow.appointments.models import Appointment
from caseflow.appointments.services import record_held
from caseflow.attachments.models import Attachment
from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case, ChronologyEntry, Task
from caseflow.cases.services import set_risk
from caseflow.directory.actors import Actor
from caseflow.instruments.models import Administration
from caseflow.journals.models import WorkRecord
from caseflow.plans.models import Measure
from caseflow.referrals.models import Referral
from caseflow.triage.models import TriageItem
from tests.appointments.factories import at, begun, monday, planned
from tests.cases.factories import psychologist, task_for
from tests.instruments.factories import shipped
from tests.keys.hands import Hands
from tests.plans.factories import goal_of
from tests.triage.factories import item_at

SEND = "Control+Enter"


@dataclass(frozen=True)
class Desk:
    """A psychologist with a case, and the page they sit at."""

    who: Actor
    case: Case

    @property
    def school(self) -> Any:
        return self.who.membership.school

    def case_page(self) -> str:
        return reverse("cases:detail", args=[self.case.pk])

    def item(self) -> TriageItem:
        return item_at(self.school)

    def overdue_task(self) -> Task:
        task = task_for(self.case, self.who, title="Позвонить маме")
        Task.objects.filter(pk=task.pk).update(due_at=timezone.now() - timedelta(hours=1))
        return task


def search(hands: Hands, desk: Desk) -> None:
    hands.at("/today/").do(hands.page.get_by_role("combobox"), "Slash")
    hands.page.get_by_role("combobox").fill(desk.case.pupil.last_name)
    found = hands.page.get_by_role("option").first
    if hands.keys:
        hands.do(found, "ArrowDown")
    hands.do(found, "Enter")
    expect(hands.page.locator("h1")).to_contain_text(desk.case.pupil.last_name)


def undo(hands: Hands, desk: Desk) -> None:
    task = task_for(desk.case, desk.who)
    hands.at(reverse("cases:complete", args=[task.pk]))
    hands.page.get_by_label("What came of it").fill("Поговорили")
    hands.button("Complete the task").click()
    hands.do(hands.button("Undo"), "KeyZ")
    expect(hands.page.get_by_text("Undone.")).to_be_visible()
    assert Task.objects.get(pk=task.pk).done_at is None


def open_case(hands: Hands, desk: Desk) -> None:
    item = desk.item()
    hands.at("/today/").do(hands.button("Open a case"), "Digit1")
    _decided(hands, item, "case_opened")


def link(hands: Hands, desk: Desk) -> None:
    item = item_at(desk.school, desk.case.pupil)
    hands.at("/today/").do(hands.button("Link to case"), "Digit2")
    _decided(hands, item, "linked")


def dismiss(hands: Hands, desk: Desk) -> None:
    item = desk.item()
    hands.at("/today/").do(hands.button("Dismiss with a reason"), "Digit3")
    form = hands.page.locator("[data-chosen=reason]")
    form.get_by_label("Not confirmed").check()
    form.get_by_label("Explanation, kept with the decision").fill("Старая ссора")
    hands.do(form.get_by_role("button", name="Dismiss"), SEND)
    _decided(hands, item, "dismissed")


def details(hands: Hands, desk: Desk) -> None:
    desk.item()
    hands.at("/today/").do(hands.link("Details"), "Enter")
    hands.page.wait_for_url(lambda url: "/today/" not in url)


def done(hands: Hands, desk: Desk) -> None:
    task = desk.overdue_task()
    hands.at("/today/").do(hands.link("Позвонить маме"))
    _complete(hands, task)


def done_in_case(hands: Hands, desk: Desk) -> None:
    task = desk.overdue_task()
    hands.at(desk.case_page()).do(hands.link("Позвонить маме"))
    _complete(hands, task)


def held(hands: Hands, desk: Desk) -> None:
    made = begun(desk.who, desk.case.pupil)
    hands.at("/today/").do(hands.link("Consultation of a pupil"))
    hands.do(hands.button("It was held"))
    _becomes(hands, made, "held")


def held_here(hands: Hands, desk: Desk) -> None:
    made = begun(desk.who, desk.case.pupil)
    hands.at(_page_of(made)).do(hands.button("It was held"), "KeyH")
    _becomes(hands, made, "held")


def not_come(hands: Hands, desk: Desk) -> None:
    made = begun(desk.who, desk.case.pupil)
    hands.at(_page_of(made)).do(hands.button("Not held: they did not come"), "KeyX")
    _becomes(hands, made, "not_come")


def move(hands: Hands, desk: Desk) -> None:
    made = planned(desk.who, at(2, 10), desk.case.pupil)
    hands.at(_page_of(made)).do(hands.link("Change or move"), "KeyM")
    hands.page.locator("[name=time]").fill("12:00")
    hands.do(hands.button("Save the change"), SEND)
    expect(hands.page.get_by_text("The appointment is changed.")).to_be_visible()
    assert Appointment.objects.get(pk=made.pk).starts_at == at(2, 12)


def open_signal(hands: Hands, desk: Desk) -> None:
    hands.at(reverse("analytics:signals")).do(hands.page.locator("[data-row] a").first, "Enter")
    expect(hands.page.locator("h1")).to_have_text("Sustained shift of mood")


def decide_signal(hands: Hands, desk: Desk) -> None:
    item = TriageItem.objects.get(kind="signal")
    hands.at(reverse("analytics:signal", args=[item.pk])).do(hands.page.locator(".c-opt").first, "Digit1")
    hands.page.locator("#why").fill("Расскажет сама")
    hands.do(hands.button("Confirm the decision"), SEND)
    _decided(hands, item, "case_opened")


def note(hands: Hands, desk: Desk) -> None:
    hands.at(desk.case_page()).do(hands.page.locator("textarea").first, "KeyN")
    hands.page.keyboard.type("Разговор на перемене")
    hands.do(hands.button("Add"), SEND)
    hands.until(lambda: ChronologyEntry.objects.filter(case=desk.case, code="note").exists())


def task(hands: Hands, desk: Desk) -> None:
    hands.at(desk.case_page()).do(hands.page.locator("#main").get_by_role("link", name="Task", exact=True), "KeyT")
    hands.page.get_by_label("Until when").fill(f"{at(2, 10):%Y-%m-%dT%H:%M}")
    hands.page.get_by_label("What has to be done").fill("Позвонить")
    hands.do(hands.button("Give the task"), SEND)
    hands.until(lambda: Task.objects.filter(case=desk.case, owner=desk.case.owner).exists())


def book(hands: Hands, desk: Desk) -> None:
    hands.at(desk.case_page()).do(hands.page.get_by_role("link", name="Appointment", exact=True), "KeyA")
    hands.page.locator("[name=day]").fill(f"{at(2, 10):%Y-%m-%d}")
    hands.page.locator("[name=time]").fill("10:00")
    hands.do(hands.button("Put in the calendar"), SEND)
    hands.until(lambda: Appointment.objects.filter(case=desk.case).exists())


def book_free(hands: Hands, desk: Desk) -> None:
    hands.at(f"{reverse('appointments:calendar')}?day={monday()}").do(hands.page.locator(".c-calfree a").first)
    hands.page.get_by_label("Kind of appointment").select_option("other")
    hands.do(hands.button("Put in the calendar"))
    hands.until(Appointment.objects.exists)


def risk(hands: Hands, desk: Desk) -> None:
    hands.at(desk.case_page()).do(hands.link("Assess the risk"), "KeyR")
    hands.page.locator("[name=level]").first.check()
    hands.page.locator("[name=basis]").fill("Беседа")
    hands.do(hands.button("Record the assessment"), SEND)
    hands.until(lambda: Case.objects.filter(pk=desk.case.pk, risk__isnull=False).exists())


def questionnaire(hands: Hands, desk: Desk) -> None:
    shipped()
    hands.at(desk.case_page()).do(hands.page.locator(".qn-quick a").first)
    for name in ("respondent", "language", "filling"):
        hands.page.locator(f"main [name={name}]").first.check()
    hands.do(hands.button("Give the questionnaire"))
    hands.until(lambda: Administration.objects.filter(case=desk.case).exists())


def stage(hands: Hands, desk: Desk) -> None:
    task_for(desk.case, desk.who)
    set_risk(desk.who, desk.case.pk, level=RiskLevel.LOW, basis="Беседа")
    hands.at(desk.case_page()).do(hands.link("move on"), "KeyS")
    hands.page.locator("[name=stage]").last.check()
    hands.page.locator("[name=reason]").fill("Все встретились")
    hands.do(hands.button("Move the case on"), SEND)
    hands.until(lambda: ChronologyEntry.objects.filter(case=desk.case, code="moved").exists())


def referral(hands: Hands, desk: Desk) -> None:
    hands.at(desk.case_page()).do(hands.page.get_by_role("button", name="Referral", exact=True))
    hands.until(lambda: Referral.objects.filter(case=desk.case).exists())


def measure(hands: Hands, desk: Desk) -> None:
    goal_of(desk.case, desk.who)
    hands.at(reverse("plans:case", args=[desk.case.pk])).do(hands.page.locator(".pl-goalacts a").first)
    hands.page.locator("[name=title]").fill("Встречать у входа")
    hands.page.locator("[name=expected]").fill("Приходит без опозданий")
    hands.page.locator("[name=owner]").select_option(index=1)
    hands.page.locator("[name=due_at]").fill(f"{at(2, 10):%Y-%m-%dT%H:%M}")
    hands.do(hands.page.locator("main form .btn-primary"))
    hands.until(lambda: Measure.objects.filter(goal__case=desk.case).exists())


def journal(hands: Hands, desk: Desk) -> None:
    made = begun(desk.who, desk.case.pupil)
    record_held(desk.who, made.pk)
    hands.at(_page_of(made)).page.locator("main [name=theme]").fill("Сон")
    hands.do(hands.button("Put into the journal"), SEND)
    hands.until(lambda: WorkRecord.objects.filter(appointment=made).exists())


def paper(hands: Hands, desk: Desk) -> None:
    hands.at(desk.case_page()).do(hands.link("For a meeting"), "KeyP")
    hands.page.locator("[name=meeting]").select_option("lead")
    hands.page.locator("[name=purpose]").fill("Психолого-педагогический консилиум")
    hands.do(hands.button("Make the PDF"), SEND)
    hands.until(lambda: AuditEntry.objects.filter(action__startswith="dossier").exists())


def file(hands: Hands, desk: Desk) -> None:
    hands.at(desk.case_page()).do(hands.page.get_by_role("link", name="File", exact=True))
    sent = FilePayload(name="Мінездеме.txt", mimeType="text/plain", buffer="Мінездеме".encode())
    hands.page.get_by_label("Files, up to 20 at a time").set_input_files([sent])
    hands.do(hands.button("Attach"))
    hands.until(lambda: Attachment.objects.filter(case=desk.case).exists())


def hand_over(hands: Hands, desk: Desk) -> None:
    mate = psychologist(desk.school)
    hands.at(reverse("supervision:work", args=[desk.school.pk, desk.who.user.pk]))
    hands.page.locator("[name=case]").first.check()
    hands.page.get_by_label(mate.user.short_name).check()
    hands.page.locator("[name=reason]").fill("Отпуск")
    hands.do(hands.button("Show what would move"))
    hands.do(hands.button("Hand it over"))
    hands.until(lambda: Case.objects.filter(pk=desk.case.pk, owner=mate.user).exists())


WALKS: dict[str, Callable[[Hands, Desk], None]] = {
    each.__name__.replace("_", "-"): each
    for each in (
        search, undo, open_case, link, dismiss, details, done, held, open_signal, decide_signal, note, task,
        done_in_case, book, risk, questionnaire, paper, file, book_free, held_here, not_come, move, hand_over,
        stage, referral, measure, journal,
    )
}  # fmt: skip


def _decided(hands: Hands, item: TriageItem, state: str) -> None:
    hands.until(lambda: TriageItem.objects.filter(pk=item.pk, state=state).exists())


def _complete(hands: Hands, task: Task) -> None:
    hands.page.get_by_label("What came of it").fill("Поговорили")
    hands.do(hands.button("Complete the task"))
    hands.until(lambda: Task.objects.filter(pk=task.pk, done_at__isnull=False).exists())


def _becomes(hands: Hands, made: Appointment, state: str) -> None:
    hands.until(lambda: Appointment.objects.filter(pk=made.pk, state=state).exists())


def _page_of(made: Appointment) -> str:
    return reverse("appointments:detail", args=[made.pk])
