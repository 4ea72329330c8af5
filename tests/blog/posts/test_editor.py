"""The editor's three forms are one page: an error in any of them loses nothing in the others."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from blog.models import Post
from chapter.models import Image
from tests.factories import make_event, make_post

pytestmark = pytest.mark.django_db
NEW = "/nb/blog/new/"


def edit_url(post):
    return f"/nb/blog/{post.pk}/edit/"


def make_cover(**fields):
    return Image.objects.create(file="images/a.webp", width=10, height=10, **{"alt": "Old", **fields})


def choices(form, name):
    return {value.value if hasattr(value, "value") else value for value, _ in form.fields[name].choices} - {""}


# Authors


@pytest.mark.parametrize(
    ("field", "value"), [("authors-1-name", "x" * 81), ("authors-1-bio", "x" * 401), ("authors-0-bio", "y" * 401)]
)
def test_author_out_of_bounds_is_said_in_its_row_and_all_rows_stay(organiser, typed, field, value):
    sent = typed(**{"authors-1-name": "Åse Eksempel", field: value})
    rows = organiser.post(NEW, sent).context["bylines"].forms
    number, name = field.split("-")[1:]
    assert [list(row.errors) for row in rows] == [[name] if row is rows[int(number)] else [] for row in rows]
    assert rows[int(number)][name].value() == value
    assert rows[0]["name"].value() == "Ola Arrangør"
    assert not Post.objects.exists()


def test_eleventh_author_is_one_too_many_and_nobody_is_lost(organiser, typed):
    names = {f"authors-{n}-name": f"Author {n}" for n in range(11)}
    response = organiser.post(NEW, typed(**{**names, "authors-TOTAL_FORMS": "11"}))
    assert len(response.context["bylines"].non_form_errors()) == 1
    assert "Author 10" in response.text
    assert not Post.objects.exists()


def test_there_is_always_an_empty_row_for_one_more_author(organiser):
    post = make_post(is_draft=True)
    for place in (1, 2, 3):
        post.bylines.create(name=f"Author {place}", position=place)
    names = [row["name"].value() for row in organiser.get(edit_url(post)).context["bylines"].forms]
    assert names == ["Kari Eksempel", "Author 1", "Author 2", "Author 3", None]


@pytest.mark.parametrize("total", ["", "abc", "9" * 40])
def test_senseless_number_of_rows_stores_nothing(organiser, typed, total):
    assert organiser.post(NEW, typed(**{"authors-TOTAL_FORMS": total})).status_code == 200
    assert not Post.objects.exists()


# Cover


def test_another_picture_takes_the_place_of_the_first(organiser, typed, photo):
    post = make_post(is_draft=True, cover=make_cover())
    organiser.post(edit_url(post), typed(version=post.version, **{"cover-picture": photo, "cover-alt": "New"}))
    post.refresh_from_db()
    assert (post.cover.alt, post.cover.width) == ("New", 640)


def test_kept_picture_keeps_needing_a_description(organiser, typed):
    post = make_post(is_draft=True, cover=make_cover())
    response = organiser.post(edit_url(post), typed(version=post.version, **{"cover-alt": ""}))
    assert list(response.context["cover"].errors) == ["alt"]
    assert Image.objects.get().alt == "Old"


def test_picture_that_is_none_is_refused_and_the_text_stays(organiser, typed):
    broken = SimpleUploadedFile("photo.png", b"no picture", content_type="image/png")
    response = organiser.post(NEW, typed(**{"cover-picture": broken, "cover-alt": "A cup"}))
    assert list(response.context["cover"].errors) == ["picture"]
    assert response.context["form"]["body"].value() == "Vi *møttes*."
    assert (Post.objects.count(), Image.objects.count()) == (0, 0)


def test_new_post_has_no_picture_to_take_away(organiser):
    assert "remove" not in organiser.get(NEW).context["cover"].fields


# Two who write at once


def test_conflict_page_shows_both_texts_and_keeps_all_that_was_typed(organiser, typed):
    post = make_post(title="Theirs", lead="Their lead", body="Their <text>", is_draft=True)
    sent = typed(version="of yesterday", principles=["3"], **{"authors-1-name": "Åse Eksempel"})
    response = organiser.post(edit_url(post), sent)
    for words in ("Theirs", "Their lead", "Their &lt;text&gt;", "Kaffe i høst", "To setninger.", "Åse Eksempel"):
        assert words in response.text
    assert response.context["form"]["principles"].value() == ["3"]
    assert (Post.objects.get().title, post.principles.count()) == ("Theirs", 0)


def test_post_that_was_deleted_meanwhile_is_404(organiser, typed):
    post = make_post(is_draft=True)
    address = edit_url(post)
    post.delete()
    assert organiser.post(address, typed()).status_code == 404


# What it can belong to


def test_only_other_originals_can_be_translated(organiser):
    post, original = make_post(is_draft=True), make_post(language="sv")
    make_post(language="en", translation_of=original)
    form = organiser.get(edit_url(post)).context["form"]
    assert choices(form, "translation_of") == {original.pk}


def test_events_to_choose_from_have_taken_place(organiser):
    past = make_event(starts_in=timedelta(days=-2))
    make_event(), make_event(starts_in=timedelta(days=-2), state="cancelled")
    assert choices(organiser.get(NEW).context["form"], "summary_of") == {past.pk}


def test_event_that_is_chosen_already_stays_a_choice(organiser):
    event = make_event(starts_in=timedelta(days=-2), state="cancelled")
    post = make_post(is_draft=True, summary_of=event)
    assert choices(organiser.get(edit_url(post)).context["form"], "summary_of") == {event.pk}


# The address


@pytest.mark.parametrize("title", ["Kaffe", "KAFFE!"])
def test_saving_again_keeps_the_posts_own_address(organiser, typed, title):
    organiser.post(NEW, typed(title="Kaffe"))
    post = Post.objects.get()
    organiser.post(edit_url(post), typed(title=title, version=post.version))
    assert Post.objects.get().slug == "kaffe"


def test_title_of_150_letters_twice_gives_two_addresses_that_fit(organiser, typed):
    for _ in range(2):
        organiser.post(NEW, typed(title="ø" * 150))
    assert {post.slug for post in Post.objects.all()} == {"o" * 100, "o" * 100 + "-2"}
