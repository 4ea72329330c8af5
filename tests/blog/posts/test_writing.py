"""Writing a post: the editor keeps what was typed, and two who write at once lose nothing."""

from datetime import timedelta

import pytest

from blog import posts
from blog.models import Post
from chapter.models import Image
from tests.factories import make_event, make_member, make_post

pytestmark = pytest.mark.django_db
NEW = "/nb/blog/new/"


def edit_url(post):
    return f"/nb/blog/{post.pk}/edit/"


def test_new_post_is_a_draft_with_its_author(organiser, typed):
    organiser.post(NEW, typed())
    post = Post.objects.get()
    assert (post.is_draft, post.slug, post.body_html) == (True, "kaffe-i-host", "<p>Vi <em>møttes</em>.</p>\n")
    assert [(line.name, line.bio, line.member) for line in post.bylines.all()] == [
        ("Ola Arrangør", "Brews the coffee.", organiser.person)
    ]


def test_new_form_begins_with_the_writer_as_author(organiser):
    first, *others = organiser.get(NEW).context["bylines"].forms
    assert (first["name"].value(), first["bio"].value()) == ("Ola Arrangør", "Brews the coffee.")
    assert [row["name"].value() for row in others] == [None, None]


def test_author_rows_are_stored_in_order_and_empty_ones_dropped(organiser, typed):
    organiser.post(NEW, typed(**{"authors-0-name": "Bo", "authors-0-bio": "", "authors-2-name": "Åse"}))
    assert [(line.name, line.member) for line in Post.objects.get().bylines.all()] == [("Bo", None), ("Åse", None)]


def test_words_about_nobody_are_refused(organiser, typed):
    response = organiser.post(NEW, typed(**{"authors-1-bio": "Who is this?"}))
    assert "name" in response.context["bylines"].forms[1].errors
    assert "Who is this?" in response.text


def test_error_keeps_everything_typed(organiser, typed, photo):
    response = organiser.post(
        NEW, typed(title="", principles=["3"], **{"cover-picture": photo, "cover-alt": "A cup"})
    )
    form, cover = response.context["form"], response.context["cover"]
    kept = [form[name].value() for name in ("lead", "body", "principles")]
    assert (kept, cover["alt"].value()) == (["To setninger.", "Vi *møttes*.", ["3"]], "A cup")
    assert response.context["file_lost"] is True
    assert (Post.objects.count(), Image.objects.count()) == (0, 0)


@pytest.mark.parametrize(("name", "value"), [("title", "x" * 151), ("lead", "x" * 401), ("body", "x" * 50_001), ("title", "\u200b"), ("language", "xx"), ("principles", "9"), ("summary_of", "-1"), ("translation_of", str(10**40))])  # fmt: skip
def test_field_out_of_bounds_is_a_message_beside_it(organiser, typed, name, value):
    response = organiser.post(NEW, typed(**{name: value}))
    assert (response.status_code, list(response.context["form"].errors)) == (200, [name])


def test_ten_megabytes_are_refused_kindly(organiser, typed):
    assert organiser.post(NEW, typed(body="x" * 10_000_000)).status_code == 400


