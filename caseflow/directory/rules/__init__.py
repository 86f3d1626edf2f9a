"""What a valid entry of the roll is, and when a weekly lesson is in force."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import phonenumbers
from django.db.models import Q
from django.utils import timezone

from caseflow.accounts.rules import telephone
from caseflow.directory.models import LessonSlot

FIRST = tuple(range(1, 12))
SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
OLDEST_PUPIL_YEARS = 25
YOUNGEST_PUPIL_YEARS = 4
CLASS_PATTERN = re.compile(r"^\s*(1[0-2]|[0-9])\s*[-–«\"']?\s*([^\W\d_]{1,3})\s*[»\"']?\s*$")


def national_number_is_valid(number: str) -> bool:
    """Whether the 12 digits carry the check digit of Kazakhstan's individual identification number.

    Weighted sum modulo 11 with weights 1…11; on 10 again with weights 3…11, 1, 2; 10 again: never issued.
    """
    if not re.fullmatch(r"\d{12}", number):
        return False
    digits = [int(digit) for digit in number]
    for weights in (FIRST, SECOND):
        check = sum(w * d for w, d in zip(weights, digits, strict=False)) % 11
        if check < 10:
            return check == digits[11]
    return False


def phone_of_text(text: str) -> str | None:
    """A telephone number in one spelling, "+7 701 000 0001", however it was typed; None for what nobody can dial."""
    number = telephone(text)
    if number is None:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def split_class(name: str) -> tuple[int, str] | None:
    """Grade and letter of "7Б", "7 «Б»", "11-А"; None for anything else."""
    match = CLASS_PATTERN.match(name)
    return (int(match[1]), match[2].upper()) if match else None


def age_on(birth_date: date, day: date) -> int:
    """Full years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_pupil_age(birth_date: date, day: date) -> bool:
    """Whether somebody born then can be on a school roll on that day."""
    return YOUNGEST_PUPIL_YEARS <= age_on(birth_date, day) <= OLDEST_PUPIL_YEARS


def is_called(typed: str, path: str = "") -> Q:
    """A condition on accounts: the last or the first name begins so, in capitals or small letters.

    SQLite folds the case of Latin letters alone, so the usual ways to write a name are asked one by one.
    """
    called = Q()
    for beginning in {typed, typed.capitalize(), typed.title()}:
        called |= Q(**{f"{path}last_name__istartswith": beginning}) | Q(**{f"{path}first_name__istartswith": beginning})
    return called


def is_guardian(user: Any, path: str = "") -> Q:
    """Guardians who are this user, in the portal or at work (rule 10b); `path` leads to the guardian.

    The one rule of who is whose parent on the staff: every room that keeps the own child from somebody asks it. The end
    of a guardianship changes nothing here: somebody who has lost custody is still no impartial reader.
    """
    return Q(**{f"{path}user": user}) | Q(**{f"{path}staff_account": user})


def stands(path: str = "", on: date | None = None) -> Q:
    """Guardianships in force on a day, today when None; `path` leads to the guardianship, "guardianships__" for one.

    First and last day are included, but what the office has ended is over at once, even on its last day.
    """
    today = on or timezone.localdate()
    begun = Q(**{f"{path}starts_on__lte": today, f"{path}ended_at": None})
    return begun & (Q(**{f"{path}ends_on": None}) | Q(**{f"{path}ends_on__gte": today}))


def still_here(path: str = "") -> Q:
    """Pupils who have not left by today and live; `path` leads to the pupil, "pupils__" for one."""
    left = Q(**{f"{path}left_on": None}) | Q(**{f"{path}left_on__gt": timezone.localdate()})
    return left & Q(**{f"{path}died_on": None})


def in_force(first: date, last: date) -> Q:
    """Weekly lessons in force on a day from `first` to `last`: within their own days and their class's school year."""
    begun = Q(starts_on=None) | Q(starts_on__lte=last)
    unended = Q(ends_on=None) | Q(ends_on__gte=first)
    return begun & unended & Q(school_class__year__starts_on__lte=last, school_class__year__ends_on__gte=first)


def is_in_force(slot: LessonSlot, day: date) -> bool:
    """The same rule for one lesson and one day."""
    year = slot.school_class.year
    return max(slot.starts_on or day, year.starts_on) <= day <= min(slot.ends_on or day, year.ends_on)


def has_begun(slot: LessonSlot, day: date) -> bool:
    """Whether the lesson was or is in force on that day or before."""
    return max(slot.starts_on or day, slot.school_class.year.starts_on) <= day


def goes_on() -> Q:
    """Weekly lessons that nobody has taken out of the timetable: what was taken out today is gone at once."""
    return Q(ends_on=None) | Q(ends_on__gt=timezone.localdate())


def last_day(slot: LessonSlot, now: datetime) -> date:
    """Of a lesson that is taken out now: today if it has begun today, as it may be confirmed already, else yesterday.

    Never before its first day.
    """
    here = timezone.localtime(now)
    begun = slot.weekday == here.isoweekday() and slot.starts_at <= here.time()
    day = here.date() if begun else here.date() - timedelta(days=1)
    return max(day, slot.starts_on or day)
