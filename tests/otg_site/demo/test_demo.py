"""What the demo chapter shows: every state worth seeing, in three languages, true to the rules."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Count, Q
from django.test import override_settings
from django.utils import timezone

from blog.models import Byline, Comment, Post
from blog.panels import summaries_missing
from chapter.models import Chapter, Member
from events.models import Event, EventWording, Rsvp, Venue
from microactions.models import Cheer, Microaction
from otg_site.demo.chapter import texts
from tests import database

pytestmark = pytest.mark.django_db

WRITTEN = (Chapter, Member, Venue, EventWording, Microaction, Post, Byline, Comment)


def by(field, rows):
    return Counter(rows.values_list(field, flat=True))


@pytest.fixture(scope="module")
def demo(kept_demo, django_db_blocker):
    """For the whole file, and rolled back after it."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=kept_demo), transaction.atomic():
        database.restore("demo")
        yield
        transaction.set_rollback(True)


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
    assert by("state", upcoming) == {"published": 7, "cancelled": 1, "postponed": 1}
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


def test_as_many_came_as_the_summaries_tell(demo):
    came = Count("rsvps", filter=Q(rsvps__attendance="came"))
    told = {"Brevet som": 11, "Tre städer": 14, "Forty-six people": 46, "Kort fra lunsjen: hvem har nøkkelen": 7}
    found = {start: Post.objects.get(title__startswith=start).summary_of_id for start in told}
    assert {start: Event.objects.annotate(n=came).get(pk=found[start]).n for start in told} == told


def test_only_the_latest_event_waits_for_its_summary_on_the_desk(demo):
    assert list(summaries_missing(None, None)["events"]) == [Event.objects.past().first()]


def test_about_half_of_the_past_events_have_a_summary_and_the_latest_has_none(demo):
    past = Event.objects.past()
    share = past.filter(summaries__isnull=False).distinct().count() / past.count()
    assert 0.35 < share < 0.6
    assert not past.first().summaries.exists()


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


def test_one_microaction_is_unknown_after_all_its_mails(demo):
    assert [row.mails for row in Microaction.objects.unknown(timezone.localdate())] == [3]


def test_results_tell_something_and_are_cheered(demo):
    results = Microaction.objects.with_result()
    assert not results.filter(result="").exists()
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


def test_comments_were_written_after_their_posts_and_not_all_today(demo):
    written = list(Comment.objects.values_list("created_at", "post__published_at"))
    assert all(published < at < timezone.now() for at, published in written)
    assert len({at.date() for at, _ in written}) > 3


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
    for row in (row for model in WRITTEN for row in model.objects.all()):
        row.clean_fields()
