"""The door list: who came, who walked in, and what it never does to an RSVP."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from chapter.models import AuditEntry
from events import audit, door, rsvps
from events.models import Message, Rsvp, WalkIn
from tests.factories import make_event, make_member, make_organiser, make_rsvp
from tests.threads import at_once

pytestmark = pytest.mark.django_db
Status = Rsvp.Status
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def host(client):
    member = make_member(name="Hild Vert")
    client.force_login(member)
    return member


def make_open_event(*, host=None, **fields):
    event = make_event(**{"starts_in": timedelta(minutes=-10), "hours": 3, **fields})
    if host:
        event.hosts.add(host)
    return event


def tick(client, event, value, age="", **headers):
    return client.post(reverse("door_tick", args=[event.slug]), {"tick": value, "age": age}, headers=headers)


def walk_in(client, event, headers=None, **fields):
    return client.post(reverse("door_walk_in", args=[event.slug]), fields, headers=headers)


def attendance(rsvp):
    rsvp.refresh_from_db()
    return rsvp.attendance


# Who is on it


def test_names_only(client, host):
    event = make_open_event(host=host)
    make_rsvp(event=event, name="Gro Gjest", email="gro@example.org")
    make_rsvp(event=event, status=Status.PENDING, name="Per Ubekreftet", email="per@example.org")
    page = client.get(reverse("event_door", args=[event.slug])).content.decode()
    assert [word in page for word in ("Gro Gjest", "gro@example.org", "Per Ubekreftet")] == [True, False, False]


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("nb", ["Ada", "Zoe", "Ælin", "Østen", "Åse"]),
        ("sv", ["Ada", "Zoe", "Åse", "Ælin", "Östen"]),
        ("en", ["Ada", "Zoe", "Ælin", "Østen", "Åse"]),
    ],
)
def test_names_stand_in_the_order_of_the_readers_alphabet(client, host, language, order):
    event = make_open_event(host=host)
    for name in sorted(order, key=hash):
        make_rsvp(event=event, name=name)
    with translation.override(language):
        response = client.get(reverse("event_door", args=[event.slug]))
    assert [person.name for person in response.context["groups"]["going"]] == order


def test_who_waits_or_had_cancelled_stands_apart(client, host):
    event = make_open_event(host=host)
    make_rsvp(event=event, status=Status.WAITLISTED, name="Vera")
    make_rsvp(event=event, status=Status.CANCELLED, name="Kim", attendance="came")
    make_rsvp(event=event, status=Status.CANCELLED, name="Borte")
    groups = client.get(reverse("event_door", args=[event.slug])).context["groups"]
    assert {name: [p.name for p in rows] for name, rows in groups.items()} == {
        "going": [], "waiting": ["Vera"], "others": ["Kim"],
    }  # fmt: skip


def test_a_title_in_another_language_is_marked_so(client, host):
    event = make_open_event(host=host, title="Kaffe på torget", language="nb")
    names = ("event_door", "event_messages", "event_hosts", "photos_add", "event_attendees", "door_close")
    pages = [client.get(reverse(name, args=[event.slug])).content.decode() for name in names]
    assert [' lang="nb">Kaffe på torget</a>' in page for page in pages] == [True] * len(names)


# Ticking


@pytest.mark.parametrize("status", [Status.GOING, Status.WAITLISTED, Status.CANCELLED])
def test_a_tick_notes_attendance_and_never_the_status(client, host, status):
    event = make_open_event(host=host)
    rsvp = make_rsvp(event=event, status=status)
    response = tick(client, event, f"{rsvp.pk}:yes")
    assert response["Location"] == f"/en/events/{event.slug}/door/#p{rsvp.pk}"
    assert (attendance(rsvp), rsvp.status) == ("came", status)


def test_the_same_tick_twice_is_one_and_it_can_be_taken_back(client, host):
    event = make_open_event(host=host)
    rsvp = make_rsvp(event=event)
    for value in ("yes", "yes", "no"):
        tick(client, event, f"{rsvp.pk}:{value}")
    assert attendance(rsvp) == ""


def test_a_tick_is_answered_with_where_everybody_stands(client, host):
    event = make_open_event(host=host)
    here, away = make_rsvp(event=event), make_rsvp(event=event)
    answer = tick(client, event, f"{here.pk}:yes", **JSON).json()
    assert answer == {"people": {str(here.pk): "came", str(away.pk): ""}, "walkIns": []}


@pytest.mark.parametrize("status", [Status.PENDING, Status.EXPIRED])
def test_who_never_confirmed_is_not_on_the_list(client, host, status):
    event = make_open_event(host=host)
    rsvp = make_rsvp(event=event, status=status)
    response = tick(client, event, f"{rsvp.pk}:yes", **JSON)
    assert (response.status_code, response.json()["why"], attendance(rsvp)) == (409, "gone", "")


def test_nobody_is_ticked_at_another_event(client, host):
    event, elsewhere = make_open_event(host=host), make_rsvp(event=make_open_event())
    assert tick(client, event, f"{elsewhere.pk}:yes", **JSON).status_code == 409
    assert attendance(elsewhere) == ""


@pytest.mark.parametrize("value", ["", "x", "1:maybe", "1" * 19 + ":yes", "-1:yes", "²:yes"])
def test_nonsense_is_refused_and_changes_nothing(client, host, value):
    event = make_open_event(host=host)
    assert tick(client, event, value, **JSON).json()["why"] == "unreadable"


@pytest.mark.django_db(transaction=True)
def test_two_hosts_tick_the_same_and_other_people_at_once():
    event, by = make_open_event(), make_organiser()
    rows = [make_rsvp(event=event) for _ in range(4)]
    at_once(lambda row: door.tick(event=event, rsvp_id=row.pk, came=True, by=by), *rows, *rows)
    assert [attendance(row) for row in rows] == ["came"] * 4


@pytest.mark.django_db(transaction=True)
def test_a_tick_and_a_goodbye_at_once_are_both_kept():
    event, by = make_open_event(), make_organiser()
    rsvp = make_rsvp(event=event)
    verbs = [
        partial(door.tick, event=event, rsvp_id=rsvp.pk, came=True, by=by),
        partial(rsvps.cancel, rsvp_id=rsvp.pk),
    ]
    at_once(lambda verb: verb(), *verbs)
    assert (attendance(rsvp), rsvp.status) == ("came", Status.CANCELLED)


# A tick that arrives late


def pressed(seconds_ago):
    return str(seconds_ago * 1000)


def test_a_tick_that_waited_on_a_phone_never_undoes_a_later_one(client, host):
    event = make_open_event(host=host)
    rsvp = make_rsvp(event=event)
    tick(client, event, f"{rsvp.pk}:yes"), tick(client, event, f"{rsvp.pk}:no")
    late = tick(client, event, f"{rsvp.pk}:yes", age=pressed(3600), **JSON)
    assert (late.status_code, late.json()["why"], attendance(rsvp)) == (409, "overtaken", "")


def test_a_tick_that_arrives_late_and_says_the_same_is_saved(client, host):
    event = make_open_event(host=host)
    rsvp = make_rsvp(event=event)
    tick(client, event, f"{rsvp.pk}:yes")
    assert tick(client, event, f"{rsvp.pk}:yes", age=pressed(3600), **JSON).status_code == 200


def test_a_slow_line_alone_puts_nothing_out_of_order(client, host):
    event = make_open_event(host=host)
    rsvp = make_rsvp(event=event)
    tick(client, event, f"{rsvp.pk}:yes"), tick(client, event, f"{rsvp.pk}:no", age=pressed(20))
    assert attendance(rsvp) == ""


def test_a_tick_pressed_before_the_others_were_noted_still_wins(client, host):
    event = make_open_event(host=host)
    rsvp = make_rsvp(event=event)
    door.close(event_id=event.pk, by=host)
    tick(client, event, f"{rsvp.pk}:yes", age=pressed(3600))
    assert attendance(rsvp) == "came"


@pytest.mark.parametrize("age", ["-5", "x", "9" * 30, "nan"])
def test_an_age_that_cannot_be_is_refused(client, host, age):
    event = make_open_event(host=host)
    rsvp = make_rsvp(event=event)
    assert tick(client, event, f"{rsvp.pk}:yes", age=age, **JSON).json()["why"] == "unreadable"


# What it costs


def queries_of(client, *paths):
    counts = []
    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    return counts


def test_three_people_and_a_hundred_cost_the_same(client, host):
    event = make_open_event(host=host)
    paths = [
        reverse(name, args=[event.slug]) for name in ("event_door", "door_state", "event_messages", "event_hosts")
    ]
    counts = []
    for number in (3, 97):
        for n in range(number):
            make_rsvp(event=event, member=make_member(), status=Status.WAITLISTED if n % 3 else Status.GOING)
            WalkIn.objects.create(event=event)
            Message.objects.create(event=event, language="nb", subject="x", body="x", author=make_member())
        counts.append(queries_of(client, *paths, *paths)[len(paths) :])
    assert counts[0] == counts[1]
    assert counts[0][0] <= 12


def test_the_log_and_the_figures_cost_the_same_for_three_and_a_hundred(client):
    organiser = make_organiser()
    client.force_login(organiser)
    paths, counts = [reverse("organise_log"), reverse("event_figures")], []
    for number in (3, 60):
        for _ in range(number):
            audit.record("door_ticked", make_event(starts_in=timedelta(days=-2)), by=make_organiser())
        counts.append(queries_of(client, *paths, *paths)[len(paths) :])
    assert counts[0] == counts[1]


# The hours


@pytest.mark.parametrize(
    ("hours", "is_open"), [(-25, False), (-23, True), (1, True), (24 * 30, True), (24 * 30 + 2, False)]
)
def test_the_door_is_open_from_a_day_before_until_thirty_days_after(client, host, hours, is_open):
    start = timezone.now()
    event = make_open_event(host=host, starts_at=start, hours=1)
    rsvp = make_rsvp(event=event)
    with time_machine.travel(start + timedelta(hours=hours)):
        client.force_login(host)
        page = client.get(reverse("event_door", args=[event.slug]))
        tick(client, event, f"{rsvp.pk}:yes")
    assert (page.context["is_open"], attendance(rsvp) == "came") == (is_open, is_open)


def test_a_page_that_is_too_early_says_when(client, host):
    event = make_open_event(host=host, starts_in=timedelta(days=9))
    make_rsvp(event=event, name="Gro Gjest")
    page = client.get(reverse("event_door", args=[event.slug])).content.decode()
    assert ("A little early" in page, "Gro Gjest" in page) == (True, False)


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_what_does_not_take_place_has_no_door(client, host, state):
    event = make_open_event(host=host, state=state)
    rsvp = make_rsvp(event=event)
    assert tick(client, event, f"{rsvp.pk}:yes", **JSON).json()["why"] == "closed"


# Walk-ins


def test_a_walk_in_needs_no_name_and_comes_once(client, host):
    event, client_id = make_open_event(host=host), str(uuid4())
    for name in ("Nora", ""):
        answer = walk_in(client, event, headers=JSON, client_id=client_id, name=name).json()
    assert answer["walkIns"] == [client_id]
    assert WalkIn.objects.get().name == "Nora"


@pytest.mark.django_db(transaction=True)
def test_the_same_walk_in_sent_twice_at_once_is_one():
    event, by, client_id = make_open_event(), make_organiser(), uuid4()
    results = at_once(lambda name: door.walk_in(event=event, client_id=client_id, name=name, by=by), "A", "B", "C")
    assert {type(one) for one in results} == {WalkIn}
    assert WalkIn.objects.count() == 1


def test_a_walk_in_is_taken_back(client, host):
    event, client_id = make_open_event(host=host), str(uuid4())
    for _ in range(2):
        walk_in(client, event, client_id=client_id, name="Nora")
        walk_in(client, event, undo=client_id)
    assert WalkIn.objects.count() == 0


# Two phones


def test_the_state_has_no_names_and_is_not_sent_twice(client, host):
    event = make_open_event(host=host)
    make_rsvp(event=event, name="Gro Gjest")
    url = reverse("door_state", args=[event.slug])
    first = client.get(url)
    assert (b"Gro" in first.content, first["Cache-Control"]) == (False, "no-store, private")
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    tick(client, event, f"{Rsvp.objects.get().pk}:yes")
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_whoever_is_signed_out_or_no_host_any_more_is_told_apart(client, host):
    event = make_open_event(host=host)
    event.hosts.clear()
    assert tick(client, event, "1:yes", **JSON).status_code == 404
    client.logout()
    assert tick(client, event, "1:yes", **JSON).status_code == 302


# Afterwards


def test_everyone_else_did_not_come_and_it_can_be_taken_back(client, host):
    event = make_open_event(host=host)
    came, away = make_rsvp(event=event, attendance="came"), make_rsvp(event=event)
    waiting = make_rsvp(event=event, status=Status.WAITLISTED)
    url = reverse("door_close", args=[event.slug])
    client.post(url, {"action": "close"})
    assert [attendance(row) for row in (came, away, waiting)] == ["came", "no_show", ""]
    client.post(url, {"action": "undo"})
    assert [attendance(row) for row in (came, away, waiting)] == ["came", "", ""]


def test_a_tick_wins_over_did_not_come(client, host):
    event = make_open_event(host=host)
    rsvp = make_rsvp(event=event, attendance="no_show")
    tick(client, event, f"{rsvp.pk}:yes")
    assert attendance(rsvp) == "came"


def test_nobody_is_missing_before_it_has_begun(client, host):
    event = make_open_event(host=host, starts_in=timedelta(hours=2))
    rsvp = make_rsvp(event=event)
    client.post(reverse("door_close", args=[event.slug]), {"action": "close"})
    assert attendance(rsvp) == ""


def test_the_log_says_once_that_somebody_stood_at_the_door(client, host):
    event = make_open_event(host=host)
    rows = [make_rsvp(event=event) for _ in range(3)]
    for row in rows:
        tick(client, event, f"{row.pk}:yes")
    assert list(AuditEntry.objects.values_list("verb", "actor")) == [("door_ticked", host.pk)]
