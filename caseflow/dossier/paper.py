"""What stands on a paper, page and PDF alike: a profile on two pages at most, a chronology on as many as it takes."""

from typing import Any

from caseflow.documents.pdf import breakable, count_pages, render_pdf
from caseflow.dossier.enums import Kind
from caseflow.dossier.rules import MOST_PAGES
from caseflow.dossier.selectors.papers import Paper

TEMPLATE = "dossier/paper.typ"
SIZES = (9.5, 9, 8.5)  # points; smaller is not read at a table
# How long a text and how many the rows of a part may be, tried one after the other until two pages hold them.
MEASURES = ((1200, 40), (600, 20), (300, 12), (160, 8), (90, 5))
CUT = "…"


def paper_pdf(paper: Paper) -> bytes:
    """The PDF of what stands on the paper."""
    return render_pdf(TEMPLATE, breakable(printed(paper)), made_at_epoch_s=int(paper.made_at.timestamp()))


def printed(paper: Paper) -> dict[str, Any]:
    """The texts as they are printed. Of a profile longer than two pages the long texts are cut, then the oldest rows.

    `marked`: something on it was found by a model, which the paper says once more at its end (rule 7).
    """
    marked = any(row["mark"] for part in paper.data["sections"] for row in part["rows"])
    data = paper.data | {"size": SIZES[0], "marked": marked}
    return _fitting(data) if paper.kind == Kind.PROFILE else data


def _fitting(data: dict[str, Any]) -> dict[str, Any]:
    tried = data
    for letters, rows in MEASURES:
        for size in SIZES:
            tried = _cut(data, letters, rows) | {"size": size}
            if count_pages(TEMPLATE, breakable(tried)) <= MOST_PAGES:
                return tried
    return tried


def _cut(data: dict[str, Any], letters: int, rows: int) -> dict[str, Any]:
    sections = [
        each | {"rows": [_row_cut(row, letters) for row in each["rows"][-rows:]], "more": len(each["rows"]) > rows}
        for each in data["sections"]
    ]
    return data | {"sections": sections}


def _row_cut(row: dict[str, Any], letters: int) -> dict[str, Any]:
    return row | {name: _shortened(row[name], letters) for name in ("title", "text")}


def _shortened(text: Any, letters: int) -> Any:
    if isinstance(text, dict):
        return {code: _shortened(said, letters) for code, said in text.items()}
    return text if len(text) <= letters else text[:letters].rstrip() + CUT
