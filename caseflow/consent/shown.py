"""What exactly a guardian reads, as bytes whose hash is kept with the consent (rule 8)."""

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any, Protocol

from caseflow.directory.models import School

FOLDER = Path(__file__).resolve().parent / "texts"
WORDS = ("title", "summary", "body", "data_categories", "third_parties", "term")


class Shown(Protocol):
    """The words of a text, as rows and migrations hold them."""

    purpose: str
    version: int
    language: str
    title: str
    summary: str
    body: str
    data_categories: str
    third_parties: str
    cross_border: bool
    term: str


def text_digest(text: Shown) -> str:
    """SHA-256 (hex) of the text alone."""
    return _digest(_content(text))


def shown_digest(text: Shown, operator_name: str, operator_bin: str) -> str:
    """SHA-256 (hex) of the text together with the operator it was shown for.

    It can be computed again later from the kept row: texts never change and the event holds name and BIN.
    """
    return _digest(_content(text) | {"operator": operator_name, "bin": operator_bin})


def operator_name(operator: School, language: str) -> str:
    """The official name in the language of the text."""
    return str(getattr(operator, f"name_{language}") or operator.name_ru)


def texts_shipped(purpose: str) -> list[dict[str, Any]]:
    """The rows, one per language, of the text that ships for this purpose."""
    pack = tomllib.loads((FOLDER / f"{purpose}.toml").read_text(encoding="utf-8"))
    common = {key: pack[key] for key in ("version", "effective_from", "cross_border")}
    return [
        {"purpose": purpose, "language": language, **common, **{word: pack[language][word].strip() for word in WORDS}}
        for language in ("kk", "ru", "en")
    ]


def _content(text: Shown) -> dict[str, Any]:
    names = ("purpose", "version", "language", "cross_border", *WORDS)
    return {name: getattr(text, name) for name in names}


def _digest(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
