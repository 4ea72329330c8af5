"""The pages of makkers: scanners change nothing, the words go no further than their person wants."""

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from chapter.forms import SALT
from chapter.models import RateHit
from microactions import check_ins, makkers, pledges
from microactions.models import Makker, Microaction
from tests.everywhere.stored import trial
from tests.factories import make_event, make_makker, make_member, make_microaction
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
WORDS = {"what": "Ring biblioteket", "moment": "etter lunsj", "cue": "drikker kaffe", "first_step": "Finne nummeret"}


def invited(**fields):
    made = make_microaction(**{"visibility": "me", **WORDS, **fields})
    return makkers.invite(made)


def key(makker):
    return makkers.invitation_key(makker)


def yes(client, makker, **fields):
    opened = signing.dumps(int(timezone.now().timestamp()) - 10, salt=SALT)
    typed = {"name": "Ola", "email": "", "opened": opened, **fields}
    return client.post(reverse("makker_invited", args=[key(makker)]), typed)


def box(client, microaction, action):
    return client.post(reverse("makker_box", args=[microaction.token]), {"action": action})


def shown(text):
    return [words for words in (*WORDS.values(), "It worked") if words.lower() in text.lower()]


# The person


def test_person_invites_from_the_link_in_their_mail_and_shares_the_link_themself(client, read, mailoutbox):
    made = make_microaction(visibility="me", member=None, email="kari@example.org")
    assert "that changes to “My buddy and I”" in read("microaction_manage", made.token)
    assert box(client, made, "invite").status_code == 302
    deliver_all()
    assert reverse("makker_invited", args=[key(Makker.objects.get())]) in read("microaction_manage", made.token)
    assert (Microaction.objects.get().visibility, mailoutbox) == ("makker", [])


def test_others_cannot_invite_for_me(client):
    made = make_microaction()
    client.force_login(make_member())
    assert client.post(reverse("makker_box", args=["x" * 32]), {"action": "invite"}).status_code == 404
    assert made.token not in client.get(made.get_absolute_url()).content.decode()


def test_makkers_own_link_is_never_on_the_persons_page(client):
    taken = make_makker()
    client.force_login(taken.microaction.member)
    text = client.get(taken.microaction.get_absolute_url()).content.decode()
    assert taken.member.display_name in text
    assert taken.token not in text


def test_person_sees_that_the_makker_said_yes_wrote_and_left(client, read):
    taken = make_makker(member=make_member(name="Ola Eksempel"), line="Good luck <b>")
    token = taken.microaction.token
    text = read("microaction_manage", token)
    assert "<strong>Ola Eksempel</strong> is your buddy" in text
    assert "Good luck &lt;b&gt;" in text
    makkers.leave(taken.token)
    text = read("microaction_manage", token)
    assert "Your buddy has left" in text
    assert "Good luck" not in text


def test_person_ends_it_or_takes_the_invitation_back(client):
    for made in (make_makker(), invited()):
        box(client, made.microaction, "let_go")
    assert not Makker.objects.exists()


def test_find_me_a_makker_is_offered_to_whoever_can_be_reached_and_asks_where_they_met(read):
    at_event = make_microaction(event=make_event())
    lonely = make_microaction()
    unnamed = make_microaction(event=make_event(), member=None)
    pages = [read("microaction_manage", made.token) for made in (at_event, lonely, unnamed)]
    assert ["Find me a buddy" in page for page in pages] == [True, True, False]
    assert ['id="buddy_event"' in page for page in pages] == [False, True, False]


def test_wish_without_a_meetup_says_so_beside_the_field(client):
    made, event = make_microaction(), make_event()
    page = reverse("microaction_manage", args=[made.token])
    refused = client.post(page, {"action": "buddy", "event": ""})
    assert list(refused.context["buddy_form"].errors) == ["event"]
    assert "look for your buddy among the people who were there" in refused.text
    client.post(page, {"action": "buddy", "event": event.pk})
    assert Microaction.objects.values_list("event", "wants_makker").get() == (event.pk, True)


def test_wish_from_the_page_finds_who_waits(client):
    waiting = make_microaction(event=make_event(), wants_makker=True)
    made = make_microaction()
    page = reverse("microaction_manage", args=[made.token])
    client.post(page, {"action": "buddy", "event": waiting.event.pk})
    assert Makker.objects.accepted().filter(microaction=made, paired_with=waiting).exists()


def test_wish_and_its_end_from_the_page(client):
    made = make_microaction(event=make_event())
    for action, wants in (("want", True), ("want_no_more", False)):
        box(client, made, action)
        assert Microaction.objects.get().wants_makker == wants


@pytest.mark.parametrize("is_member", [True, False])
def test_wish_on_the_pledge_form_needs_a_meetup_and_says_so_beside_it(client, typed, is_member):
    event = make_event()
    if is_member:
        client.force_login(make_member())
    refused = client.post(reverse("pledge"), typed(wants_makker="on"))
    form = refused.context["form"]
    assert (list(form.errors), form["what"].value()) == (["event"], "Ask the next team")
    assert "look for your buddy among the people who were there" in refused.text
    client.post(reverse("pledge"), typed(wants_makker="on", event=event.pk))
    assert Microaction.objects.values_list("event", "wants_makker").get() == (event.pk, True)


# The invitation


def test_scanners_open_every_page_and_change_nothing(client):
    waiting, pending, taken = invited(), make_makker(status="pending", email="ola@example.org"), make_makker()
    addresses = [reverse("makker_invited", args=[key(row)]) for row in (waiting, pending, taken)]
    addresses += [reverse(name, args=[row.token]) for row in (pending, taken) for name in ("makker", "makker_stop")]
    with trial() as outcome:
        for address in addresses:
            assert client.get(address).status_code == client.head(address).status_code == 200
    assert outcome.changed == set()


