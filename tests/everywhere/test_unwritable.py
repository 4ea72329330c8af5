"""Characters that no text may hold: taken out where they come in, and harmless to everybody where they are stored already."""

import json
import re
import shutil
from xml.etree import ElementTree

import icalendar
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.urls import reverse

from chapter.fields import CONTROLS, LineField, LineFormField, TextField, TextFormField, clean_line, clean_text
from chapter.models import Member
from chapter.text import markdown
from events.models import Event, PersonalFeed
from microactions.models import Microaction
from otg_site.sitemaps import SECTIONS
from principles.models import Principle
from tests import database
from tests.chapter.accounts.sign_in import arrive
from tests.everywhere.test_every_page import ORGANISERS, VISITORS, of_the_demo
from tests.everywhere.test_rooms import APPS
from tests.factories import make_event, make_microaction, make_post

NONCHARACTERS = [
    *map(chr, range(0xFDD0, 0xFDF0)),
    *(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF)),
]
OTHERS = [chr(n) for n in [*range(1, 9), *range(11, 13), *range(14, 32), *range(127, 160)] if n != 0x85]
BAD = [*NONCHARACTERS, *OTHERS]
# These two alone make an XML file that no reader takes; the third makes Django refuse to write one.
WORST = "\ufffe\uffff\x0b"
# Secrets, keys and digests, which the site makes itself.
MADE = {"token", "digest", "fingerprint", "time_zone", "code", "key", "kind", "verb", "subject_label", "password"}
MADE |= {"step", "sizes", "minutes"}
# Composed by the site of names that were tidied, or a name, number or mark of its own.
NOT_TYPED = {
    ("chapter.AuditEntry", "about"), ("chapter.Gone", "place"), ("chapter.Gone", "row"), ("chapter.Delivery", "recipient"), ("chapter.Image", "withdrawn_file"),
    ("chapter.ImportMark", "source"), ("chapter.ImportMark", "external_id"), ("chapter.MailedCode", "address"),
    ("chapter.SealedMail", "address"), ("events.SisterChapter", "trouble"), ("events.SisterChapter", "etag"),
    ("events.SisterEvent", "uid"), ("microactions.Cheer", "visitor"), ("chapter.FeedTold", "topic"),
    ("chapter.Chapter", "accent"), ("followers.Follower", "agreed_to"),
}  # fmt: skip


# Where they come in


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{ord(bad):X}")
def test_they_are_taken_out_of_what_is_typed_and_imported(bad):
    dirty = f"Ka{bad}ffe"
    assert clean_text(dirty) == clean_line(dirty) == "Kaffe"
    assert LineFormField().clean(dirty) == TextFormField().clean(dirty) == "Kaffe"
    assert LineField(max_length=20).get_prep_value(dirty) == TextField().get_prep_value(dirty) == "Kaffe"
    for source in (dirty, f"Ka&#{ord(bad)};ffe", f"# Ka&#x{ord(bad):x};ffe", f"`{dirty}`", f"[a](/{dirty})"):
        for rendered in (markdown.render(source), markdown.render_comment(source)):
            assert not any(CONTROLS.search(text) for text in rendered)


@pytest.mark.parametrize(
    "good", ["\ufffd", "\u00a0", "😀", "\U0001f1f3\U0001f1f4", "א", "क्\u200dष", "\ufdf2", "\U0002fffd"]
)
def test_all_others_stay(good):
    assert clean_text(f"a{good}b") == f"a{good}b"


@pytest.mark.django_db
def test_every_path_to_the_database_takes_them_out():
    event = make_event(title=f"Kaffe{WORST}")
    assert event.wordings.get().title == "Kaffe"
    made = make_microaction(what="Kaffe")
    Microaction.objects.filter(pk=made.pk).update(what=f"Te{WORST}")
    Microaction.objects.bulk_create([Microaction(what=f"Te{WORST}", due_on=made.due_on)])
    assert set(Microaction.objects.values_list("what", flat=True)) == {"Te"}
    Microaction.objects.update(what="Te\r\nog\u2028kaffe")
    assert set(Microaction.objects.values_list("what", flat=True)) == {"Te og kaffe"}


# What is one line somewhere: a subject, the name of a sender, a line of a calendar. CR LF at its worst adds a header.
BREAKS = ["\n", "\r\n", "\r", "\t", "\u2028", "\u2029", " \n \n "]


@pytest.mark.parametrize("line_break", BREAKS, ids=ascii)
def test_a_line_stays_one_on_every_path(line_break):
    typed = f"{line_break}Kaffe{line_break}Bcc: all{line_break}"
    for tidied in (LineField(max_length=40).get_prep_value(typed), clean_line(typed), LineFormField().clean(typed)):
        assert tidied == "Kaffe Bcc: all"


def test_every_column_of_one_line_is_a_line_field():
    """Those that no person writes, and addresses, are not."""
    texts = [
        (field.model._meta.label, field.name)
        for model in apps.get_models()
        if model._meta.app_label in APPS
        for field in model._meta.concrete_fields
        if type(field) is models.CharField and not field.choices and field.name not in MADE
    ]
    assert set(texts) == NOT_TYPED


# Where they are stored already


