"""Following: asked by mail, answered from the mailbox, ended by one click for ever."""

import re
import time

import pytest
from django.core import mail as outbox
from django.core import signing
from django.urls import reverse

from chapter.forms import SALT
from chapter.mail import gate
from chapter.models import Delivery
from chapter.web import ratelimits
from events.models import Rsvp
from followers import following
from followers.following import actions, privacy
from followers.models import Follower, Suppression
from tests.factories import make_event, make_follower, make_member, make_organiser, make_series, make_suppression
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
KARI = "kari@example.org"


def type_in(client, email=KARI):
    """Somebody types an address into the box, a minute after the page was opened."""
    opened = signing.dumps(int(time.time()) - 60, salt=SALT)
    return client.post(reverse("follow"), {"email": email, "opened": opened, "website": ""})


def ask(email=KARI, **fields):
    actions.ask(email=email, language="nb", **fields)


def say_yes():
    return actions.confirm(Follower.objects.get())


def link_in(mail, name):
    token = re.search(r"/follow/([\w-]+)/", mail.body)[1]
    return reverse(name, args=[token])


def test_who_asks_is_asked_by_mail_and_follows_only_after_a_yes(client):
    answer = type_in(client)
    assert KARI in answer.content.decode()
    deliver_all()
    page = link_in(outbox.outbox[0], "following")
    client.get(page)
    assert not Follower.objects.get().is_confirmed
    client.post(page, {"action": "confirm"})
    assert Follower.objects.get().is_confirmed


def test_the_answer_is_the_same_for_who_follows_already(client):
    make_follower(email=KARI)
    known, unknown = (type_in(client, email) for email in (KARI, "ola@example.org"))
    strip = lambda answer: re.sub(r"\w+@example.org", "", re.sub(r"(opened|csrf).*", "", answer.content.decode()))  # noqa: E731
    assert strip(known) == strip(unknown)
    assert set(Delivery.objects.values_list("kind", flat=True)) == {"follow_already", "follow_confirm"}


def test_a_second_spelling_of_a_mailbox_is_the_same_follower():
    ask()
    ask("kari+news@example.org")
    assert Follower.objects.count() == 1
    say_yes()
    ask("kari+more@example.org")
    assert Follower.objects.count() == 1


def test_asking_for_a_series_follows_that_series_alone():
    series = make_series()
    ask(series=series)
    follower = say_yes()
    assert follower.is_choosy
    assert list(follower.series.all()) == [series]


def test_a_member_follows_with_one_tap_and_no_mail(client):
    member = make_member()
    client.force_login(member)
    client.post(reverse("follow_as_member"))
    assert Follower.objects.get().member == member
    assert not Delivery.objects.exists()


def test_a_guest_who_becomes_a_member_keeps_one_row():
    make_follower(email=KARI, rhythm="weekly")
    member = make_member(email=KARI)
    following.adopt_guest_row(member)
    assert Follower.objects.get().member == member
    assert Follower.objects.get().rhythm == "weekly"


def test_one_click_stops_and_forgets_the_address(client):
    follower = make_follower(email=KARI)
    stop = reverse("follow_stop", args=[follower.token])
    client.get(stop)
    assert Follower.objects.exists()
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follower.objects.exists()
    assert KARI not in str(Suppression.objects.values())


def test_the_link_of_an_old_mail_stops_also_what_was_begun_anew(client):
    follower = make_follower(email=KARI)
    old = reverse("follow_stop", args=[follower.token])
    client.post(old)
    ask()
    say_yes()
    assert client.post(old).status_code == 200
    assert not Follower.objects.exists()


def test_who_never_wants_to_be_asked_again_is_not(client):
    ask()
    client.post(Follower.objects.get().get_absolute_url(), {"action": "never"})
    assert type_in(client).status_code == 200
    deliver_all()
    assert outbox.outbox == []
    privacy.expire_followers()
    assert not Follower.objects.exists()


@pytest.mark.usefixtures("early_in_the_hour")
def test_who_never_wants_to_be_asked_again_has_a_budget_as_everybody(client):
    """The page would tell, otherwise, once it is spent."""
    make_suppression(KARI, is_final=True)
    answers = []
    for email in (KARI, "nobody@example.org"):
        for _ in range(gate.PER_MAILBOX - 1):
            gate.pass_one(email)
        answers.append([type_in(client, spelling).status_code for spelling in (email, email.replace("@", "+1@"))])
    assert answers == [[200, 429], [200, 429]]


