"""The photos of an event: many at once, seen by the hosts alone until described, in an order, gone with their files."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chapter.models import AuditEntry, Image
from chapter.pictures.images import store_image
from events import photos, planning
from events.models import Photo
from tests.factories import make_event, make_member, make_photo
from tests.pictures import bomb, encoded, phone_photo, plain, upload
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(starts_in=timedelta(days=-2))


@pytest.fixture
def host(event, client):
    host = make_member()
    event.hosts.add(host)
    client.force_login(host)
    return host


def picture(shade=0, name="cups.png"):
    return upload(encoded(plain(color=(shade, 20, 30)), "PNG"), name=name)


def add(client, event, *files, **more):
    return client.post(reverse("photos_add", args=[event.slug]), {"photos": files, "credit": "Tor"}, **more)


def add_by_script(client, event, file):
    return add(client, event, file, headers={"accept": "application/json"})


def page(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def stored_files():
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


# Adding


def test_several_files_at_once_become_photos_that_only_hosts_see(client, event, host):
    assert add(client, event, picture(1), picture(2)).status_code == 302
    rows = event.photos.select_related("image").order_by("position")
    assert [(row.position, row.is_shown, row.image.credit) for row in rows] == [(1, False, "Tor"), (2, False, "Tor")]
    client.logout()
    assert all(row.image.file.name not in page(client, "event_photos", event.slug) for row in rows)
    assert all(row.image.file.name not in page(client, "event", event.slug) for row in rows)


BAD = {
    "script.png": b"<script>alert(1)</script>",
    "empty.png": b"",
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "bomb.png": bomb(),
    "cut.jpg": encoded(plain(size=(400, 300)))[:600],
    "big.jpg": b"\xff\xd8" + b"0" * (8 * 1024 * 1024),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_reason_and_the_good_ones_stay(client, event, host, name):
    response = add(client, event, picture(1), upload(BAD[name], name=name), picture(2))
    assert (response.status_code, event.photos.count(), Image.objects.count()) == (200, 2, 2)
    errors = response.context["form"].errors["photos"]
    assert [error.partition(": ")[0] for error in errors] == [name]
    assert errors[0].partition(": ")[2]


def test_a_hostile_name_is_shown_as_text_and_kept_nowhere(client, event, host):
    response = add(client, event, upload(b"x", name="<script>alert(1)</script>\u202egpj.png"))
    assert "<script>alert(1)" not in response.content.decode()
    assert "\u202e" not in response.content.decode()


def test_what_the_camera_wrote_is_not_kept(client, event, host):
    add(client, event, upload(phone_photo(), name="phone.jpg"))
    with default_storage.open(event.photos.get().image.file.name) as file:
        assert b"Secret" not in file.read()


def test_a_script_is_answered_per_file(client, event, host):
    answer = add_by_script(client, event, picture(1)).json()
    photo = event.photos.get()
    assert answer == {"new": 1, "known": 0, "edit": f"/nb/events/{event.slug}/photos/{photo.pk}/edit/"}
    refused = add_by_script(client, event, upload(b"no picture"))
    assert (refused.status_code, set(refused.json())) == (400, {"error"})


def test_the_same_file_again_is_the_same_photo(client, event, host):
    add_by_script(client, event, picture(1, name="a.png"))
    assert add_by_script(client, event, picture(1, name="b.png")).json()["known"] == 1
    assert (event.photos.count(), Image.objects.count(), len(stored_files())) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_at_once_is_one_photo(event):
    host = make_member()
    results = at_once(lambda shade: photos.add(event, picture(shade), by=host)[1], 1, 1, 1, 1)
    assert (sorted(results), event.photos.count()) == ([False, False, False, True], 1)
    assert (Image.objects.count(), len(stored_files())) == (1, 1)


@pytest.mark.usefixtures("early_in_the_hour")
def test_two_hundred_a_day_and_the_rest_is_refused_by_name(client, event, host, monkeypatch):
    monkeypatch.setattr("chapter.pictures.images.UPLOADS_A_DAY", 2)
    response = add(client, event, picture(1), picture(2), picture(3, name="third.png"))
    assert event.photos.count() == 2
    assert [error.partition(":")[0] for error in response.context["form"].errors["photos"]] == ["third.png"]


def test_a_disk_that_takes_nothing_leaves_no_row_and_no_file(client, event, host, tmp_path, settings):
    blocked = tmp_path / "full"
    blocked.write_text("no folder can be made here")
    settings.MEDIA_ROOT = blocked
    response = add_by_script(client, event, picture(1))
    assert (response.status_code, bool(response.json()["error"])) == (400, True)
    assert (event.photos.count(), Image.objects.count()) == (0, 0)


def test_more_than_a_form_can_bring_is_said_in_words(client, event, host):
    response = client.post(
        reverse("photos_add", args=[event.slug]), CONTENT_LENGTH=str(33 * 1024 * 1024), data={"photos": picture()}
    )
    assert response.status_code == 400
    assert "32 MB" in response.content.decode()


def test_event_photos_are_not_offered_for_other_texts(organiser_client, event):
    photo = make_photo(event=event)
    other = store_image(picture(9), alt="A board")
    shown = page(organiser_client, "picture_new")
    assert (other.file.name in shown, photo.image.file.name in shown) == (True, False)


# Describing


def described(**fields):
    return {"alt": "Four cups", "caption": "Coffee", "credit": "Tor", "people_agreed": "on", **fields}


def test_a_photo_is_shown_once_it_is_described_and_agreed_to(client, event, host):
    photo = make_photo(event=event, is_described=False)
    client.post(reverse("photo_edit", args=[event.slug, photo.pk]), described())
    client.logout()
    text = page(client, "event_photos", event.slug)
    assert ('alt="Four cups"' in text, "Coffee" in text, "Tor" in text) == (True, True, True)
    assert 'alt="Four cups"' in page(client, "event", event.slug)


@pytest.mark.parametrize("missing", ["alt", "people_agreed"])
def test_without_words_or_without_a_yes_it_stays_with_the_hosts(client, event, host, missing):
    photo = make_photo(event=event, is_described=False)
    client.post(reverse("photo_edit", args=[event.slug, photo.pk]), described(**{missing: ""}))
    assert not event.photos.shown().exists()
    assert client.get(reverse("event_photo", args=[event.slug, photo.pk])).status_code == 404


def test_describing_goes_on_to_the_next_that_waits(client, event, host):
    first, _done, second = (make_photo(event=event, is_described=done) for done in (False, True, False))
    response = client.post(reverse("photo_edit", args=[event.slug, first.pk]), described(next="1"))
    assert response["Location"] == reverse("photo_edit", args=[event.slug, second.pk])


def test_the_photographer_named_last_is_suggested(client, event, host):
    add(client, event, picture(1))
    assert 'value="Tor"' in page(client, "photos_add", event.slug)


def test_order_is_changed_one_place_at_a_time(client, event, host):
    first, second, third = (make_photo(event=event) for _ in range(3))
    for photo, move in ((third, "up"), (first, "up"), (second, "down")):
        client.post(reverse("photo_move", args=[event.slug, photo.pk]), {"move": move})
    assert list(event.photos.in_order()) == [first, third, second]


def test_each_photo_leads_to_its_neighbours(client, event):
    first, hidden, last = make_photo(event=event), make_photo(event=event, hidden=True), make_photo(event=event)
    text = page(client, "event_photo", event.slug, first.pk)
    assert (f"/{last.pk}/" in text, f"/{hidden.pk}/" in text, 'rel="prev"' in text) == (True, False, False)


# Leaving


def test_deleting_asks_first_and_takes_the_files_along(client, event, host, django_capture_on_commit_callbacks):
    photo = make_photo(event=event)
    path = reverse("photo_delete", args=[event.slug, photo.pk])
    client.get(path)
    assert len(stored_files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path)
    assert (Photo.objects.count(), Image.objects.count(), stored_files()) == (0, 0, [])


def test_deleting_an_event_takes_its_photos_along(django_capture_on_commit_callbacks):
    draft = make_event(state="draft")
    make_photo(event=draft)
    with django_capture_on_commit_callbacks(execute=True):
        assert planning.delete_draft(draft.pk)
    assert (Image.objects.count(), stored_files()) == (0, [])


def test_every_verb_leaves_a_line_in_the_log(client, event, host):
    add(client, event, picture(1), picture(2))
    first, second = event.photos.in_order()
    photos.describe(first, alt="A", caption="", credit="", people_agreed=True, by=host)
    photos.move(second, up=True, by=host)
    photos.delete(second, by=host)
    lines = AuditEntry.objects.order_by("id").values_list("verb", "actor", "count")
    verbs = [("photos_added", 2), ("photo_described", None), ("photo_moved", None), ("photo_deleted", None)]
    assert list(lines) == [(verb, host.pk, count) for verb, count in verbs]


# Weight


def test_pages_cost_the_same_for_one_photo_and_for_thirty(client, event, host):
    costs = []
    for number in (1, 29):
        for _ in range(number):
            photo = make_photo(event=event, caption="Coffee", credit="Tor")
        pages = [("event_photos", event.slug), ("event_photo", event.slug, photo.pk), ("event", event.slug)]
        costs.append([cost(client, *one) for one in [*pages, ("photos_add", event.slug)]])
    assert costs[0] == costs[1]
    client.logout()
    assert max(cost(client, "event_photos", event.slug), cost(client, "event_photo", event.slug, photo.pk)) <= 8


def cost(client, name, *args):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(name, args=args)).status_code == 200
    return len(queries)


def test_a_gallery_of_thirty_weighs_little_and_loads_pictures_late(client, event):
    for _ in range(30):
        make_photo(event=event, caption="Coffee before the meeting", credit="Tor")
    text = page(client, "event_photos", event.slug)
    assert len(text.encode()) < 60_000
    assert text.count('loading="lazy"') == text.count('width="64" height="48"') == 30


def test_posts_may_still_use_a_shown_photo(organiser_client, event):
    photo = make_photo(event=event)
    assert f"![{photo.image.alt}]" in page(organiser_client, "photo_edit", event.slug, photo.pk)
