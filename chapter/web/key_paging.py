"""Pages of a list that may be very long: each begins after the last row of the one before, and nothing is counted.

An offset reads all rows before it, and a number of pages all rows there are. Here the address names the row where a
page begins by what the list is ordered by: `?page=after-1893456000000000_27`.
"""

import re
from datetime import UTC, datetime, timedelta

from django.db.models import BooleanField, F, Func, Value

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# A place in the list; whatever else stands in an address leads to the first page.
PLACE = re.compile(r"(after|before)-(-?[0-9]{1,18}(?:_-?[0-9]{1,18}){0,3})", re.ASCII)


class _Beyond(Func):
    """`(a, b) > (x, y)`, which an index on a and b answers; arguments in that order."""

    output_field = BooleanField()

    def __init__(self, columns, values, *, operator):
        super().__init__(*columns, *values)
        self.operator = operator

    def as_sql(self, compiler, connection):
        parts, params = zip(*(compiler.compile(part) for part in self.source_expressions), strict=True)
        half = len(parts) // 2
        sql = f"({', '.join(parts[:half])}) {self.operator} ({', '.join(parts[half:])})"
        return sql, [param for some in params for param in some]


class KeyPage(list):
    """The rows of a page. `place`, `before` and `after` are the values of `?page=` for it and beside it.

    They are empty for the first page, and where the list ends.
    """

    place = before = after = ""

    @property
    def has_other_pages(self) -> bool:
        return bool(self.before or self.after)


def key_page_of(rows, request, *, per_page: int, by, descending=True, by_row=False, first=None) -> KeyPage:
    """The page that `?page=` names, of rows ordered by the columns or annotations `by`; the first for a wrong name.

    `by` hold times or whole numbers, and the last of them is `id`. One query, two where a page before the first is
    asked for. With `by_row` they may hold texts, too: an address has the id alone, and one more query reads the others.
    `rows` is a function that returns a queryset, or the queryset. `first` is a function that returns its first
    `per_page + 1` rows in that order, perhaps a prepared one; then `rows` is called for other pages alone.
    """
    place = request.GET.get("page", "")
    named = by[-1:] if by_row else by
    way, values = _asked(place, named)
    if first and way is None:
        return _first_page(first(), per_page, named)
    rows = rows() if callable(rows) else rows
    if by_row and values:
        values = _values_of(rows, values[0], by)
    if (
        way == "before"
        and values
        and (page := _page_before(rows, values, per_page, by, named, descending=descending))
    ):
        page.place = place
        return page
    after = values if way == "after" else None
    page = _first_page(list(_ordered(rows, by, after, descending=descending)[: per_page + 1]), per_page, named)
    if after:
        page.place = place
        page.before = _name("before", page[0], named) if page else ""
    return page


def _first_page(found, per_page, named):
    page = KeyPage(found[:per_page])
    if len(found) > per_page:
        page.after = _name("after", page[-1], named)
    return page


def _page_before(rows, values, per_page, by, named, *, descending):
    # None where less than a page is before: the first page is a full one.
    found = list(_ordered(rows, by, values, descending=not descending)[: per_page + 1])
    if len(found) <= per_page:
        return None
    page = KeyPage(found[per_page - 1 :: -1])
    page.before, page.after = _name("before", page[0], named), _name("after", page[-1], named)
    return page


def _ordered(rows, by, beyond, *, descending):
    if beyond:
        operator = "<" if descending else ">"
        rows = rows.filter(_Beyond([F(name) for name in by], beyond, operator=operator))
    return rows.order_by(*(f"-{name}" if descending else name for name in by))


def _asked(text, by):
    """("after" or "before", the values) of an address, or (None, None)."""
    found = PLACE.fullmatch(text)
    numbers = [int(number) for number in found[2].split("_")] if found else []
    if len(numbers) != len(by):
        return None, None
    try:
        return found[1], [_value(number, is_time=_is_time(name)) for number, name in zip(numbers, by, strict=True)]
    except OverflowError:
        return None, None


def _values_of(rows, pk, by):
    # None where the row is gone.
    found = rows.order_by().filter(pk=pk).values_list(*by).first()
    return found and [Value(value) for value in found]


def _is_time(name):
    return name.endswith("_at") or name == "at"


def _value(number, *, is_time):
    return Value(EPOCH + number * MICROSECOND if is_time else number)


def _name(way, row, by):
    keys = (getattr(row, name) for name in by)
    return f"{way}-{'_'.join(str(_number(key)) for key in keys)}"


def _number(key):
    return (key - EPOCH) // MICROSECOND if isinstance(key, datetime) else int(key)
