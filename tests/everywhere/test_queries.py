"""Each list costs the same number of queries with 1 row and with 100; for visitors at most 8."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from chapter.privacy import retention
from events.models import Season
from otg_site.demo.mailbox import backend as mailbox
from tests.factories import (
    make_access_need,
    make_comment,
    make_event,
    make_makker,
    make_member,
    make_microaction,
    make_organiser,
    make_post,
    make_proposal,
    make_question,
    make_rsvp,
    make_season,
    make_series,
    make_sister,
    make_sister_event,
    make_venue,
)

PUBLIC = {
    "events": 8,
    "elsewhere": 3,
    "events_past": 8,
    "events_feed": 4,
    "embed": 7,
    "embed_help": 3,
    "events_json": 7,
    "series_list": 5,
    "wall": 8,
    "wall_feed": 2,
    "idea_bank": 3,
    "blog": 7,
    "blog_feed": 3,
    "principles": 4,
    "search": 8,
    "demo_mails": 1,
    "propose": 3,
}
# Home is no list: it shows a little of every room.
HOME = {"home": 14}
ORGANISERS = {
    "venues": 4,
    "sisters": 4,
    "posts": 8,
    "members": 4,
    "desk": 24,
    # One of them asks whether a newcomer has a passkey.
    "me": 10,
    "event_attendees": 9,
    "comments_waiting": 4,
    "microactions_waiting": 5,
    "page_list": 4,
    "proposals": 5,
    "seasons": 4,
    "retention": 5,
    "event_access_needs": 7,
    "event_coming": 8,
    "event": 26,
}


def _rows(number, *, organiser, event):
    """So many of everything that some list shows."""
    for n in range(number):
        member, venue = make_member(name=f"Kaffe {n}"), make_venue(name=f"Kafé {n}", city=f"By {n}")
        upcoming = make_event(title="Kaffe", venue=venue, principles=[1, 2])
        past = make_event(title="Kaffe", venue=venue, principles=[3], starts_in=timedelta(days=-9))
        make_event(title="Kaffe", series=make_series(venue=venue, principles=[1]), series_date=timezone.localdate())
        make_rsvp(event=upcoming, member=organiser)
        rsvp = make_rsvp(event=event, member=member, status="going" if n % 2 else "waitlisted", shown_to="everyone")
        make_access_need(rsvp=rsvp)
        (
            make_question(rsvp=make_rsvp(event=event), event=event),
            make_question(member=member, event=event, answer="Ja"),
        )
        make_proposal(member=member, event=upcoming), make_proposal(state="declined")
        make_season(starts_in=500 * Season.objects.count())
        make_event(title="Utkast", state="draft"), make_event(state="postponed", starts_in=timedelta(days=-9))
        make_sister_event(chapter=make_sister(home_url="https://example.org/", trouble="slow"))
        make_microaction(what="Kaffe", member=member, event=upcoming, principle_id=1, status="done", result="Bra")
        make_microaction(what="Kaffe", member=organiser, event=past, principle_id=2)
        make_makker(member=organiser)
        make_microaction(what="Kaffe", member=member, held=True)
        post = make_post(title="Kaffe", summary_of=past, principles=[1, 2])
        make_post(title="Utkast", is_draft=True)
        make_comment(post=post, member=member, status="held")
    letters = [EmailMessage("Kaffe", "Text", to=["guest@example.org"]) for _ in range(number)]
    mailbox.FileBackend().send_messages(letters)


def _counts(client, names, event):
    """{name: queries that its page takes}, after it has been opened once."""
    return {name: _count(client, name, event) for name in names}


def _count(client, name, event):
    path = reverse(name, args=[event.slug] if name == "event" or name.startswith("event_") else [])
    query = {"q": "kaffe"} if name == "search" else {}
    assert client.get(path, query).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(path, query)
    return len(queries)


@pytest.mark.django_db
def test_lists_cost_the_same_for_one_row_and_for_a_hundred():
    organiser, event, visitor, client = make_organiser(), make_event(), Client(), Client()
    client.force_login(organiser)
    event.hosts.add(organiser)
    retention.run()
    for number in (1, 99):
        _rows(number, organiser=organiser, event=event)
        assert _counts(visitor, PUBLIC | HOME, event) == PUBLIC | HOME
        assert _counts(client, ORGANISERS, event) == ORGANISERS


def test_a_list_for_everybody_costs_at_most_eight():
    assert max(PUBLIC.values()) <= 8
