"""Questions to the database whose SQL is put together once.

Putting a queryset with its scope together and writing its SQL costs Django several times what the database needs to
answer it: 6 of 8 ms for the queue of a psychologist (`make bench-pages`). A page asks the same questions with other
values, so what Django wrote is kept and asked again with these values in place. Rows, scopes and models are Django's.

    @prepared
    def tasks_of(case_id: UUID, today: date) -> QuerySet[Task]:
        return Task.objects.filter(case=case_id, due_on__lte=today)

    tasks_of(case.pk, localdate())  # a list, of one query

Numbers, ids, days and moments among the arguments are values, tuples of them too; an `Asker` names its own; everything
else, None and the length of a tuple too, is part of the question, and each such question is kept by itself. Which
parameters of the SQL belong to which argument is found by writing it twice with values nobody has: whatever differs
must be one of these. A day or a moment that does not differ is one that the function took from the clock itself, and is
refused. Under test (setting PREPARED_VERIFIED) each asking is compared with what Django would have written.
"""

import copy
import functools
import inspect
import random
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, Generic, ParamSpec, Self, TypeGuard, TypeVar, cast
from uuid import UUID

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.db.models.sql.compiler import SQLCompiler

from prepared.postgresql import keeps_plans, preparing_cursor, with_constants

MOST_KEPT = 1000  # of one function: far more than there are shapes, unless one is a free text

IN_TEXT = re.compile(r"\d{4}-\d\d-\d\d")  # as SQLite is given days and moments
Value = int | UUID | date  # a datetime is a date
Place = tuple[int, int, Callable[[Any], object]]
P = ParamSpec("P")
Row = TypeVar("Row")


class UnpreparedError(TypeError):
    """A function whose SQL does not follow from its arguments alone."""


class Asker(ABC):
    """An argument that holds values."""

    __slots__ = ()

    @property
    @abstractmethod
    def question(self) -> Hashable:
        """What is the same for all that ask alike."""

    @property
    @abstractmethod
    def values(self) -> tuple[Value, ...]:
        """What differs."""

    @abstractmethod
    def with_values(self, values: Sequence[Value]) -> Self:
        """One that asks alike with other values."""


@dataclass(frozen=True, slots=True)
class Written:
    """SQL as Django wrote it. `places` are the parameters that change: where, which value, how it is given. `planned`
    is for a database that keeps plans: only these are left in it."""

    rows: Any  # a QuerySet, with what Django keeps to itself
    compiler: SQLCompiler
    sql: str
    params: tuple[object, ...]
    places: tuple[Place, ...]
    planned: str

    def ask(self, values: Sequence[Value]) -> list[Any]:
        """The rows for these values."""
        return list(self._iterate(values))

    def with_values(self, values: Sequence[Value]) -> tuple[object, ...]:
        """The parameters with these values in place."""
        params = list(self.params)
        for place, number, given in self.places:
            params[place] = given(values[number])
        return tuple(params)

    def _iterate(self, values: Sequence[Value]) -> Iterator[Any]:
        connection = connections[DEFAULT_DB_ALIAS]  # each thread has its own
        compiler: Any = copy.copy(self.compiler)
        compiler.connection = connection
        compiler.execute_sql = lambda *_args, **_kwargs: [self._fetched(connection, values)]
        query: Any = copy.copy(self.rows.query)
        query.get_compiler = lambda *_args, **_kwargs: compiler
        rows = type(self.rows)(self.rows.model, query, DEFAULT_DB_ALIAS)
        rows._fields = self.rows._fields
        yield from self.rows._iterable_class(rows)

    def _fetched(self, connection: BaseDatabaseWrapper, values: Sequence[Value]) -> list[tuple[Any, ...]]:
        planned = keeps_plans(connection)
        sql = self.planned if planned else self.sql
        changing = tuple(given(values[number]) for _, number, given in self.places)
        params: Any = changing if planned else self.with_values(values)
        cursor = preparing_cursor(connection) if planned else connection.cursor()
        with cursor:
            cursor.execute(sql, params)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        # What is selected only to be ordered by stands at the end.
        return [row[: self.compiler.col_count] for row in rows] if self.compiler.has_extra_select else rows


