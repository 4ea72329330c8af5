"""Cheers: for results only, once per person, also when the taps come at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from microactions import cheers
from microactions.models import Cheer, Microaction
from tests.factories import make_member, make_microaction

pytestmark = pytest.mark.django_db


def tap(client, microaction, *, cheer="yes", back=""):
    return client.post(reverse("microaction_cheer", args=[microaction.pk]), {"cheer": cheer, "next": back})


def test_visitor_cheers_once_and_takes_it_back(client):
    made = make_microaction(status="done")
    tap(client, made)
    tap(client, made)
    assert made.cheers.count() == 1
    tap(client, made, cheer="no")
    assert made.cheers.count() == 0


def test_cookie_is_set_by_the_first_tap_and_says_nothing_else(client):
    cookie = tap(client, make_microaction(status="done")).cookies[cheers.COOKIE]
    assert (len(cookie.value), cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        32,
        True,
        "Lax",
        31536000,
    )
    assert tap(client, make_microaction(status="done")).cookies == {}


def test_two_browsers_are_two_people(client):
    made = make_microaction(status="done")
    tap(client, made)
    client.cookies.clear()
    tap(client, made)
    assert made.cheers.count() == 2


def test_member_is_known_without_a_cookie(client):
    made, member = make_microaction(status="partly"), make_member()
    client.force_login(member)
    assert cheers.COOKIE not in tap(client, made).cookies
    assert (made.cheers.get().member, made.cheers.get().visitor) == (member, "")


def test_wall_shows_that_i_cheered(client):
    made = make_microaction(status="done")
    assert 'aria-pressed="false"' in client.get(reverse("wall")).content.decode()
    tap(client, made)
    assert 'aria-pressed="true"' in client.get(reverse("wall")).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "open"},
        {"status": "let_go"},
        {"status": "done", "visibility": "me"},
        {"status": "done", "held": True},
    ],
)
def test_only_public_results_are_cheered(client, fields):
    assert tap(client, make_microaction(**fields)).status_code == 404
    assert Cheer.objects.count() == 0


def test_tap_comes_back_to_the_note(client):
    made = make_microaction(status="done")
    assert tap(client, made, back="/en/microactions/?page=2#x").url == f"/en/microactions/?page=2#note-{made.pk}"


@pytest.mark.parametrize(
    "back", ["//evil.example.org/", "https://evil.example.org/", "/\\evil.example.org", "x\r\ny:z"]
)
def test_tap_never_leads_elsewhere(client, back):
    made = make_microaction(status="done")
    assert tap(client, made, back=back).url == f"/en/microactions/{made.pk}/"


@pytest.mark.parametrize("key", ["x" * 31, "é" * 32, "'; --", "\x00" * 32])
def test_forged_key_is_replaced(client, key):
    client.cookies[cheers.COOKIE] = key
    tap(client, make_microaction(status="done"))
    assert Cheer.objects.get().visitor != key


def test_senseless_tap_is_400(client):
    assert tap(client, make_microaction(status="done"), cheer="maybe").status_code == 400


@pytest.mark.parametrize("who", ["member", "visitor"])
def test_database_refuses_a_second_cheer(who):
    person = {"member": make_member()} if who == "member" else {"visitor": "a" * 32}
    made = make_microaction(status="done")
    made.cheers.create(**person)
    with pytest.raises(IntegrityError, match=f"cheer_once_per_{who}"):
        made.cheers.create(**person)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["member", "visitor"])
def test_twenty_taps_at_once_are_one_cheer(who):
    person = {"member": make_member()} if who == "member" else {"visitor": "a" * 32}
    made = make_microaction(status="done")

    def tap_now(_):
        try:
            cheers.cheer(made.pk, **person)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(tap_now, range(20)))
    assert made.cheers.count() == 1


def test_cheers_are_counted_for_each_result(client):
    for number in (0, 2, 1):
        made = make_microaction(status="done", what=f"{number} cheers")
        for _ in range(number):
            made.cheers.create(member=make_member())
    notes = client.get(reverse("wall")).context["notes"]
    assert {note.what: note.cheer_count for note in notes} == {"0 cheers": 0, "1 cheers": 1, "2 cheers": 2}


def test_nobody_takes_back_the_cheer_of_another(client):
    made = make_microaction(status="done")
    tap(client, made)
    client.cookies.clear()
    tap(client, made, cheer="no")
    client.force_login(make_member())
    tap(client, made, cheer="no")
    assert made.cheers.count() == 1


def test_cookie_travels_encrypted_where_the_page_did(client):
    made, data = make_microaction(status="done"), {"cheer": "yes"}
    cookie = client.post(reverse("microaction_cheer", args=[made.pk]), data, secure=True).cookies[cheers.COOKIE]
    assert cookie["secure"]


def test_cheers_of_a_result_that_became_private_wait_with_it(client):
    made = make_microaction(status="done")
    tap(client, made)
    Microaction.objects.filter(pk=made.pk).update(visibility="me")
    assert tap(client, made, cheer="no").status_code == 404
    assert made.cheers.count() == 1


def test_button_says_that_i_cheered(client):
    made = make_microaction(status="done")
    assert "You cheered" not in client.get(reverse("wall")).text
    tap(client, made)
    assert "You cheered" in client.get(reverse("wall")).text


def test_nobody_cheers_their_own(client):
    made = make_microaction(status="done")
    client.force_login(made.member)
    tap(client, made)
    page = client.get(reverse("wall")).text
    assert (made.cheers.count(), reverse("microaction_cheer", args=[made.pk]) in page) == (0, False)
    cheers.cheer(made.pk, visitor="a" * 32)
    assert "1 cheer<" in client.get(reverse("wall")).text
