"""Fills a database with rows by the hundred thousand, by copies of a few in SQL: `python -m bench.rows --events 100000`.

Only for an empty database that will be thrown away. Everybody in it is invented. Each copy is `row`, its number in
`row.i`; columns are those of the models, so that a new one needs nothing here.
"""

import argparse
from contextlib import contextmanager
from datetime import timedelta
from typing import NamedTuple

# As many RSVPs has the largest meetup; and as many members has the chapter.
CROWD = 1400
TOWNS = ("Oslo", "Bergen", "Trondheim", "Malmö", "Göteborg")
LANGUAGE = "(ARRAY['nb', 'sv', 'en'])[1 + row.i % 3]"
STORY = "Kaffe og en prat om det som hindrer oss. " * 6


class Size(NamedTuple):
    """How many rows there are; `rsvps` are those beside the crowd of the nearest meetup."""

    events: int = 100_000
    upcoming: int = 5_000
    rsvps: int = 200_000
    microactions: int = 100_000
    posts: int = 20_000
    hours_apart: int = 1


# Enough of each kind, and past meetups so far apart, that every page shows as many rows as that of the big one.
SMALL = Size(events=1_000, upcoming=500, rsvps=1_000, microactions=1_000, posts=1_000, hours_apart=29)
BIG = Size()


