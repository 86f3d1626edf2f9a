"""What the service has to keep, as rules without a database."""


class JournalRefused(Exception):  # noqa: N818  said to a person, not an error of the program
    """What was asked is not possible; `str` says why in the reader's language."""