@pytest.mark.parametrize("source", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](//evil.example/a.png)", "<img src=x onerror=alert(1)>"])  # fmt: skip
def test_hostile_markdown_is_harmless_on_the_page(organiser, typed, source):
    organiser.post(NEW, typed(body=source))
    html = Post.objects.get().body_html
    assert not any(tag in html for tag in ("<script", "<img", 'href="javascript'))


def test_twenty_thousand_brackets_are_saved(organiser, typed):
    organiser.post(NEW, typed(body="[" * 20_000))
    assert Post.objects.get().body_text == "[" * 20_000


def test_control_characters_leave_title_and_text(organiser, typed):
    organiser.post(NEW, typed(title="Kaffe\r\nBcc: x", body="a\x07b\r\nc"))
    assert (Post.objects.get().title, Post.objects.get().body) == ("Kaffe Bcc: x", "ab\nc")


def test_same_title_gets_another_address_and_reserved_words_are_avoided(organiser, typed):
    for title in ("Kaffe", "Kaffe!", "New", "Æøå", "***"):
        organiser.post(NEW, typed(title=title))
    assert {post.slug for post in Post.objects.all()} == {"kaffe", "kaffe-2", "new-2", "aeoa", "post"}


def test_address_follows_the_title_until_the_post_has_been_public(organiser, typed):
    post = make_post(is_draft=True, slug="before")
    organiser.post(edit_url(post), typed(title="Nytt", version=post.version))
    post.refresh_from_db()
    assert post.slug == "nytt"
    posts.unpublish(posts.publish(post))
    post.refresh_from_db()
    organiser.post(edit_url(post), typed(title="Enda nyere", version=post.version))
    post.refresh_from_db()
    assert (post.title, post.slug) == ("Enda nyere", "nytt")


def test_second_of_two_editors_overwrites_nothing_unseen(organiser, typed):
    post = make_post(title="Start", is_draft=True)
    begun = post.version
    organiser.post(edit_url(post), typed(title="Theirs", body="Their text", version=begun))
    response = organiser.post(edit_url(post), typed(title="Mine", body="My text", version=begun))
    assert (response.context["conflict"].body, response.context["form"]["body"].value()) == ("Their text", "My text")
    assert "Their text" in response.text
    assert Post.objects.get().title == "Theirs"


def test_after_a_conflict_the_next_save_counts(organiser, typed):
    post = make_post(is_draft=True)
    response = organiser.post(edit_url(post), typed(title="Mine", version="of yesterday"))
    fresh = response.context["form"]["version"].value()
    organiser.post(edit_url(post), typed(title="Mine", version=fresh))
    assert Post.objects.get().title == "Mine"


def test_conflict_keeps_no_picture(organiser, typed, photo):
    post = make_post(is_draft=True)
    organiser.post(edit_url(post), typed(version="old", **{"cover-picture": photo, "cover-alt": "A cup"}))
    assert Image.objects.count() == 0


def test_author_who_stays_keeps_the_link_to_the_member(organiser, typed):
    post, other = make_post(is_draft=True), make_member(name="Bo")
    post.bylines.update(name="Bo", member=other)
    organiser.post(edit_url(post), typed(version=post.version, **{"authors-0-name": "Bo"}))
    assert post.bylines.get().member == other


# Cover


def test_cover_is_stored_with_its_description(organiser, typed, photo):
    organiser.post(NEW, typed(**{"cover-picture": photo, "cover-alt": "A cup", "cover-credit": "Bo"}))
    cover = Post.objects.get().cover
    assert (cover.alt, cover.credit, cover.uploaded_by) == ("A cup", "Bo", organiser.person)


def test_cover_needs_a_description_or_the_word_that_it_is_decorative(organiser, typed, photo):
    response = organiser.post(NEW, typed(**{"cover-picture": photo}))
    assert list(response.context["cover"].errors) == ["alt"]
    photo.seek(0)
    organiser.post(NEW, typed(**{"cover-picture": photo, "cover-is_decorative": "on"}))
    assert Post.objects.get().cover.is_decorative


def test_cover_can_be_described_anew_and_taken_away(organiser, typed):
    image = Image.objects.create(file="images/a.webp", alt="Old", width=10, height=10)
    post = make_post(is_draft=True, cover=image)
    organiser.post(edit_url(post), typed(version=post.version, **{"cover-alt": "New"}))
    post.refresh_from_db()
    assert post.cover.alt == "New"
    organiser.post(edit_url(post), typed(version=post.version, **{"cover-alt": "New", "cover-remove": "on"}))
    post.refresh_from_db()
    assert post.cover is None


# What it belongs to


def test_event_is_chosen_from_the_address_and_only_a_past_one(organiser):
    past = make_event(starts_in=timedelta(days=-2))
    coming = make_event()
    chosen = [organiser.get(f"{NEW}?summary_of={slug}").context["form"]["summary_of"].value() for slug in (past.slug, coming.slug  )]  # fmt: skip
    assert chosen == [past.pk, None]


def test_one_summary_per_event_and_language(organiser, typed):
    event = make_event(starts_in=timedelta(days=-2))
    make_post(summary_of=event)
    response = organiser.post(NEW, typed(summary_of=event.pk))
    assert (response.context["form"].is_valid(), Post.objects.count()) == (False, 1)
    organiser.post(NEW, typed(summary_of=event.pk, language="sv"))
    assert event.summaries.count() == 2


@pytest.mark.parametrize(("language", "valid"), [("nb", False), ("sv", True), ("en", False)])
def test_translation_is_in_a_language_that_the_text_lacks(organiser, typed, language, valid):
    original = make_post(language="nb")
    make_post(language="en", translation_of=original)
    organiser.post(NEW, typed(translation_of=original.pk, language=language))
    assert (Post.objects.count() == 3) is valid


def test_translation_of_a_translation_is_refused(organiser, typed):
    original = make_post(language="nb")
    swedish = make_post(language="sv", translation_of=original)
    third = make_post(language="nb")
    assert list(organiser.post(NEW, typed(language="en", translation_of=swedish.pk)).context["form"].errors) == ["translation_of"]  # fmt: skip
    response = organiser.post(edit_url(original), typed(language="en", translation_of=third.pk, version=original.version))  # fmt: skip
    assert list(response.context["form"].errors) == ["translation_of"]


def test_original_does_not_take_the_language_of_its_translation(organiser, typed):
    original = make_post(language="nb")
    make_post(language="sv", translation_of=original)
    response = organiser.post(edit_url(original), typed(language="sv", version=original.version))
    assert list(response.context["form"].errors) == ["language"]
