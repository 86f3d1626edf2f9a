"""The meeting profile as sections of a paper: only the parts that were ticked, each in the active language."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext

from caseflow.appointments.enums import AppointmentState
from caseflow.appointments.selectors.calendar import of_case
from caseflow.cases.enclosing import enclosures
from caseflow.cases.models import Case
from caseflow.cases.selectors.chronology import Line, whole_chronology
from caseflow.cases.selectors.lists import TaskRow
from caseflow.cases.selectors.pages import CaseFile
from caseflow.cases.selectors.people import people_of
from caseflow.directory.actors import Actor
from caseflow.dossier.enums import Kind, Part
from caseflow.dossier.rules import CONFIDENTIAL, PARTS, Wanted, reads_every_task, reads_what_was_agreed
from caseflow.dossier.selectors.referring import result_in_words
from caseflow.dossier.selectors.rows import Row, day_of, moment_of, row, section
from caseflow.dossier.selectors.telling import telling_tasks
from caseflow.instruments.selectors.administrations import case_sheet
from caseflow.plans.rules import STEPS
from caseflow.plans.selectors.support import GoalRow, MeasureRow, goals_of
from caseflow.plans.selectors.versions import safety_of
from caseflow.triage.enums import ItemKind
from caseflow.triage.selectors.queue import items_of_case, rows_of

MOST_NOTES = 10


@dataclass(frozen=True, slots=True)
class Source:
    """A case with all its lines in the active language, the oldest first, for somebody who may open it."""

    actor: Actor
    file: CaseFile
    wanted: Wanted
    lines: list[Line]

    @property
    def case(self) -> Case:
        return self.file.case


def profile_sections(actor: Actor, file: CaseFile, wanted: Wanted) -> list[Row]:
    """The ticked parts in their order, then those of other rooms. A part in which nothing stands says so."""
    source = Source(actor, file, wanted, whole_chronology(file.case, actor, file.sources))
    own = [_own(source, part) for part in PARTS[Kind.PROFILE] if part.value in wanted.parts]
    others = [
        section(name, str(each.title), _enclosed(source, name), confidential=True)
        for name, each in enclosures().items()
        if name in wanted.parts
    ]
    return own + others


def _own(source: Source, part: Part) -> Row:
    return section(part.value, str(part.label), FILLED[part](source), confidential=part in CONFIDENTIAL)


def _reason(source: Source) -> list[Row]:
    """What was written when it was opened; where it came from a report or a signal, no more than that."""
    opened = [line for line in source.lines if line.code in ("opened", "reopened")]
    told = gettext("It came from something that was decided on in Today.")
    return [row(line.id, line.title, when=day_of(line.at), text=line.text or told, meta=line.by) for line in opened]


def _stage(source: Source) -> list[Row]:
    case = source.case
    since = gettext("since %(day)s")
    led = gettext("leads the case since %(day)s") % {"day": day_of(case.owned_since)}
    return [
        row("stage", str(case.get_stage_display()), meta=since % {"day": day_of(case.stage_since)}),
        row("owner", case.owner.short_name, meta=led),
    ]


def _agreed(source: Source) -> list[Row]:
    """What was given to the family in writing and still stands, and the goals that have ended."""
    shared = [line for line in source.lines if line.shared and not line.struck][-MOST_NOTES:]
    if not reads_what_was_agreed(source.wanted.meeting):
        shared = []
    ended = [goal for goal in goals_of(source.case) if not goal.is_open]
    notes = [row(line.id, line.text, when=day_of(line.at), meta=line.by) for line in shared]
    return notes + [
        row(goal.goal.pk, goal.title, when=day_of(goal.goal.ended_at), text=goal.reason, meta=_state(goal))
        for goal in ended
    ]


def _plan(source: Source) -> list[Row]:
    rows: list[Row] = []
    for goal in goals_of(source.case):
        if goal.is_open:
            rows.append(row(goal.goal.pk, goal.title, text=goal.shown_by, tags=[gettext("goal")]))
            rows += [_measure(measure) for measure in goal.measures]
    return rows


def _measure(measure: MeasureRow) -> Row:
    return row(
        measure.measure.pk,
        measure.task.title,
        when=day_of(measure.task.task.due_at),
        text=measure.task.outcome or measure.expected,
        meta=_owner(measure.task),
        tags=[_how_it_stands(measure.task)],
    )


def _next(source: Source) -> list[Row]:
    """The tasks that wait and the appointments made, the nearest first."""
    coming = of_case(source.actor, source.case.pk, source.case.pupil_id).filter(
        state=AppointmentState.PLANNED, ends_at__gt=timezone.now()
    )
    steps = [
        (
            each.task.due_at,
            row(
                each.task.pk, each.title, when=day_of(each.task.due_at), meta=_owner(each), tags=[_how_it_stands(each)]
            ),
        )
        for each in _waiting(source)
    ] + [
        (
            one.starts_at,
            row(one.pk, str(one.get_kind_display()), when=moment_of(one.starts_at), meta=one.owner.short_name),
        )
        for one in coming
    ]
    return [step for _at, step in sorted(steps, key=lambda step: step[0])]


def _waiting(source: Source) -> list[TaskRow]:
    """The unfinished tasks that may be told there, but for those that tell a part which is not taken along."""
    telling = telling_tasks(source.case)
    told = [
        one for one in source.file.unfinished if telling.get(f"task:{one.task.pk}", Part.NEXT) in source.wanted.parts
    ]
    if reads_every_task(source.wanted.meeting):
        return told
    planned = {measure.task.task.pk for goal in goals_of(source.case) for measure in goal.measures}
    return [one for one in told if one.task.pk in planned]


def _people(source: Source) -> list[Row]:
    people = people_of(source.case)
    owner = row("owner", source.case.owner.short_name, meta=gettext("leads the case"))
    guardians = [
        row(each.pk, each.guardian.full_name, meta=str(each.get_relation_display())) for each in people.guardians
    ]
    staff = [row(f"staff-{each.pk}", each.user.short_name, meta=str(each.get_role_display())) for each in people.staff]
    return [owner, *guardians, *staff]


def _risk(source: Source) -> list[Row]:
    """The level with who set it and when: a person's assessment, never a sum."""
    current = source.file.current
    if current is None:
        return [row("risk", gettext("Not assessed"))]
    return [row(current.pk, str(current.get_level_display()), when=moment_of(current.at), meta=current.by.short_name)]


