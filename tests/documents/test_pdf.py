"""PDF without system libraries: the same bytes for the same data, text never as source."""

from io import BytesIO

import pytest
from pdfminer.high_level import extract_text

from caseflow.documents.pdf import count_pages, render_pdf

EPOCH_S = 1_800_000_000


def report(**changes: object) -> dict[str, object]:
    texts = dict.fromkeys(("digest", "district", "hidden", "rule", "trust", "in_time", "before", "charted"), "слово")
    cell = {"words": "жасырын", "hidden": True, "before": "5", "share": ""}
    table = {
        "name": "Оқиғалар", "columns": ["Ұрыс"], "rows": [], "total": {"name": "Маңғыстау", "cells": [cell]},
        "changes": [],
    }  # fmt: skip
    part = {
        "language": "kk", "title": "Мектеп қауіпсіздігі, ₸", "council": "Кеңес", "period": "III", "intro": "",
        "comment": "", "correction": "", "demo": "", "tables": [table], "timeliness": [], "bars": [],
        "years": [2026, 2025], "texts": texts, "beside": [], "as_it_stood": "", "more": "",
        **changes,
    }  # fmt: skip
    return {"digest": "0" * 64, "parts": [part]}


def test_the_same_data_has_the_same_bytes() -> None:
    first = render_pdf("coordination/report.typ", report(), made_at_epoch_s=EPOCH_S)
    assert first.startswith(b"%PDF-1.7")
    assert render_pdf("coordination/report.typ", report(), made_at_epoch_s=EPOCH_S) == first


def test_kazakh_letters_and_the_tenge_are_in_the_font() -> None:
    text = extract_text(BytesIO(render_pdf("coordination/report.typ", report(), made_at_epoch_s=EPOCH_S)))
    assert "Мектеп қауіпсіздігі, ₸" in text
    assert "Маңғыстау" in text


def test_a_comment_is_shown_as_it_was_written_and_never_run() -> None:
    comment = '#read("/etc/hostname") *not bold* $x$'
    data = report(comment=comment)
    text = extract_text(BytesIO(render_pdf("coordination/report.typ", data, made_at_epoch_s=EPOCH_S)))
    assert comment in text


def test_an_unknown_template_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.typ"):
        render_pdf("coordination/nothing.typ", {}, made_at_epoch_s=EPOCH_S)


def test_pages_are_counted_without_making_the_file() -> None:
    steps = [{"title": "Қадам", "lines": ["Сызық " * 20] * number} for number in (1, 60)]
    blank = {"svg": "", "typed": "", "role": "Оқушы", "name": "", "witness": "", "alt": ""}
    texts = {"title": "Жоспар", "name": "Мадина", "agreed": "", "demo": "", "danger": "", "hotlines": []}
    data = {**texts, "language": "kk", "size": 10, "signatures": [blank] * 4}
    assert count_pages("plans/safety.typ", {**data, "steps": steps[:1]}) == 1
    assert count_pages("plans/safety.typ", {**data, "steps": steps}) > 1
    with pytest.raises(FileNotFoundError, match=r"nothing\.typ"):
        count_pages("plans/nothing.typ", {})