def fill(size: Size) -> None:
    """Needs Django set up, and a migrated database with the shipped texts. Ends with ANALYZE."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        # The site's own limit is made for a request.
        cursor.execute("SET LOCAL statement_timeout = 0")
        _members()
        _events(size)
        _rsvps(size)
        _microactions(size)
        _posts(size)
        _log(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def copies(seed, number, **columns) -> None:
    """Make `number` copies of the row `seed`, with the SQL in `columns` for what differs."""
    _insert(type(seed), f"generate_series(1, {number:d}) AS row(i)", columns, seed=seed)


def each(model, rows, **columns) -> None:
    """Make a row of `model` for each row of `rows`, a FROM clause, with SQL for all of its columns."""
    _insert(model, rows, columns)


def _insert(model, rows, columns, *, seed=None):
    from django.db import connection

    table, names = model._meta.db_table, [f.column for f in model._meta.local_concrete_fields if not f.primary_key]
    wanted = [name for name in names if seed or name in columns]
    values = [columns.get(name, f'seed."{name}"') for name in wanted]
    source = f"{rows}, {table} AS seed WHERE seed.id = {seed.pk:d}" if seed else rows
    quoted = ", ".join(f'"{name}"' for name in wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({quoted}) SELECT {', '.join(values)} FROM {source}")  # noqa: S608


@contextmanager
def _seed(row):
    # Saved for the time in which it is copied: how a row is stored is known to its model alone.
    row.save()
    yield row
    row.delete()


def _members():
    from allauth.account.models import EmailAddress

    from chapter.models import Member

    with _seed(Member(email="seed@example.org", name="Seed", password="!")) as seed:  # noqa: S106 (nobody signs in with it)
        copies(
            seed,
            CROWD,
            email="'member' || row.i || '@example.org'",
            name="'Member ' || row.i",
            is_organiser="row.i = 1",
        )
    each(
        EmailAddress,
        "chapter_member AS row WHERE email LIKE 'member%%'",
        user_id="row.id",
        email="row.email",
        verified="true",
        primary="true",
    )


def _events(size):
    from django.utils import timezone

    from chapter.text import markdown
    from events.models import Event, EventWording, Venue

    places = [Venue.objects.create(name=f"Kafé {town}", address="Gata 1", city=town).pk for town in TOWNS]
    # The first are to come, one every four hours; the others were.
    ago = f"row.i - {size.upcoming}"
    start = f"""now() + CASE WHEN row.i <= {size.upcoming} THEN row.i * interval '4 hours'
                             ELSE interval '-2 hours' - ({ago}) * interval '{size.hours_apart} hours' END"""
    now = timezone.now()
    event = Event(slug="seed", state=Event.State.PUBLISHED, starts_at=now, ends_at=now + timedelta(hours=1))
    with _seed(event) as seed:
        copies(
            seed,
            size.events,
            uid="gen_random_uuid()",
            slug=f"CASE WHEN row.i <= {size.upcoming} THEN 'meetup-' || row.i ELSE 'meetup-past-' || {ago} END",
            starts_at=start,
            ends_at=f"{start} + interval '1 hour'",
            changed_at=f"now() - ({size.events} - row.i) * interval '1 minute'",
            # Four of five in the first town, so that a list of its meetups is as long in a small database.
            venue_id=f"(ARRAY{places})[CASE WHEN row.i % 5 > 0 THEN 1 ELSE 1 + row.i / 5 % {len(places)} END]",
            capacity="CASE WHEN row.i % 3 = 0 THEN 2000 END",
        )
    texts = {"title": "'Kaffe og prat ' || row.slug", "body": f"'{STORY}'"}
    # As it is rendered today, so that nothing is rendered anew.
    texts |= {name: f"'{value}'" for name, value in markdown.columns(STORY).items()}
    each(
        EventWording,
        f"events_event AS row WHERE {MADE}",
        event_id="row.id",
        language="CASE WHEN row.id % 3 = 0 THEN 'sv' ELSE 'nb' END",
        version="1",
        is_current="true",
        **texts,
        source_name="''",
        source_url="''",
        adopted_on="current_date",
        created_at="row.changed_at",
    )
    theme = {"event_id": "row.id", "principle_id": "1 + row.id % 7"}
    each(Event.principles.through, f"events_event AS row WHERE {MADE}", **theme)
    host = "(SELECT id FROM chapter_member WHERE email = 'member' || 1 + row.id % 50 || '@example.org')"
    each(Event.hosts.through, f"events_event AS row WHERE {MADE}", event_id="row.id", member_id=host)


MADE = "row.slug LIKE 'meetup-%%'"
FIRST_EVENT = "(SELECT id FROM events_event WHERE slug = 'meetup-1')"


def _rsvps(size):
    from events.models import Event, Rsvp

    seed = Rsvp(event=Event.objects.get(slug="meetup-1"), status=Rsvp.Status.EXPIRED, email="seed@example.org")
    # The nearest meetup has a crowd, some of whom wait; the others are spread over all events.
    to = f"CASE WHEN row.i <= {CROWD} THEN {FIRST_EVENT} ELSE {FIRST_EVENT} + row.i % {size.events} END"
    with _seed(seed):
        copies(
            seed,
            CROWD + size.rsvps,
            event_id=to,
            status="CASE WHEN row.i % 5 = 0 THEN 'waitlisted' ELSE 'going' END",
            # Somebody kept count at each that was: one in four of those with a seat did not come.
            attendance=f"""CASE WHEN row.i <= {CROWD} OR row.i % {size.events} < {size.upcoming} OR row.i % 5 = 0 THEN ''
                                WHEN row.i % 5 = 1 THEN 'no_show' ELSE 'came' END""",
            queued_at="now() - row.i * interval '1 second'",
            email="'guest' || row.i || '@example.org'",
            name="'Guest ' || row.i",
            token="'rsvp-' || row.i",  # noqa: S106 (made for a database that is thrown away)
        )
    # A member comes to some of the nearest meetups, and was at many.
    to = f"CASE WHEN row.i <= 20 THEN row.i * 4 ELSE {size.upcoming} + (row.i - 20) * 2 END"
    mine = "(SELECT id FROM chapter_member WHERE email = 'member1@example.org')"
    with _seed(seed):
        copies(
            seed,
            200,
            event_id=f"{FIRST_EVENT} - 1 + {to}",
            member_id=mine,
            status="'going'",
            queued_at="now()",
            email="''",
            token="'own-' || row.i",  # noqa: S106 (made for a database that is thrown away)
        )


def _microactions(size):
    from django.utils import timezone

    from microactions.models import Cheer, Microaction

    seed = Microaction(what="Seed", due_on=timezone.localdate(), visibility=Microaction.Visibility.PUBLIC)
    # A third with a result, a third open, a third unknown; one in ten for its person alone, one in twenty is held.
    status = "(ARRAY['done', 'open', 'open'])[1 + row.i % 3]"
    told = f"now() - row.i * interval '{max(1, 3_000_000 // size.microactions)} minutes' / 100"
    with _seed(seed):
        copies(
            seed,
            size.microactions,
            what="'Kaffe med naboteamet ' || row.i",
            language=LANGUAGE,
            email="'pledger' || row.i || '@example.org'",
            token="'pledge-' || row.i",  # noqa: S106 (made for a database that is thrown away)
            status=status,
            result="CASE WHEN row.i % 3 = 0 THEN 'Vi snakket om kaffe' ELSE '' END",
            result_at=f"CASE WHEN row.i % 3 = 0 THEN {told} END",
            created_at=f"{told} - interval '7 days'",
            due_on="current_date - CASE WHEN row.i % 3 = 1 THEN 30 ELSE 0 END",
            visibility="CASE WHEN row.i % 10 = 0 THEN 'me' ELSE 'public' END",
            held="row.i % 20 = 1",
            principle_id="1 + row.i % 7",
            event_id=f"CASE WHEN row.i % 2 = 0 THEN {FIRST_EVENT} + row.i % {size.events} END",
        )
    each(
        Cheer,
        "microactions_microaction AS row WHERE row.id % 2 = 0",
        microaction_id="row.id",
        visitor="'visitor'",
        created_at="now()",
    )


def _posts(size):
    from django.utils import timezone

    from blog.models import Byline, Post
    from chapter.text import markdown

    seed = Post(slug="seed", title="Seed", body=STORY, **markdown.columns(STORY))
    seed.is_draft, seed.published_at = False, timezone.now()
    with _seed(seed):
        copies(
            seed,
            size.posts,
            slug="'story-' || row.i",
            title="'Kaffe ' || row.i",
            language=LANGUAGE,
            published_at="now() - row.i * interval '1 hour'",
            changed_at="now() - row.i * interval '1 hour'",
        )
    posts = "blog_post AS row WHERE row.slug LIKE 'story-%%'"
    each(Byline, posts, post_id="row.id", name="'Author'", bio="''", position="0")
    each(Post.principles.through, posts, post_id="row.id", principle_id="1 + row.id % 7")


def _log(size):
    from chapter.models import AuditEntry

    by = "(SELECT id FROM chapter_member WHERE email = 'member1@example.org')"
    with _seed(AuditEntry(verb="post_edited", subject_label="blog.post")) as seed:
        copies(
            seed,
            size.posts,
            actor_id=by,
            about="'Kaffe ' || row.i",
            subject_id="row.i",
            at="now() - row.i * interval '1 hour'",
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, number in BIG._asdict().items():
        parser.add_argument(f"--{name}", type=int, default=number)
    size = Size(**vars(parser.parse_args()))

    import django

    django.setup()
    fill(size)


if __name__ == "__main__":
    main()
