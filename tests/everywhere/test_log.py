"""Everything that an organiser can press leaves a line in the log, and the line names nobody."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from chapter import audit
from chapter.models import AuditEntry
from chapter.privacy import registry as privacy_register
from chapter.wordings import adopt_wording
from events import planning, rsvps
from events.audit import title_of
from tests.everywhere.hostile import FORMS
from tests.everywhere.test_access import ROWS
from tests.everywhere.test_hostile import prepared
from tests.factories import make_event, make_member, make_organiser, make_rsvp

pytestmark = pytest.mark.django_db

# What only those who run the chapter, or the event, may open: others are turned away.
CLOSED = {
    name
    for name, _arguments, expected in ROWS
    if expected["other"] in (403, 404) and expected["organiser"] in (200, 405)
}
# Address → why it may leave no line.
NO_LINE = {"photo_move": "the only photo of its event has nowhere to go: nothing happens"}
PRESSED = [row for row in FORMS if row[2] == "organiser" and row[0] in CLOSED and row[0] not in NO_LINE]


@pytest.mark.parametrize(
    ("name", "arguments", "who", "fields"), PRESSED, ids=[f"{n}-{row[0]}" for n, row in enumerate(PRESSED)]
)
def test_what_an_organiser_presses_is_in_the_log(name, arguments, who, fields):
    organiser, client = make_organiser(), Client(headers={"origin": "http://testserver"})
    client.force_login(organiser)
    path, fields = prepared(name, arguments, organiser, fields)
    before = AuditEntry.objects.count()
    assert client.post(path, fields)["Location"]
    lines = AuditEntry.objects.latest_first()[: AuditEntry.objects.count() - before]
    assert {line.actor for line in lines} == {organiser}


def test_every_form_of_organisers_is_pressed_here():
    """The table above is not empty by a slip, and an exception is about an address that is there."""
    assert {"event_publish", "post_edit", "members", "chapter_edit", "door_tick"} <= CLOSED | {"members"}
    assert set(NO_LINE) <= CLOSED
    assert len(PRESSED) > 30


def lines(**fields):
    return list(AuditEntry.objects.latest_first().values_list(*fields or ("verb",), flat=True))


def test_a_refused_change_leaves_no_line():
    event = make_event(state="cancelled")
    assert planning.publish(event.pk, by=make_organiser()) is None
    assert lines() == []


def test_the_log_never_names_whom_it_is_about():
    rsvp = make_rsvp(name="Gro Gjest", email="gro@example.org")
    rsvps.remove(rsvp_id=rsvp.pk, by=make_organiser())
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.about) == ("attendee_removed", "Lean Coffee")


@pytest.fixture
def reader(client):
    member = make_organiser(name="Ola Arrangør")
    client.force_login(member)
    with translation.override("en"):
        yield client, member


def page(client, **query):
    return client.get(reverse("organise_log"), query).content.decode()


def test_the_log_says_who_did_what_and_leads_there(reader):
    client, member = reader
    event = make_event(title="Kaffe", state="draft")
    planning.publish(event.pk, by=member)
    text = " ".join(page(client).split())
    assert (
        f'<strong>Ola Arrangør</strong> published the event <a href="{event.get_absolute_url()}">“Kaffe”</a>' in text
    )


def test_what_is_gone_has_no_link(reader):
    client, member = reader
    event = make_event(title="Kaffe", state="draft")
    planning.delete_draft(event.pk, by=member)
    text = page(client)
    assert "“Kaffe”" in text
    assert event.get_absolute_url() not in text


def test_the_log_is_narrowed_by_person_and_by_event(reader):
    client, member = reader
    other = make_organiser(name="Kari Eksempel")
    first, second = make_event(title="Kaffe", state="draft"), make_event(title="Te", state="draft")
    planning.publish(first.pk, by=member)
    planning.publish(second.pk, by=other)
    entries = client.get(reverse("organise_log"), {"person": other.pk}).context["page"]
    assert [entry.about for entry in entries] == ["Te"]
    entries = client.get(reverse("organise_log"), {"event": first.pk}).context["page"]
    assert [entry.about for entry in entries] == ["Kaffe"]


@pytest.mark.parametrize("query", [{"person": "x"}, {"event": "9" * 40}, {"event": "²"}, {"page": "-1"}])
def test_a_filter_that_makes_no_sense_is_passed_over(reader, query):
    client, member = reader
    planning.publish(make_event(title="Kaffe", state="draft").pk, by=member)
    assert "“Kaffe”" in page(client, **query)


def test_who_has_left_is_not_the_site(reader):
    client, _member = reader
    gone = make_organiser(name="Kari Eksempel")
    planning.publish(make_event(state="draft").pk, by=gone)
    planning.publish(make_event(state="draft").pk)
    privacy_register.erase(gone, keep_texts=True)
    text = page(client)
    assert (text.count("Former member"), text.count("<strong>The site"), "Kari" in text) == (1, 1, False)


def test_counts_are_said_in_the_readers_language():
    with translation.override("nb"):
        assert [audit.sentence("seats_set", count) for count in (1, 9)] == [
            "satte grensen til 1 plass for arrangementet",
            "satte grensen til 9 plasser for arrangementet",
        ]


def test_an_event_keeps_its_name_when_the_text_it_was_first_written_in_changes():
    event = make_event(title="Kaffe", language="nb")
    adopt_wording(event, language="sv", title="Fika")
    adopt_wording(event, language="nb", title="Ny kaffe")
    assert title_of(event) == "Ny kaffe"


def test_the_log_is_kept_for_two_years():
    for days in (729, 731):
        AuditEntry.objects.create(verb="x", at=timezone.now() - timedelta(days=days))
    list(privacy_register.expire_each())
    assert AuditEntry.objects.count() == 1


def test_a_member_gets_their_own_lines():
    member = make_organiser()
    planning.publish(make_event(title="Kaffe", state="draft").pk, by=member)
    planning.publish(make_event(title="Te", state="draft").pk, by=make_member())
    rows = privacy_register.export(member)["chapter.AuditEntry"]
    assert [(row["verb"], row["about"]) for row in rows] == [("event_published", "Kaffe")]
