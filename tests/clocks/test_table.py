"""The table of terms: everybody who works by it reads it, the lead of the region adds to it, nothing is changed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

from caseflow.audit.models import AuditEntry
from caseflow.clocks.models import DeadlineRule, EscalationStep
from caseflow.clocks.selectors import UnknownDeadlineError, rule_in_force
from caseflow.clocks.selectors.table import due_if_begun, term_of_code, terms
from caseflow.clocks.services import BadTermError, NewTerm, change_term, start_clock
from caseflow.clocks.texts import SHIPPED, code_in_words, term_in_words
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from tests.directory.factories import RegionFactory, SchoolFactory, actor, signed_in

pytestmark = pytest.mark.django_db
SOURCE = "[C] приказ № 1 от 1 сентября"
DAY = timedelta(days=1)


def day(number: int = 0) -> date:
    return timezone.localdate() + number * DAY


@pytest.fixture
def school(db: None) -> School:
    return SchoolFactory.create()


@pytest.fixture
def lead(school: School) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)


def new(**facts: object) -> NewTerm:
    wanted = {"amount": 2, "unit": "days", "basis": "school", "source": SOURCE, "effective_from": day()}
    return NewTerm(**wanted | facts)  # type: ignore[arg-type]


def sent(**facts: object) -> dict[str, object]:
    return {
        "amount": 2,
        "unit": "days",
        "basis": "school",
        "source": SOURCE,
        "effective_from": f"{day()}",
        "longest_pause": 3,
        "longest_extension": 1,
        "note": "",
    } | facts


def test_a_new_term_holds_from_its_day_and_leaves_the_old_row_as_it_was(school: School, lead: Actor) -> None:
    before = DeadlineRule.objects.filter(code="task").values().get()
    running = start_clock("task", school)

    change_term(lead, "task", new(effective_from=day(7)))

    assert DeadlineRule.objects.filter(pk=before["id"]).values().get() == before
    assert rule_in_force("task", day(6)).amount == 5
    assert rule_in_force("task", day(7)).amount == 2
    assert (running.rule_id, start_clock("task", school).rule_id) == (before["id"], before["id"])
    entry = AuditEntry.objects.get(action="clock.term_changed")
    assert (entry.obj, entry.actor, entry.detail["amount"]) == ("deadline:task", lead.user, 2)


def test_what_holds_what_held_and_what_will_hold(lead: Actor) -> None:
    change_term(lead, "task", new(amount=4))
    change_term(lead, "task", new(amount=3, effective_from=day(9)))

    term = term_of_code("task")
    assert term.current
    assert term.current.amount == 4
    assert [row.amount for row in term.coming] == [3]
    assert [row.amount for row in term.past] == [5]


def test_a_code_that_only_will_hold_has_no_current_term() -> None:
    DeadlineRule.objects.create(
        code="to_come", amount=1, unit="days", basis="wall", source=SOURCE, effective_from=day(3)
    )
    assert term_of_code("to_come").current is None
    with pytest.raises(UnknownDeadlineError):
        term_of_code("no_such_term")


@pytest.mark.parametrize(
    ("code", "facts", "message"),
    [
        ("task", {"amount": 0}, "may be 0"),
        ("task", {"amount": 251}, "at most 250 days"),
        ("task", {"source": " я "}, "Name the source"),
        ("task", {"effective_from": date(2020, 9, 1)}, "from today at the earliest"),
        ("task", {"longest_pause": 91}, "A pause lasts"),
        ("task", {"longest_extension": 400}, "An extension lasts"),
        ("police_informed", {"longest_pause": 1}, "never be paused or extended"),
        ("panic_dispatch", {"longest_extension": 1}, "never be paused or extended"),
    ],
)
def test_what_cannot_be_in_the_table_is_refused_in_words(
    lead: Actor, code: str, facts: dict[str, object], message: str
) -> None:
    with translation.override("en"), pytest.raises(BadTermError, match=message):
        change_term(lead, code, new(**facts))
    assert DeadlineRule.objects.filter(code=code).count() == 1


def test_one_term_a_day_and_zero_days_of_wall_time_may_be(lead: Actor) -> None:
    change_term(lead, "task", new(amount=0, basis="wall"))
    with translation.override("en"), pytest.raises(BadTermError, match="entered already"):
        change_term(lead, "task", new())


def test_a_lead_of_a_district_and_everybody_else_only_reads(school: School) -> None:
    for who in (
        actor(Role.LEAD_PSYCHOLOGIST, district=school.district),
        actor(Role.PSYCHOLOGIST, school=school),
        actor(Role.PRINCIPAL, school=school),
    ):
        with pytest.raises(PermissionDenied):
            change_term(who, "task", new())
        page = signed_in(who).get(reverse("clocks:term", args=["task"])).content.decode()
        assert "A new term" not in page
        assert "What holds today" in page


def test_each_ladder_in_force_stands_beside_its_term() -> None:
    EscalationStep.objects.create(
        code="task",
        step=1,
        level="owner",
        role="",
        amount=0,
        unit="days",
        basis="wall",
        source=SOURCE,
        effective_from=day(3),
    )
    ladder = term_of_code("task").ladder
    assert [step.targets for step in ladder] == [
        ("owner", "school:psychologist"),
        ("district:lead_psychologist",),
        ("region:lead_psychologist",),
    ]
    assert term_of_code("button_silent").ladder == ()


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("duty_answer", "the next ones of the duty roster are rung"),
        ("panic_acknowledge", "the next control centre is called"),
        ("button_silent", "administrator and duty person of the school"),
        ("protective_order", "who decides on the report"),
    ],
)
def test_what_has_no_ladder_says_who_hears_of_it(school: School, code: str, says: str) -> None:
    client = signed_in(actor(Role.PRINCIPAL, school=school))
    assert says in client.get(reverse("clocks:table")).content.decode()
    assert says in client.get(reverse("clocks:term", args=[code])).content.decode().lower()


def test_no_two_deadlines_of_the_table_have_one_name() -> None:
    names = [code_in_words(term.code) for term in terms()]
    assert sorted(names) == sorted(set(names))


def test_the_table_holds_no_term_that_nothing_starts() -> None:
    codes = {term.code for term in terms()}
    assert codes & {"follow_up_acute_first", "follow_up_acute_second", "follow_up_acute_third", "data_breach"} == set()


def test_the_whole_table_costs_two_queries(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(terms()) > 20


def test_every_code_reads_in_words_and_every_shipped_text_is_translated() -> None:
    with translation.override("en"):
        assert [term.code for term in terms() if code_in_words(term.code) == term.code] == []
    rows = DeadlineRule.objects.values_list("source", "note")
    texts = {text for row in rows for text in row if text} | set(
        EscalationStep.objects.values_list("source", flat=True)
    )
    assert texts <= set(SHIPPED)


@pytest.mark.parametrize(
    ("amount", "unit", "basis", "said"),
    [
        (0, "days", "wall", "by the end of the same day"),
        (1, "hours", "wall", "1 hour"),
        (30, "seconds", "wall", "30 seconds"),
        (3, "days", "school", "3 school days"),
        (1, "days", "working", "1 working day"),
        (4, "hours", "school", "4 hours of school time"),
        (15, "minutes", "working", "15 minutes of working time"),
    ],
)
def test_a_term_in_words(amount: int, unit: str, basis: str, said: str) -> None:
    with translation.override("en"):
        assert term_in_words(amount, unit, basis) == said


def test_the_lead_sees_what_a_term_would_mean_before_entering_it(lead: Actor) -> None:
    client, page = signed_in(lead), reverse("clocks:term", args=["task"])

    shown = client.post(page, sent(preview="1"))
    assert (shown.status_code, DeadlineRule.objects.filter(code="task").count()) == (200, 1)
    assert "For something that begins now it would be due" in shown.content.decode()
    refused = client.post(page, sent(source="я"))
    assert (refused.status_code, "Name the source" in refused.content.decode()) == (422, True)
    assert client.post(page, sent(effective_from="2999-01-01")).status_code == 422
    entered = client.post(page, sent(), follow=True).content.decode()
    assert "The new term is in the table." in entered
    assert rule_in_force("task", day()).longest_pause == 3


def test_what_can_never_be_moved_has_no_fields_for_it(lead: Actor) -> None:
    client, page = signed_in(lead), reverse("clocks:term", args=["police_informed"])
    assert "never be paused or extended" in client.get(page).content.decode()

    client.post(page, sent(unit="hours", basis="wall"))

    assert DeadlineRule.objects.get(code="police_informed", amount=2).longest_pause == 0


def test_a_lead_without_a_school_gets_no_preview() -> None:
    alone = actor(Role.LEAD_PSYCHOLOGIST, region=RegionFactory.create())
    assert due_if_begun(alone, new().rule("task"), timezone.now()) is None
    with translation.override("en"):
        page = signed_in(alone).post(reverse("clocks:term", args=["task"]), sent(preview="1"))
    assert "would be due" not in page.content.decode()


def test_the_table_is_a_page_for_everybody_who_works_here(school: School, lead: Actor) -> None:
    page = signed_in(actor(Role.TEACHER, school=school)).get(reverse("clocks:table")).content.decode()
    assert "Psychological assessment, acute" in page
    assert "lead psychologist of the region" in page
    change_term(lead, "task", new(effective_from=day(5)))
    assert "another one from" in signed_in(lead).get(reverse("clocks:table")).content.decode()
    assert signed_in(lead).get(reverse("clocks:term", args=["no-such"])).status_code == 404


def test_the_same_in_the_api(lead: Actor) -> None:
    client, url = signed_in(lead), "/api/v1/deadlines/task/"

    previewed = client.post(f"{url}preview/", sent(), content_type="application/json")
    assert (previewed.status_code, previewed.json()["due_at"] > f"{day()}") == (200, True)
    made = client.post(f"{url}change/", sent(), content_type="application/json")
    assert (made.status_code, made.json()["amount"]) == (201, 2)
    again = client.post(f"{url}change/", sent(), content_type="application/json")
    assert (again.status_code, "entered already" in again.json()[0]) == (400, True)
    term = client.get(url).json()
    assert [row["amount"] for row in term["rows"]] == [2, 5]
    assert (term["name"], term["ladder"][0]["targets"]) == ("a task of a case", ["owner", "school:psychologist"])
    assert client.get("/api/v1/deadlines/no-such/").status_code == 404
