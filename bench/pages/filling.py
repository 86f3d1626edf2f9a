"""Fill an empty PostgreSQL: `python -m bench.pages.filling SCHOOLS PUPILS CASES READERS.json`."""

import sys
from pathlib import Path

import django
from django.db import connection

from bench.pages.shape import Shape


def main() -> None:
    django.setup()
    from bench.pages.world import fill  # its models can be imported only once Django is set up

    schools, pupils, cases = (int(number) for number in sys.argv[1:4])
    fill(Shape(schools, pupils, cases)).write(Path(sys.argv[4]))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


if __name__ == "__main__":
    main()
