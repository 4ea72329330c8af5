"""Comments: a first one waits, later ones do not, and organisers can hide and restore."""

import pytest

from blog.comments.actions import moderate
from blog.models import Comment
from chapter.models import Member
from tests.blog.conftest import signed_in
from tests.factories import make_comment, make_member, make_organiser, make_post

pytestmark = pytest.mark.django_db
HELD, VISIBLE, HIDDEN = Comment.Status.HELD, Comment.Status.VISIBLE, Comment.Status.HIDDEN


def comment_url(post):
    return f"/nb/blog/{post.pk}/comment/"


def move(client, comment, name, **extra):
    client.post(f"/nb/blog/comments/{comment.pk}/moderate/", {"move": name, **extra})
    comment.refresh_from_db()
    return comment.status


def test_first_comment_waits_and_its_author_sees_it(member, client):
    post = make_post()
    member.post(comment_url(post), {"body": "Hurra for *kaffe*"})
    assert post.comments.get().status == HELD
    assert "Hurra for <em>kaffe</em>" in member.get(post.get_absolute_url()).text


def test_waiting_comment_is_hidden_from_others(client):
    comment = make_comment(status=HELD, body="Waiting words")
    for person in (None, make_member()):
        if person:
            signed_in(client, person)
        assert "Waiting words" not in client.get(comment.post.get_absolute_url()).text


def test_comment_after_an_approved_one_is_visible_at_once(member):
    make_comment(member=member.person, status=VISIBLE)
    post = make_post()
    member.post(comment_url(post), {"body": "Igjen"})
    assert post.comments.get().status == VISIBLE


@pytest.mark.parametrize("let_through", ["approve", "restore"])
def test_link_waits_until_an_organiser_let_one_of_theirs_through(member, let_through):
    make_comment(member=member.person, status=VISIBLE)
    post = make_post()
    member.post(comment_url(post), {"body": "Se bit.ly/x"})
    first = post.comments.get()
    assert first.status == HELD
    moderate(first, move=let_through)
    member.post(comment_url(post), {"body": "Se example.academy"})
    assert post.comments.latest("pk").status == VISIBLE


def test_link_that_nobody_looked_at_makes_nobody_trusted(member):
    """As one that was visible at once under a guard that knew fewer endings."""
    make_comment(member=member.person, status=VISIBLE, body="Se bit.ly/x")
    post = make_post()
    member.post(comment_url(post), {"body": "Se example.academy"})
    member.post(comment_url(post), {"body": "Takk for sist"})
    assert list(post.comments.order_by("pk").values_list("status", flat=True)) == [HELD, VISIBLE]


@pytest.mark.parametrize("moves", [["approve", "hide"], ["approve", "hide", "hide"]])
def test_link_that_an_organiser_hid_makes_nobody_trusted(member, moves):
    make_comment(member=member.person, status=VISIBLE)
    linked = make_comment(member=member.person, status=HELD, body="Se bit.ly/x")
    for move in moves:
        moderate(linked, move=move)
    Comment.objects.filter(pk=linked.pk).update(status=VISIBLE)
    post = make_post()
    member.post(comment_url(post), {"body": "Se example.academy"})
    assert post.comments.get().status == HELD


def test_words_that_an_organiser_approved_make_nobody_trusted_for_links(member):
    moderate(make_comment(member=member.person, status=HELD), move="approve")
    post = make_post()
    member.post(comment_url(post), {"body": "Se example.academy"})
    assert post.comments.get().status == HELD


def test_link_of_somebody_who_was_an_organiser_then_waits_now(organiser):
    post = make_post()
    organiser.post(comment_url(post), {"body": "Se bit.ly/x"})
    Member.objects.filter(pk=organiser.person.pk).update(is_organiser=False)
    organiser.post(comment_url(post), {"body": "Se example.academy"})
    assert list(post.comments.order_by("pk").values_list("status", flat=True)) == [VISIBLE, HELD]


@pytest.mark.parametrize("before", [HELD, HIDDEN])
def test_comment_after_one_that_was_never_approved_waits(member, before):
    make_comment(member=member.person, status=before)
    post = make_post()
    member.post(comment_url(post), {"body": "Igjen"})
    assert post.comments.get().status == HELD


