"""A column that is added to a model goes along in an export, or stays behind on purpose."""

import pytest

from blog.models import Byline, Post
from chapter.models import Chapter, Image, PageWording
from chapter.transfer import exporting as of_chapter
from chapter.transfer import picture_files, wording_files
from events.models import Event, Photo, Season, Series, SeriesSkip, SisterChapter, Venue
from events.transfer import exporting as of_events
from events.transfer import own_rows
from microactions import exporting as of_microactions
from microactions.models import Microaction

RENDERED = {"body_html", "body_text", "render_version"}
VENUE = {f"venue_{name}" for name in of_events.VENUE}
TEXTS = set(own_rows.TEXTS) | {"main_language"}
IN_A_POST = {"title", "language", "slug", "lead", "body", "cover", "summary_of", "translation_of", "principles"}

# Of each model: what an export has of it, and what it leaves behind.
COLUMNS = {
    Chapter: (
        {*of_chapter.SETTINGS, of_chapter.LOGO},
        {"id", "contact_email"} | {f"{contact}_{part}" for contact in Chapter.CONTACTS for part in ("name", "reach")},
    ),
    Image: ({*picture_files.NAMES}, {"id", "width", "height", "uploaded_by", "withdrawn_file"}),
    PageWording: ({*wording_files.COLUMNS, "page", "language", "version", "body"}, {"id", "author", *RENDERED}),
    Venue: ({*of_events.PLACE}, {"id"}),
    Event: ({*own_rows.HEADER, *of_events.MORE} - VENUE - TEXTS, {"id", "hosts"}),
    Series: ({*of_events.SERIES} - {"skips"}, {"id", "hosts"}),
    SeriesSkip: ({"series", "date"}, {"id"}),
    Season: ({*of_events.SEASON}, {"id"}),
    # What we last heard of its feed is asked anew.
    SisterChapter: ({*of_events.SISTER}, {"id", "asked_at", "fetched_at", "trouble", "etag", "remarks"}),
    # Only photos that are shown go along: they are described, agreed to and not hidden.
    Photo: (
        {*of_events.PHOTO_OWN, "event", "image"},
        {"id", "is_described", "people_agreed", "hidden_at", "hidden_note"},
    ),
    Post: (
        {*IN_A_POST, "composed", "is_draft", "published_at", "created_at", "changed_at"},
        {"id", *RENDERED},
    ),
    Byline: ({"post", "name", "bio", "position"}, {"id", "member"}),
    # Whose it is, and the mails about it, stay; only what is public goes along, so that nothing is held or hidden.
    Microaction: (
        {*of_microactions.COLUMNS} - {"cheers"},
        {"member", "email", "token", "visibility", "held", "hidden_at", "wants_makker", "mails", "mails_stopped"}
        | {"reminded_at", "asked_at", "asked_again_at"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("model", COLUMNS, ids=lambda model: model.__name__)
def test_no_column_is_forgotten(model):
    taken, left = COLUMNS[model]
    columns = {field.name for field in [*model._meta.fields, *model._meta.many_to_many]}
    assert (columns - taken - left, (taken | left) - columns) == (set(), set())
