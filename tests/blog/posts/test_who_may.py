"""Who may do what to posts and comments, and where a comment can go from each state."""

from datetime import UTC, datetime

import pytest

from blog.models import Comment, Post
from tests.factories import make_comment, make_event, make_post

pytestmark = pytest.mark.django_db
S = Comment.Status
OF_MEMBERS = [S.HELD, S.VISIBLE, S.HIDDEN]


@pytest.mark.parametrize("action", ["edit", "publish", "delete"])
def test_members_change_no_draft(member, typed, action):
    post = make_post(title="Before", is_draft=True)
    sent = typed(when="now", version=post.version)
    assert member.post(f"/nb/blog/{post.pk}/{action}/", sent).status_code == 403
    post.refresh_from_db()
    assert (post.title, post.is_draft) == ("Before", True)


def test_members_take_nothing_off_the_blog_and_begin_nothing(member, typed):
    post, event = make_post(), make_event(starts_at=datetime(2025, 3, 13, 16, tzinfo=UTC))
    paths = (f"{post.pk}/unpublish/", "new/", f"summary/{event.slug}/")
    assert [member.post(f"/nb/blog/{path}", typed()).status_code for path in paths] == [403] * 3
    assert list(Post.objects.published()) == [post]


def test_visitors_are_asked_to_sign_in_first(client, typed):
    post = make_post()
    for path in (f"{post.pk}/unpublish/", f"{post.pk}/edit/", "new/"):
        assert "/nb/accounts/login/" in client.post(f"/nb/blog/{path}", typed()).headers["Location"]
    assert list(Post.objects.published()) == [post]


@pytest.mark.parametrize(("move", "leads_to"), [("approve", S.VISIBLE), ("restore", S.VISIBLE), ("hide", S.HIDDEN)])
@pytest.mark.parametrize("before", OF_MEMBERS)
def test_every_move_leads_to_its_state_wherever_it_begins(organiser, before, move, leads_to):
    comment = make_comment(status=before)
    organiser.post(f"/nb/blog/comments/{comment.pk}/moderate/", {"move": move})
    comment.refresh_from_db()
    assert comment.status == leads_to


@pytest.mark.parametrize(
    ("status", "buttons"),
    [(S.HELD, {"approve", "hide"}), (S.VISIBLE, {"hide"}), (S.HIDDEN, {"restore"})],
)
def test_organiser_is_offered_the_moves_that_make_sense(organiser, status, buttons):
    page = organiser.get(make_comment(status=status).post.get_absolute_url()).text
    assert {move for move in ("approve", "hide", "restore") if f'value="{move}"' in page} == buttons


def test_hidden_comment_is_gone_for_its_author_too(member):
    comment = make_comment(member=member.person, status=S.HIDDEN, body="Rude words")
    assert "Rude words" not in member.get(comment.post.get_absolute_url()).text


@pytest.mark.parametrize("status", OF_MEMBERS)
def test_own_comment_can_be_deleted_in_any_state(member, status):
    comment = make_comment(member=member.person, status=status)
    member.post(f"/nb/blog/comments/{comment.pk}/delete/")
    assert not Comment.objects.exists()


def test_button_to_delete_stands_at_ones_own_comment_only(member):
    post = make_post()
    own, other = make_comment(post=post, member=member.person), make_comment(post=post)
    page = member.get(post.get_absolute_url()).text
    assert [f"/comments/{one.pk}/delete/" in page for one in (own, other)] == [True, False]


def test_organiser_hides_but_never_deletes_what_others_wrote(organiser):
    comment = make_comment()
    assert organiser.post(f"/nb/blog/comments/{comment.pk}/delete/").status_code == 404
    assert Comment.objects.exists()
