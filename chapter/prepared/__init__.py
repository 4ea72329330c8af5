"""Querysets that are built and compiled once for each language, and then only filled in and sent.

Django writes a queryset's SQL anew each time, which takes several times as long as PostgreSQL needs to answer it.
Whatever differs from one call to the next is a parameter; all else must be the same for everybody and always:

    @prepared
    def _seats_of(member):
        return Rsvp.objects.filter(member=member)

    _seats_of(member=request.user.pk)           # a list of Rsvp

The methods of querysets take the time from `now` and `today` here, so that it is each call's.
"""

import inspect
from contextvars import ContextVar
from datetime import date, timedelta
from functools import update_wrapper

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, DateField, DateTimeField, Expression, F, Func, QuerySet
from django.utils import timezone, translation

from .page import once_a_page, reading

__all__ = ["IsOneOf", "now", "once_a_page", "prepared", "reading", "today"]

# A column's "never" may be the first moment that computers know of.
BEGINNING = 1970
_is_preparing = ContextVar("is_preparing", default=False)


class Slot(Expression):
    """What each call brings, as PostgreSQL takes it: a number, a text, a moment, a list."""

    def __init__(self, name, output_field=None):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def value(self, values):
        if values[self.name] is None:
            # SQL's `= NULL` is never true, unlike a queryset's `=None`.
            raise ValueError(f"{self.name} is None")
        return values[self.name]


class _Time(Slot):
    def __init__(self, read, output_field):
        super().__init__("", output_field)
        self._read = read

    def value(self, values):
        return self._read()


def now(*, ago=timedelta()):
    """The moment; in a prepared queryset that at which it is sent."""
    return _read(lambda: timezone.now() - ago, DateTimeField())


def today(*, ago=timedelta()):
    """The day, by the server's calendar; in a prepared queryset that on which it is sent."""
    return _read(lambda: timezone.localdate() - ago, DateField())


def _read(read, output_field):
    return _Time(read, output_field) if _is_preparing.get() else read()


class IsOneOf(Func):
    """`column = ANY(list)`, for a Slot: one statement for lists of any length, where `IN` is written anew for each."""

    output_field = BooleanField()
    template = "(%(expressions)s))"
    arg_joiner = " = ANY("

    def __init__(self, column, values):
        super().__init__(F(column), values)


class prepared:
    """The queryset that a function returns, as a function that returns the list of its rows; it takes keywords.

    While the queryset is made the parameters are Slots, which stand where a value would. Safe in threads. The function
    may read the language that is spoken, and the time with `now` and `today`, and nothing else that changes. A moment
    that it took from elsewhere is refused.
    """

    def __init__(self, build):
        self._build, self._by_language = build, {}
        update_wrapper(self, build)

    def __call__(self, **values):
        return self._compiled().rows(values)

    def count(self, **values) -> int:
        return self._compiled().count(values)

    def _compiled(self):
        language = translation.get_language()
        if language not in self._by_language:
            self._by_language[language] = _Compiled(self._queryset())
        return self._by_language[language]

    def _queryset(self):
        slots = {name: Slot(name) for name in inspect.signature(self._build).parameters}
        mark = _is_preparing.set(True)
        try:
            return self._build(**slots)
        finally:
            _is_preparing.reset(mark)


class _Compiled:
    """A queryset's statement, and all that Django needs to make rows of the answer."""

    def __init__(self, queryset):
        self._queryset, self._compiler = queryset, queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._params = self._compiler.as_sql()
        if any(isinstance(param, date) and param.year > BEGINNING for param in self._params):
            raise ImproperlyConfigured("A moment stands in a prepared queryset: take it from now().")
        # How a value of each column is read; the connection is handed to them with each value.
        columns = [column for column, *_ in self._compiler.select]
        self._converters = self._compiler.get_converters(columns)
        self._has_composite_fields = self._compiler.has_composite_fields(columns)

    def rows(self, values):
        rows = QuerySet(
            model=self._queryset.model, query=_Statement(self._compiler_for(values)), using=DEFAULT_DB_ALIAS
        )
        rows._iterable_class = self._queryset._iterable_class
        rows._prefetch_related_lookups = self._queryset._prefetch_related_lookups
        return list(rows)

    def count(self, values):
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({self._sql}) counted", self._params_for(values))  # noqa: S608  our own
            return cursor.fetchone()[0]

    def _params_for(self, values):
        return tuple(param.value(values) if isinstance(param, Slot) else param for param in self._params)

    def _compiler_for(self, values):
        params = self._params_for(values)
        # As `copy.copy`, which takes longer than PostgreSQL.
        compiler = object.__new__(type(self._compiler))
        vars(compiler).update(vars(self._compiler))
        # Each thread has its own.
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_: (self._sql, params)
        compiler.get_converters = lambda _: self._converters
        compiler.has_composite_fields = lambda _: self._has_composite_fields
        return compiler


class _Statement:
    """As much of a Query as a queryset needs that is read and not refined."""

    def __init__(self, compiler):
        self._compiler = compiler

    def get_compiler(self, using):
        return self._compiler
