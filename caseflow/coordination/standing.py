"""What stands beside a report's frozen figures on the day it is read: decisions of the council, and who signed."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

from caseflow.coordination.selectors import ReportView, subject_of
from caseflow.council.models import Decision
from caseflow.council.selectors.register import decisions_since
from caseflow.council.wording import day_words, state_words
from caseflow.directory.actors import Actor
from caseflow.signing.selectors import Asked, RoundView, round_of

MOST_DECISIONS = 20  # on the page and on paper; the register has all of them


@dataclass(frozen=True, slots=True)
class Standing:
    """How far it all is on `day`. `more` is how many further decisions the register has; `signed` is None before
    anybody was asked to sign.
    """

    day: date
    decisions: tuple[Decision, ...]
    more: int
    signed: RoundView | None


def standing_beside(actor: Actor, view: ReportView) -> Standing:
    """What the actor may read of it: decisions that run, or that ended since the report's period began.

    Who reads no decisions, as an analyst, has none of them. Five queries at most.
    """
    found = list(decisions_since(actor, view.period.first_day))
    shown, rest = found[:MOST_DECISIONS], found[MOST_DECISIONS:]
    signed = round_of(subject_of(view.report), view.report.sha256)
    return Standing(timezone.localdate(), tuple(shown), len(rest), signed)


def more_words(standing: Standing) -> str:
    """How many decisions only the register has; "" where all are here."""
    if not standing.more:
        return ""
    words = ngettext("%(count)s more in the register.", "%(count)s more in the register.", standing.more)
    return words % {"count": standing.more}


@dataclass(frozen=True, slots=True)
class Beside:
    """One of these as a table in the language of the moment. `weights` are the widths of its columns."""

    name: str
    heads: list[str]
    weights: tuple[int, ...]
    rows: list[list[str]]


def tables_beside(standing: Standing) -> list[Beside]:
    """Decisions and signatures, each as far as there are any."""
    return [table for table in (_decisions(standing), _signatures(standing)) if table.rows]


def _decisions(standing: Standing) -> Beside:
    heads = [
        gettext("No."),
        gettext("What is decided"),
        gettext("Agency"),
        pgettext("day", "Until"),
        gettext("How far it is"),
    ]
    rows = [_decided(decision) for decision in standing.decisions]
    return Beside(gettext("Decisions of the council"), heads, (2, 11, 6, 3, 5), rows)


def _decided(decision: Decision) -> list[str]:
    until = day_words(decision.due_on) if decision.due_on else ""
    number = f"{decision.number}/{decision.session.year}"
    return [number, decision.text, str(decision.agency), until, state_words(decision)]


def _signatures(standing: Standing) -> Beside:
    heads = [pgettext("person", "Name"), gettext("Office"), gettext("Body"), gettext("Signature")]
    rows = [_answer(each) for each in standing.signed.asked] if standing.signed else []
    return Beside(gettext("Signatures"), heads, (5, 7, 7, 8), rows)


def _answer(asked: Asked) -> list[str]:
    """A line for somebody who was asked. What they said who did not sign stands there too, and from whose account."""
    signer, signature = asked.signer, asked.signature
    if signature is None:
        said = str(asked.turn.label)
    else:
        how = signature.get_means_display() if asked.signed else signature.get_answer_display()
        at = date_format(timezone.localtime(signature.at), "d.m.Y H:i")
        by = gettext("entered by %(who)s") % {"who": signature.by.short_name}
        certificate = signature.issuer and f"{signature.subject}, {signature.issuer}"
        words = [f"{how}, {at}, {by}", signature.words, certificate]
        said = ". ".join(part for part in words if part)
    return [signer.name, signer.position, signer.body or "–", said]
