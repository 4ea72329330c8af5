"""A canary in every text of every row of a whole site: what an export lets out is on this list, and in rows that are public."""

import re
import shutil
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from blog.models import Byline, Post
from chapter.models import Image, PageWording
from events.models import Event, EventWording, Photo, Series, SeriesWording, Venue
from microactions.models import Microaction
from principles.models import PrincipleWording
from tests import database
from tests.factories import make_event, make_microaction, make_post, make_venue

pytestmark = pytest.mark.django_db

# The calendar has a text without its marks.
WORDING = {"title", "body", "body_text", "source_name", "source_url"}
PICTURE = {"alt", "caption", "credit"}
# table: the columns that may leave, and the rows that are public (None: all of them).
MAY_LEAVE = {
    "chapter_chapter": (
        {"name", "slack_url", "linkedin_url", "mastodon_url", "meetup_url", "movement_url"}
        # The privacy page says them.
        | {"postal_address", "hosted_by", "mail_sent_by"},
        None,
    ),
    "chapter_image": (PICTURE, lambda: Image.objects.filter(withdrawn_file="").exclude(photo__in=hidden_photos())),
    "chapter_pagewording": (WORDING, PageWording.objects.all),
    "principles_principlewording": (WORDING, PrincipleWording.objects.all),
    # The link to an online meeting is for those who come; README.txt in the folder warns of it.
    "events_event": ({"slug", "state_reason", "online_url"}, lambda: Event.objects.announced()),
    "events_eventwording": (WORDING, lambda: EventWording.objects.filter(event__in=Event.objects.announced())),
    "events_series": ({"slug", "online_url"}, lambda: Series.objects.visible_to(None)),
    "events_serieswording": (
        WORDING,
        lambda: SeriesWording.objects.filter(series__in=Series.objects.visible_to(None)),
    ),
    "events_sisterchapter": ({"name", "home_url", "feed_url"}, None),
    "events_venue": (
        {"name", "address", "city", "directions", "access_notes", "map_url"},
        lambda: Venue.objects.exclude(name__startswith="Hjemme"),
    ),
    "blog_post": ({"title", "lead", "body", "slug"}, lambda: Post.objects.published()),
    "blog_byline": ({"name", "bio"}, lambda: Byline.objects.filter(post__in=Post.objects.published())),
    "microactions_microaction": (
        {"name", "what", "moment", "cue", "first_step", "result"},
        lambda: Microaction.objects.public(),
    ),
}


def hidden_photos():
    return Photo.objects.exclude(pk__in=Photo.objects.shown())


def texts_of(model):
    """The columns that hold words of somebody; not those that lead to files or name a choice."""
    for field in model._meta.local_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.FileField)
        if is_text and not (field.choices or field.primary_key or field.remote_field or field.name == "rule"):
            yield field


def put_canary(model, field, number):
    """Behind each value; whether the column took it."""
    table, column = model._meta.db_table, field.column
    text = f"'kx{number}x' || {connection.ops.quote_name(model._meta.pk.column)} || 'x'"
    room = f"left({column}, {max(0, field.max_length - 20)}) || {text}" if field.max_length else f"{column} || {text}"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE \"{table}\" SET {column} = {room} WHERE {column} <> ''")
            return cursor.rowcount > 0
    except DatabaseError:
        return False


STRICT = {"language", "time_zone", "timezone", "default_language", "digest"}


@pytest.fixture
def canaries(kept_demo, db, settings):
    """{number: (table, column)} of every column that has one."""
    shutil.copytree(kept_demo, settings.MEDIA_ROOT)
    database.restore("demo")
    make_event(state=Event.State.DRAFT, venue=make_venue(name="Hjemme hos noen"))
    make_post(is_draft=True)
    make_microaction(visibility="me")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    pairs = [(model, field) for model in apps.get_models() for field in texts_of(model) if field.name not in STRICT]
    return {
        number: (model._meta.db_table, field.column)
        for number, (model, field) in enumerate(pairs, start=100)
        if put_canary(model, field, number)
    }


def found_in(folder, canaries):
    """(table, column, key) of every canary in the folder."""
    contents = b"\n".join(path.name.encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file())
    # A calendar folds its lines.
    text = contents.decode(errors="replace").replace("\r\n ", "")
    return {(*canaries[int(number)], pk) for number, pk in re.findall(r"kx(\d{3})x(\w+?)x", text)}


def test_nothing_leaves_but_what_is_public(canaries, tmp_path):
    call_command("export_site", str(tmp_path / "out"), stdout=StringIO())
    found = found_in(tmp_path / "out", canaries)
    allowed = {(table, column) for table, (columns, _rows) in MAY_LEAVE.items() for column in columns}
    assert {(table, column) for table, column, _pk in found} - allowed == set()
    for table, (_columns, rows) in MAY_LEAVE.items():
        public = {str(pk) for pk in rows().values_list("pk", flat=True)} if rows else None
        assert public is None or {pk for name, _, pk in found if name == table} - public == set(), table


def test_canary_sings_in_every_room(canaries):
    """Of members, RSVPs, boards, mails and the log: where nothing was put, nothing could be missed."""
    rooms = {table.partition("_")[0] for table, _column in canaries.values()}
    assert {"chapter", "events", "microactions", "facilitation", "blog", "principles"} <= rooms
    secret = {
        ("chapter_member", "email"),
        ("events_rsvp", "name"),
        ("events_rsvp", "email"),
        ("events_rsvp", "token"),
    }
    assert secret | {("microactions_microaction", "token"), ("blog_comment", "body")} <= set(canaries.values())
