"""The demo chapter: loaded once, true to the rules, and dated from today."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone

from blog.models import Byline, Comment, Post
from chapter.models import Chapter, Delivery, Image, Member
from events.models import Event, EventWording, Rsvp, Venue
from microactions.models import Cheer, Microaction
from otg_site.demo_chapter import calendar, pictures, texts

pytestmark = pytest.mark.django_db

LUNCH = "Lean Coffee: månedlig lunsjinnsjekk"
COUNTED = (Member, Venue, Event, EventWording, Rsvp, Microaction, Cheer, Post, Byline, Comment, Image)


@pytest.fixture
def demo():
    call_command("load_demo", verbosity=0)


def counts():
    return [model.objects.count() for model in COUNTED]


def by(field, rows):
    return Counter(rows.values_list(field, flat=True))


def lunches():
    return Event.objects.past().filter(wordings__title=LUNCH)


# Loading


def test_loading_twice_changes_nothing(demo):
    before = counts()
    Member.objects.filter(email="kari@example.org").update(name="Kari was here")
    call_command("load_demo", verbosity=0)
    assert counts() == before
    assert Member.objects.get(email="kari@example.org").name == "Kari was here"


def test_is_refused_in_production(settings):
    settings.SITE_MODE = "production"
    with pytest.raises(CommandError, match="not for production"):
        call_command("load_demo")
    assert not Member.objects.exists()


def test_asks_for_the_shipped_texts_first():
    from principles.models import Principle

    Principle.objects.all().delete()
    with pytest.raises(CommandError, match="manage.py prepare"):
        call_command("load_demo")
    assert not Member.objects.exists()


def test_says_what_it_did(capsys):
    call_command("load_demo")
    call_command("load_demo")
    assert capsys.readouterr().out.splitlines() == ["The demo chapter is open.", "The demo chapter is there already."]


def test_sends_no_mail(demo):
    assert not Delivery.objects.exists()


# People


def test_has_two_organisers_and_twelve_members_who_can_sign_in(demo):
    assert by("is_organiser", Member.objects.all()) == {True: 2, False: 12}
    assert Member.objects.filter(emailaddress__verified=True, emailaddress__primary=True).count() == 14
    assert [m.email for m in Member.objects.organisers()] == ["ola@example.org", "sunniva@example.org"]
    assert Chapter.load().name == "One Team Gov Eksempel"


def test_nobody_has_a_password(demo):
    assert not any(member.has_usable_password() for member in Member.objects.all())


def test_all_addresses_are_examples(demo):
    rows = [Member.objects.all(), Rsvp.objects.exclude(email=""), Microaction.objects.exclude(email="")]
    addresses = [address for found in rows for address in found.values_list("email", flat=True)]
    assert len(addresses) > 50
    assert {address.split("@")[1] for address in addresses} == {"example.org"}


def test_kari_has_something_of_each_kind(demo):
    kari = Member.objects.get(email="kari@example.org")
    assert by("status", kari.rsvps.filter(event__in=Event.objects.upcoming())) == {"going": 1, "waitlisted": 1}
    assert kari.microactions.count() >= 4
    assert kari.comments.exists()


# Events


def test_coming_events_are_in_all_states(demo):
    upcoming = Event.objects.upcoming()
    assert by("state", upcoming) == {"published": 5, "cancelled": 1, "postponed": 1}
    assert Event.objects.drafts().count() == 1
    assert not upcoming.exclude(state="published").filter(state_reason="").exists()


def test_next_event_is_within_the_week_with_few_seats_left(demo):
    event = Event.objects.upcoming().with_seats().first()
    assert timedelta(days=2) < event.starts_at - timezone.now() < timedelta(days=6)
    assert event.seats_left == 3


def test_one_event_is_full_with_kari_second_in_line(demo):
    event = Event.objects.upcoming().with_seats().get(waiting_count__gt=0)
    assert (event.going_count, event.waiting_count) == (event.capacity, 4)
    queue = event.rsvps.waitlisted().in_queue_order()
    assert [rsvp.person_name for rsvp in queue][1] == "Kari Eksempel"


def test_coming_events_are_online_unlimited_and_abroad(demo):
    upcoming = Event.objects.upcoming()
    assert upcoming.exclude(online_url="").count() == 1
    assert upcoming.filter(capacity=None).count() == 1
    assert upcoming.filter(time_zone="Europe/Stockholm", venue__language="sv").count() == 1
    assert upcoming.filter(kind="unconference", principles__isnull=False).exists()


def test_nobody_goes_beyond_the_seats(demo):
    full = Event.objects.with_seats().exclude(capacity=None)
    assert [event.slug for event in full if event.going_count > event.capacity] == []


def test_past_events_are_over_and_attended(demo):
    past = Event.objects.past().annotate(people=Count("rsvps"))
    assert 28 <= past.count() <= 38
    assert past.filter(people__gte=6).count() == past.count()
    assert not Rsvp.objects.filter(event__in=Event.objects.past(), status="going", attendance="").exists()
    assert past.last().starts_at < timezone.now() - timedelta(days=900)


def test_about_half_of_the_past_events_have_a_summary_and_the_latest_has_none(demo):
    past = Event.objects.past()
    share = past.filter(summaries__isnull=False).distinct().count() / past.count()
    assert 0.35 < share < 0.6
    assert not past.first().summaries.exists()


@pytest.mark.parametrize(
    "today", ["2026-11-21", "2027-01-03", "2027-02-18", "2027-04-01", "2028-02-29", "2027-07-31"]
)
def test_lunches_are_third_thursdays_at_half_past_eleven_whatever_the_clocks_do(today):
    with time_machine.travel(datetime.fromisoformat(today).replace(tzinfo=UTC), tick=False):
        call_command("load_demo", verbosity=0)
        starts = [event.local_start for event in lunches()]
    assert {(start.strftime("%a %H:%M"), (start.day - 1) // 7) for start in starts} == {("Thu 11:30", 2)}
    assert {start.utcoffset() for start in starts} == {timedelta(hours=1), timedelta(hours=2)}


@pytest.mark.parametrize("hour", [0, 8, 11, 12, 23])
def test_nothing_past_is_in_the_future_on_the_day_itself(hour):
    with time_machine.travel(datetime(2026, 12, 17, hour, 45, tzinfo=UTC), tick=False):
        call_command("load_demo", verbosity=0)
        now = timezone.now()
        assert not Rsvp.objects.filter(created_at__gt=now).exists()
        assert not Microaction.objects.filter(created_at__gt=now).exists()
        assert not Comment.objects.filter(created_at__gt=now).exists()
        assert not Event.objects.exclude(attendance_missing()).filter(ends_at__gt=now).exists()


def attendance_missing():
    from django.db.models import Q

    return ~Q(rsvps__attendance__in=["came", "no_show"])


def test_addresses_begin_with_the_local_date(demo):
    assert [e.slug for e in Event.objects.all() if not e.slug.startswith(f"{e.local_start:%Y-%m-%d}-")] == []


# Microactions


def test_microactions_are_in_all_states(demo):
    rows = Microaction.objects.all()
    assert 22 <= rows.count() <= 28
    assert set(by("status", rows)) == set(Microaction.Status.values)
    assert set(by("visibility", rows)) == set(Microaction.Visibility.values)
    assert Microaction.objects.awaiting_approval().count() == 1
    assert rows.filter(member=None).exists() and rows.exclude(cue="").exists()


def test_results_tell_something_came_after_the_pledge_and_are_cheered(demo):
    results = Microaction.objects.with_result()
    assert not results.filter(result="").exists()
    assert [m.what for m in results if not m.created_at < m.result_at <= timezone.now()] == []
    assert [m.what for m in results if m.result_at.date() < m.due_on] == []
    assert not Cheer.objects.exclude(microaction__in=results).exists()


# Posts


def test_posts_are_long_enough_with_authors_and_principles(demo):
    posts = Post.objects.published().exclude(title__in=[plan["title"] for plan in short_summaries()])
    words = {post.slug: len(post.body_text.split()) for post in posts}
    assert 8 <= len(words) <= 10
    assert {slug: n for slug, n in words.items() if not 250 <= n <= 600} == {}
    assert not posts.filter(bylines__bio="").exists()
    assert not posts.filter(principles=None).exists()


def short_summaries():
    return texts.toml("short_summaries")["summary"]


def test_posts_are_drafted_scheduled_translated_and_summaries(demo):
    assert Post.objects.drafts().count() == 1
    assert Post.objects.scheduled().count() == 1
    assert Post.objects.published().filter(translation_of__isnull=False).count() == 2
    assert by("language", Post.objects.published()).keys() == {"nb", "sv", "en"}


def test_comments_are_visible_and_held(demo):
    assert Comment.objects.visible().count() >= 8
    assert Comment.objects.held().count() == 1


def test_covers_are_described_in_the_language_of_the_post(demo):
    covered = Post.objects.exclude(cover=None)
    assert 4 <= covered.count() <= 6
    assert {post.cover.alt.split(":")[0] for post in covered.filter(language="nb")} == {"Tegning"}


# Texts


def test_every_language_has_events_posts_and_microactions(demo):
    for rows in (EventWording.objects.all(), Post.objects.published(), Microaction.objects.public()):
        assert min(by("language", rows)[code] for code in ("nb", "sv", "en")) >= 2


def test_several_events_have_wordings_in_more_languages(demo):
    languages = Event.objects.upcoming().annotate(n=Count("wordings")).values_list("n", flat=True)
    assert Counter(languages)[3] >= 2 and Counter(languages)[2] >= 2


def test_no_public_text_is_empty(demo):
    assert not EventWording.objects.filter(body_text="").exists()
    assert not Post.objects.filter(lead="").exists()
    assert not Post.objects.filter(body_text="").exists()
    assert not Venue.objects.filter(directions="").exists() and not Venue.objects.filter(access_notes="").exists()


def test_every_stored_value_would_pass_its_form(demo):
    for model in COUNTED:
        for row in model.objects.all():
            row.clean_fields(exclude=["file", "password"])


# The parts


def test_a_weekend_moves_to_its_monday():
    saturday = calendar.Calendar(moment=None, today=datetime(2026, 11, 21).date())
    assert [f"{saturday.workday(n):%a}" for n in range(4)] == ["Mon", "Mon", "Mon", "Tue"]


def test_third_thursdays_are_between_the_fifteenth_and_the_twenty_first():
    days = [calendar.third_thursday(year, month) for year in range(2024, 2034) for month in range(1, 13)]
    assert {f"{day:%a}" for day in days} == {"Thu"}
    assert {day.day for day in days} == set(range(15, 22))


def test_a_picture_is_drawn_alike_every_time_and_differs_from_the_next():
    wall, other = pictures.Scene(3, 2, (2, 3)), pictures.Scene(2, 2, (5, 6))
    drawings = [pictures.poster(scene).read() for scene in (wall, wall, other)]
    assert [len(list(same)) for _, same in groupby(drawings)] == [2, 1]