def test_choices_are_stored_and_bad_ones_said_beside_them(client):
    follower = make_follower()
    page = follower.get_absolute_url()
    fields = {"action": "save", "rhythm": "weekly", "language": "sv", "wants_meetups": "on", "is_choosy": "yes"}
    assert "error" in client.post(page, fields).content.decode()
    client.post(page, {**fields, "kinds": ["workshop"]})
    follower.refresh_from_db()
    assert (follower.rhythm, follower.kinds, follower.is_choosy) == ("weekly", ["workshop"], True)


def test_choices_of_meetups_are_folded_and_say_what_is_chosen(client):
    page = reverse("following", args=[make_follower(is_choosy=True, kinds=["workshop"]).token])
    folds = re.findall(r"<details class=\"fold\"( open)?>(.*?)</summary>", client.get(page).content.decode(), re.S)
    assert [is_open for is_open, _summary in folds] == [""] * len(folds)
    assert "Workshop" in folds[0][1]
    assert all("<span>" not in summary for _open, summary in folds[1:])


@pytest.mark.parametrize(("language", "label"), [("nb", "Språk"), ("sv", "Språk"), ("en", "Language")])
def test_language_is_asked_for_in_the_readers_language(client, language, label):
    page = client.get(f"/{language}/follow/{make_follower().token}/").content.decode()
    assert f"<legend>{label}</legend>" in page


def test_nothing_chosen_is_said_not_stored(client):
    follower = make_follower()
    fields = {"action": "save", "rhythm": "weekly", "language": "nb"}
    assert client.post(follower.get_absolute_url(), fields).status_code == 200
    follower.refresh_from_db()
    assert follower.wants_meetups


def test_a_seat_in_two_taps_needs_no_second_mail(client):
    follower, event = make_follower(email=KARI), make_event()
    page = reverse("follow_rsvp", args=[follower.token, event.slug])
    assert KARI in client.get(page).content.decode()
    assert not Rsvp.objects.exists()
    client.post(page, {"name": "Kari Eksempel"})
    assert Rsvp.objects.get().is_going
    deliver_all()
    assert [Delivery.objects.get().kind] == ["rsvp_going"]
    # The name is filled in the next time.
    assert "Kari Eksempel" in client.get(page).content.decode()


def test_a_members_link_gives_the_members_seat(client):
    member, event = make_member(), make_event()
    follower = make_follower(member=member)
    client.post(reverse("follow_rsvp", args=[follower.token, event.slug]))
    assert Rsvp.objects.get().member == member


def test_no_seat_by_the_link_of_one_who_has_not_said_yes(client):
    follower, event = make_follower(is_confirmed=False), make_event()
    page = reverse("follow_rsvp", args=[follower.token, event.slug])
    assert client.post(page, {"name": "Kari"}).status_code == 404


def test_an_organiser_stops_mails_by_hand(client):
    make_follower(email=KARI)
    client.force_login(make_organiser())
    page = reverse("followers")
    assert "errorlist" in client.post(page, {"email": "nonsense"}).content.decode()
    client.post(page, {"email": "kari+news@example.org"})
    assert not Follower.objects.exists()
    assert client.post(page, {"email": KARI}).status_code == 302


@pytest.mark.usefixtures("early_in_the_hour")
def test_strangers_addresses_from_one_network_get_one_mail_each_and_only_so_many(client, monkeypatch):
    monkeypatch.setattr(ratelimits, "POSTS_PER_ADDRESS", 6)
    answers = [type_in(client, f"stranger{n % 4}@example.org").status_code for n in range(12)]
    assert answers == [200] * 6 + [429] * 6
    deliver_all()
    assert len(outbox.outbox) == len({mail.to[0] for mail in outbox.outbox}) == 4


@pytest.mark.parametrize(
    "fields", [{"action": "confirm"}, {"action": "save", "rhythm": "weekly", "language": "nb", "wants_meetups": "on"}]
)
def test_a_page_whose_follower_is_gone_meanwhile_says_so(client, monkeypatch, fields):
    follower = make_follower()
    limit_key = ratelimits.limit_key

    def gone(*args, **kwargs):
        Follower.objects.all().delete()
        return limit_key(*args, **kwargs)

    monkeypatch.setattr(ratelimits, "limit_key", gone)
    assert client.post(follower.get_absolute_url(), fields).status_code == 404
