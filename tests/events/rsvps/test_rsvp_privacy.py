"""What is kept about people who sign up, and when it goes."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from chapter.privacy import registry as privacy_register
from events.models import Event, Rsvp
from events.rsvps import panels as me_panels
from events.rsvps import privacy
from tests.factories import make_event, make_member, make_rsvp
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
S = Rsvp.Status


def test_export_has_own_rows_and_those_made_as_a_guest_and_nobody_elses():
    member = make_member()
    own, guest = make_rsvp(member=member), make_rsvp(email=member.email)
    make_rsvp(), make_rsvp(member=make_member())
    rows = privacy_register.export(member)["events.Rsvp"]
    assert [(row["event"], row["email"]) for row in rows] == [
        (own.event.slug, member.email),
        (guest.event.slug, member.email),
    ]


def test_deleting_a_member_sends_no_mail_to_them(mailoutbox):
    member = make_member()
    make_rsvp(member=member)
    privacy_register.erase(member, keep_texts=False)
    deliver_all()
    assert (mailoutbox, Rsvp.objects.get().status) == ([], S.CANCELLED)


def test_past_attendance_stays_a_count():
    member, event = make_member(), make_event(starts_in=timedelta(days=-3))
    make_rsvp(member=member, event=event), make_rsvp(email=member.email, event=event, status=S.PENDING)
    privacy_register.erase(member, keep_texts=False)
    assert (event.rsvps.going().count(), event.rsvps.exclude(name="", email="", member=None).count()) == (1, 0)


def test_guests_are_forgotten_a_month_after_the_event_and_still_counted():
    old, lately = (make_event(starts_in=timedelta(days=-days)) for days in (31, 29))
    make_rsvp(event=old), make_rsvp(event=lately)
    assert privacy.expire_rsvps() == 1
    assert list(old.rsvps.values_list("name", "email", "status")) == [("", "", S.GOING)]
    assert lately.rsvps.exclude(email="").count() == 1
    assert privacy.expire_rsvps() == 0


def test_what_was_never_confirmed_is_deleted_after_a_week():
    old, fresh = make_rsvp(status=S.EXPIRED), make_rsvp(status=S.PENDING)
    Rsvp.objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=8))
    privacy.expire_rsvps()
    assert list(Rsvp.objects.all()) == [fresh]


def test_my_page_lists_what_is_to_come(rf, django_assert_num_queries):
    member = make_member()
    later, sooner = (make_rsvp(member=member, event=make_event(starts_in=timedelta(days=days))) for days in (9, 2))
    make_rsvp(member=member, event=make_event(starts_in=timedelta(days=-2)))
    make_rsvp(member=member, status=S.CANCELLED), make_rsvp()
    with django_assert_num_queries(2):
        context = me_panels.my_rsvps(member, rf.get("/"))
    assert [rsvp for _event, rsvp, _may in context["rows"]] == [sooner, later]


def test_my_page_says_what_to_do_when_there_is_nothing(rf):
    member = make_member()
    request = rf.get("/")
    html = render_to_string("events/rsvps/_on_me.html", {"panel": me_panels.my_rsvps(member, request)}, request)
    assert "<table" not in html and 'class="link-more"' in html
    assert Event.objects.count() == 0