def test_organiser_needs_no_approval(organiser):
    post = make_post()
    organiser.post(comment_url(post), {"body": "Takk"})
    assert post.comments.get().status == VISIBLE


def test_visitor_may_sign_in_first(client):
    post = make_post()
    assert f"/nb/accounts/login/?next={post.get_absolute_url()}" in client.get(post.get_absolute_url()).text


def test_words_of_somebody_who_was_signed_out_meanwhile_are_kept(client):
    response = client.post(comment_url(make_post()), {"body": "Hei"})
    assert (response.status_code, response.context["comment_form"]["body"].value()) == (200, "Hei")
    assert not Comment.objects.exists()


@pytest.mark.parametrize("body", ["", "   ", "x" * 2001, "\u200b"])
def test_invalid_comment_keeps_what_was_typed(member, body):
    post = make_post()
    response = member.post(comment_url(post), {"body": body})
    assert response.status_code == 200 and list(response.context["comment_form"].errors) == ["body"]
    assert response.context["comment_form"]["body"].value() == body


def test_draft_takes_no_comments(organiser):
    post = make_post(is_draft=True)
    assert organiser.post(comment_url(post), {"body": "Hei"}).status_code == 404


@pytest.mark.usefixtures("early_in_the_hour")
def test_eleventh_comment_in_an_hour_is_too_many(member):
    post = make_post()
    answers = [member.post(comment_url(post), {"body": "Hei"}).status_code for _ in range(11)]
    assert (answers, post.comments.count()) == ([302] * 10 + [429], 10)


@pytest.mark.parametrize("body", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](/media/images/a.webp)", "# Big"])  # fmt: skip
def test_hostile_comment_is_harmless(member, body):
    post = make_post()
    member.post(comment_url(post), {"body": body})
    html = post.comments.get().body_html
    assert not any(tag in html for tag in ("<script", "<img", "<h", 'href="javascript'))


def test_approve_hide_restore(organiser, client):
    comment = make_comment(status=HELD, body="Weighed words")
    page = comment.post.get_absolute_url()
    assert move(organiser, comment, "approve") == VISIBLE
    assert move(organiser, comment, "hide") == HIDDEN
    organiser.logout()
    assert "Weighed words" not in client.get(page).text
    assert move(signed_in(client, make_organiser()), comment, "restore") == VISIBLE


@pytest.mark.parametrize("name", ["", "delete", "visible"])
def test_unknown_move_changes_nothing(organiser, name):
    assert move(organiser, make_comment(status=HELD), name) == HELD


def test_member_moderates_nothing(member):
    assert move(member, make_comment(status=HELD, member=member.person), "approve") == HELD


def test_queue_shows_what_waits_oldest_first(organiser):
    first, second = make_comment(status=HELD), make_comment(status=HELD)
    make_comment(status=VISIBLE)
    make_comment(status=HIDDEN)
    assert list(organiser.get("/nb/blog/comments/").context["page"]) == [first, second]


def test_from_the_queue_one_comes_back_to_it(organiser):
    comment = make_comment(status=HELD)
    response = organiser.post(f"/nb/blog/comments/{comment.pk}/moderate/", {"move": "approve", "queue": "1"})
    assert response.url == "/nb/blog/comments/"


def test_member_deletes_own_comment_and_no_other(member):
    own, other = make_comment(member=member.person), make_comment()
    answers = [member.post(f"/nb/blog/comments/{one.pk}/delete/").status_code for one in (own, other)]
    assert (answers, list(Comment.objects.all())) == ([302, 404], [other])


@pytest.mark.parametrize("rows", [1, 3])
def test_queue_needs_the_same_queries(organiser, django_assert_num_queries, rows):
    for _ in range(rows):
        make_comment(status=HELD)
    organiser.get("/nb/blog/comments/")
    with django_assert_num_queries(4):
        organiser.get("/nb/blog/comments/")


def test_comment_is_marked_with_the_language_of_the_page_it_was_written_on(member):
    post = make_post()
    member.post(f"/sv/blog/{post.pk}/comment/", {"body": "Tack"})
    assert post.comments.get().language == "sv"
