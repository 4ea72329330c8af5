"""What people wrote in another language than the page carries `lang` wherever it is shown, and its page says which it is."""

from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client, override_settings

from blog.models import Comment, Post
from chapter.models import Member, PageWording
from events.models import Event, EventWording, Message, Proposal, SeriesWording, Venue
from microactions.models import Makker, Microaction
from principles.models import PrincipleWording
from tests import database
from tests.everywhere.test_every_page import ORGANISERS, VISITORS, of_the_demo

pytestmark = pytest.mark.django_db
WORD = "Mellanrum"
TEXT = {"title": WORD, "body_html": f"<p>{WORD}</p>", "body_text": WORD}
# Only written into, or the language of the text beside it.
NOT_SHOWN = {"title", "textarea", "script", "style"}
# Names of other pages: there it is said.
NAMED_ELSEWHERE = {"option", "nav"}
HIDDEN = {"visually-hidden", "chip", "chip__title"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
MORE = ["organise/pages/", "organise/waiting/", "blog/posts/", "microactions/waiting/", "principles/3/history/sv/"]


# Where whole texts are read; on lists for those who work here, and at a board, titles lead to where it is said, and where
# languages stand side by side, each is headed by its name.
HEADED = {"principles/compare/", "microactions/ideas/", "board/{closed_board}/screen/", "board/{open_board}/"}
HEADED |= {path for path in VISITORS if path.startswith("board/vegg")} | {"board/{open_board}/activities/"}
# Where titles are ticked from a list.
HEADED |= {"follow/{follower}/", "follow/{choosy}/"}
NOTED = {*VISITORS, "search/?q=mellanrum"} - HEADED - {"board/{open_board}/screen/"}


class Unmarked(HTMLParser):
    """Where the word stands in an element that does not say that it is Swedish; whether the word is seen at all."""

    def __init__(self, html):
        super().__init__()
        self.found, self.is_seen, self._open = [], False, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self._open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if WORD not in data or NOT_SHOWN & {tag for tag, _ in self._open}:
            return
        self.is_seen |= not any(tag in NAMED_ELSEWHERE or attrs.get("class") in HIDDEN for tag, attrs in self._open)
        if next((attrs["lang"] for _, attrs in reversed(self._open) if attrs.get("lang")), "") != "sv":
            names = [".".join(filter(None, [tag, attrs.get("class")])) for tag, attrs in self._open[-3:]]
            self.found.append(f"{' > '.join(names)}: {data.strip()[:60]}")


@pytest.fixture(scope="module")
def found(kept_demo, django_db_blocker):
    """The demo as if all of it had been written in Swedish; rolled back after the file."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=kept_demo), transaction.atomic():
        database.restore("demo")
        found = of_the_demo()
        make_swedish()
        yield found
        transaction.set_rollback(True)


def make_swedish():
    for model in (EventWording, SeriesWording):
        subject = f"{model.subject_field}_id"
        first = model.objects.order_by(subject, "id").distinct(subject).values("id")
        model.objects.exclude(id__in=list(first.values_list("id", flat=True))).delete()
        model.objects.update(language="sv", **TEXT)
    for model in (PageWording, PrincipleWording):
        model.objects.exclude(language="sv").delete()
        model.objects.update(**TEXT)
    summaries = Post.objects.exclude(summary_of=None)
    first = list(summaries.order_by("summary_of", "id").distinct("summary_of").values_list("id", flat=True))
    summaries.exclude(id__in=first).update(summary_of=None)
    Post.objects.update(language="sv", translation_of=None, lead=WORD, **TEXT)
    Comment.objects.update(language="sv", body_html=TEXT["body_html"])
    words = dict.fromkeys(("what", "moment", "cue", "first_step"), WORD)
    Microaction.objects.update(language="sv", **words)
    Microaction.objects.exclude(result="").update(result=WORD)
    Makker.objects.exclude(line="").update(line=WORD, language="sv")
    Proposal.objects.update(language="sv", what=WORD, place=WORD, when=WORD)
    Proposal.objects.exclude(answer="").update(answer=WORD)
    Venue.objects.update(language="sv", directions=WORD, access_notes=WORD)
    Message.objects.update(language="sv", subject=WORD)
    Event.objects.exclude(state_reason="").update(state_reason=WORD, reason_language="sv")


@pytest.mark.parametrize("path", dict.fromkeys([*VISITORS, *ORGANISERS, *MORE, "search/?q=mellanrum"]))
def test_words_in_another_language_are_marked(found, path):
    client = Client()
    if path in {*ORGANISERS, *MORE}:
        client.force_login(Member.objects.organisers().first())
    response = client.get(f"/nb/{path.format_map(found)}", follow=True)
    page = Unmarked(html := response.content.decode())
    assert page.found == []
    assert "på svensk" in html.lower() or not page.is_seen or path not in NOTED
