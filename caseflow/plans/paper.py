"""The safety plan on one page of paper, in Kazakh or Russian; the words in it stay the pupil's own."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from caseflow.documents.pdf import breakable, count_pages, render_pdf
from caseflow.plans.enums import Signer
from caseflow.plans.rules import STEPS, PlanText, heaviest_step, missing_to_sign
from caseflow.plans.rules.signatures import HEIGHT, WIDTH
from caseflow.plans.selectors.versions import Signed, Version

TEMPLATE = "plans/safety.typ"
PAPER_LANGUAGES = ("kk", "ru")
SIZES = (11, 10, 9, 8.5)  # points; the largest that leaves one page. Smaller is not read at a bedside.
PLACES = 4  # for signatures: pupil, psychologist, two guardians


def safety_pdf(version: Version, language: str) -> bytes:
    """One page of A4; the same version in the same language has the same bytes.

    The page bears no case number and no name but the one that the pupil wished.
    """
    with override(language):
        data = _data(version.text, language, version.version.signed_at, version.signed)
        data["size"] = _fitting(data) or SIZES[-1]
    return render_pdf(TEMPLATE, data, made_at_epoch_s=int(version.version.signed_at.timestamp()))


def too_long(text: PlanText) -> list[str]:
    """What to shorten before the text fits on one page in either language, as a sentence; none where it fits."""
    for language in PAPER_LANGUAGES:
        with override(language):
            fits = _fitting(_data(text, language, None, []))
        if not fits:
            step = heaviest_step(text)
            facts = {"number": step.value, "step": step.label}
            return [
                gettext(
                    "The plan is longer than one printed page. Shorten step %(number)s, “%(step)s”: it is the longest."
                )
                % facts
            ]
    return []


def lacks(text: PlanText) -> list[str]:
    """What stands between the text and a signature, as sentences; none when nothing does."""
    return [str(said) for said in missing_to_sign(text)] or too_long(text)


def _fitting(data: dict[str, Any]) -> float | None:
    return next((size for size in SIZES if count_pages(TEMPLATE, data | {"size": size}) == 1), None)


def _data(text: PlanText, language: str, signed_at: datetime | None, signed: list[Signed]) -> dict[str, Any]:
    agreed = gettext("Agreed on %(day)s") % {"day": f"{localtime(signed_at):%d.%m.%Y}"} if signed_at else ""
    return {
        "language": language,
        "demo": gettext("All names and events are invented") if settings.DEMO else "",
        "title": gettext("My safety plan"),
        "name": breakable(text.name),
        "agreed": agreed,
        "steps": [
            {"title": str(step.label), "lines": [breakable(line.text) for line in text.of(step)]} for step in STEPS
        ],
        "danger": gettext("In danger now? Call"),
        "hotlines": [
            {"number": "112", "text": gettext("Police, ambulance, rescue")},
            {"number": "111", "text": gettext("Help for children and families, free, day and night")},
        ],
        "signatures": _signatures(signed),
    }


def _signatures(signed: list[Signed]) -> list[dict[str, str]]:
    """A place for each who may sign; what nobody has signed stays an empty line to sign by hand."""
    filled = [_signature(each) for each in signed[:PLACES]]
    roles = [Signer.PUPIL, Signer.PSYCHOLOGIST, Signer.GUARDIAN, Signer.GUARDIAN][len(filled) :]
    blank = {"svg": "", "typed": "", "name": "", "witness": "", "alt": ""}
    return [*filled, *({**blank, "role": str(role.label)} for role in roles)]


def _signature(signed: Signed) -> dict[str, str]:
    witness = signed.signature.witness
    role = str(Signer(signed.signature.signer).label)
    return {
        "svg": _svg(signed.path) if signed.path else "",
        "typed": signed.typed,
        "role": role,
        "name": signed.who,
        "witness": gettext("Witness: %(name)s") % {"name": witness.short_name} if witness else "",
        "alt": gettext("Signature: %(who)s") % {"who": role},
    }


def _svg(path: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="{path}" fill="none" stroke="#000" stroke-width="8" stroke-linecap="round" stroke-linejoin="round"/>'
        "</svg>"
    )
