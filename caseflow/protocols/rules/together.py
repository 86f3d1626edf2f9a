"""Two texts of one draft: how each reads beside the other, and one text that says all of both."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from caseflow.clocks.enums import Basis, Unit
from caseflow.protocols.enums import Doer, Evidence, Missed, Part
from caseflow.protocols.rules.protocols import LANGUAGES, Names, StepText, VersionText


def read_out(text: VersionText) -> str:
    """All that a version says, as people read it."""
    steps = [line for number, step in enumerate(text.steps, start=1) for line in _said(number, step)]
    return "\n".join([_names(text.title), text.source, *steps])


def both(mine: VersionText, theirs: VersionText) -> VersionText:
    """Everything of each: steps that differ stand both, a name or a source as "mine / theirs"."""
    title = {language: _either(mine.title.get(language, ""), theirs.title.get(language, "")) for language in LANGUAGES}
    return VersionText(title, _either(mine.source, theirs.source), tuple(_steps(mine.steps, theirs.steps)))


def _steps(mine: Iterable[StepText], theirs: Iterable[StepText]) -> Iterator[StepText]:
    """A step that both have keeps its code with the words of `mine`; with other words it is a new one."""
    yield from mine
    codes, said = {step.code for step in mine}, [_words(step) for step in mine]
    for step in theirs:
        if _words(step) not in said:
            yield replace(step, code="") if step.code in codes else step


def _words(step: StepText) -> StepText:
    """The step without what tells it from another that says the same."""
    return replace(step, code="", hint=step.hint if any(step.hint.values()) else {})


def _either(*said: str) -> str:
    return " / ".join(dict.fromkeys(words for words in said if words))


def _names(names: Names) -> str:
    return " / ".join(names[language] for language in LANGUAGES if names.get(language))


def _said(number: int, step: StepText) -> Iterator[str]:
    yield f"{number}. {_names(step.title)}"
    if any(step.hint.values()):
        yield _names(step.hint)
    facts = [
        Doer(step.doer).label,
        f"{step.amount} {Unit(step.unit).label}",
        Basis(step.basis).label,
        Evidence(step.evidence).label,
        *([Part(step.part).label] if step.part else []),
        Missed(step.missed).label,
    ]
    yield " · ".join(map(str, facts))
