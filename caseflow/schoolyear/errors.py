"""What stands against an act of the school year, said to a person."""

from django.utils.translation import gettext


class YearRefused(Exception):  # noqa: N818  said to a person, not an error of the program
    """What was asked is not possible; `str` says why in the reader's language. Nothing was done."""


def no_year() -> YearRefused:
    return YearRefused(gettext("The next school year of the region is not entered yet. The administrator enters it."))


def turned() -> YearRefused:
    return YearRefused(gettext("The classes have gone over already. Correct single pupils by moves and the roll."))


def unsettled(names: list[str]) -> YearRefused:
    shown = ", ".join(names[:5])
    return YearRefused(gettext("Say first where these pupils go: %(names)s.") % {"names": shown})


def bad_class(text: str) -> YearRefused:
    return YearRefused(gettext("“%(text)s” is not a class. Write a grade and a letter, such as 7Б.") % {"text": text})


def not_waiting() -> YearRefused:
    return YearRefused(gettext("No pupil waits here under this code or number. Ask the former school."))


def not_yet(day: str) -> YearRefused:
    return YearRefused(gettext("The pupil is at the former school until %(day)s.") % {"day": day})


def number_taken() -> YearRefused:
    return YearRefused(gettext("Another pupil of the school has this number."))


def leaving_already() -> YearRefused:
    return YearRefused(gettext("It is recorded already that this pupil leaves."))


def bad_day() -> YearRefused:
    return YearRefused(gettext("Choose a day within the last two months or the coming year."))


def same_school() -> YearRefused:
    return YearRefused(gettext("Choose another school, or write where the pupil goes."))


def days_over() -> YearRefused:
    return YearRefused(gettext("Choose days from today on; the last is not before the first."))


def not_staff() -> YearRefused:
    return YearRefused(gettext("Choose somebody who works at the school."))


def own_roles() -> YearRefused:
    return YearRefused(gettext("You cannot end your own roles. Somebody else does it."))


def too_many_tries() -> YearRefused:
    return YearRefused(gettext("Too many attempts. Try again in a quarter of an hour."))
