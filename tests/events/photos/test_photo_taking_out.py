"""“Take me out”: hidden at once and everywhere, its old address gives nothing, the organisers are told once and decide."""

import os
from datetime import timedelta

import pytest
import time_machine
from django.core import mail, signing
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from chapter.forms import SALT
from chapter.models import AuditEntry, Delivery, Image, Member
from chapter.pictures import withdrawing
from chapter.privacy import registry as privacy_register
from events import photos
from events.models import Photo
from events.photos import taking_out
from tests.factories import make_event, make_member, make_organiser, make_photo, make_post
from tests.mail import deliver_all
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(starts_in=timedelta(days=-2))


def opened():
    return signing.dumps(int(timezone.now().timestamp()) - 10, salt=SALT)


def ask(client, photo, **fields):
    fields = {"note": "", "opened": opened(), "website": "", **fields}
    path = reverse("photo_take_out", args=[photo.pk])
    return client.post(path, fields, headers={"origin": "http://testserver"})


def status_of(client, address):
    return client.get(address).status_code


def public_pages(client, event, post):
    names = [("home",), ("event", event.slug), ("event_photos", event.slug), ("blog",), ("post", post.slug)]
    names += [("events_feed",), ("blog_feed",), ("event_ics", event.slug), ("search",), ("events_past",)]
    names += [("events_json",), ("embed",), ("desk",), ("me",)]
    return {one: client.get(reverse(one[0], args=one[1:]), {"q": "cups"}).content.decode() for one in names}


def test_it_is_hidden_everywhere_at_once(client, event):
    photo = make_photo(event=event, caption="Secret caption")
    post, old = make_post(cover=photo.image, summary_of=event), photo.image.file
    seen = [name for name, text in public_pages(client, event, post).items() if old.name in text]
    assert {name[0] for name in seen} >= {"event", "event_photos", "post"}
    assert status_of(client, old.url) == 200
    assert ask(client, photo)["Location"] == f"/nb/events/{event.slug}/photos/taken-out/"
    photo = Photo.objects.select_related("image").get()
    leaks = (old.name, photo.image.withdrawn_file, "Secret caption")
    assert not [
        name for name, text in public_pages(client, event, post).items() if any(leak in text for leak in leaks)
    ]
    assert status_of(client, old.url) == 404


def test_no_file_of_the_exported_site_has_it(event, tmp_path):
    photo = make_photo(event=event, caption="Secret caption")
    make_post(cover=photo.image, summary_of=event, body=f"![cups]({photo.image.file.url})")
    kept = make_photo(event=event, caption="Still here")
    taking_out.take_out(photo, note="Secret note")
    call_command("export_site", str(tmp_path / "site"))
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    found = b"".join(path.read_bytes() for path in files if path.suffix != ".webp")
    assert (b"Secret" in found, b"Still here" in found) == (False, True)
    assert [path.name for path in files if path.suffix == ".webp"] == [kept.image.file.name.removeprefix("images/")]


def test_every_rendition_leaves_its_address(client, event):
    photo = make_photo(event=event, hidden=True)
    assert not default_storage.exists(photo.image.file.name)
    assert default_storage.exists(photo.image.withdrawn_file)


def test_getting_the_page_changes_nothing(client, event):
    photo = make_photo(event=event)
    client.get(reverse("photo_take_out", args=[photo.pk]))
    assert event.photos.shown().count() == 1


def test_asking_twice_says_the_same_and_tells_nobody_again(client, event):
    make_organiser()
    photo = make_photo(event=event)
    assert ask(client, photo)["Location"] == ask(client, photo)["Location"]
    assert (Delivery.objects.count(), AuditEntry.objects.count()) == (1, 1)


def test_a_photo_that_nobody_sees_cannot_be_asked_about(client, event):
    assert ask(client, make_photo(event=event, is_described=False)).status_code == 404
    assert ask(client, make_photo(event=make_event(state="draft"))).status_code == 404


def test_machines_are_told_to_try_again(client, event):
    photo = make_photo(event=event)
    assert ask(client, photo, website="http://spam.example.org").status_code == 200
    assert event.photos.shown().count() == 1


@pytest.mark.usefixtures("early_in_the_hour")
def test_there_is_a_limit_in_the_hour(client, event):
    photo = make_photo(event=event)
    answers = [ask(client, photo, note="x" * 501).status_code for _ in range(31)]
    assert (answers[:30], answers[30], event.photos.shown().count()) == ([200] * 30, 429, 1)


