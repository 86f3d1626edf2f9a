"""How lists of the API are cut into pages."""

from rest_framework.pagination import LimitOffsetPagination


class BoundedPagination(LimitOffsetPagination):
    """`limit` rows from `offset` on, 50 unless asked, never more than 200 at once: nobody takes a school's rows whole,
    and no number is too large for the database."""

    max_limit = 200
