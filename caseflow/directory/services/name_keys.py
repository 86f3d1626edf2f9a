"""The keys by which pupils are found, kept with their names by whatever writes names."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from caseflow.directory.models import NameKey, Pupil
from caseflow.directory.rules.spelling import name_keys

PUPILS_AT_ONCE = 300


@transaction.atomic
def write_name_keys(pupils: Iterable[Pupil]) -> None:
    """Make the keys of these pupils those of their names. Two queries for each 300 of them."""
    waiting = iter(pupils)
    while some := list(islice(waiting, PUPILS_AT_ONCE)):
        NameKey.objects.filter(pupil__in=[pupil.pk for pupil in some]).delete()
        NameKey.objects.bulk_create(key for pupil in some for key in _keys(pupil))


def _keys(pupil: Pupil) -> Iterator[NameKey]:
    for kind, keys in name_keys(pupil.full_name).items():
        for key in sorted(keys):
            yield NameKey(pupil=pupil, school_id=pupil.school_id, kind=kind, key=key)
