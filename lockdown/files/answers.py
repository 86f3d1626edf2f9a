"""What is said of a file, and how it comes through a pipe: a line of JSON, then the bytes it announces."""

import json
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

LONGEST_HEAD: Final = 4096
MOST_PAGES: Final = 5  # that are drawn; how many there are is counted
LARGEST_PAGE: Final = 4 << 20
# The kinds of files that may be kept; whoever keeps them says the same of their media types.
PICTURES: Final = ("jpeg", "png", "webp")
OFFICE: Final = ("docx", "xlsx", "pptx", "odt", "ods", "odp")
KINDS: Final = (*PICTURES, "pdf", *OFFICE, "text")
REFUSALS: Final = (
    *("empty", "unknown", "archive", "executable", "recording", "other_picture", "old_office", "encrypted"),
    *("macros", "script", "embedded", "outside", "unpacks", "too_complex", "broken"),
)


class FileRefused(Exception):  # noqa: N818  said to a person, not an error of the program
    """The file is not kept; `code` is one of REFUSALS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may be kept. `content` is what is to be kept, which may differ from what was sent.

    `pages` are pictures (WebP) of what a reader sees first, none where nothing was drawn; `page_count` is 0 for what
    has no pages.
    """

    kind: str
    content: bytes = field(repr=False)
    pages: tuple[bytes, ...] = field(default=(), repr=False)
    page_count: int = 0


def send_found(pipe: BinaryIO, found: Examined, *, same: bool) -> None:
    """Say what the file is; `same` leaves out the content, since it is what was sent."""
    content = b"" if same else found.content
    head = {"kind": found.kind, "same": same, "page_count": found.page_count}
    _send(pipe, {**head, "sizes": [len(content), *map(len, found.pages)]}, content, *found.pages)


def send_refused(pipe: BinaryIO, code: str) -> None:
    """Say why the file is not kept."""
    _send(pipe, {"refused": code})


def read_answer(answer: bytes, sent: bytes, most: int) -> Examined:
    """What the child said of `sent`. It is doubted: whatever does not fit is a broken file. Raises FileRefused."""
    try:
        head, rest = _head(answer)
        if "refused" in head:
            raise FileRefused(head["refused"] if head["refused"] in REFUSALS else "broken")
        return _found(head, rest, sent, most)
    except (ValueError, KeyError, TypeError) as error:
        raise FileRefused("broken") from error


def _send(pipe: BinaryIO, head: dict[str, Any], *parts: bytes) -> None:
    pipe.write(json.dumps(head).encode() + b"\n")
    for part in parts:
        pipe.write(part)
    pipe.flush()


def _head(answer: bytes) -> tuple[dict[str, Any], bytes]:
    end = answer.index(b"\n", 0, LONGEST_HEAD)
    head = json.loads(answer[:end])
    if not isinstance(head, dict):
        raise TypeError
    return head, answer[end + 1 :]


def _found(head: dict[str, Any], rest: bytes, sent: bytes, most: int) -> Examined:
    sizes, kind, count = [int(size) for size in head["sizes"]], head["kind"], int(head["page_count"])
    if kind not in KINDS or count < 0 or min(sizes) < 0 or len(sizes) > MOST_PAGES + 1:
        raise ValueError(kind)
    if sum(sizes) != len(rest) or sizes[0] > most or max(sizes[1:], default=0) > LARGEST_PAGE:
        raise ValueError(sizes)
    parts, at = [], 0
    for size in sizes:
        parts.append(rest[at : at + size])
        at += size
    return Examined(kind, sent if head["same"] is True else parts[0], tuple(parts[1:]), count)
