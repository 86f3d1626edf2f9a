"""What is asked for: the requests of a working day, drawn by chance."""

from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from bench.pages.shape import PAGES, Readers

CSRF = "b" * 32
FORM = "application/x-www-form-urlencoded"
SHORTEST, LONGEST = 2, 6  # letters that are typed before the hits are looked at


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a page: method, path, cookies and what is sent."""

    page: str
    method: str
    path: str
    cookie: str
    body: bytes = b""


class Draw:
    """Requests in turn for each page, by chance for whom and for what; the same ones for the same `seed`."""

    def __init__(self, readers: Readers, seed: int) -> None:
        self._readers = readers
        self._random = Random(seed)

    def request(self, number: int) -> Request:
        """The request with this number."""
        page = PAGES[number % len(PAGES)]
        if page == "board":
            return Request(page, "GET", "/board/", self._random.choice(self._readers.leads))
        reader = self._random.choice(self._readers.psychologists)
        if page == "today":
            return Request(page, "GET", "/today/", reader.cookie)
        if page == "case":
            return Request(page, "GET", f"/cases/{self._random.choice(reader.cases)}/", reader.cookie)
        return Request(page, "POST", "/directory/search/hits/", reader.cookie, self._typed(reader.names))

    def _typed(self, names: tuple[str, ...]) -> bytes:
        name = self._random.choice(names)
        typed = name[: self._random.randint(SHORTEST, LONGEST)]
        return urlencode({"q": typed.lower(), "csrfmiddlewaretoken": CSRF}).encode()