# The yes of the people in it, taken back


def describe(photo, **fields):
    fields = {"alt": "Cups", "caption": "", "credit": "", "people_agreed": True, "by": make_organiser(), **fields}
    return photos.describe(photo, **fields)


def test_a_photo_whose_yes_is_taken_back_leaves_its_address_too(client, event):
    photo = make_photo(event=event)
    describe(photo, people_agreed=False)
    assert status_of(client, photo.image.file.url) == 404
    assert not event.photos.shown().exists()


def test_with_a_yes_again_it_is_shown_under_a_new_address(client, event):
    photo = make_photo(event=event)
    describe(photo, people_agreed=False)
    again = describe(photo)
    assert (status_of(client, photo.image.file.url), status_of(client, again.image.file.url)) == (404, 200)
    assert again.image.file.url in client.get(reverse("event_photos", args=[event.slug])).content.decode()


def test_hosts_still_see_a_photo_whose_yes_is_taken_back(organiser_client, event):
    photo = describe(make_photo(event=event), people_agreed=False)
    page = organiser_client.get(reverse("photo_edit", args=[event.slug, photo.pk])).content.decode()
    assert Image.objects.get().withdrawn_file in page


def test_a_disk_that_refuses_to_bring_it_back_saves_nothing(organiser_client, event, monkeypatch):
    photo = make_photo(event=event)
    describe(photo, people_agreed=False)
    path = reverse("photo_edit", args=[event.slug, photo.pk])
    with monkeypatch.context() as disk:
        disk.setattr(os, "replace", _refuse)
        response = organiser_client.post(path, {"alt": "New words", "people_agreed": "on"}, follow=True)
    assert [str(one) for one in response.context["messages"]]
    image = Image.objects.get()
    assert (image.alt, bool(image.withdrawn_file), event.photos.shown().exists()) == ("Cups", True, False)


def test_a_description_saved_while_somebody_asks_to_be_taken_out_shows_nothing(client, event):
    photo = make_photo(event=event)
    taking_out.take_out(photo)
    describe(photo)
    assert Image.objects.get().withdrawn_file
    assert not event.photos.shown().exists()


def test_a_browser_asks_again_within_the_hour(client, event):
    response = client.get(make_photo(event=event).image.file.url)
    assert response["Cache-Control"] == "public, max-age=3600"
    again = client.get(
        make_photo(event=event).image.file.url, headers={"If-Modified-Since": response["Last-Modified"]}
    )
    assert again.status_code in (200, 304)


def test_the_log_calls_the_event_by_its_title():
    photo = make_photo(event=make_event(title="Kaffe på torget", starts_in=timedelta(days=-2)))
    taking_out.take_out(photo)
    taking_out.show_again(photo, by=make_organiser())
    photos.delete(describe(photo), by=make_organiser())
    assert set(AuditEntry.objects.values_list("about", flat=True)) == {"Kaffe på torget"}


# Failure


def test_a_disk_that_refuses_leaves_it_hidden_and_a_job_moves_the_files(client, event, monkeypatch):
    photo = make_photo(event=event)
    with monkeypatch.context() as disk:
        disk.setattr(os, "replace", _refuse)
        assert ask(client, photo)["Location"].endswith("?soon=1")
    assert not event.photos.shown().exists()
    job = ProcrastinateJob.objects.get(task_name="chapter.move_withdrawn")
    withdrawing.move_withdrawn(**job.args)
    assert not default_storage.exists(photo.image.file.name)


def _refuse(*names):
    raise OSError("read-only file system")


def test_a_crash_between_two_files_is_put_right(event):
    photo = make_photo(event=event)
    taking_out._hide(photo, "")
    assert default_storage.exists(photo.image.file.name)
    withdrawing.move_withdrawn(photo.image_id)
    withdrawing.move_withdrawn(photo.image_id)
    assert default_storage.exists(Image.objects.get().withdrawn_file)


# Telling


def test_hosts_and_organisers_are_told_in_their_language(event):
    make_member()
    event.hosts.add(make_member(language="sv", email="host@example.org"))
    event.hosts.add(make_organiser(language="en", email="both@example.org"))
    taking_out.take_out(make_photo(event=event), note="It is me, and private.")
    deliver_all()
    assert [letter.to for letter in mail.outbox] == [["host@example.org"], ["both@example.org"]]
    assert [letter.extra_headers["Content-Language"] for letter in mail.outbox] == ["sv", "en"]
    assert not any("private" in letter.body for letter in mail.outbox)


