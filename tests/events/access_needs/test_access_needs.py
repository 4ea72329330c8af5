"""What a person needs to take part: asked only where the event asks, seen by its hosts, gone when it should be."""

from datetime import UTC, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chapter.privacy import registry as privacy_register
from events import access_needs, planning, rsvps
from events.models import AccessNeed, Rsvp
from events.planning import initial_of
from tests.everywhere.hostile import _event_fields
from tests.factories import make_access_need, make_event, make_member, make_organiser, make_rsvp

pytestmark = pytest.mark.django_db
S = Rsvp.Status
TOLD = {"text": "A seat near the door", "consent": "on"}


@pytest.fixture
def event():
    event = make_event(asks_access_needs=True)
    event.hosts.add(make_member(name="Hanna Host"))
    return event


def page_of(rsvp):
    return reverse("access_need", args=[rsvp.token])


def test_a_new_event_does_not_ask(organiser_client):
    assert not organiser_client.get(reverse("event_new")).context["form"]["asks_access_needs"].value()
    assert make_event().asks_access_needs is False


def test_a_guest_tells_on_the_page_of_their_link_and_nothing_is_ticked_for_them(client, event):
    rsvp = make_rsvp(event=event)
    assert page_of(rsvp) in client.get(rsvp.get_absolute_url()).content.decode()
    page = client.get(page_of(rsvp))
    assert (page.context["form"]["consent"].value(), "Hanna Host" in page.content.decode()) == (None, True)
    client.post(page_of(rsvp), TOLD)
    assert AccessNeed.objects.get().text == TOLD["text"]


def test_a_member_finds_the_way_on_the_events_page(client, event):
    rsvp = make_rsvp(event=event, member=make_member())
    address = reverse("event", args=[event.slug])
    assert page_of(rsvp) not in client.get(address).content.decode()
    client.force_login(rsvp.member)
    assert page_of(rsvp) in client.get(address).content.decode()


def test_words_without_a_yes_are_not_stored(client, event):
    response = client.post(page_of(make_rsvp(event=event)), {"text": "Canary"})
    assert (response.status_code, AccessNeed.objects.count()) == (200, 0)
    assert response.context["form"].errors["consent"]


@pytest.mark.parametrize("state", [S.PENDING, S.CANCELLED, S.REMOVED, S.EXPIRED])
def test_only_who_is_on_the_list_may_tell(client, event, state):
    response = client.post(page_of(make_rsvp(event=event, status=state)), TOLD)
    assert (response.status_code, AccessNeed.objects.count()) == (404, 0)


def test_nobody_is_asked_where_there_is_no_host_to_read_it(client, event):
    event.hosts.clear()
    assert client.get(page_of(make_rsvp(event=event))).status_code == 404


def test_the_link_of_a_member_shows_nothing_to_somebody_else(client, event):
    rsvp = make_rsvp(event=event, member=make_member())
    make_access_need(rsvp=rsvp)
    client.force_login(make_organiser())
    assert client.get(page_of(rsvp)).status_code == 404


@pytest.mark.parametrize("fields", [{"withdraw": "1"}, {"text": ""}], ids=["button", "no words"])
def test_it_is_taken_back_at_once(client, event, fields):
    need = make_access_need(event=event)
    client.post(page_of(need.rsvp), fields)
    assert not AccessNeed.objects.exists()


def test_it_can_be_taken_back_when_the_event_is_over(client, event):
    need = make_access_need(event=event)
    type(event).objects.update(
        starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1)
    )
    assert client.get(page_of(need.rsvp)).status_code == 200
    client.post(page_of(need.rsvp), {"withdraw": "1"})
    assert not AccessNeed.objects.exists()


def test_it_goes_with_the_place_on_the_list(event):
    left, removed = make_access_need(event=event), make_access_need(event=event)
    rsvps.cancel(rsvp_id=left.rsvp_id)
    rsvps.remove(rsvp_id=removed.rsvp_id, by=make_organiser())
    assert not AccessNeed.objects.exists()


def test_it_stays_with_the_guest_who_becomes_a_member(event):
    need = make_access_need(rsvp=make_rsvp(event=event, email="kari@example.org"))
    rsvps.adopt_guest_rows(make_member(email="kari@example.org"))
    assert AccessNeed.objects.get() == need


def test_stopping_to_ask_asks_first_and_then_deletes(client, event):
    organiser = make_organiser()
    client.force_login(organiser)
    make_access_need(event=event)
    fields = {**_event_fields(organiser), "asks_access_needs": "", "reason": "x"}
    address = reverse("event_edit", args=[event.slug])
    fields = {name: value for name, value in fields.items() if name != "asks_access_needs"}
    response = client.post(address, {**fields, "version": planning.fingerprint(event)})
    assert ("forget_needs" in response.context["form"].errors, AccessNeed.objects.count()) == (True, 1)
    client.post(address, {**fields, "forget_needs": "on", "version": planning.fingerprint(event)})
    assert AccessNeed.objects.count() == 0


def test_an_edit_that_goes_on_asking_deletes_nothing(event):
    make_access_need(event=event)
    assert initial_of(event)["asks_access_needs"] is True
    text = {"language": "nb", "title": "Kaffe", "body": ""}
    names = ("kind", "time_zone", "venue", "online_url", "capacity", "starts_at", "ends_at")
    columns = {**{name: getattr(event, name) for name in names}, "asks_access_needs": True}
    planning.edit(event.pk, version=planning.fingerprint(event), columns=columns, text=text, hosts=[], principles=[])
    assert AccessNeed.objects.count() == 1


def test_a_page_that_shows_it_is_kept_by_nobody(client, event):
    need = make_access_need(event=event)
    assert "no-store" in client.get(page_of(need.rsvp))["Cache-Control"]
    client.force_login(event.hosts.get())
    page = client.get(reverse("event_access_needs", args=[event.slug]))
    assert ("no-store" in page["Cache-Control"], need.text in page.content.decode()) == (True, True)


def test_it_is_in_the_persons_own_export_and_goes_with_the_account(event):
    member = make_member()
    make_access_need(rsvp=make_rsvp(event=event, member=member)), make_access_need(event=event)
    rows = privacy_register.export(member)["events.AccessNeed"]
    assert [(row["event"], row["text"]) for row in rows] == [(event.slug, "A seat near the door")]
    privacy_register.erase(member, keep_texts=True)
    assert AccessNeed.objects.filter(rsvp__member=None, rsvp__name="").count() == 0


def test_the_day_it_says_is_the_day_it_goes(time_machine):
    time_machine.move_to(timezone.datetime(2026, 3, 4, 12, tzinfo=UTC))
    event = make_event(asks_access_needs=True)
    make_access_need(event=event)
    night = timezone.make_aware(
        timezone.datetime.combine(access_needs.deleted_on(event), timezone.datetime.min.time())
    )
    time_machine.move_to(night - timedelta(days=1, hours=-1))
    list(privacy_register.expire_each())
    assert AccessNeed.objects.count() == 1
    time_machine.move_to(night + timedelta(hours=4))
    list(privacy_register.expire_each())
    assert AccessNeed.objects.count() == 0


def test_what_was_told_for_a_cancelled_event_goes_the_same_night(event):
    make_access_need(event=event)
    planning.cancel(event.pk, reason="Rain")
    list(privacy_register.expire_each())
    assert not AccessNeed.objects.exists()
