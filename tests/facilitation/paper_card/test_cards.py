"""The card to take home: what stands on it, where its code leads, and whose it is."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chapter.templatetags.chapter_tags import qr_code
from facilitation.models import BoardPledge
from tests.facilitation.table.table import Person
from tests.factories import (
    make_board,
    make_board_pledge,
    make_event,
    make_makker,
    make_member,
    make_microaction,
    make_organiser,
    make_rsvp,
    make_topic,
)

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
PLAN = {"what": "Ring the archive", "cue": "open my laptop", "first_step": "look up the number"}


@pytest.fixture
def board():
    return make_board(event=make_event(title="Coffee and forms"))


def written(board, person, *, note="Forms nobody reads", **fields):
    """What a person wrote at a board: a note, and a microaction that only its link leads to."""
    make_topic(board=board, text=note, author=person.me)
    fields = {"member": None, "email": "", **PLAN, **fields}
    return make_board_pledge(board=board, participant=person.me, **fields).microaction


def seated(board, name="Kari", **options):
    person = Person(board, **options).join(name)
    person.nickname = name
    return person


def code_on(page):
    """The path of the only code on a page."""
    assert page.count("paper-card__qr") == 1
    return page.partition("paper-card__qr")[2].partition(' d="')[2].partition('"')[0]


def code_of(address):
    return qr_code(SITE + address).partition(' d="')[2].partition('"')[0]


def manage(microaction):
    return f"/nb/microactions/manage/{microaction.token}/"


def pledge_form(board):
    return f"/nb/microactions/new/?event={board.event.slug}"


def test_card_holds_what_its_person_wrote(board):
    kari = seated(board)
    made = written(board, kari, due_on=date(2031, 3, 14))
    make_makker(microaction=made, member=None, name="Ola Eksempel")
    page = kari.page("card")
    for words in ("Kari", "Forms nobody reads", *PLAN.values(), "fredag 14. mars 2031", "Ola Eksempel"):
        assert f">{words}<" in page
    assert code_on(page) == code_of(manage(made))


def test_nothing_of_anybody_else_is_on_a_card(board):
    kari, per = seated(board), seated(board, "Per Purple")
    written(board, per, note="Purple note", what="Purple plan")
    make_makker(microaction=written(board, kari), member=None, name="Purple invited", status="invited")
    assert "Purple" not in kari.page("card")
    assert "Purple" not in Client().get(kari.address("card")).text


def test_note_is_the_first_that_still_stands(board):
    kari = seated(board)
    make_topic(board=board, text="Gone", author=kari.me, state="withdrawn")
    for text in ("First", "Second"):
        make_topic(board=board, text=text, author=kari.me, position=len(text))
    page = kari.page("card")
    assert (">First<" in page, "Second" in page, "Gone" in page) == (True, False, False)


def test_whoever_has_no_microaction_gets_lines_and_the_way_to_the_form(board):
    kari = seated(board)
    page = kari.page("card")
    assert (">Kari<" in page, code_on(page)) == (True, code_of(pledge_form(board)))
    written(board, kari, status="let_go")
    assert code_on(kari.page("card")) == code_of(pledge_form(board))


@pytest.mark.parametrize("query", [{}, {"blank": "1"}])
def test_blank_card_for_whoever_is_not_at_the_board_or_asks_for_one(board, query):
    kari = seated(board)
    written(board, kari)
    person = kari if query else Person(board)
    page = person.page("card", **query)
    assert page.count('class="paper-card"') == 1 and "Forms nobody reads" not in page and "Kari" not in page
    assert code_on(page) == code_of(pledge_form(board))


def test_four_blank_cards_fill_a_sheet(board):
    page = Person(board, member=make_organiser()).page("card", blank="4")
    assert page.count('class="paper-card"') == 4
    assert "css/poster-page.css" in page and "css/paper-card-page.css" not in page


@pytest.mark.parametrize("nonsense", ["40", "-1", "x", "1.5", ""])
def test_no_other_number_of_cards_is_drawn(board, nonsense):
    assert Person(board).page("card", blank=nonsense).count('class="paper-card"') == 1


def test_address_that_was_typed_at_the_table_gives_nobody_the_link_to_manage_it(board):
    kari = seated(board)
    made = written(board, kari, email="somebody.else@example.org")
    make_makker(microaction=made, member=None, name="Ola Eksempel")
    page = kari.page("card")
    assert code_on(page) == code_of(board.event.get_absolute_url())
    assert (made.token in page, "Ola Eksempel" in page) == (False, False)


def test_members_own_card_leads_to_their_microaction_only_while_they_are_signed_in(board):
    member = make_member()
    kari = seated(board, member=member)
    made = written(board, kari, member=member)
    assert code_on(kari.page("card")) == code_of(manage(made))
    kari.client.cookies.pop("session")
    assert code_on(kari.page("card")) == code_of(board.event.get_absolute_url())


def test_token_of_a_microaction_prints_its_card_without_the_cookie(board):
    kari = seated(board)
    made = written(board, kari, email="kari@example.org")
    page = Person(board).page("card", microaction=made.token)
    assert ("Ring the archive" in page, ">Kari<" in page, code_on(page)) == (True, True, code_of(manage(made)))


def test_token_of_another_board_prints_nothing_of_it(board):
    elsewhere = make_board_pledge(what="Purple plan").microaction
    assert "Purple" not in Person(board).page("card", microaction=elsewhere.token)


def test_card_of_what_was_written_for_the_room_names_nobody(board):
    kari = seated(board)
    made = written(board, kari)
    BoardPledge.objects.update(participant=None)
    page = kari.page("card", microaction=made.token)
    assert ("Ring the archive" in page, ">Kari<" in page, "Forms nobody reads" in page) == (True, False, False)


def test_card_stays_out_of_search_engines_and_caches(board):
    answer = Client().get(f"/nb/board/{board.code}/card/")
    assert answer["X-Robots-Tag"] == "noindex" and '<meta name="robots" content="noindex">' in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_card_costs_the_same_at_a_full_board(board):
    kari, counts = seated(board), []
    for _ in range(2):
        make_makker(microaction=written(board, kari))
        kari.page("card")
        with CaptureQueriesContext(connection) as queries:
            kari.page("card")
        counts.append(len(queries))
        for number in range(10 * len(counts), 10 * len(counts) + 10):
            written(board, seated(board, f"Person {number}"))
    assert counts == [6, 6]


# The ways to it


@pytest.mark.parametrize(("phase", "is_there"), [("talk", False), ("microaction", True), ("closed", True)])
def test_ones_own_part_leads_to_the_card(board, phase, is_there):
    kari = seated(board)
    written(board, kari)
    closed = {"closed_at": board.opened_at, "sealed_at": board.opened_at} if phase == "closed" else {}
    type(board).objects.update(phase=phase, **closed)
    assert (f'href="{kari.address("card")}"' in kari.page("mine")) is is_there


def test_page_of_a_microaction_leads_to_its_board_and_card(board, client):
    made = written(board, seated(board))
    page = client.get(manage(made)).text
    assert f'href="/nb/board/{board.code}/card/?microaction={made.token}"' in page
    assert f'href="/nb/board/{board.code}/"' in page
    assert "/nb/board/" not in client.get(manage(make_microaction(event=board.event))).text


def test_public_microaction_does_not_give_away_its_board(board, client):
    made = written(board, seated(board), visibility="public")
    page = client.get(made.get_absolute_url()).text
    assert "Ring the archive" in page and board.code not in page and made.token not in page


def test_whoever_leads_finds_the_cards_for_the_table(board):
    ola = seated(board, "Ola", member=make_organiser())
    assert f'href="{ola.address("card")}?blank=4"' in ola.page()
    assert "blank=4" not in seated(board).page()


def test_members_who_were_there_find_the_closed_board_and_others_do_not(client):
    event = make_event(starts_in=timedelta(days=-2))
    board = make_board(event=event, phase="closed")
    there = make_rsvp(event=event, member=make_member()).member
    for member, found in ((there, True), (make_member(), False)):
        client.force_login(member)
        assert (board.code in client.get(f"/nb/events/{event.slug}/").text) is found