def _columns():
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            is_text = (
                isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
            )
            is_made = isinstance(field, models.SlugField | models.EmailField | models.FileField) or field.name in MADE
            if model._meta.app_label in APPS and is_text and not is_made:
                yield model._meta.db_table, connection.ops.quote_name(field.column), field.max_length or 10**6


def _spoil(table, column, length):
    """At the end of every row that has something there, each with some of the others besides the worst."""
    bad = "".join(BAD * 2)
    values = [length - 7, WORST, bad, len(BAD)]
    statement = f"""
        UPDATE {table} SET {column} = left({column}, %s) || %s || substr(%s, 1 + mod(abs(hashtext({column})), %s), 4)
        WHERE {column} <> ''
    """
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement, values)
                return cursor.rowcount
        except DatabaseError as error:
            return str(error)


@pytest.fixture
def spoiled(kept_demo, db, settings):
    """The demo, with such characters in every column of text; what its addresses name."""
    shutil.copytree(kept_demo, settings.MEDIA_ROOT)
    database.restore("demo")
    found = of_the_demo()
    make_post(language="nb")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    spoiled = {(table, column): _spoil(table, column, length) for table, column, length in _columns()}
    assert {place: said for place, said in spoiled.items() if isinstance(said, str)} == {}
    assert sum(1 for rows in spoiled.values() if rows) > 40
    return found


def _xml():
    yield reverse("sitemaps")
    yield from (reverse("sitemap", args=[section]) for section in SECTIONS)
    for language in ("nb", "sv", "en"):
        yield f"/{language}/blog/feed/"
        yield f"/{language}/microactions/feed/"


def _calendars():
    yield from ("/nb/events/feed.ics", "/en/events/feed.ics")
    yield from (f"/nb/events/{slug}.ics" for slug in Event.objects.announced().values_list("slug", flat=True)[:20])
    yield from (
        f"/nb/microactions/manage/{token}/microaction.ics"
        for token in Microaction.objects.values_list("token", flat=True)[:20]
    )
    yield from (
        reverse("personal_feed", args=[token]) for token in PersonalFeed.objects.values_list("token", flat=True)
    )


def _sound(response):
    assert response.status_code == 200, response
    content = b"".join(response) if response.streaming else response.content
    return content


@pytest.mark.django_db
def test_nothing_breaks_for_anybody(spoiled, client):
    for path in _xml():
        content = _sound(client.get(path))
        ElementTree.fromstring(content)
        assert not CONTROLS.search(content.decode()), path
    for path in _calendars():
        content = _sound(client.get(path))
        assert list(icalendar.Calendar.from_ical(content).walk("VEVENT"))
        assert not CONTROLS.search(content.decode().replace("\r\n", "\n")), path
    assert json.loads(_sound(client.get("/nb/events/events.json")))
    for path in ("/nb/events/{event}/card.png", "/nb/blog/{summary}/card.png", "/nb/card.png"):
        assert _sound(client.get(path.format_map(spoiled))).startswith(b"\x89PNG")


@pytest.mark.django_db
def test_every_page_still_opens(spoiled, client):
    for path in VISITORS:
        page = client.get(f"/nb/{path.format_map(spoiled)}")
        assert page.status_code in (200, 302, 404), path
        _data_is_sound(page)
    arrive(client, Member.objects.organisers().first())
    for path in ORGANISERS:
        assert client.get(f"/nb/{path.format_map(spoiled)}").status_code in (200, 302), path
    assert json.loads(_sound(client.get("/nb/me/export/")))


def _data_is_sound(page):
    for data in re.findall(r'<script type="application/(?:ld\+)?json"[^>]*>(.*?)</script>', page.text, re.DOTALL):
        json.loads(data)


@pytest.mark.django_db
def test_rerender_takes_them_out_of_what_is_stored(spoiled):
    call_command("rerender", verbosity=0)
    left = {}
    with connection.cursor() as cursor:
        for table, column, _length in _columns():
            cursor.execute(f"SELECT {column} FROM {table}")
            left[table, column] = [text for (text,) in cursor.fetchall() if CONTROLS.search(text or "")]
    assert {place: texts for place, texts in left.items() if texts} == {}


@pytest.mark.django_db
def test_rerender_makes_one_line_of_what_is_one():
    post, title = make_post(), "Kaffe\r\n Bcc: all\u2028 \n"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE blog_post SET title = %s WHERE id = %s", [title, post.pk])
        call_command("rerender", verbosity=0)
        cursor.execute("SELECT title FROM blog_post WHERE id = %s", [post.pk])
        assert cursor.fetchone() == ("Kaffe Bcc: all",)


@pytest.mark.django_db
def test_rerender_takes_them_out_of_json_too():
    post = make_post()
    type(post).objects.filter(pk=post.pk).update(composed={"what": "Te\ufffe\uffff"})
    call_command("rerender", verbosity=0)
    post.refresh_from_db()
    assert post.composed == {"what": "Te"}


@pytest.mark.django_db
def test_shipped_texts_have_none():
    assert Principle.objects.exists()
    for model in apps.get_models():
        if model._meta.app_label == "principles":
            for row in model._base_manager.values():
                assert not CONTROLS.search(str(row))
