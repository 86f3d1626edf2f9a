"""Cases with their chronologies, assessments and tasks: the rows that the product's services would leave, in bulk."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from bench.pages.shape import ENTRIES
from caseflow.accounts.models import User
from caseflow.cases.enums import EntryKind, RiskLevel, Stage, Visibility
from caseflow.cases.models import Case, ChronologyEntry, RiskAssessment, Task
from caseflow.clocks.models import Clock
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.records.models import DataKey
from caseflow.records.vault import new_keys, seal, where

STAGES = (Stage.ASSESSMENT, Stage.PLAN, Stage.SUPPORT, Stage.FOLLOW_UP, Stage.NEW)
LEVELS = (RiskLevel.LOW, RiskLevel.MODERATE, None, RiskLevel.LOW, RiskLevel.HIGH, None)
CLOSED_EVERY = 4  # one case of so many is closed
WORDS = (
    "Беседа после уроков: спал мало, говорит охотно. Договорились о встрече на следующей неделе, с мамой связь есть.",
    "Сынып жетекшісі айтты: үзілісте жалғыз отырады, сабаққа дайын келеді. Жұмада қайта сөйлесеміз.",
    "Наблюдение на уроке: работает в паре, отвлекается к концу. Учителю предложено пересадить ближе к окну и спросить "
    "через неделю, стало ли легче. Родители в курсе, против не были, просили сказать о времени встреч заранее.",
)
NOTE = (EntryKind.NOTE, "note")
KINDS = (NOTE, (EntryKind.TASK, "task_given"), NOTE, (EntryKind.TASK, "task_done"))
COLUMNS = (
    *("id", "case_id", "kind", "event_at", "day_only", "recorded_at", "author_id", "visibility", "text_sealed"),
    *("code", "params", "ref", "corrects_id"),
)


def make_cases(pupils: list[Pupil], owner: User, number: int) -> list[Case]:
    """A case for each of the first `number` pupils of a school, led by its psychologist."""
    now = timezone.now()
    keys = new_keys("case", number)
    cases = Case.objects.bulk_create(
        _case(pupil, owner, n, key, now) for n, (pupil, key) in enumerate(zip(pupils[:number], keys, strict=True))
    )
    _assess(cases, now)
    _give_tasks([case for case in cases if case.closed_at is None], now)
    _copy_entries(line for n, case in enumerate(cases) for line in _lines(case, n, now))
    return cases


def _case(pupil: Pupil, owner: User, number: int, key: DataKey, now: datetime) -> Case:
    opened = now - timedelta(days=200 - number % 150, minutes=number)
    closed = now - timedelta(days=number % 20) if number % CLOSED_EVERY == 0 else None
    return Case(
        school_id=pupil.school_id,
        pupil=pupil,
        number=number + 1,
        owner=owner,
        stage=Stage.CLOSED if closed else STAGES[number % len(STAGES)],
        stage_since=closed or opened,
        opened_at=opened,
        working_since=opened,
        owned_since=opened,
        closed_at=closed,
        data_key=key,
    )


def _assess(cases: list[Case], now: datetime) -> None:
    made = []
    for number, case in enumerate(cases):
        level = LEVELS[number % len(LEVELS)]
        if level is not None:
            one = RiskAssessment(case=case, level=level, by=case.owner, at=now - timedelta(days=number % 60 + 1))
            one.basis_sealed = seal(case.data_key, WORDS[0], where("cases.RiskAssessment", one.pk, "basis"))
            case.risk, case.risk_assessment = level, one
            made.append(one)
    RiskAssessment.objects.bulk_create(made)
    Case.objects.bulk_update(cases, ["risk", "risk_assessment"], batch_size=500)


def _give_tasks(cases: list[Case], now: datetime) -> None:
    """One open task in each, the nearest due in half a day; none falls due while the benchmark lasts."""
    tasks, clocks = [], []
    for number, case in enumerate(cases):
        due = now + timedelta(hours=12 + number)
        given = now - timedelta(days=1)
        clock = Clock(code="task", school_id=case.school_id, started_at=given, warn_at=due, due_at=due)
        task = Task(
            case=case,
            owner=case.owner,
            owner_role=Role.PSYCHOLOGIST,
            given_by=case.owner,
            created_at=given,
            due_at=due,
            clock=clock,
        )
        task.title_sealed = seal(case.data_key, "Позвонить маме и договориться", where("cases.Task", task.pk, "title"))
        clocks.append(clock)
        tasks.append(task)
    Clock.objects.bulk_create(clocks)
    Task.objects.bulk_create(tasks)


def _lines(case: Case, number: int, now: datetime) -> Iterator[tuple[object, ...]]:
    for line in range(ENTRIES):
        pk = uuid4()
        kind, code = (EntryKind.CASE, "opened") if line == 0 else KINDS[line % len(KINDS)]
        at = case.opened_at + (now - case.opened_at) * line / ENTRIES
        words = WORDS[(line + number) % len(WORDS)] if code == "note" else ""
        sealed = seal(case.data_key, words, where("cases.ChronologyEntry", pk, "text"))
        yield (pk, case.pk, kind, at, False, at, case.owner_id, Visibility.TEAM, sealed, code, "{}", "", None)


def _copy_entries(lines: Iterable[tuple[object, ...]]) -> None:
    table = ChronologyEntry._meta.db_table
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)
