"""Comments of guests: confirmed from the mail, held for an organiser, and gone when they should be."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from blog import privacy as blog_privacy
from blog.comments import actions
from blog.models import Comment
from chapter import privacy
from chapter.privacy import registry
from tests.blog.conftest import signed_in
from tests.everywhere.hostile import _guest_comment
from tests.factories import make_comment, make_member, make_organiser, make_post
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
UNCONFIRMED, HELD, VISIBLE, HIDDEN = Comment.Status.values
KARI = {"name": "Kari", "email": "kari@example.org"}


def guest(**fields):
    return make_comment(**{**KARI, "status": UNCONFIRMED, **fields})


def send(client, post, **fields):
    return client.post(f"/nb/blog/{post.pk}/comment/", {**_guest_comment(None), **fields})


def act(client, comment, action):
    answer = client.post(comment.get_guest_url(), {"action": action})
    return answer, Comment.objects.filter(pk=comment.pk).values_list("status", flat=True).first()


def test_guest_writes_confirms_and_is_shown_once_approved(client, mailoutbox):
    post = make_post()
    assert send(client, post, body="Hurra for *kaffe*").url == "/nb/blog/comments/sent/"
    deliver_all()
    comment = post.comments.get()
    assert comment.get_guest_url() in mailoutbox[-1].body
    assert act(client, comment, "confirm")[1] == HELD
    assert "Hurra for" not in client.get(post.get_absolute_url()).text
    actions.moderate(Comment.objects.get(), move="approve")
    page = client.get(post.get_absolute_url().replace("/nb/", "/en/")).text
    assert all(words in page for words in ("Hurra for <em>kaffe</em>", "Kari", "guest"))


def test_link_in_the_mail_changes_nothing_until_the_button_is_pressed(client):
    comment = guest()
    page = client.get(comment.get_guest_url())
    assert (page.status_code, page["X-Robots-Tag"], Comment.objects.get().status) == (200, "noindex", UNCONFIRMED)


@pytest.mark.parametrize("action", ["", "approve", "visible"])
def test_unknown_action_changes_nothing(client, action):
    answer, status = act(client, guest(), action)
    assert (answer.status_code, status) == (400, UNCONFIRMED)


def test_confirming_again_changes_nothing(client):
    comment = guest(status=VISIBLE)
    assert act(client, comment, "confirm")[1] == VISIBLE


def test_unconfirmed_comment_is_shown_to_nobody(organiser):
    comment = guest(body="Unproven words")
    for person in (Client(), organiser):
        assert "Unproven words" not in person.get(comment.post.get_absolute_url()).text
    assert list(organiser.get("/nb/blog/comments/").context["page"]) == []
    assert organiser.post(f"/nb/blog/comments/{comment.pk}/moderate/", {"move": "approve"}).status_code == 404


def test_organisers_find_guests_in_the_same_queue(organiser):
    first, second = make_comment(status=HELD), guest(status=HELD)
    page = organiser.get("/en/blog/comments/")
    assert (list(page.context["page"]), "guest" in page.text) == ([first, second], True)


def test_guest_who_had_one_approved_waits_all_the_same(client):
    guest(status=VISIBLE)
    comment = guest()
    assert act(client, comment, "confirm")[1] == HELD


@pytest.mark.parametrize(
    ("field", "value"),
    [("body", ""), ("body", "x" * 2001), ("name", ""), ("name", "bit.ly/x"), ("email", ""), ("email", "kari@")],
)
def test_invalid_form_keeps_what_was_typed(client, field, value):
    post, typed = make_post(), {"body": "Long words", "name": "Kari", "email": "kari@example.org", field: value}
    response = send(client, post, **typed)
    form = response.context["comment_form"]
    assert (response.status_code, list(form.errors), Comment.objects.exists()) == (200, [field], False)
    assert {name: form[name].value() for name in typed} == typed


@pytest.mark.parametrize("given_away", [{"website": "https://example.org"}, {"opened": ""}])
def test_machine_is_asked_to_send_it_again(client, given_away):
    response = send(client, make_post(), **given_away)
    assert list(response.context["comment_form"].errors) == ["__all__"]
    assert response.context["comment_form"]["body"].value() == "Thank you"


def test_draft_takes_no_guests(client):
    assert send(client, make_post(is_draft=True)).status_code == 404


def test_known_and_unknown_address_get_the_same_answer_and_the_same_mail(client, mailoutbox):
    make_member(email="member@example.org")
    answers = [send(client, make_post(), email=f"{name}@example.org").url for name in ("member", "nobody")]
    deliver_all()
    assert len(set(answers)) == 1
    assert len({mail.subject for mail in mailoutbox}) == 1 and len(mailoutbox) == 2


def test_comment_is_the_members_who_has_verified_the_address(client):
    member, comment = make_member(email=KARI["email"]), guest()
    act(client, comment, "confirm")
    comment.refresh_from_db()
    assert (comment.member, comment.name, comment.email, comment.status) == (member, "", "", HELD)


def test_signing_in_adopts_what_was_confirmed(client):
    kept, unproven = guest(status=VISIBLE), guest()
    member = make_member(email=KARI["email"])
    actions.adopt_guest_rows(member)
    assert list(member.comments.all()) == [kept]
    unproven.refresh_from_db()
    assert unproven.email == KARI["email"]


@pytest.mark.parametrize("status", [UNCONFIRMED, HELD, VISIBLE, HIDDEN])
def test_guest_deletes_the_comment_by_its_link(client, status):
    comment = guest(status=status)
    answer, left = act(client, comment, "delete")
    assert (answer.url, left) == (comment.post.get_absolute_url(), None)
    assert client.get(comment.get_guest_url()).status_code == 404


def test_page_of_a_comment_on_a_post_that_was_taken_back_leads_nowhere(client):
    comment = guest(post=make_post(is_draft=True), status=VISIBLE)
    assert comment.post.get_absolute_url() not in client.get(comment.get_guest_url()).text
    assert act(client, comment, "delete")[0].url == "/nb/blog/"


@pytest.mark.usefixtures("early_in_the_hour")
def test_sixth_confirmation_in_a_day_is_too_many(client):
    answers = [act(client, guest(), "confirm")[0].status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


@pytest.mark.usefixtures("early_in_the_hour")
def test_many_guests_of_one_network_are_too_many_at_last(monkeypatch):
    monkeypatch.setattr("blog.posts.views.GUESTS_PER_ADDRESS", 2)
    post = make_post()
    answers = [send(Client(), post, email=f"guest{n}@example.org").status_code for n in range(3)]
    assert answers == [302, 302, 429]


def test_member_is_asked_for_no_name(member):
    form = member.get(make_post().get_absolute_url()).context["comment_form"]
    assert list(form.fields) == ["body"]


def aged(days, **fields):
    comment = guest(**fields)
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(days=days, minutes=1))
    return comment


def test_what_is_not_confirmed_in_a_week_is_deleted():
    aged(7)
    young, confirmed = aged(6), aged(7, status=HELD)
    assert blog_privacy.expire_comments() == 1
    assert list(Comment.objects.order_by("pk")) == [young, confirmed]


def test_address_is_emptied_after_three_months_and_the_name_stays():
    old, young = aged(90, status=VISIBLE), aged(89, status=VISIBLE)
    assert (blog_privacy.expire_comments(), blog_privacy.expire_comments()) == (1, 0)
    assert list(Comment.objects.order_by("pk").values_list("pk", "name", "email")) == [
        (old.pk, "Kari", ""),
        (young.pk, "Kari", "kari@example.org"),
    ]


def test_what_was_not_shown_within_a_year_is_deleted_and_members_words_are_not():
    aged(365, status=HELD)
    aged(365, status=HIDDEN)
    shown = aged(365, status=VISIBLE)
    members = make_comment(status=HIDDEN)
    Comment.objects.filter(pk=members.pk).update(created_at=timezone.now() - timedelta(days=400))
    blog_privacy.expire_comments()
    assert list(Comment.objects.order_by("pk")) == [shown, members]


def test_export_and_erasure_find_what_was_written_with_the_address():
    guest(status=VISIBLE, body="Mine")
    member = make_member(email=KARI["email"])
    (exported,) = registry.export(member)["blog.Comment"]
    assert (exported["text"], exported["name"], exported["email"]) == ("Mine", "Kari", "kari@example.org")
    privacy.erase(member, keep_texts=True)
    left = Comment.objects.get()
    assert (left.body, left.name, left.email, left.member) == ("Mine", "", "", None)


def test_database_refuses_an_unconfirmed_comment_of_a_member():
    with pytest.raises(IntegrityError, match="comment_unconfirmed"), transaction.atomic():
        make_comment(status=UNCONFIRMED, member=make_member())


def test_post_needs_as_many_queries_with_guests(client, django_assert_max_num_queries):
    post = make_post()
    for _ in range(3):
        guest(post=post, status=VISIBLE)
        make_comment(post=post)
    client.get(post.get_absolute_url())
    with django_assert_max_num_queries(14):
        client.get(post.get_absolute_url())


def test_organiser_hides_a_guests_comment(client):
    comment = guest(status=VISIBLE, body="Weighed words")
    signed_in(client, make_organiser()).post(f"/nb/blog/comments/{comment.pk}/moderate/", {"move": "hide"})
    assert "Weighed words" not in Client().get(comment.post.get_absolute_url()).text
