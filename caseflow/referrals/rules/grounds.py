"""The table of legal grounds, and whom the consent to sharing names (`grounds.toml`)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language

Texts = tuple[tuple[str, str], ...]  # language and text
TABLE: Final = Path(__file__).parents[1] / "grounds.toml"


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal ground: for which kinds of receivers, from when, and where it stands."""

    code: str
    kinds: frozenset[str]
    effective_from: date
    names: Texts
    sources: Texts

    @property
    def name(self) -> str:
        return _in_language(self.names)

    @property
    def source(self) -> str:
        return _in_language(self.sources)


def bases_for(receiver: str, day: date) -> tuple[Basis, ...]:
    """The legal grounds in force on `day` on which one may write to a receiver of this kind."""
    return tuple(one for one in _bases() if receiver in one.kinds and one.effective_from <= day)


def basis_named(code: str) -> Basis | None:
    return next((one for one in _bases() if one.code == code), None)


def named_by_consent(version: int, day: date) -> frozenset[str]:
    """The kinds of receivers that a version of the consent's text names."""
    rows = [row for row in _table()["consent"] if row["version"] == version and row["effective_from"] <= day]
    return frozenset(rows[-1]["kinds"]) if rows else frozenset()


def _in_language(texts: Texts) -> str:
    said = dict(texts)
    return said.get((get_language() or "ru")[:2]) or said["ru"]


@cache
def _bases() -> tuple[Basis, ...]:
    return tuple(
        Basis(
            row["code"],
            frozenset(row["kinds"]),
            row["effective_from"],
            tuple(row["name"].items()),
            tuple(row["source"].items()),
        )
        for row in _table()["basis"]
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))