def test_invitation_shows_what_and_when_before_the_yes_but_no_result(client, read):
    row = invited(name="Kari")
    assert len(shown(read("makker_invited", key(row)))) == 4
    check_ins.report(row.microaction, outcome="done", result="It worked")
    assert shown(read("makker_invited", key(row))) == []


@pytest.mark.parametrize("status", ["invited", "pending", "accepted"])
def test_only_the_day_is_left_when_the_person_wants_it_for_themself_again(read, status):
    row = invited(name="Kari Hemmelig")
    Makker.objects.filter(pk=row.pk).update(status=status, email="ola@example.org")
    pledges.change_visibility(row.microaction, visibility="me")
    text = read("makker_invited", key(row))
    if status != "invited":
        text += read("makker", row.token) + read("makker_stop", row.token)
    assert (shown(text), "Kari" in text) == ([], False)
    assert ("only the date" in text) == (status != "accepted" or "only the date" in read("makker", row.token))


def test_who_comes_second_reads_nothing(read):
    assert shown(read("makker_invited", key(make_makker(microaction=make_microaction(**WORDS))))) == []


def test_member_says_yes_with_one_tap_and_reads_how_it_went(client):
    row, member = invited(), make_member()
    client.force_login(member)
    response = client.post(reverse("makker_invited", args=[key(row)]))
    check_ins.report(row.microaction, outcome="done", result="It worked")
    assert len(shown(client.get(response["Location"]).content.decode())) == 5
    assert client.get(reverse("makker_invited", args=[key(row)]))["Location"] == response["Location"]


def test_person_who_opens_their_own_invitation_is_told_whom_it_is_for(client):
    row = invited()
    client.force_login(row.microaction.member)
    address = reverse("makker_invited", args=[key(row)])
    assert "This link is for your buddy" in client.get(address).content.decode()
    client.post(address)
    assert Makker.objects.get().status == "invited"


def test_guest_says_yes_without_an_address_and_lands_on_their_own_page(client):
    response = yes(client, invited())
    row = Makker.objects.get()
    assert response["Location"] == reverse("makker", args=[row.token])
    assert "it is your only way back" in client.get(response["Location"]).content.decode()


def test_guest_with_an_address_confirms_from_the_mail_by_a_button(client, mailoutbox):
    assert yes(client, invited(), email="ola@example.org")["Location"] == reverse("makker_sent")
    deliver_all()
    row = Makker.objects.get()
    assert row.token in mailoutbox[0].body
    client.post(reverse("makker", args=[row.token]), {"action": "confirm"})
    deliver_all()
    assert (Makker.objects.get().status, len(mailoutbox)) == ("accepted", 1)


def test_known_address_and_a_new_one_get_the_same_answer(client):
    make_member(email="known@example.org")
    row = invited(member=make_member(email="kari@example.org"))
    answers = {
        (response.status_code, response["Location"])
        for email in ("known@example.org", "new@example.org", "kari@example.org")
        for response in [yes(client, row, email=email)]
    }
    assert len(answers) == 1


def test_guest_without_a_name_or_a_machine_is_no_makker(client):
    row = invited()
    assert yes(client, row, name="").status_code == yes(client, row, website="x").status_code == 200
    assert Makker.objects.get().status == "invited"


@pytest.mark.usefixtures("early_in_the_hour")
def test_one_mailbox_gets_five_letters_an_hour(client):
    statuses = [yes(client, invited(), email="ola@example.org").status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]


def test_mailbox_is_not_counted_for_a_yes_without_an_address(client):
    yes(client, invited())
    assert RateHit.objects.count() == 1


# The makker


def test_makker_writes_a_line_of_at_most_two_hundred_letters(client):
    row = make_makker()
    address = reverse("makker", args=[row.token])
    client.post(address, {"action": "line", "line": "Good\r\nluck"})
    assert Makker.objects.get().line == "Good luck"
    assert client.post(address, {"action": "line", "line": "n" * 201}).status_code == 200
    assert Makker.objects.get().line == "Good luck"


def test_makker_leaves_and_the_page_is_gone(client):
    row = make_makker()
    address = reverse("makker", args=[row.token])
    assert "You aren’t the buddy" in client.post(address, {"action": "leave"}).content.decode()
    assert client.get(address).status_code == client.post(address, {"action": "leave"}).status_code == 404


def test_let_go_is_told_without_the_words(read):
    row = make_makker(microaction=make_microaction(**WORDS, visibility="makker"))
    check_ins.report(row.microaction, outcome="let_go", result="It worked")
    text = read("makker", row.token)
    assert shown(text) == []
    assert "This one was let go" in text


def test_my_page_shows_whose_makker_i_am_but_not_what_is_hidden(client):
    me = make_member()
    make_makker(member=me, microaction=make_microaction(what="For my makker", visibility="makker"))
    make_makker(member=me, microaction=make_microaction(what="Secret now", visibility="me"))
    make_makker(microaction=make_microaction(what="Of another", visibility="makker"))
    client.force_login(me)
    text = client.get(reverse("me")).content.decode()
    assert [words in text for words in ("For my makker", "Secret now", "Of another")] == [True, False, False]


def test_pages_are_kept_out_of_caches_and_search_engines(client):
    row = make_makker()
    for address in (reverse("makker", args=[row.token]), reverse("makker_invited", args=[key(row)])):
        response = client.get(address)
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response.content.decode()
