"""One paper in two languages: what is the same in both stands once, what is not stands in each."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import override

Node = Any  # what JSON knows; a text in several languages is {"kk": …, "ru": …}


def in_tongues(codes: Iterable[str], compose: Callable[[], Node]) -> Node:
    """What `compose` says in each of the languages, laid over each other.

    Rows with a "key" are laid over the row with the same key; one that is missing in a language is left out, since it
    came in between.
    """
    laid: Node = None
    for code in codes:
        with override(code):
            said = compose()
        laid = _tagged(said, code) if laid is None else _over(laid, said, code)
    return _plain(laid)


class _Said(dict[str, str]):
    """A text by language, while papers are laid over each other."""


def _tagged(node: Node, code: str) -> Node:
    if isinstance(node, str):
        return _Said({code: node})
    if isinstance(node, dict):
        return {name: _tagged(value, code) for name, value in node.items()}
    if isinstance(node, list):
        return [_tagged(value, code) for value in node]
    return node


def _over(laid: Node, said: Node, code: str) -> Node:
    if isinstance(laid, _Said):
        return _Said({**laid, code: str(said)})
    if isinstance(laid, dict):
        return {name: _over(value, said[name], code) for name, value in laid.items()}
    if isinstance(laid, list):
        return _rows_over(laid, said, code)
    return laid


def _rows_over(laid: list[Node], said: list[Node], code: str) -> list[Node]:
    keyed = {row["key"]: row for row in said if isinstance(row, dict) and "key" in row}
    if not keyed:
        return [_over(one, other, code) for one, other in zip(laid, said, strict=False)]
    pairs = ((row, keyed.get(_key_of(row))) for row in laid)
    return [_over(row, other, code) for row, other in pairs if other is not None]


def _key_of(row: Node) -> str:
    return str(next(iter(row["key"].values())))


def _plain(node: Node) -> Node:
    if isinstance(node, _Said):
        texts = list(node.values())
        return texts[0] if len(set(texts)) == 1 else dict(node)
    if isinstance(node, dict):
        return {name: _plain(value) for name, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return node