def _formulation(source: Source) -> list[Row]:
    """How whoever assessed the risk last understands it."""
    newest = next(iter(source.file.assessments), None)
    if newest is None or not newest.formulation:
        return []
    said = newest.assessment
    return [row(f"formulation-{said.pk}", newest.formulation, when=moment_of(said.at), meta=said.by.short_name)]


def _private_notes(source: Source) -> list[Row]:
    notes = [line for line in source.lines if line.is_private and not line.hidden and not line.struck]
    return [row(line.id, line.text, when=day_of(line.at), meta=line.by) for line in notes[-MOST_NOTES:]]


def _results(source: Source) -> list[Row]:
    scored = [each for each in case_sheet(source.actor, source.case.pk).rows if each.score is not None]
    return [
        row(
            each.administration.pk,
            each.pack.name,
            when=day_of(each.administration.ended_at),
            text=result_in_words(each),
            meta=str(each.administration.get_respondent_display()),
        )
        for each in scored
    ]


def _safety(source: Source) -> list[Row]:
    newest = safety_of(source.case).newest
    if newest is None:
        return []
    steps = [(step, newest.text.of(step)) for step in STEPS]
    return [
        row(step.value, str(step.label), text="\n".join(line.text for line in lines)) for step, lines in steps if lines
    ]


def _signals(source: Source) -> list[Row]:
    """What the system noticed, as far as a consent lets it be read now, with what a person decided (rules 1, 4, 7)."""
    items = items_of_case(source.actor, source.case.pk).filter(kind=ItemKind.SIGNAL)
    return [
        row(
            each.item.pk,
            each.title,
            when=day_of(each.item.created_at),
            text=each.line,
            meta=_decided(each.item.decided_by.short_name if each.item.decided_by else ""),
            mark=each.item.model_label or gettext("found by the system"),
        )
        for each in rows_of(source.actor, items)
        if each.readable
    ]


def _enclosed(source: Source, name: str) -> list[Row]:
    found = enclosures()[name].read(source.actor, source.case)
    return [row(each.key, each.title, when=day_of(each.at), text=each.text) for each in found]


def _decided(name: str) -> str:
    return gettext("decided by %(name)s") % {"name": name} if name else ""


def _owner(task: TaskRow) -> str:
    return task.task.owner.short_name


def _state(goal: GoalRow) -> str:
    return str(goal.goal.get_state_display())


def _how_it_stands(task: TaskRow) -> str:
    if task.task.done_at is not None:
        return gettext("done")
    return gettext("overdue") if task.is_late else gettext("in work")


FILLED: dict[Part, Callable[[Source], list[Row]]] = {
    Part.REASON: _reason,
    Part.STAGE: _stage,
    Part.AGREED: _agreed,
    Part.PLAN: _plan,
    Part.NEXT: _next,
    Part.PEOPLE: _people,
    Part.RISK: _risk,
    Part.FORMULATION: _formulation,
    Part.PRIVATE_NOTES: _private_notes,
    Part.RESULTS: _results,
    Part.SAFETY: _safety,
    Part.SIGNALS: _signals,
}
