"""Fill an empty PostgreSQL: `python -m bench.reports.filling SCHOOLS EVENTS READER.json`."""

import sys
from pathlib import Path

import django
from django.db import connection

from bench.reports.shape import Shape


def main() -> None:
    django.setup()
    from bench.reports.world import compose, fill  # its models can be imported only once Django is set up

    shape = Shape(*(int(number) for number in sys.argv[1:3]))
    person = fill(shape)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    compose(person).write(Path(sys.argv[3]))


if __name__ == "__main__":
    main()
