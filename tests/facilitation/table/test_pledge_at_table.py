"""A microaction in the last five minutes: two questions first, the link in the hand, a buddy from the same table."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from facilitation.models import Board
from microactions.models import Makker, Microaction
from tests.facilitation.table.table import Person, organiser_and_guest
from tests.factories import make_board, make_member
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db


def seated(board=None, **options):
    return Person(board or make_board(phase="microaction"), **options).join("Kari")


def pledge(person, **fields):
    usual = {"client_id": uuid4(), "what": "Ask three people", "visibility": "me"}
    usual["due_on"] = timezone.localdate() + timedelta(days=7)
    return person.do("pledge", **{**usual, **fields})


# The form


def test_what_and_day_are_enough():
    pledge(seated())
    made = Microaction.objects.get()
    assert (made.what, made.visibility, made.wants_makker) == ("Ask three people", "me", False)


def test_only_what_and_day_are_in_sight():
    page = seated().page()
    form = page[page.index("/do/pledge/") :].partition("</form>")[0]
    outside = "".join(part.partition("</details>")[2] or part for part in form.split("<details"))
    shown = [
        name
        for name in ("what", "due_on", "moment", "cue", "visibility", "name", "email")
        if f'name="{name}"' in outside
    ]
    assert shown == ["what", "due_on"]


def test_form_that_was_stored_is_followed_by_a_button_for_another():
    kari = seated()
    assert "fold-another" not in kari.page()
    pledge(kari)
    page = kari.page()
    assert page.index('id="fold-another"') < page.index("/do/pledge/")
    assert '<details class="another" id="fold-another">' in page


def test_form_that_was_refused_is_unfolded():
    kari = seated()
    pledge(kari)
    assert '<details class="another" id="fold-another" open>' in pledge(kari, due_on="").text


# The link


def shown_link(page):
    return page.count(Microaction.objects.get().token)


def test_link_can_be_copied_and_sent_to_oneself():
    kari = seated()
    page = kari.client.get(pledge(kari)["Location"]).text
    token = Microaction.objects.get().token
    assert f"{token}/" in page.partition('readonly value="http')[2].partition('"')[0] and "data-share-copy" in page
    assert token in page.partition('href="mailto:?')[2].partition('"')[0]


@pytest.mark.parametrize("phase", ["microaction", "retro", "closed"])
def test_block_of_the_link_is_shown_once(phase):
    leader, kari = organiser_and_guest(phase="microaction")
    address = pledge(kari)["Location"]
    leader.go(phase)
    page = kari.client.get(address).text
    assert page.count('<input id="kept-') == 1


def test_script_goes_on_asking_for_the_part_with_the_link():
    kari = seated(script=True)
    mine = pledge(kari).json()["mine"]
    mark = mine.partition('data-kept="')[2].partition('"')[0]
    again = kari.page("mine", kept=mark)
    assert mark and 'id="kept"' in again and again.count('<input id="kept-') == 1


# A buddy


def test_buddy_is_found_at_the_table():
    board = make_board(phase="microaction")
    for _ in range(2):
        pledge(seated(board, member=make_member()), wants_makker="on")
    assert Makker.objects.filter(status="accepted").count() == 2


def test_guest_needs_no_address_to_want_a_buddy():
    pledge(seated(), wants_makker="on")
    assert Microaction.objects.get().wants_makker is True


def test_guest_with_an_address_gets_a_buddy_once_both_have_confirmed():
    board = make_board(phase="microaction")
    pledge(seated(board, member=make_member()), wants_makker="on")
    pledge(seated(board), wants_makker="on", email="kari@example.org")
    assert Microaction.objects.filter(wants_makker=True).count() == 2
    deliver_all()
    assert Makker.objects.count() == 0 and len(mail.outbox) == 2


def test_for_the_room_a_buddy_needs_the_address_of_whom_it_is_for():
    leader, _guest = organiser_and_guest(phase="microaction", one_device=True)
    refused = pledge(leader, wants_makker="on", for_room="on")
    assert refused.status_code == 422
    assert Board.objects.get().pledges.count() == 0