def test_a_letter_that_a_decision_has_overtaken_is_not_sent(event):
    organiser, photo = make_organiser(), make_photo(event=event, hidden=True)
    taking_out.show_again(photo, by=organiser)
    deliver_all()
    assert mail.outbox == []


@pytest.mark.parametrize("was", ["organiser", "host"])
def test_who_no_longer_decides_when_the_letter_is_sent_gets_none(client, event, mailoutbox, was):
    reader = make_organiser() if was == "organiser" else make_member()
    if was == "host":
        event.hosts.add(reader)
    ask(client, make_photo(event=event))
    Member.objects.filter(pk=reader.pk).update(is_organiser=False)
    event.hosts.clear()
    deliver_all()
    assert mailoutbox == []


@pytest.mark.django_db(transaction=True)
def test_told_once_when_many_ask_at_once(event):
    make_organiser()
    photo = make_photo(event=event)
    assert at_once(lambda note: taking_out.take_out(photo, note=note), *"abcd") == [True] * 4
    assert (Delivery.objects.count(), AuditEntry.objects.count()) == (1, 1)
    assert default_storage.exists(Image.objects.get().withdrawn_file)


# Deciding


def test_the_desk_says_which_posts_show_it(organiser_client, event):
    covered, quoted = make_photo(event=event), make_photo(event=event)
    make_post(title="Covered", cover=covered.image)
    make_post(title="Quoted", body=f"![Cups]({quoted.image.file.url})")
    make_post(title="Neither")
    for photo in (covered, quoted):
        taking_out.take_out(photo)
    text = organiser_client.get(reverse("desk")).content.decode()
    tasks_shown = [part for part in text.split('<li class="desk__task">') if "/decide/" in part]
    assert [("Covered" in part, "Quoted" in part) for part in tasks_shown] == [(True, False), (False, True)]
    assert "Neither" not in text


def test_the_lists_cost_the_same_for_one_and_for_several(organiser_client):
    costs = []
    for number in (1, 4):
        for _ in range(number):
            make_post(cover=make_photo(hidden=True).image)
        costs.append([_cost(organiser_client, name) for name in ("desk", "photos_taken_out")])
    assert costs[0] == costs[1]


def _cost(client, name):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(name)).status_code == 200
    return len(queries)


def test_showing_it_again_needs_the_second_yes(organiser_client, event):
    photo = make_photo(event=event, hidden=True)
    path = reverse("photo_decide", args=[event.slug, photo.pk])
    organiser_client.post(path, {})
    assert not event.photos.shown().exists()
    organiser_client.post(path, {"agreed": "on"})
    assert event.photos.shown().count() == 1
    assert AuditEntry.objects.filter(verb="photo_shown_again").exclude(actor=None).count() == 1


def test_shown_again_it_has_a_new_address_and_the_old_stays_dead(client, event):
    photo = make_photo(event=event)
    old = photo.image.file.url
    taking_out.take_out(photo)
    taking_out.show_again(photo, by=make_organiser())
    new = Image.objects.get().file.url
    assert (status_of(client, old), status_of(client, new), old == new) == (404, 200, False)
    assert taking_out.take_out(photo)
    assert status_of(client, new) == 404


def test_deleting_for_good_takes_the_moved_files_along(organiser_client, event, django_capture_on_commit_callbacks):
    photo = make_photo(event=event, hidden=True)
    with django_capture_on_commit_callbacks(execute=True):
        organiser_client.post(reverse("photo_delete", args=[event.slug, photo.pk]))
    assert default_storage.listdir("images")[1] == []


def test_the_same_file_does_not_come_back_by_another_upload(event):
    photo = make_photo(event=event, hidden=True)
    assert event.photos.filter(digest=photo.digest).get().is_hidden


def test_the_note_is_forgotten_after_thirty_days(event):
    with time_machine.travel(timezone.now() - timedelta(days=31), tick=False):
        taking_out.take_out(make_photo(event=event), note="It is me.")
    taking_out.take_out(make_photo(event=event), note="Me too.")
    list(privacy_register.expire_each())
    assert sorted(Photo.objects.values_list("hidden_note", flat=True)) == ["", "Me too."]
