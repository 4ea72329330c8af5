"""Publishing now and later, taking back, deleting; what keeps a post from being published."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from blog import posts
from blog.models import Post
from chapter.models import Chapter
from tests.factories import make_post

pytestmark = pytest.mark.django_db
UNDESCRIBED = "![Describe the picture here](/media/images/abc.webp)"


def publish_url(post):
    return f"/nb/blog/{post.pk}/publish/"


def later(day, hour):
    return {"when": "later", "day": day, "hour": hour}


def test_publish_now(organiser):
    post = make_post(is_draft=True)
    organiser.post(publish_url(post), {"when": "now"})
    assert list(Post.objects.published()) == [post]


@time_machine.travel("2026-03-01T12:00:00Z", tick=False)
def test_schedule_on_the_chapters_clock(organiser):
    post = make_post(is_draft=True)
    organiser.post(publish_url(post), later("2026-03-10", "08:30"))
    post.refresh_from_db()
    assert (post.published_at, post.is_scheduled) == (datetime(2026, 3, 10, 7, 30, tzinfo=UTC), True)


@time_machine.travel("2026-03-01T12:00:00Z", tick=False)
@pytest.mark.parametrize(("day", "hour", "field"), [("2026-03-29", "02:30", "hour"), ("2026-02-01", "10:00", "day"), ("", "10:00", "day"), ("2026-03-10", "", "hour"), ("9999-12-31", "23:59", None), ("0001-01-01", "00:00", "hour"), ("soon", "10:00", "day")])  # fmt: skip
def test_time_that_cannot_be_is_refused_beside_the_field(organiser, day, hour, field):
    post = make_post(is_draft=True)
    response = organiser.post(publish_url(post), later(day, hour))
    post.refresh_from_db()
    if field:
        assert (list(response.context["form"].errors), post.is_draft) == ([field], True)
        assert response.context["form"]["hour"].value() == hour
    else:
        assert post.is_scheduled


@pytest.mark.parametrize("body", ["", UNDESCRIBED, "> ✎ What did we talk about?"])
def test_unfinished_post_is_not_published(organiser, body):
    post = make_post(is_draft=True, body=body)
    response = organiser.post(publish_url(post), {"when": "now"})
    assert len(response.context["form"].non_field_errors()) == 1
    assert not Post.objects.published().exists()


def test_saving_names_the_picture_that_is_not_described(organiser, typed):
    response = organiser.post("/nb/blog/new/", typed(body=UNDESCRIBED), follow=True)
    assert ["abc.webp" in str(message) for message in response.context["messages"]] == [False, True]


def test_verb_refuses_by_itself():
    with pytest.raises(ValidationError):
        posts.publish(make_post(is_draft=True, body=""))


def test_publishing_again_keeps_the_first_date():
    post = make_post()
    first = post.published_at
    assert posts.publish(posts.unpublish(post)).published_at == first


def test_unpublished_post_is_gone_for_readers(organiser, client):
    post = make_post()
    organiser.post(f"/nb/blog/{post.pk}/unpublish/")
    organiser.logout()
    assert client.get(post.get_absolute_url()).status_code == 404


def test_unscheduled_post_loses_its_time():
    post = make_post(published_at=datetime(2999, 1, 1, tzinfo=UTC))
    assert posts.unpublish(post).published_at is None


def test_only_drafts_are_deleted(organiser):
    draft, public = make_post(is_draft=True), make_post()
    for post in (draft, public):
        organiser.post(f"/nb/blog/{post.pk}/delete/")
    assert list(Post.objects.all()) == [public]


def test_draft_published_in_the_meantime_is_not_deleted():
    post = make_post(is_draft=True)
    posts.publish(post)
    assert posts.delete_draft(post) is False


def test_asking_deletes_nothing(organiser):
    post = make_post(is_draft=True)
    organiser.get(f"/nb/blog/{post.pk}/delete/")
    assert Post.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_organisers_list_needs_the_same_queries(organiser, django_assert_num_queries, rows):
    for _ in range(rows):
        make_post(is_draft=True)
        make_post(published_at=datetime(2999, 1, 1, tzinfo=UTC))
        make_post()
    organiser.get("/nb/blog/posts/")
    with django_assert_num_queries(9):
        organiser.get("/nb/blog/posts/")


def test_post_that_has_been_public_is_not_for_later(organiser):
    """Its address is in bookmarks: a first date in the future would make it a new post with another address."""
    post = make_post()
    posts.unpublish(post)
    response = organiser.post(publish_url(post), later("2099-03-10", "08:30"))
    post.refresh_from_db()
    assert (len(response.context["form"].non_field_errors()), post.has_been_public) == (1, True)


@time_machine.travel("2026-03-01T12:00:00Z", tick=False)
@pytest.mark.parametrize(
    ("zone", "day", "hour", "moment"),
    [
        ("Europe/Oslo", "2026-03-29", "03:00", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("Europe/Oslo", "2026-10-25", "02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("Europe/Oslo", "2026-10-25", "03:00", datetime(2026, 10, 25, 2, tzinfo=UTC)),
        ("Europe/Helsinki", "2026-03-29", "02:30", datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
    ],
)
def test_schedule_in_the_nights_of_the_clock_change(organiser, zone, day, hour, moment):
    Chapter.load()
    Chapter.objects.update(time_zone=zone)
    post = make_post(is_draft=True)
    organiser.post(publish_url(post), later(day, hour))
    post.refresh_from_db()
    assert post.published_at == moment


def test_scheduled_post_can_be_given_another_time_or_published_now():
    post = posts.publish(make_post(is_draft=True), at=datetime(2998, 1, 1, tzinfo=UTC))
    post = posts.publish(post, at=datetime(2999, 1, 1, tzinfo=UTC))
    assert (post.is_scheduled, post.published_at.year) == (True, 2999)
    assert posts.publish(post).is_published


@pytest.mark.parametrize("body", ["", "  \n", "***"])
def test_text_without_a_word_is_no_text(body):
    with pytest.raises(ValidationError):
        posts.publish(make_post(is_draft=True, body=body))


def test_each_picture_that_waits_is_named():
    two = UNDESCRIBED.replace("abc", "two")
    body = f"{UNDESCRIBED}\n\n![A cup](/media/images/cup.webp)\n\n![](/media/images/decor.webp)\n\n{two}"
    first, second = posts.problems_of(make_post(is_draft=True, body=body))
    assert ("abc.webp" in first, "two.webp" in second) == (True, True)


def test_editor_that_was_open_while_it_was_published_is_told(organiser, typed):
    post = make_post(title="Before", is_draft=True)
    begun = post.version
    posts.publish(post)
    response = organiser.post(f"/nb/blog/{post.pk}/edit/", typed(version=begun))
    assert (response.context["conflict"].is_published, Post.objects.get().title) == (True, "Before")
