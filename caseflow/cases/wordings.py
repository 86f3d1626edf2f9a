"""How the lines of a chronology read. Higher rooms name the codes of their entries and the pages of their refs."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import NoReverseMatch
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from caseflow.addresses import address_of
from caseflow.cases.enums import EntryKind, RiskLevel, Stage
from caseflow.consent.enums import EventKind, Purpose

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise, StrPromise

# A code and its params: labels, numbers and names in each language, never a person's words.
Written = Mapping[str, Any]

_sentences: "dict[str, StrOrPromise]" = {
    "opened": _("Case opened"),
    "closed": _("Case closed"),
    "reopened": _("Case reopened"),
    "moved": _("Stage: %(stage)s, before: %(before)s"),
    "closing_asked": _("%(name)s is asked to agree that the case is closed"),
    "closing_agreed": _("The lead psychologist agreed that the case is closed"),
    "closing_returned": _("The lead psychologist returned the wish to close the case"),
    "closing_taken_back": _("The wish to close the case was taken back"),
    "note": _("Note"),
    "risk_assessed": _("Risk assessed: %(level)s"),
    "task_given": _("Task given"),
    "task_done": _("Task completed"),
    "task_withdrawn": _("Task withdrawn: nobody has to do it any more"),
    "task_undone": _("Taken back at once: the task is open again"),
    "task_handed_over": _("Task handed over to %(name)s, before: %(before_name)s"),
    "task_outcome_added": _("Added to the outcome of a task"),
    "task_handed": _("Task handed over to %(name)s"),
    "pupil_leaves": _("The pupil leaves the school on %(day)s"),
    "pupil_stays": _("The pupil stays at the school after all"),
    "came_of_age": _("The pupil is 18: the guardians' rights end, the pupil decides"),
    "owner_changed": _("The case is now led by %(name)s"),
    "lead_joined": _("%(name)s was given access"),
    "glass_broken": _("%(name)s opened the case without an assignment"),
}
_consents: "dict[str, StrPromise]" = {
    EventKind.GIVEN: _("Consent given: %(purpose)s"),
    EventKind.PAPER_CONFIRMED: _("Consent given on paper: %(purpose)s"),
    EventKind.WITHDRAWN: _("Consent withdrawn: %(purpose)s"),
    EventKind.REFUSED: _("Consent refused: %(purpose)s"),
    EventKind.DISSENT: _("The pupil objects to analysis and screening"),
    EventKind.DISSENT_LIFTED: _("The pupil no longer objects"),
}
_labels: "dict[str, dict[str, StrOrPromise]]" = {
    "level": dict(RiskLevel.choices),
    "stage": dict(Stage.choices),
    "before": dict(Stage.choices),
}
_pages: dict[str, str] = {}
_words: "dict[str, StrOrPromise]" = {}
_acts: "dict[str, StrPromise]" = {
    "case_opened": _("opened the case"),
    "case_read": _("read the case"),
    "case_note": _("wrote a note"),
    "case_note_corrected": _("corrected a note"),
    "case_risk_assessed": _("assessed the risk"),
    "case_task_given": _("gave a task"),
    "case_task_done": _("completed a task"),
    "case_task_withdrawn": _("withdrew a task"),
    "case_task_undone": _("took back at once that a task was completed"),
    "case_task_handed_over": _("handed a task over"),
    "case_task_handed": _("handed a task over"),
    "case_outcome_added": _("added to the outcome of a task"),
    "case_phone_read": _("looked up a telephone number"),
    "case_assigned": _("gave the case to somebody"),
    "case_closed": _("closed the case"),
    "case_reopened": _("reopened the case"),
    "case_moved": _("moved the case to another stage"),
    "case_closing_asked": _("asked to close the case"),
    "case_closing_agreed": _("agreed to close the case"),
    "case_closing_returned": _("returned the wish to close the case"),
    "case_closing_taken_back": _("took the wish to close the case back"),
    "break_glass": _("opened the case without an assignment"),
}


def name_entry(code: str, sentence: "StrOrPromise", **labels: "Mapping[str, StrOrPromise]") -> None:
    """Say how entries with this code read; `sentence` may use their params (`%(name)s`).

    `labels` say how the codes in a param read: `name_entry("x", _("Category: %(category)s"), category=…)`.
    """
    _sentences[code] = sentence
    _wording.cache_clear()
    for param, names in labels.items():
        name_param(param, names)


def name_param(param: str, names: "Mapping[str, StrOrPromise]") -> None:
    """Say how more codes of a param read, in all sentences that use it."""
    _labels.setdefault(param, {}).update(names)


def name_acts(sentences: "Mapping[str, StrPromise]") -> None:
    """Say how acts of a higher room on a case read among those who opened it."""
    _acts.update(sentences)


def link_refs(prefix: str, url_name: str) -> None:
    """Say which page, taking one UUID, shows the things that refs "<prefix>:<uuid>" point to."""
    _pages[prefix] = url_name


def sentence(kind: str, code: str, params: Mapping[str, Any]) -> str:
    """The line's title in the active language; the name of its kind where the code has no sentence."""
    shown = {name: _shown(name, value) for name, value in params.items()}
    try:
        return _wording(code, get_language()) % shown
    except KeyError:
        return str(EntryKind(kind).label)


def name_words(code: str, words: "StrOrPromise") -> None:
    """Say how what the program wrote with this code reads, where else a person writes: a task, an outcome, a proof."""
    _words[code] = words


def words_of(written: Written) -> str:
    """What the program wrote, in the active language; "" for {}, where a person wrote. Raises KeyError for a code that
    no room named."""
    if not written:
        return ""
    return str(_words[written["code"]]) % {name: _shown(name, value) for name, value in written.items()}


@lru_cache(maxsize=1000)
def _wording(code: str, _language: str | None) -> str:
    return str(_sentences[code])


def _shown(name: str, value: Any) -> Any:
    """A code by its label, several one after the other; a name in each language in the active one."""
    if isinstance(value, Mapping):
        return value.get((get_language() or "ru")[:2]) or value["ru"]
    if isinstance(value, list):
        return ", ".join(str(_shown(name, each)) for each in value)
    return _labels.get(name, {}).get(str(value), value)


def consent_sentence(kind: str, purpose: str) -> str:
    """How a line of the consent ledger reads in a chronology, in the active language."""
    return str(_consents[kind]) % {"purpose": Purpose(purpose).label if purpose else ""}


def act_sentence(action: str) -> str:
    """How an act on a case reads among those who opened it; the bare code of an act of another room."""
    return str(_acts.get(action, action))


def page_of(ref: str) -> str | None:
    """The address of what `ref` points to, or None where no page shows it."""
    prefix, _colon, key = ref.partition(":")
    if prefix not in _pages:
        return None
    try:
        return address_of(_pages[prefix], UUID(key))
    except (ValueError, NoReverseMatch):
        return None
