"""A person's names and comments: exported whole, and gone or nameless when the person leaves."""

from datetime import timedelta

import pytest

from blog import posts, summaries
from blog.models import Byline, Comment
from chapter.privacy import registry as privacy_register
from tests.factories import make_board, make_comment, make_event, make_member, make_microaction, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaver():
    """A member with a byline, a visible comment and a waiting one."""
    person = make_member(name="Liv Leaver")
    post = make_post(title="Mine", author="Liv Leaver")
    post.bylines.update(member=person, bio="Likes maps.")
    make_comment(member=person, post=post, body="Stays")
    make_comment(member=person, post=post, body="Waits", status=Comment.Status.HELD)
    make_comment(body="Of somebody else")
    return person


def test_export_has_everything(leaver):
    exported = privacy_register.export(leaver)
    assert [(row["name"], row["bio"]) for row in exported["blog.Byline"]] == [("Liv Leaver", "Likes maps.")]
    assert [row["text"] for row in exported["blog.Comment"]] == ["Stays", "Waits"]


def test_leaving_texts_behind_takes_the_name_off_comments(leaver):
    privacy_register.erase(leaver, keep_texts=True)
    left = [(comment.body, comment.member is None) for comment in Comment.objects.order_by("id")]
    assert left == [("Stays", True), ("Of somebody else", False)]


def test_leaving_texts_behind_leaves_the_post_without_the_name(leaver, client):
    address = Byline.objects.get(name="Liv Leaver").post.get_absolute_url()
    privacy_register.erase(leaver, keep_texts=True)
    response = client.get(address)
    assert (response.status_code, "Liv Leaver" in response.text) == (200, False)


def test_a_summary_no_longer_says_who_edited_it_and_whose_idea_the_meetup_was():
    person, other = make_member(name="Liv [Leaver]"), make_member(name="Liv Leaver Lund")
    event = make_event(starts_in=timedelta(days=-2), language="en")
    make_board(event=event, phase="closed", language="en")
    make_microaction(member=person, name="Liv", led_to=event, status="done")
    post = summaries.start_summary(event, person)
    assert ("Liv" in post.lead, "Liv" in post.body) == (True, True)
    post = posts.save(
        post, version=post.version, by=other, bylines=[(one.display_name, "") for one in (person, other)]
    )
    privacy_register.erase(person, keep_texts=False)
    post.refresh_from_db()
    said = f"{post.lead} {post.body_html} {post.body_text} {post.composed}"
    assert ("Liv" in said, post.lead.startswith("This meetup began with a microaction by a former member")) == (
        False,
        True,
    )
    assert "edited by a former member." in post.body_text


def test_what_was_written_by_hand_in_a_summary_stays():
    person, event = make_member(name="Liv Leaver"), make_event(starts_in=timedelta(days=-2), language="en")
    make_board(event=event, phase="closed", language="en")
    post = summaries.start_summary(event, person)
    post.body = "Leavers came.\n\nWe thank Liv Leaver."
    posts.save(post, version=post.version, by=person, bylines=[("Liv Leaver", "")])
    privacy_register.erase(person, keep_texts=False)
    post.refresh_from_db()
    assert (post.body, "Liv" in str(post.composed)) == ("Leavers came.\n\nWe thank Liv Leaver.", False)


def test_taking_everything_along_leaves_nothing(leaver):
    privacy_register.erase(leaver, keep_texts=False)
    assert [comment.body for comment in Comment.objects.all()] == ["Of somebody else"]
    assert not Byline.objects.filter(name="Liv Leaver").exists()


def test_page_with_a_nameless_comment_is_readable(leaver, client):
    post = make_post()
    make_comment(post=post, member=leaver, body="Stays here too")
    privacy_register.erase(leaver, keep_texts=True)
    assert "Stays here too" in client.get(post.get_absolute_url()).text
