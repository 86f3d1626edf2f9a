"""What lower rooms ask of this one by name, and how results read. No word here is a diagnosis (rule 15)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from caseflow.cases.keeping import ask_before_closing
from caseflow.cases.wordings import link_refs, name_entry
from caseflow.instruments.enums import Alarm

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REF = "instrument"
NOT_SCORED = _("Not scored: too many questions are open")
_SIGNS: "dict[str, StrPromise]" = {
    "minimal": _("Few signs"),
    "mild": _("Mild signs"),
    "moderate": _("Moderate signs"),
    "moderately_severe": _("Moderately strong signs"),
    "severe": _("Strong signs"),
}
BANDS: "dict[str, dict[str, StrPromise]]" = {
    "asq": {"negative": _("Negative"), "positive": _("Positive"), "acute": _("Acute: thoughts right now")},
    "c-ssrs": {
        "none": _("No sign named"),
        "low": _("Low"),
        "moderate": _("Moderate"),
        "high": _("High"),
    },
    "phq-a": _SIGNS,
    "gad-7": _SIGNS,
    "srss": {"low": _("Low"), "moderate": _("Moderate"), "high": _("High")},
    "psc-17": {"below": _("Below all limits"), "reached": _("A limit is reached")},
    "who-5": {"low": _("Low well-being"), "usual": _("Well-being not low")},
    "sdq-total": {"typed": _("Scored elsewhere")},
    "nothing": {"nothing": _("A demo scores nothing")},
}
PARTS: "dict[str, StrPromise]" = {
    "internalising": _("Turned inwards: worry and sadness"),
    "attention": _("Attention"),
    "externalising": _("Turned outwards: conduct"),
}
ABOUT: "dict[str, StrPromise]" = {
    "asq": _("Thoughts of suicide: five short questions"),
    "c-ssrs": _("Thoughts of suicide and how far they go"),
    "phq-a": _("Mood over the last two weeks"),
    "gad-7": _("Worry over the last two weeks"),
    "psc-17": _("Mood, attention and conduct, as a parent sees them"),
    "srss": _("Conduct at school, as a teacher sees it"),
    "who-5": _("Well-being over the last two weeks"),
    "sdq": _("Strengths and difficulties: only a total that was scored elsewhere"),
    "demo": _("For trying the pages out"),
}


def register_texts() -> None:
    """Tell cases how the lines of questionnaires read, where they lead, and what to finish before closing."""
    alarms = dict(Alarm.choices)
    name_entry("questionnaire_given", _("Questionnaire given: %(instrument)s"))
    name_entry("questionnaire_finished", _("Questionnaire filled in: %(instrument)s"))
    name_entry("questionnaire_stopped", _("Questionnaire stopped: %(instrument)s"))
    name_entry("questionnaire_typed", _("Total scored elsewhere: %(instrument)s"))
    name_entry(
        "questionnaire_alarm",
        _("An answer needs a person at once: %(instrument)s, %(pressing)s"),
        pressing=alarms,
    )
    link_refs(REF, "instruments:administration")
    ask_before_closing("caseflow.instruments.selectors.administrations.refusal_to_close")


def band_name(rule: str, band: str) -> str:
    """How a band reads in the active language."""
    return str(BANDS.get(rule, {}).get(band, NOT_SCORED))