class Prepared(Generic[P, Row]):
    """A function that builds a queryset, asked with its SQL kept. Calling it gives the rows as a list."""

    def __init__(self, build: Callable[P, QuerySet[Any, Row]]) -> None:
        functools.update_wrapper(self, build)
        self._build = build
        self._signature = inspect.signature(build)
        self._kept: dict[Hashable, Written | None] = {}

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[Row]:
        given = self._signature.bind(*args, **kwargs)
        given.apply_defaults()
        arguments = tuple(given.arguments.values())
        question = tuple(_question(argument) for argument in arguments)
        if question not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[question] = self._written(arguments)
        written = self._kept[question]
        values = _values(arguments)
        if getattr(settings, "PREPARED_VERIFIED", False):
            self._verify(written, arguments, values)
        if written is None:
            return []
        rows = written.ask(values)
        if lookups := written.rows._prefetch_related_lookups:
            prefetch_related_objects(cast("list[Model]", rows), *lookups)
        return rows

    def first(self, *args: P.args, **kwargs: P.kwargs) -> Row | None:
        """The first row, or None."""
        return next(iter(self(*args, **kwargs)), None)

    def _written(self, arguments: tuple[object, ...]) -> Written | None:
        first, second = _unused(arguments), _unused(arguments)
        rows = self._rows(arguments, first)
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, params = compiler.as_sql()
            again, others = self._rows(arguments, second).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        except EmptyResultSet:
            return None
        if sql != again:
            raise UnpreparedError(f"{self._build.__qualname__}: the SQL differs by the values")
        pairs = list(zip(params, others, strict=True))
        found = (_place(number, *pair, first, second) for number, pair in enumerate(pairs))
        places, connection = tuple(place for place in found if place), connections[DEFAULT_DB_ALIAS]
        changing = {place for place, _, _ in places}
        planned = with_constants(connection, sql, params, changing) if keeps_plans(connection) else sql
        return Written(rows, compiler, sql, tuple(params), places, planned)

    def _rows(self, arguments: tuple[object, ...], values: list[Value]) -> QuerySet[Any, Row]:
        build: Any = self._build
        rows: QuerySet[Any, Row] = build(*_replaced(arguments, values))
        return rows

    def _verify(self, written: Written | None, arguments: tuple[object, ...], values: list[Value]) -> None:
        try:
            due = self._rows(arguments, values).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        except EmptyResultSet:
            due = None
        kept = None if written is None else (written.sql, written.with_values(values))
        if kept != due and (kept is None or due is None or (kept[0], list(kept[1])) != (due[0], list(due[1]))):
            self._kept.clear()
            raise UnpreparedError(f"{self._build.__qualname__}: {kept} is kept, {due} would be asked")


def prepared(build: Callable[P, QuerySet[Any, Row]]) -> Prepared[P, Row]:
    """Keep the SQL of a function that returns a queryset; see the head of this file. Called, it returns a list."""
    return Prepared(build)


def _is_value(argument: object) -> TypeGuard[Value]:
    return isinstance(argument, int | UUID | date) and not isinstance(argument, bool)


def _is_values(argument: object) -> TypeGuard[tuple[Value, ...]]:
    return isinstance(argument, tuple) and all(_is_value(one) for one in argument)


def _question(argument: Any) -> Hashable:
    if isinstance(argument, Asker):
        return "asker", argument.question
    if _is_values(argument):
        return "values", *(type(one).__name__ for one in argument)
    return ("value", type(argument).__name__) if _is_value(argument) else ("itself", argument)


def _values(arguments: tuple[object, ...]) -> list[Value]:
    values: list[Value] = []
    for argument in arguments:
        if isinstance(argument, Asker):
            values.extend(argument.values)
        elif _is_values(argument):
            values.extend(argument)
        elif _is_value(argument):
            values.append(argument)
    return values


def _replaced(arguments: tuple[object, ...], values: Sequence[Value]) -> list[object]:
    left = iter(values)
    replaced: list[object] = []
    for argument in arguments:
        if isinstance(argument, Asker):
            replaced.append(argument.with_values(list(islice(left, len(argument.values)))))
        elif _is_values(argument):
            replaced.append(tuple(islice(left, len(argument))))
        else:
            replaced.append(next(left) if _is_value(argument) else argument)
    return replaced


def _unused(arguments: tuple[object, ...]) -> list[Value]:
    """As many values of the same types, which nobody has."""
    return [_another(value) for value in _values(arguments)]


def _another(value: Value) -> Value:
    draw = random.SystemRandom()
    if isinstance(value, UUID):
        return UUID(int=draw.getrandbits(128))
    if isinstance(value, datetime):
        return datetime(2200, 1, 1, tzinfo=UTC) + timedelta(seconds=draw.randrange(10**10))
    if isinstance(value, date):
        return date(2200, 1, 1) + timedelta(days=draw.randrange(10**6))
    return draw.randrange(10**9, 2 * 10**9)


def _place(number: int, param: object, other: object, first: list[Value], second: list[Value]) -> Place | None:
    """Which value stands at this parameter, and how it is given to the database; None for one that never changes."""
    if type(param) is type(other) and param == other:
        if isinstance(param, date) or (isinstance(param, str) and IN_TEXT.match(param)):
            raise UnpreparedError(f"parameter {number} is a day or a moment that no argument named: {param}")
        return None
    for which, (one, another) in enumerate(zip(first, second, strict=True)):
        for given in _ways(one, param):
            if given(one) == param and given(another) == other:
                return number, which, given
    raise UnpreparedError(f"parameter {number} follows from no argument: {param}")


def _ways(value: Value, param: object) -> tuple[Callable[[Any], object], ...]:
    """How Django gives a value of this type to PostgreSQL or SQLite."""
    operations = connections[DEFAULT_DB_ALIAS].ops
    if isinstance(value, UUID):
        return _same, _digits
    if isinstance(value, datetime):
        return _same, operations.adapt_datetimefield_value
    if isinstance(value, date):
        return _same, operations.adapt_datefield_value
    return (type(param),) if isinstance(param, int) else ()


def _same(value: object) -> object:
    return value


def _digits(value: UUID) -> str:
    return value.hex
