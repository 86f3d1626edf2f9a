"""What the lines of a chronology refer to in other rooms, in words: items of Today, results of questionnaires."""

from collections.abc import Mapping

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.dossier.enums import Part
from caseflow.dossier.rules import Wanted
from caseflow.instruments.selectors.administrations import Listed, case_sheet
from caseflow.instruments.texts import REF
from caseflow.triage.selectors.queue import items_of_case, rows_of


def referred_to(actor: Actor, case: Case, wanted: Wanted) -> Mapping[str, str]:
    """Texts by the refs of lines ("triage:<uuid>"), in the active language.

    Of the parts that are taken along alone, and of items only those that may be read. A constant number of queries.
    """
    said: dict[str, str] = {}
    if wanted.parts & {Part.SIGNALS, Part.INCIDENTS}:
        rows = rows_of(actor, items_of_case(actor, case.pk))
        said |= {
            f"triage:{row.item.pk}": ". ".join(filter(None, (row.title, row.line))) for row in rows if row.readable
        }
    if Part.RESULTS in wanted.parts:
        scored = (row for row in case_sheet(actor, case.pk).rows if row.score is not None)
        said |= {f"{REF}:{row.administration.pk}": result_in_words(row) for row in scored}
    return said


def result_in_words(row: Listed) -> str:
    """Which band it is, with the total and the highest possible one: «Mild signs, 7 / 27»."""
    if row.score is None or row.score.total is None:
        return row.band
    total = f"{row.score.total} / {row.highest}" if row.highest else str(row.score.total)
    return f"{row.band}, {total}"
