"""What is not possible, as it is said to a person."""


class InstrumentRefused(Exception):  # noqa: N818  said to a person, not an error of the program
    """What was asked is not possible in this state of the questionnaire; `str` says why in the reader's language."""


class NoSuchCodeError(Exception):
    """The code is none, has expired, or its questionnaire has ended: a stranger is told no difference."""
