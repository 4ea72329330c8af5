"""Querysets that are compiled once: what each call brings, the time and the language are that call's."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone, translation

from chapter import languages
from chapter.models import Member
from chapter.prepared import IsOneOf, now, prepared, today
from chapter.wordings import adopt_wording, best_wordings
from events.models import Event, EventWording
from tests.factories import make_event, make_member
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def test_each_call_is_filled_in_anew():
    @prepared
    def named(name):
        return Member.objects.filter(name=name)

    kari, ola = make_member(name="Kari"), make_member(name="Ola")
    assert [named(name=name) for name in ("Kari", "Ola", "Per")] == [[kari], [ola], []]


def test_a_list_may_have_any_length():
    @prepared
    def some(keys):
        return Member.objects.filter(IsOneOf("pk", keys)).order_by("pk")

    members = [make_member() for _ in range(3)]
    assert some(keys=[members[0].pk]) == members[:1]
    assert some(keys=[member.pk for member in members]) == members
    assert some(keys=[]) == []


def test_count_is_that_of_the_rows():
    @prepared
    def first_two():
        return Member.objects.order_by("pk").values("pk")[:2]

    counts = [first_two.count()]
    for _ in range(3):
        make_member()
        counts.append(first_two.count())
    assert counts == [0, 1, 2, 2]


def test_time_goes_on_between_calls():
    @prepared
    def joined():
        return Member.objects.filter(joined_at__lte=now())

    assert joined() == []
    # The moment of the first call would not find it.
    member = make_member(joined_at=timezone.now())
    assert joined() == [member]


def test_time_may_be_some_time_ago():
    @prepared
    def last_week():
        return Member.objects.filter(joined_at__gte=now(ago=timedelta(days=7)), joined_at__date__lt=today())

    _long_ago, lately, _today = (make_member(joined_at=timezone.now() - timedelta(days=days)) for days in (9, 2, 0))
    assert last_week() == [lately]


def test_a_moment_of_its_own_is_refused():
    @prepared
    def joined():
        return Member.objects.filter(joined_at__lte=timezone.now())

    with pytest.raises(ImproperlyConfigured):
        joined()


def test_outside_a_prepared_queryset_now_is_a_moment():
    assert now() <= timezone.now() <= now(ago=-timedelta(minutes=1))


def test_a_parameter_that_is_missing_is_an_error():
    @prepared
    def named(name):
        return Member.objects.filter(name=name)

    with pytest.raises(KeyError):
        named()


def test_none_is_refused_since_it_would_find_nothing():
    @prepared
    def named(name):
        return Member.objects.filter(name=name)

    with pytest.raises(ValueError, match="name"):
        named(name=None)


def test_each_language_has_its_own():
    @prepared
    def events():
        return Event.objects.prefetch_related(best_wordings(EventWording))

    adopt_wording(make_event(title="Kaffe"), language="en", title="Coffee")
    found = {}
    for language in ("nb", "en", "nb"):
        with translation.override(language):
            found[languages.current()] = events()[0].wording.title
    assert found == {"nb": "Kaffe", "en": "Coffee"}


def test_a_second_call_compiles_nothing(monkeypatch):
    @prepared
    def events():
        return Event.objects.upcoming().for_tickets()

    make_event(title="Kaffe", principles=[1, 2])
    events()
    compiled, as_sql = [], SQLCompiler.as_sql
    monkeypatch.setattr(
        SQLCompiler, "as_sql", lambda self, *args, **kw: compiled.append(self) or as_sql(self, *args, **kw)
    )
    [event] = events()
    assert (event.wording.title, [theme.number for theme in event.themes]) == ("Kaffe", [1, 2])
    assert compiled == []


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_get_each_others_rows():
    @prepared
    def named(name):
        return Member.objects.filter(name=name)

    names = [make_member(name=f"Kaffe {number}").name for number in range(8)]
    found = at_once(lambda name: {member.name for _ in range(20) for member in named(name=name)}, *names)
    assert found == [{name} for name in names]
