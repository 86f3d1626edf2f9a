"""A psychologist's day, shorter: a morning of triage, a cry for help, a case that runs.

Keys and clicks are counted, and what the day leaves in the database is what she did.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.appointments.models import Appointment
from caseflow.cases.enums import RiskLevel, Stage
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.services import open_case
from caseflow.directory.actors import Actor
from caseflow.directory.models import School
from caseflow.plans.models import Signature
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem
from tests.appointments.factories import at, in_case, room_at, this_year
from tests.browser import violations
from tests.cases.factories import case_of, psychologist, task_for
from tests.directory.factories import signed_in
from tests.incidents.factories import accused, harmed, reported, teacher_at
from tests.instruments.factories import given, shipped
from tests.protocols.factories import flow_of
from tests.triage.factories import pupil_at
from tests.way.hand import Hand

pytestmark = pytest.mark.browser
PageOf = Callable[[Actor | None], Page]
LINES = (
    "I do not sleep",
    "Music",
    "My grandmother",
    "My mother",
    "The school's psychologist, 111",
    "The medicine is locked",
)


@pytest.fixture
def page_of(browser: Browser, live_server: LiveServer) -> Iterator[PageOf]:
    """A page of somebody's own window; of a pupil's telephone for None."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(who: Actor | None) -> Page:
        size: ViewportSize = {"width": 1440, "height": 900} if who else {"width": 390, "height": 844}
        context = browser.new_context(base_url=live_server.url, locale="en-GB", viewport=size, reduced_motion="reduce")
        contexts.append(context)
        if who:
            cookie = signed_in(who).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def who(transactional_db: None) -> Actor:
    return psychologist()


@pytest.fixture
def school(who: Actor) -> School:
    assert who.membership.school is not None
    return who.membership.school


def row_of(page: Page, item: TriageItem) -> str:
    return f"#item-{item.pk}"


def open_row(page: Page, item: TriageItem) -> None:
    """The row the focus has come to by itself is open, with the evidence."""
    expect(page.locator(row_of(page, item))).to_be_focused()
    expect(page.locator(f"{row_of(page, item)} [data-loaded]")).to_be_visible()


def test_a_morning_of_triage_takes_a_key_for_a_decision(who: Actor, school: School, page_of: PageOf) -> None:
    girl, boy = pupil_at(school), pupil_at(school, last_name="Zhunus", first_name="Amir")
    running = open_case(who, pupil_id=girl.pk, reason="Раньше")
    teacher = teacher_at(school)
    parties = [[harmed(girl), accused(boy)], [harmed(boy)], [harmed(pupil_at(school))], []]
    items = [reported(teacher, *people).triage_item for people in parties]
    for number, item in enumerate(items, start=1):
        TriageItem.objects.filter(pk=item.pk).update(due_at=timezone.now() + timedelta(hours=number))
    page = page_of(who)
    page.goto(reverse("triage:today"))
    hand = Hand(page)

    open_row(page, items[0])
    hand.sees(f"{boy.short_name}, {boy.school_class}")  # the evidence: who else, and the clock of the police
    expect(page.locator(row_of(page, items[0])).get_by_text("Police informed")).to_be_visible()
    with hand.within(1):
        hand.press("Digit2")
        hand.sees(f"Linked to case no. {running.number}")
    hand.sees(girl.short_name)

    open_row(page, items[1])
    with hand.within(1):
        hand.press("Digit1")
        hand.sees(f"Case no. {running.number + 1} opened")

    open_row(page, items[2])
    with hand.within(4):
        hand.press("Digit3")
        hand.press("Space")
        hand.press("Tab")
        hand.write("The class teacher has settled it")
        hand.press("Control+Enter")
        hand.sees("Dismissed")

    open_row(page, items[3])
    with hand.within(3):  # nobody is named: the case by the first letters of the name
        hand.press("Digit2")
        hand.write(boy.last_name[:3])
        hand.press("Control+Enter")
        hand.sees(f"Linked to case no. {running.number + 1}")

    states = [TriageItem.objects.get(pk=item.pk).state for item in items]
    assert states == [ItemState.LINKED, ItemState.CASE_OPENED, ItemState.DISMISSED, ItemState.LINKED]
    assert Case.objects.get(pupil=boy).owner == who.user
    assert violations(page) == []


