"""How the codes of an item read. The room an item came from registers its texts; facts fill the placeholders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseflow.triage.enums import ItemKind
from notifications.texts import name_codes

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from caseflow.triage.models import TriageItem

KIND_ICONS = {ItemKind.SIGNAL: "activity", ItemKind.INCIDENT: "messages", ItemKind.DISTURBANCE: "video"}


@dataclass(frozen=True, slots=True)
class Wording:
    """`title` names what happened, `line` the facts with named placeholders, `icon` a Tabler icon ("" : the kind's)."""

    title: "StrOrPromise"
    line: "StrOrPromise"
    icon: str


_titles: dict[str, Wording] = {}
_fact_labels: "dict[str, dict[str, StrOrPromise]]" = {}
_qualities: "dict[str, StrOrPromise]" = {}


def register(code: str, *, title: "StrOrPromise", line: "StrOrPromise" = "", icon: str = "") -> None:
    """Give `title_code` its texts. `line` may name facts of the item: "%(days)s of %(lessons)s"."""
    _titles[code] = Wording(title, line, icon)
    name_codes("category", [(code, title)])


def name_facts(fact: str, labels: "Iterable[tuple[str, StrOrPromise]]") -> None:
    """Say how the codes of a fact read (`Choices.choices` fits)."""
    _fact_labels.setdefault(fact, {}).update(labels)


def register_quality(code: str, text: "StrOrPromise") -> None:
    """Give `quality_code` its text; it may name facts of the item."""
    _qualities[code] = text


def title_of(item: "TriageItem") -> str:
    """What happened, in the language of the page; the kind when the room has registered no text."""
    wording = _titles.get(item.title_code)
    return str(wording.title if wording else ItemKind(item.kind).label)


def line_of(item: "TriageItem") -> str:
    """The facts as one line; empty when a fact it names is missing, so that no half sentence is shown."""
    wording = _titles.get(item.title_code)
    return _filled(wording.line, item.facts) if wording else ""


def quality_of(item: "TriageItem") -> str:
    """Why the data are as good as they are."""
    return _filled(_qualities.get(item.quality_code, ""), item.facts)


def icon_of(item: "TriageItem") -> str:
    """The name of the item's icon."""
    wording = _titles.get(item.title_code)
    return (wording.icon if wording else "") or KIND_ICONS[ItemKind(item.kind)]


def _filled(text: "StrOrPromise", facts: Mapping[str, object]) -> str:
    shown = {name: _fact_labels.get(name, {}).get(str(value), value) for name, value in facts.items()}
    try:
        return str(text) % shown
    except KeyError:
        return ""
