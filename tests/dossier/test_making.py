"""A paper holds what was ticked and nothing else, bears its reader's name, and leaves its proof."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel, Visibility
from caseflow.cases.models import Case
from caseflow.cases.services import add_note, add_task, complete_task, correct_note, set_risk
from caseflow.directory.actors import Actor
from caseflow.documents.enums import Tongue
from caseflow.dossier.enums import Kind, Meeting, Part
from caseflow.dossier.models import Making
from caseflow.dossier.paper import paper_pdf
from caseflow.dossier.rules import PARTS, DossierRefused
from caseflow.dossier.selectors import read_offer
from caseflow.dossier.services import make_paper
from caseflow.plans.enums import GoalState
from caseflow.plans.services import end_goal
from tests.cases.factories import case_of, lead_over, note_in, psychologist, task_for
from tests.directory.factories import GuardianshipFactory
from tests.dossier.factories import PURPOSE, wanted, words_of
from tests.plans.factories import SECRET, goal_of, measure_of, signed

pytestmark = pytest.mark.django_db
BASIS, PRIVATE, SHARED = "Тайная основа оценки", "Личная заметка автора", "Мама встречает после уроков"
FORMULATION = "Ссора, вечерами хуже, помогает тётя"


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def filled(who: Actor, case: Case) -> None:
    """A case with something in every part."""
    GuardianshipFactory.create(pupil=case.pupil)
    note_in(case, who, PRIVATE)
    note_in(case, who, "Рисует на уроках", Visibility.TEAM)
    note_in(case, who, SHARED, Visibility.TEAM)
    task_for(case, who, title="Позвонить классному руководителю")
    measure_of(goal_of(case, who), who)
    signed(who, case)
    set_risk(who, case.pk, level=RiskLevel.MODERATE, basis=BASIS, formulation=FORMULATION)


def texts(paper: Any) -> str:
    return str(paper.data)


def test_a_profile_holds_what_is_ticked_beforehand_and_nothing_confidential(who: Actor, case: Case) -> None:
    filled(who, case)
    paper = make_paper(who, case.pk, wanted())
    said = texts(paper)
    for there in ("Слова классного руководителя", "Ходит в школу каждый день", "Встречать у входа", "Позвонить"):
        assert there in said
    for kept in (PRIVATE, SECRET, BASIS, FORMULATION, "Умеренный"):
        assert kept not in said
    titles = [part["key"] for part in paper.data["sections"]]
    assert titles == ["reason", "stage", "agreed", "plan", "next", "people"]


def test_confidential_parts_come_by_tick_with_who_and_when(who: Actor, case: Case) -> None:
    filled(who, case)
    more = (Part.RISK, Part.PRIVATE_NOTES, Part.SAFETY, Part.RESULTS, Part.SIGNALS)
    paper = make_paper(who, case.pk, wanted(Kind.PROFILE, *more))
    (risk,) = next(part["rows"] for part in paper.data["sections"] if part["key"] == Part.RISK)
    assert risk["meta"] == who.user.short_name
    assert risk["when"].startswith(f"{timezone.localdate():%d.%m.%Y}")
    said = texts(paper)
    assert PRIVATE in said
    assert SECRET in said
    assert BASIS not in said
    assert FORMULATION not in said
    assert {part["key"]: part["confidential"] for part in paper.data["sections"]}[Part.SAFETY]


def test_how_the_risk_is_understood_is_a_confidential_part_of_its_own(who: Actor, case: Case) -> None:
    empty = make_paper(who, case.pk, wanted(Kind.PROFILE, Part.FORMULATION))
    assert next(part["rows"] for part in empty.data["sections"] if part["key"] == Part.FORMULATION) == []
    filled(who, case)
    paper = make_paper(who, case.pk, wanted(Kind.PROFILE, Part.FORMULATION))
    section = next(part for part in paper.data["sections"] if part["key"] == Part.FORMULATION)
    assert section["confidential"]
    assert [(row["title"], row["meta"]) for row in section["rows"]] == [(FORMULATION, who.user.short_name)]
    whole = texts(make_paper(who, case.pk, wanted(Kind.CHRONOLOGY, Part.RISK)))
    assert BASIS in whole
    assert FORMULATION in whole


def test_an_unassessed_case_without_a_plan_says_so(who: Actor, case: Case) -> None:
    paper = make_paper(who, case.pk, wanted(Kind.PROFILE, Part.RISK, Part.SAFETY))
    rows = {part["key"]: part["rows"] for part in paper.data["sections"]}
    assert [row["title"] for row in rows[Part.RISK]] == ["Не оценён"]
    assert rows[Part.SAFETY] == []


def test_what_has_ended_is_agreed_and_what_is_done_or_late_is_marked(who: Actor, case: Case) -> None:
    goal = goal_of(case, who)
    complete_task(who, measure_of(goal, who).task_id, outcome="Приходит сам")
    end_goal(who, case.pk, goal.pk, state=GoalState.REACHED, reason="Видно две недели")
    other = goal_of(case, who, title="Спит ночью")
    complete_task(who, measure_of(other, who, title="Разговор").task_id, outcome="Договорились")
    task = task_for(case, who, title="Просроченное")
    past = timezone.now() - timedelta(hours=1)
    type(task).objects.filter(pk=task.pk).update(due_at=past)
    rows = {part["key"]: part["rows"] for part in make_paper(who, case.pk, wanted()).data["sections"]}
    assert [row["text"] for row in rows[Part.AGREED]] == ["Видно две недели"]
    assert [tag["text"] for row in rows[Part.PLAN] for tag in row["tags"]] == ["цель", "выполнено"]
    assert [tag["text"] for row in rows[Part.NEXT] for tag in row["tags"]] == ["просрочено"]


def test_a_note_of_somebody_else_stays_hidden_from_a_colleague_and_opens_to_the_lead(who: Actor, case: Case) -> None:
    note_in(case, who, PRIVATE)
    note_in(case, who, SHARED, Visibility.TEAM)
    colleague = psychologist(case.school)
    asked = (wanted(Kind.PROFILE, Part.PRIVATE_NOTES), wanted(Kind.CHRONOLOGY, Part.PRIVATE_NOTES))
    assert [PRIVATE in texts(make_paper(colleague, case.pk, each)) for each in asked] == [False, False]
    assert [PRIVATE in texts(make_paper(who, case.pk, each)) for each in asked] == [True, True]
    with pytest.raises(Case.DoesNotExist):
        make_paper(lead_over(case.school), case.pk, asked[0])


def test_a_chronology_begins_with_the_oldest_and_strikes_through_what_was_corrected(who: Actor, case: Case) -> None:
    note = note_in(case, who, "Дата неверна", Visibility.TEAM)
    correct_note(who, case.pk, note.pk, text="Дата верна")
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis=BASIS, formulation="Травля, дома слышат")
    (lines,) = make_paper(who, case.pk, wanted(Kind.CHRONOLOGY)).data["sections"]
    assert [(row["text"], row["struck"]) for row in lines["rows"]] == [
        ("Слова классного руководителя", False),
        ("Дата неверна", True),
        ("Дата верна", False),
    ]
    ticked = make_paper(who, case.pk, wanted(Kind.CHRONOLOGY, Part.RISK)).data["sections"][0]["rows"]
    assert [row["text"].splitlines()[0] for row in ticked if BASIS in row["text"]] == [BASIS]
    tomorrow = timezone.localdate() + timedelta(days=1)
    later = wanted(Kind.CHRONOLOGY, since=tomorrow)
    assert make_paper(who, case.pk, later).data["sections"][0]["rows"] == []


def test_a_task_that_tells_of_high_risk_or_of_the_safety_plan_comes_only_with_that_part(who: Actor, case: Case) -> None:
    due, owner = timezone.now() + timedelta(days=2), who.membership.pk
    done, waiting = (
        add_task(who, case.pk, title=title, membership_id=owner, due_at=due, about="flow")
        for title in ("Первый взгляд", "Второй взгляд")
    )
    complete_task(who, done.pk, outcome="Посмотрели")
    review = signed(who, case).review

    def keys(*more: Part) -> set[str]:
        rows = (part["rows"] for part in make_paper(who, case.pk, wanted(Kind.PROFILE, *more)).data["sections"])
        return {row["key"] for part in rows for row in part} & {str(waiting.pk), str(review.pk)}

    assert (keys(), keys(Part.RISK), keys(Part.SAFETY)) == (set(), {str(waiting.pk)}, {str(review.pk)})
    chronology = [texts(make_paper(who, case.pk, wanted(Kind.CHRONOLOGY, *more))) for more in ((), (Part.RISK,))]
    assert ["Первый взгляд" in said or "Посмотрели" in said for said in chronology] == [False, True]


def test_both_languages_stand_on_the_paper_and_what_people_wrote_stands_once(who: Actor, case: Case) -> None:
    paper = make_paper(who, case.pk, wanted(tongue=Tongue.BOTH))
    assert set(paper.data["title"]) == {"kk", "ru"}
    (reason,) = paper.data["sections"][0]["rows"]
    assert reason["text"] == "Слова классного руководителя"


def test_the_pdf_bears_reader_time_and_purpose_on_every_page_in_kazakh_letters(who: Actor, case: Case) -> None:
    letters = "әғқңөұүһі ӘҒҚҢӨҰҮҺІ"
    for number in range(60):
        note_in(case, who, f"{letters} {number} " + "слово " * 40 + "д" * 90, Visibility.TEAM)
    paper = make_paper(who, case.pk, wanted(Kind.CHRONOLOGY, tongue=Tongue.BOTH))
    said = words_of(paper_pdf(paper))
    assert letters in said
    reader = who.user.short_name.replace("\xa0", " ")
    assert f"{reader} · {timezone.localtime(paper.made_at):%d.%m.%Y %H:%M}" in said
    assert said.count(f"· {PURPOSE}") >= 5
    assert paper_pdf(paper) == paper_pdf(paper)


def test_a_profile_never_grows_beyond_two_pages(who: Actor, case: Case) -> None:
    for number in range(30):
        note_in(case, who, f"{number}: " + "длинные слова " * 300)
    pdf = paper_pdf(make_paper(who, case.pk, wanted(Kind.PROFILE, Part.PRIVATE_NOTES, tongue=Tongue.BOTH)))
    said = words_of(pdf)
    assert "2 / 2" in said
    assert "3 / 3" not in said
    assert "29: длинные" in said
    assert "…" in said


def test_the_proof_names_parts_and_meeting_and_counts_as_a_reading(who: Actor, case: Case) -> None:
    make_paper(who, case.pk, wanted(Kind.PROFILE, Part.RISK))
    make_paper(who, case.pk, wanted(Kind.CHRONOLOGY))
    made, earlier = read_offer(who, case, Kind.PROFILE).made
    assert (made.making.kind, earlier.making.kind) == (Kind.CHRONOLOGY, Kind.PROFILE)
    assert earlier.purpose == PURPOSE
    assert "Risk level" in earlier.parts
    assert PURPOSE.encode() not in bytes(earlier.making.purpose_sealed)
    logged = AuditEntry.objects.get(action="dossier_profile_read")
    assert (logged.obj, logged.pupil_id) == (f"cases.Case/{case.pk}", case.pupil_id)
    assert logged.detail["parts"] == sorted([*wanted().parts, "risk"])
    assert AuditEntry.objects.filter(action="dossier_chronology_read").count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"purpose": "  "}, "whose meeting"),
        ({"purpose": "д" * 121}, "whose meeting"),
        ({"parts": frozenset()}, "Tick what"),
        ({"parts": frozenset({"supervision-of-others"})}, "may not take"),
        ({"parts": frozenset({"signals"}), "meeting": Meeting.AGENCY}, "never goes"),
        (
            {"parts": frozenset({"results"}), "meeting": Meeting.COUNCIL},
            "never goes to such a meeting, untick it: Results of questionnaires",
        ),
        ({"parts": frozenset({"private_notes"}), "meeting": Meeting.FAMILY}, "never goes"),
        ({"since": timezone.localdate(), "until": timezone.localdate() - timedelta(days=1)}, "ends before"),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(
    who: Actor, case: Case, changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(DossierRefused, match=said):
        make_paper(who, case.pk, replace(wanted(), **changed))
    assert not Making.objects.exists()


def test_the_family_gets_only_the_notes_that_were_shared_with_it(who: Actor, case: Case) -> None:
    note_in(case, who, "Разговор с учителем", Visibility.TEAM)
    add_note(who, case.pk, text="Вечером без телефона", visibility=Visibility.SHARED_PLAN, confirmed=True)
    for meeting, raw in ((Meeting.FAMILY, False), (Meeting.COLLEAGUES, True)):
        told = str(make_paper(who, case.pk, wanted(Kind.CHRONOLOGY, meeting=meeting, parts={Part.NOTES})).data)
        assert "Вечером без телефона" in told
        assert ("Разговор с учителем" in told) is raw


def test_at_a_table_with_outsiders_no_words_of_the_team_and_no_tasks_but_measures_are_told(
    who: Actor, case: Case
) -> None:
    filled(who, case)
    add_note(who, case.pk, text="Вечером без телефона", visibility=Visibility.SHARED_PLAN, confirmed=True)
    parts = {Part.CASE, Part.AGREED, Part.PLAN, Part.NEXT}
    for meeting in (Meeting.FAMILY, Meeting.AGENCY):
        papers = [
            make_paper(who, case.pk, wanted(kind, meeting=meeting, parts=parts & set(PARTS[kind]))) for kind in Kind
        ]
        told = " ".join(texts(paper) for paper in papers)
        assert "Встречать у входа" in told
        assert "Слова классного руководителя" not in told
        assert "Позвонить классному руководителю" not in told
        assert ("Вечером без телефона" in told) is (meeting == Meeting.FAMILY)


def test_too_long_a_chronology_asks_for_a_shorter_period(
    who: Actor, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseflow.dossier.services.making.MOST_LINES", 0)
    with pytest.raises(DossierRefused, match="shorter period"):
        make_paper(who, case.pk, wanted(Kind.CHRONOLOGY))