def test_a_cry_for_help_is_seen_first_and_gone_through_by_two(who: Actor, school: School, page_of: PageOf) -> None:
    colleague = psychologist(school)
    shipped()
    case = open_case(who, pupil_id=pupil_at(school).pk, reason="Слова подруги")
    answer_yes(page_of(None), given(who, case, "asq").code)
    flow = flow_of(case)
    hand = Hand(page_of(who))
    page = hand.page
    page.goto(reverse("triage:today"))
    with hand.within(1):
        hand.sees("now: The pupil is not left alone")
        hand.click(page.get_by_role("link", name="To the steps"))
    assert violations(page) == []
    with hand.within(2):
        say_done(hand, 0, "She sits with me until her mother comes")
    with hand.within(6):
        hand.click(page.get_by_role("link", name="Assess the risk"))
        expect(page.locator("[name=level]").first).to_be_focused()
        for key in ("ArrowRight", "ArrowRight", "Tab"):  # from low, where the form begins, to high
            hand.press(key)
        hand.write("She said that she wished she were dead; no plan, no attempt")
        hand.press("Tab")
        hand.write("A quarrel left her alone in class; evenings are worst; her aunt and drawing help")
        hand.press("Control+Enter")
        hand.sees("The assessment is recorded.")
    expect(page).to_have_url(reverse("protocols:flow", args=[flow.pk]))
    second = Hand(page_of(colleague))
    second.page.goto(reverse("triage:today"))
    with second.within(3):
        second.sees("now: The second person knows")
        second.click(second.page.get_by_role("link", name="To the steps"))
        say_done(second, 1, "I am with it, we meet at ten")
    page.reload()
    with hand.within(2):
        say_done(hand, 3, "Her mother knows and comes")
    with hand.within(14):
        sign_the_plan(hand, case)
    page.goto(reverse("protocols:flow", args=[flow.pk]))
    with hand.within(3):
        say_done(hand, 5, "Signed together, the medicine is locked away")
        hand.click(page.get_by_role("button", name="Set the dates"))
        hand.sees("The dates are set, each is a task.")
    done = {step.step.code: step.done_by for step in flow.steps.select_related("step", "done_by")}
    assert done.pop("referred") is None
    assert done.pop("second_knows") == colleague.user
    assert set(done.values()) == {who.user}
    case.refresh_from_db()
    assert case.risk == RiskLevel.HIGH
    assert Signature.objects.filter(version__plan__case=case).count() == 2


def answer_yes(page: Page, code: str) -> None:
    """The pupil, on a telephone, says yes to the first question."""
    page.goto("/q/")
    page.locator("[name=code]").fill(code)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("Yes", exact=True).click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Question 2")).to_be_visible()


def say_done(hand: Hand, step: int, words: str) -> None:
    place = hand.page.locator("li.c-flowstep").nth(step)
    hand.write_in(place.get_by_label("What was done and when"), words)
    hand.click(place.get_by_role("button", name="Done"))
    expect(place).to_contain_text(words)


def sign_the_plan(hand: Hand, case: Case) -> None:
    """Six lines in the pupil's words, read aloud, signed by both on the screen."""
    page = hand.page
    hand.click(page.get_by_role("link", name="To the safety plan"))
    hand.click(page.get_by_role("button", name="Begin the safety plan"))
    for number, words in enumerate(LINES, start=1):
        hand.write_in(page.get_by_label(f"Step {number}, line 1", exact=True), words)
    hand.click(page.get_by_role("button", name="Save and read aloud"))
    hand.click(page.get_by_label("I have read the plan aloud together with the pupil"))
    for area in page.locator("[data-area]").all():
        hand.draw(area)
    hand.click(page.get_by_role("button", name="Sign the plan"))
    hand.sees("The plan is signed.")


def test_a_running_case_takes_few_acts_for_each_thing_of_the_day(who: Actor, page_of: PageOf) -> None:
    case = case_of(who)
    task = task_for(case, who, title="Разговор с классом")
    this_year(who, timezone.localdate() + timedelta(days=60))
    room = room_at(who)
    held = in_case(who, case, at(-1, 10), room=room.pk)
    hand = Hand(page_of(who))
    page = hand.page
    page.goto(reverse("cases:detail", args=[case.pk]))
    with hand.within(2):
        hand.write_in(page.locator("main textarea[name=text]"), "She slept well")
        hand.press("Control+Enter")
        hand.sees("She slept well")
    with hand.within(2):
        hand.click(page.get_by_role("link", name="Разговор с классом"))
        expect(page.locator("#id_outcome")).to_be_focused()
        hand.write("The class knows")
        hand.press("Control+Enter")
        hand.sees("The task is completed.")
    with hand.within(2):
        hand.click(page.get_by_role("link", name="move on"))
        expect(page.locator("#id_reason")).to_be_focused()  # the only way on is chosen already
        hand.write("The first talk was held")
        hand.press("Control+Enter")
        hand.sees("The case has moved on.")
    with hand.within(3):
        hand.click(page.locator("aside").get_by_role("link", name="Appointment", exact=True))
        expect(page.get_by_label(case.pupil.short_name)).to_be_checked()
        hand.click(page.locator("#slots button").first)
        hand.click(page.get_by_role("button", name="Put in the calendar"))
        hand.sees("The appointment is in the calendar.")
    page.goto(reverse("triage:today"))
    with hand.within(2):
        hand.click(page.locator("aside").get_by_role("link", name=held.get_kind_display()).first)
        hand.click(page.get_by_role("button", name="It was held"))
        hand.sees("It is recorded that the appointment was held.")
    assert violations(page) == []
    planned = Appointment.objects.exclude(pk=held.pk).get()
    assert (planned.case, planned.room, planned.pupil_count) == (case, room, 1)
    task.refresh_from_db()
    case.refresh_from_db()
    assert (task.done_at is not None, case.stage) == (True, Stage.ASSESSMENT)
    assert ChronologyEntry.objects.filter(case=case, author=who.user).count() >= 4
