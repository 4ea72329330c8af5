"""A place that is written on the form: for this event alone, or kept as a venue; right wherever a place is read."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events import calendars, planning
from events.calendars.links import place_of
from events.listings import towns_ahead
from events.models import Event, Venue
from events.sharing.structured_data import locations_of
from tests.events.planning.test_organise import NOWHERE, _english, as_shown, error_of, organiser, typed
from tests.factories import make_event, make_proposal, make_rsvp, make_venue
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
__all__ = ["_english", "organiser"]
PARK = "Slottsparken, Parkveien 1, Eksempelby"


def make_place(line=PARK):
    return make_venue(**Venue.parts_of(line), is_listed=False)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Slottsparken", ("Slottsparken", "", "")),
        ("Slottsparken, Eksempelby", ("Slottsparken", "", "Eksempelby")),
        (PARK, ("Slottsparken", "Parkveien 1", "Eksempelby")),
        (" A ,, B, C , D ", ("A", "B, C", "D")),
        ("Slottsparken, 0150 Eksempelby", ("Slottsparken", "", "0150 Eksempelby")),
        ("Slottsparken, vi ses ved porten", ("Slottsparken", "vi ses ved porten", "")),
        (f"A, {'B' * 81}", ("A", "B" * 81, "")),
    ],
)
def test_a_written_place_has_a_name_a_street_and_a_town(line, parts):
    assert tuple(Venue.parts_of(line).values()) == parts


@pytest.mark.parametrize("line", ["Slottsparken", "Slottsparken, Eksempelby", PARK])
def test_a_place_reads_as_it_was_written(line):
    assert make_place(line).line == line


# Writing


def test_written_place_is_of_this_event_alone(client, organiser):
    client.post(reverse("event_new"), typed(venue="", place=PARK))
    place = Event.objects.get().venue
    assert (place.name, place.address, place.city) == ("Slottsparken", "Parkveien 1", "Eksempelby")
    assert place not in client.get(reverse("venues")).context["venues"]
    assert place not in client.get(reverse("event_new")).context["form"].fields["venue"].queryset
    assert client.get(reverse("venue_edit", args=[place.pk])).status_code == 404


def test_written_place_can_be_kept_as_a_venue(client, organiser):
    make_venue()
    client.post(reverse("event_new"), typed(venue="", place=PARK, saves_venue="on"))
    place = Event.objects.get().venue
    assert place in client.get(reverse("venues")).context["venues"]
    assert "added the venue" in client.get(reverse("organise_log")).content.decode()


def test_a_venue_that_is_written_out_is_that_venue(client, organiser):
    venue = make_venue()
    client.post(reverse("event_new"), typed(venue="", place="kafé eksempel, Eksempelgata 1, Eksempelby"))
    assert Event.objects.get().venue == venue


def test_a_venue_and_another_place_are_not_both_taken(client, organiser):
    response = client.post(reverse("event_new"), typed(place=PARK))
    assert error_of(response, "place") == "You chose a venue and wrote another place, too. Empty one of them."


def test_no_place_at_all_is_refused(client, organiser):
    response = client.post(reverse("event_new"), typed(venue=""))
    assert error_of(response, "venue") == NOWHERE


def test_refused_form_leaves_no_place_behind(client, organiser):
    client.post(reverse("event_new"), typed(venue="", place=PARK, title=""))
    assert not Venue.objects.filter(name="Slottsparken").exists()


# Editing


def test_edit_page_shows_the_written_place_and_saving_it_moves_nothing(client, organiser):
    event = make_event(venue=make_place(), starts_at=timezone.now().replace(microsecond=0) + timedelta(days=9))
    make_rsvp(event=event)
    client.post(reverse("event_edit", args=[event.slug]), as_shown(client, event, title="Another title"))
    event.refresh_from_db()
    assert (event.sequence, event.venue.line, event.wording.title) == (0, PARK, "Another title")


def test_keeping_the_place_as_a_venue_mails_nobody(client, organiser, mailoutbox):
    event = make_event(venue=make_place())
    make_rsvp(event=event)
    client.post(reverse("event_edit", args=[event.slug]), as_shown(client, event, saves_venue="on"))
    deliver_all()
    event.refresh_from_db()
    assert (event.venue.is_listed, event.sequence, mailoutbox) == (True, 0, [])


def test_another_place_is_a_move_with_a_reason_and_the_old_one_is_forgotten(client, organiser, mailoutbox):
    event = make_event(venue=make_place(), title="Coffee")
    make_rsvp(event=event)
    sent = as_shown(client, event, place="Fontenen, Eksempelby")
    assert error_of(client.post(reverse("event_edit", args=[event.slug]), sent), "reason")
    client.post(reverse("event_edit", args=[event.slug]), {**sent, "reason": "Rain"})
    deliver_all()
    event.refresh_from_db()
    assert (event.sequence, list(Venue.objects.all())) == (1, [event.venue])
    assert "Fontenen, Eksempelby\n" in mailoutbox[0].body


def test_a_venue_that_is_chosen_takes_the_place_of_the_written_one(client, organiser):
    event, venue = make_event(venue=make_place(), state="draft"), make_venue()
    client.post(reverse("event_edit", args=[event.slug]), as_shown(client, event, venue=venue.pk))
    event.refresh_from_db()
    assert (event.venue, list(Venue.objects.all())) == (venue, [venue])


def test_a_place_that_a_copy_still_has_stays():
    event = make_event(venue=make_place(), state="draft")
    copy = planning.duplicate(event.pk)
    planning.delete_draft(event.pk)
    assert copy.venue.line == PARK
    planning.delete_draft(copy.pk)
    assert not Venue.objects.exists()


def test_a_venue_of_the_list_outlasts_its_draft():
    venue = make_venue()
    planning.delete_draft(make_event(venue=venue, state="draft").pk)
    assert list(Venue.objects.all()) == [venue]


# A proposal


def test_the_place_of_a_proposal_stands_in_the_form_and_is_taken(client, organiser):
    proposal = make_proposal(place="Slottsparken")
    address = reverse("proposal_decide", args=[proposal.pk])
    assert client.get(address).context["accept"]["place"].value() == "Slottsparken"
    form = typed(venue="", place="Slottsparken", answer_is="yes")
    client.post(address, form)
    assert Event.objects.get().venue.line == "Slottsparken"


def test_a_venue_can_be_chosen_for_a_proposal_without_emptying_its_place(client, organiser):
    proposal = make_proposal(place="Slottsparken")
    client.post(reverse("proposal_decide", args=[proposal.pk]), typed(place="Slottsparken", answer_is="yes"))
    assert Event.objects.get().venue.name == "Kafé Eksempel"


# Wherever a place is read


@pytest.mark.parametrize("line", ["Slottsparken", "Slottsparken, Eksempelby", PARK])
def test_calendars_have_the_place_as_it_was_written(line):
    event = make_event(venue=make_place(line))
    assert place_of(event) == line
    ics = calendars.event_ics(event, language="nb").decode().replace("\r\n ", "")
    assert f"LOCATION:{line}\r\n".replace(", ", "\\, ") in ics


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("Slottsparken", "Slottsparken"),
        ("Slottsparken, Eksempelby", {"@type": "PostalAddress", "addressLocality": "Eksempelby"}),
        (
            PARK,
            {"@type": "PostalAddress", "streetAddress": "Parkveien 1", "addressLocality": "Eksempelby"},
        ),
    ],
)
def test_machines_read_no_empty_address(line, address):
    place = locations_of(make_event(venue=make_place(line)))
    assert place == {"@type": "Place", "name": "Slottsparken", "address": address}


def test_pages_and_lists_show_no_stray_comma(client):
    event = make_event(venue=make_place("Slottsparken"))
    pages = [client.get(address).content.decode() for address in (event.get_absolute_url(), "/en/events/", "/en/")]
    texts = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)) for page in pages]
    assert all("Slottsparken" in text and "Slottsparken ," not in text and ", ," not in text for text in texts)


def test_mails_have_the_place_as_it_was_written(mailoutbox):
    rsvp = make_rsvp(event=make_event(venue=make_place("Slottsparken"), title="Coffee"), language="en")
    planning.cancel(rsvp.event_id, reason="Rain")
    deliver_all()
    assert "Slottsparken\n" in mailoutbox[0].body


def test_a_written_town_is_no_filter_and_is_found_by_the_venues_town():
    make_event(venue=make_place("Hos Kari, Grenda"))
    make_event(venue=make_venue())
    assert set(towns_ahead()) == {"Eksempelby"}


def test_embedded_list_has_the_place(client):
    make_event(venue=make_place(PARK))
    (event,) = json.loads(client.get(reverse("events_json")).content)["events"]
    assert event["venue"] == {"name": "Slottsparken", "address": "Parkveien 1", "city": "Eksempelby"}
