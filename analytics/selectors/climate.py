"""The climate of a class: what its pupils showed together, lesson by lesson or weekday by weekday."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Avg, Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from analytics.enums import ClimateBreak, ClimateLevel, ClimateSpan, Mode
from analytics.models import AnalysisRun, DayValue, ModelCard, SeatPlan, Series, Window
from analytics.pipeline.series import logit
from analytics.rules.climate import FEWEST_PUPILS, FEWEST_WINDOWS, Setting, Sight, breaks, levels
from analytics.rules.terms import WINDOWS_KEPT
from analytics.selectors.counted_runs import runs_that_count
from analytics.selectors.plans import Gate, gate_for, is_valid_on
from analytics.selectors.switching import installation_mode, switched
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role, Weekday
from caseflow.directory.models import LessonSlot, SchoolClass

SHOWN_IN: Final = {Role.PSYCHOLOGIST: Mode.ACTIVE, Role.LEAD_PSYCHOLOGIST: Mode.SHADOW}
WEEKS: Final = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class Classes:
    """Whose climate the actor may look at. `off`: in none of the actor's schools is the analysis switched on.

    `elsewhere`: it is, but not so that this role sees values (in shadow the lead alone, then the psychologists alone).
    """

    found: tuple[SchoolClass, ...]
    off: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A week by its Monday, and why it is not compared with the weeks before it."""

    week: date
    breaks: tuple[ClimateBreak, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A lesson, or without one a weekday; for each column its level, or None for too few pupils.

    `opens`: the first of its weekday.
    """

    weekday: Weekday
    slot: LessonSlot | None
    cells: tuple[tuple[Column, ClimateLevel | None], ...]
    opens: bool

    @property
    def levels(self) -> tuple[ClimateLevel | None, ...]:
        return tuple(level for _column, level in self.cells)


@dataclass(frozen=True, slots=True)
class Climate:
    """The heat-map of a class, by time and never by strength. It holds no number and no pupil."""

    school_class: SchoolClass
    span: ClimateSpan
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cards: tuple[ModelCard, ...]
    demo: bool

    @property
    def shows(self) -> bool:
        """Whether any cell has enough pupils."""
        return any(level is not None for row in self.rows for level in row.levels)


@dataclass(slots=True)
class Material:
    """What the map is made of. `rows` are all that were analysed, whoever may be counted in them."""

    sights: list[Sight] = field(default_factory=list)
    settings: defaultdict[date, set[Setting]] = field(default_factory=lambda: defaultdict(set))
    rows: dict[int, LessonSlot | None] = field(default_factory=dict)
    demo: bool = False


def climate_classes(actor: Actor) -> Classes:
    """The classes of this year of which at least ten pupils were analysed (3 queries)."""
    modes = _modes(actor)
    series = Series.objects.filter(pupil__school_class=OuterRef("pk")).order_by().values("pupil__school_class")
    analysed = Subquery(series.annotate(pupils=Count("pupil", distinct=True)).values("pupils"))
    found = tuple(_classes(actor, modes).annotate(analysed=analysed).filter(analysed__gte=FEWEST_PUPILS))
    on = {mode for mode in modes.values() if mode != Mode.OFF}
    return Classes(found, off=not on, elsewhere=bool(on) and SHOWN_IN[actor.role] not in on)


def climate_of(actor: Actor, class_id: int, span: ClimateSpan) -> Climate:
    """The heat-map of one class (11 queries at most); every pupil's gate is asked anew (rule 1).

    Raises SchoolClass.DoesNotExist outside the actor's scope, for a past year's class, and where the school's switch
    shows nothing to this role.
    """
    school_class = _classes(actor, _modes(actor)).get(pk=class_id)
    pupils = list(actor.pupils().filter(school_class=school_class).values_list("pk", flat=True))
    gate = gate_for(pupils, school_class.school_id)
    first = _first_day(school_class, span)
    made = _lessons(school_class, gate, first) if span == ClimateSpan.LESSONS else _days(school_class, gate, first)
    cards = {setting.card_id for seen in made.settings.values() for setting in seen}
    columns = _columns(made)
    return Climate(
        school_class=school_class,
        span=span,
        columns=columns,
        rows=tuple(_rows(made, columns)),
        cards=tuple(ModelCard.objects.filter(pk__in=cards)),
        demo=made.demo,
    )


def _modes(actor: Actor) -> dict[int, Mode]:
    """How far each of the actor's schools is switched on (2 queries)."""
    if installation_mode() == Mode.OFF:
        return {}
    schools: Iterable[Any] = switched(actor.schools())
    return {school.pk: Mode(school.switch_mode) for school in schools}


def _classes(actor: Actor, modes: Mapping[int, Mode]) -> QuerySet[SchoolClass]:
    """This year's classes of the schools whose values the role sees."""
    schools = [school for school, mode in modes.items() if mode == SHOWN_IN[actor.role]]
    running = SchoolClass.objects.filter(school__in=schools, year__ends_on__gte=timezone.localdate())
    return running.select_related("school", "year").order_by("school", "grade", "letter")


def _first_day(school_class: SchoolClass, span: ClimateSpan) -> date:
    today = timezone.localdate()
    if span == ClimateSpan.YEAR:
        return school_class.year.starts_on
    back = WINDOWS_KEPT if span == ClimateSpan.LESSONS else WEEKS
    return max(today - back, school_class.year.starts_on)


def _lessons(school_class: SchoolClass, gate: Gate, first: date) -> Material:
    """From the windows that are kept: the class's lessons since that day (2 queries)."""
    found = AnalysisRun.objects.filter(slot__school_class=school_class, date__gte=first)
    runs = {run.pk: run for run in runs_that_count(found.select_related("slot__room"))}
    made = Material(demo=any(run.demo for run in runs.values()))
    for run in runs.values():
        made.settings[_monday(run.date)].add(_setting(run))
    slots = {run.slot for run in runs.values()}
    for slot in sorted(slots, key=lambda each: (each.weekday, each.starts_at, each.pk)):
        made.rows[slot.pk] = slot
    now = timezone.now()
    for run_id, pupil_id, p_neg, p_pos in _means(runs, gate):
        run = runs[run_id]
        if gate.allows(pupil_id, frame_at=run.recorded_at, now=now):
            contrast = logit(p_neg) - logit(p_pos)
            made.sights.append(Sight(pupil_id, run.slot_id, _monday(run.date), _setting(run), contrast))
    return made


def _means(runs: Iterable[UUID], gate: Gate) -> list[tuple[UUID, UUID, float, float]]:
    """Run, pupil and the mean shares, where a pupil has enough windows in a lesson."""
    windows = Window.objects.filter(run__in=list(runs), pupil__in=list(gate.ledgers)).order_by()
    means = windows.values("run", "pupil").annotate(seen=Count("pk"), neg=Avg("p_neg"), pos=Avg("p_pos"))
    return list(means.filter(seen__gte=FEWEST_WINDOWS).values_list("run", "pupil", "neg", "pos"))


def _setting(run: AnalysisRun) -> Setting:
    return Setting(run.plan.camera_id, run.plan_id, run.card_id)


def _days(school_class: SchoolClass, gate: Gate, first: date) -> Material:
    """From the values of days with enough data since that day, before cameras with a plan of the class (2 queries)."""
    plans = list(SeatPlan.objects.filter(school_class=school_class).order_by("version"))
    rows = DayValue.objects.filter(pupil__in=list(gate.ledgers), date__gte=first, value__isnull=False).order_by("date")
    made, opened = Material(), _Opened(gate, timezone.now())
    for pupil_id, day, p_neg, p_pos, series, began_at, seat, camera_id, card_id, demo in rows.values_list(
        "pupil", "date", "p_neg", "p_pos", "series", "series__first_frame_at", "series__seat_hash", "series__camera",
        "series__card", "series__demo",
    ):  # fmt: skip
        plan = next((each for each in plans if each.camera_id == camera_id and is_valid_on(each, day)), None)
        if plan is None or p_neg is None or p_pos is None or not opened.since(pupil_id, series, began_at):
            continue
        contrast, week = logit(p_neg) - logit(p_pos), _monday(day)
        made.sights.append(Sight(pupil_id, day.isoweekday(), week, (seat, camera_id, card_id), contrast))
        made.settings[week].add(Setting(camera_id, plan.pk, card_id))
        made.demo = made.demo or demo
    made.rows |= dict.fromkeys(sorted({sight.row for sight in made.sights}))
    return made


@dataclass(slots=True)
class _Opened:
    """Asks the gate once for each series."""

    gate: Gate
    now: datetime
    known: dict[UUID, bool] = field(default_factory=dict)

    def since(self, pupil_id: UUID, series_id: UUID, began_at: datetime) -> bool:
        if series_id not in self.known:
            self.known[series_id] = self.gate.allows(pupil_id, frame_at=began_at, now=self.now)
        return self.known[series_id]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _columns(made: Material) -> tuple[Column, ...]:
    """Every week from the first that was analysed to this one."""
    if not made.settings:
        return ()
    broken, first = breaks(made.settings), min(made.settings)
    weeks = ((_monday(timezone.localdate()) - first).days // 7) + 1
    mondays = [first + timedelta(weeks=number) for number in range(weeks)]
    return tuple(Column(monday, broken.get(monday, ())) for monday in mondays)


def _rows(made: Material, columns: tuple[Column, ...]) -> Iterator[Row]:
    shown, before = levels(made.sights), None
    for key, slot in made.rows.items():
        weekday = Weekday(slot.weekday if slot else key)
        cells = tuple((column, shown.get((key, column.week))) for column in columns)
        yield Row(weekday, slot, cells, opens=weekday != before)
        before = weekday
