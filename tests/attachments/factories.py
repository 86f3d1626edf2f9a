"""Files for tests, attached the way the product attaches them. Everything is invented."""

from typing import Any

from caseflow.attachments.models import Attachment
from caseflow.attachments.services import Sent, attach
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor

WORDS = "Мінездеме: сабаққа ұқыпты келеді"


def text_file(words: str = WORDS, name: str = "Мінездеме.txt") -> Sent:
    return Sent(name, words.encode())


def attached(who: Actor, case: Case, sent: Sent | None = None, **facts: Any) -> Attachment:
    """A file of the case, a plain text unless another one is given."""
    return attach(who, case.pk, sent or text_file(), **facts)
