"""A meetup that came of a microaction: told by its person, or by an organiser."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from microactions import origins
from microactions.models import Microaction
from microactions.origins.forms import MeetupForm
from tests.factories import make_event, make_member, make_microaction, make_organiser

pytestmark = pytest.mark.django_db


def tell(client, microaction, event):
    address = reverse("microaction_meetup", args=[microaction.token])
    client.post(address, {"led_to": event.pk if event else ""})
    return Microaction.objects.get(pk=microaction.pk).led_to


def link(client, event, **fields):
    return client.post(reverse("event_origins", args=[event.slug]), fields)


@pytest.fixture
def organiser(client):
    member = make_organiser()
    client.force_login(member)
    return member


# Its person


@pytest.mark.parametrize(
    ("status", "offered"), [("done", True), ("partly", True), ("open", False), ("let_go", False)]
)
def test_offered_when_there_is_a_result(client, read, status, offered):
    made, event = make_microaction(status=status), make_event()
    assert ("It led to a meetup" in read("microaction_manage", made.token)) == offered
    assert tell(client, made, event) == (event if offered else None)


def test_person_tells_and_takes_it_back(client):
    made, event = make_microaction(status="done"), make_event()
    assert tell(client, made, event) == event
    assert tell(client, made, None) is None


@pytest.mark.parametrize(
    ("days", "state", "taken"),
    [
        (-59, "published", True),
        (-61, "published", False),
        (364, "published", True),
        (366, "published", False),
        (7, "draft", False),
        (7, "cancelled", True),
    ],
)
def test_announced_meetups_from_two_months_back_to_a_year_ahead(client, days, state, taken):
    event = make_event(starts_in=timedelta(days=days), state=state)
    assert (tell(client, make_microaction(status="done"), event) == event) == taken


def test_nearest_meetups_and_the_chosen_one_are_offered_however_many_there_are():
    far = make_event(starts_in=timedelta(days=200))
    near = [make_event(starts_in=timedelta(days=sign * day)) for sign in (-1, 1) for day in range(1, 33)]
    offered = list(MeetupForm(user=AnonymousUser(), chosen_id=far.pk).fields["led_to"].queryset)
    behind, ahead = near[:30], near[32:62]
    assert offered == [far, *reversed(ahead), *behind]


def test_organiser_may_choose_a_draft_which_others_do_not_see(client, organiser):
    draft = make_event(title="Not announced", state="draft")
    made = make_microaction(status="done", member=organiser)
    assert tell(client, made, draft) == draft
    assert "Not announced" in client.get(made.get_absolute_url()).content.decode()
    client.logout()
    assert "Not announced" not in client.get(made.get_absolute_url()).content.decode()


def test_microactions_page_tells_of_the_meetup(client):
    made = make_microaction(status="done", led_to=make_event(title="Neste stasjon"))
    text = client.get(f"/en/microactions/{made.pk}/").content.decode()
    assert "It led to this meetup:" in text
    assert "Neste stasjon" in text


# Organisers


def test_organiser_links_and_unlinks(client, organiser):
    made, event = make_microaction(), make_event()
    link(client, event, microaction=made.pk)
    assert list(event.origins.all()) == [made]
    link(client, event, unlink=made.pk)
    assert list(event.origins.all()) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"visibility": "me"},
        {"visibility": "event"},
        {"held": True},
        {"status": "let_go"},
        {"created_at": timezone.now() - timedelta(days=366)},
    ],
)
def test_only_shared_ones_of_the_last_year_can_be_chosen(client, organiser, fields):
    made, event = make_microaction(what="Not to be chosen", **fields), make_event()
    assert "Not to be chosen" not in client.get(event.get_absolute_url()).content.decode()
    link(client, event, microaction=made.pk)
    assert list(event.origins.all()) == []


def test_what_led_to_one_meetup_is_not_taken_for_another(client, organiser):
    made, other = make_microaction(led_to=make_event()), make_event()
    link(client, other, microaction=made.pk)
    link(client, other, unlink=made.pk)
    with pytest.raises(Microaction.DoesNotExist):
        origins.link_origin(made, event=other, by=organiser)
    assert Microaction.objects.get().led_to != other
    assert Microaction.objects.get().led_to is not None


def test_private_ones_link_is_not_an_organisers_to_take_away(organiser):
    made = make_microaction(visibility="me", led_to=make_event())
    origins.unlink_origin(made.pk, event=made.led_to, by=organiser)
    assert Microaction.objects.get().led_to


def test_verbs_are_for_organisers(client):
    made, event, member = make_microaction(), make_event(), make_member()
    for verb in (
        lambda: origins.link_origin(made, event=event, by=member),
        lambda: origins.unlink_origin(made.pk, event=event, by=member),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    assert reverse("event_origins", args=[event.slug]) not in client.get(event.get_absolute_url()).content.decode()
