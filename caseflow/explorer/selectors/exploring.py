"""The explorer: what can be asked of a region's releases, and the answer. Five queries, however much is asked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from caseflow.directory.models import Region
from caseflow.explorer.enums import Axis
from caseflow.explorer.rules.cells import Shelf
from caseflow.explorer.rules.questions import EVERYWHERE, ROLLING, Question, RefusedQuestionError, question_in, resolved
from caseflow.explorer.selectors.laying_out import Answer, Names, in_order, lay_out
from caseflow.explorer.selectors.shelves import Released, released_of, shelf_of
from caseflow.explorer.wording import EVERYWHERE_NAME, ROLLING_NAMES
from caseflow.indicators.enums import Chapter
from caseflow.indicators.rules.definitions import Definition
from caseflow.indicators.rules.periods import period_named
from caseflow.indicators.selectors.catalogue import definitions_of, in_language
from caseflow.releases.rules.assembling import REGION
from caseflow.releases.rules.content import described
from caseflow.releases.wording import period_words


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be asked for, and whether it is."""

    value: str
    name: str
    chosen: bool


Chapters = tuple[tuple[Chapter, tuple[Option, ...]], ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything that can be asked for."""

    chapters: Chapters
    places: tuple[Option, ...]
    rolling: tuple[Option, ...]
    quarters: tuple[Option, ...]
    years: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Explored:
    """A question with its answer, or with why there is none. `left_out`: something asked for is not known here."""

    question: Question
    offer: Offer
    answer: Answer | None
    refused: RefusedQuestionError | None
    left_out: bool

    @property
    def has_releases(self) -> bool:
        return bool(self.offer.quarters or self.offer.years)


def explore(region: Region, said: Mapping[str, Sequence[str]]) -> Explored:
    """What a query asks of the releases in force."""
    return _explored(region, question_in(said))


def known_question(region: Region, asked: Question) -> Question:
    """The question as far as it is known here. Raises RefusedQuestionError for one that has no answer now."""
    found = _explored(region, asked)
    if found.refused:
        raise found.refused
    return found.question


def _explored(region: Region, asked: Question) -> Explored:
    released = released_of(region)
    definitions = newest_of(definitions_of(region))
    shelf = shelf_of(released, resolved(asked.periods, tuple(released)))
    names = Names(_places(region, shelf), {code: described(each) for code, each in definitions.items()})
    known = {
        Axis.INDICATOR: tuple(definitions),
        Axis.PLACE: (EVERYWHERE, *names.places),
        Axis.PERIOD: (*ROLLING, *released),
    }
    question = asked.within(known)
    left_out = any(len(question.chosen(axis)) < len(set(asked.chosen(axis))) for axis in Axis)
    offer = _offer(question, definitions.values(), names, released)
    answer, refused = None, None
    try:
        answer = _answer(question.resolved(tuple(released), tuple(names.places)), shelf, released, names)
    except RefusedQuestionError as refusal:
        refused = refusal
    return Explored(question, offer, answer, refused, left_out)


def _answer(question: Question, shelf: Shelf, released: Mapping[str, Released], names: Names) -> Answer:
    question.check()
    return lay_out(question, shelf, released, names)


def newest_of(definitions: Iterable[Definition]) -> dict[str, Definition]:
    """The newest version of every indicator, of those too that ended: what was released of them stays."""
    return {each.code: each for each in sorted(definitions, key=lambda each: each.version)}


def chapters_of(definitions: Iterable[Definition], chosen: Collection[str]) -> Chapters:
    """The indicators to choose from, chapter by chapter."""
    by_chapter: dict[Chapter, list[Option]] = {chapter: [] for chapter in Chapter}
    for each in definitions:
        by_chapter[each.chapter].append(Option(each.code, in_language(each.names), each.code in chosen))
    return tuple((chapter, tuple(options)) for chapter, options in by_chapter.items() if options)


def _places(region: Region, shelf: Shelf) -> dict[str, Mapping[str, str]]:
    """The region, then the districts that it has or had in a period asked, by name."""
    held = {str(district.pk): district.names for district in region.districts.all()} | shelf.places()
    return {REGION: region.names} | in_order(held)


def _offer(question: Question, definitions: Iterable[Definition], names: Names, released: Iterable[str]) -> Offer:
    periods = [
        Option(code, period_words(period_named(code)), code in question.periods) for code in reversed([*released])
    ]
    everywhere = Option(EVERYWHERE, str(EVERYWHERE_NAME), EVERYWHERE in question.places)
    places = (Option(code, in_language(name), code in question.places) for code, name in names.places.items())
    return Offer(
        chapters=chapters_of(definitions, question.indicators),
        places=(everywhere, *places),
        rolling=tuple(Option(code, str(ROLLING_NAMES[code]), code in question.periods) for code in ROLLING),
        quarters=tuple(each for each in periods if not period_named(each.value).is_year),
        years=tuple(each for each in periods if period_named(each.value).is_year),
    )
