"""One mailbox, one person: no tag behind the name gives a second seat or a second mail."""

from contextlib import suppress

import pytest
from django.urls import reverse

from chapter.mail import MailboxFull
from chapter.models import Delivery
from events import rsvps
from events.models import Rsvp
from tests.factories import make_event, make_member, make_rsvp
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
S = Rsvp.Status


def _sign_up(event, email, name="Kari", language="nb"):
    rsvps.rsvp_as_guest(event_id=event.pk, name=name, email=email, language=language)


def test_sixty_tags_are_one_row_and_one_mail():
    event = make_event(capacity=60)
    for n in range(60):
        _sign_up(event, f"victim+{n}@example.org")
        for rsvp in Rsvp.objects.pending():
            rsvps.confirm(token=rsvp.token)
    assert list(event.rsvps.values_list("email", "status")) == [("victim+0@example.org", S.GOING)]
    assert sorted(Delivery.objects.values_list("kind", flat=True)) == ["rsvp_already", "rsvp_confirm", "rsvp_going"]


def test_unconfirmed_tags_are_one_pending_row_and_no_more_mails_than_a_mailbox_takes():
    event = make_event()
    for n in range(60):
        with suppress(MailboxFull):
            _sign_up(event, f"victim+{n}@example.org")
    assert (event.rsvps.count(), event.rsvps.pending().count(), Delivery.objects.count()) == (8, 1, 8)


def test_letter_goes_to_the_address_just_typed_with_what_was_just_typed(mailoutbox):
    event = make_event()
    _sign_up(event, "kari+zz@example.org", name="A stranger", language="sv")
    deliver_all()
    _sign_up(event, "kari@example.org", language="nb")
    deliver_all()
    stranger, own = event.rsvps.order_by("id")
    assert [mail.to for mail in mailoutbox] == [["kari+zz@example.org"], ["kari@example.org"]]
    assert (own.name, own.language, own.status) == ("Kari", "nb", S.PENDING)
    assert own.token in mailoutbox[1].body and stranger.token not in mailoutbox[1].body


def test_link_of_a_stranger_does_not_open_the_owners_row():
    event = make_event()
    _sign_up(event, "kari+zz@example.org", name="A stranger"), _sign_up(event, "kari@example.org")
    stranger, own = event.rsvps.order_by("id")
    rsvps.confirm(token=own.token)
    with pytest.raises(rsvps.NotOpen):
        rsvps.confirm(token=stranger.token)
    assert list(event.rsvps.active().values_list("name", "email", "status")) == [
        ("Kari", "kari@example.org", S.GOING)
    ]


def test_stranger_who_signs_up_later_ends_neither_letter_nor_link(mailoutbox):
    event = make_event()
    _sign_up(event, "kari@example.org"), _sign_up(event, "kari+zz@example.org", name="A stranger")
    deliver_all()
    own = event.rsvps.get(email="kari@example.org")
    assert sorted(mail.to[0] for mail in mailoutbox) == ["kari+zz@example.org", "kari@example.org"]
    assert rsvps.confirm(token=own.token).status == S.GOING
    assert event.rsvps.active().get() == own


def test_no_letter_asks_to_confirm_what_the_mailbox_has_already(mailoutbox):
    event = make_event()
    _sign_up(event, "kari+zz@example.org"), _sign_up(event, "kari@example.org")
    rsvps.confirm(token=event.rsvps.get(email="kari@example.org").token)
    deliver_all()
    assert [(mail.to, "/events/rsvp/" in mail.body) for mail in mailoutbox] == [(["kari@example.org"], True)]


def test_member_keeps_their_own_language_when_a_stranger_typed_their_address():
    event, member = make_event(), make_member(email="kari@example.org", language="nb")
    _sign_up(event, "kari@example.org", name="A stranger", language="sv")
    assert rsvps.rsvp_as_member(event_id=event.pk, member=member).language == "nb"


def test_mail_that_one_is_in_already_goes_to_the_address_in_the_row():
    event, member = make_event(), make_member(email="kari@example.org")
    guest, own = make_rsvp(event=event, email="ola@example.org"), make_rsvp(event=event, member=member)
    _sign_up(event, "ola+2@example.org"), _sign_up(event, "kari+2@example.org")
    told = Delivery.objects.filter(kind="rsvp_already").order_by("object_id")
    assert list(told.values_list("object_id", flat=True)) == [guest.pk, own.pk]
    assert event.rsvps.count() == 2


def test_two_spellings_of_a_domain_are_one_person():
    event = make_event()
    _sign_up(event, "kari@blåbær.no"), _sign_up(event, "Kari@xn--blbr-roah.no")
    assert event.rsvps.get().email == "kari@xn--blbr-roah.no"


def test_guest_with_a_tag_does_not_get_a_members_row():
    event, member = make_event(), make_member(email="kari@example.org")
    waiting = make_rsvp(event=event, email="kari+2@example.org", status=S.PENDING)
    rsvps.rsvp_as_member(event_id=event.pk, member=member)
    waiting.refresh_from_db()
    assert waiting.status == S.EXPIRED
    with pytest.raises(rsvps.NotOpen):
        rsvps.confirm(token=waiting.token)
    assert event.rsvps.active().get().member == member


def test_page_says_that_another_address_is_on_the_list(client):
    event = make_event()
    waiting = make_rsvp(event=event, email="kari+2@example.org", status=S.EXPIRED)
    make_rsvp(event=event, email="kari@example.org")
    page = client.post(reverse("rsvp", args=[waiting.token]), {"action": "confirm"})
    assert page.status_code == 409 and event.rsvps.active().count() == 1


def test_unconfirmed_sign_up_keeps_nobody_out():
    event = make_event()
    make_rsvp(event=event, email="kari+evil@example.org", status=S.PENDING)
    left = make_rsvp(event=event, email="kari@example.org", status=S.CANCELLED)
    assert rsvps.rejoin(rsvp_id=left.pk).status == S.GOING


def test_second_account_of_a_mailbox_gets_no_second_seat():
    event = make_event()
    rsvps.rsvp_as_member(event_id=event.pk, member=make_member(email="kari@example.org"))
    with pytest.raises(rsvps.NotOpen):
        rsvps.rsvp_as_member(event_id=event.pk, member=make_member(email="kari+2@example.org"))
    assert event.rsvps.active().count() == 1


def test_row_that_was_left_is_used_again_at_its_own_address_alone():
    event = make_event()
    left = make_rsvp(event=event, email="kari@example.org", status=S.CANCELLED)
    _sign_up(event, "kari+2@example.org")
    left.refresh_from_db()
    assert left.status == S.CANCELLED
    _sign_up(event, "kari@example.org")
    assert list(event.rsvps.order_by("id").values_list("email", "status")) == [
        ("kari@example.org", S.PENDING),
        ("kari+2@example.org", S.EXPIRED),
    ]


def test_people_are_counted_by_mailbox():
    make_rsvp(email="kari@example.org"), make_rsvp(email="kari+2@example.org"), make_rsvp(email="ola@example.org")
    assert Rsvp.objects.number_of_people() == 2
