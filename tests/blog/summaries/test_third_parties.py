"""Initials and names of people who were perhaps not asked: pointed out to the writer, refused to nobody."""

from datetime import timedelta

import pytest

from blog import posts, summaries
from blog.summaries.third_parties import in_post, mentions
from tests.factories import (
    make_board,
    make_event,
    make_organiser,
    make_participant,
    make_takeaway,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db


def words(text, *known):
    return [mention.words for mention in mentions(text, set(known))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Høre med BF og K hva de gjorde", ["BF og K"]),
        ("JM: Hør med BF og K!", ["JM", "BF og K"]),
        ("Ideen kom fra J.M. i fjor", ["J.M."]),
        ("Fråga J. M. om mallen", ["J. M."]),
        ("BF, LK och M vet mer", ["BF, LK och M"]),
        ("Ask TQ and W about it", ["TQ and W"]),
        ("Snakk med XQZ på torsdag", ["XQZ"]),
    ],
)
def test_initials_are_found(text, found):
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hør med Kari", ["Kari"]),
        ("Vi må spørre Kari Eksempel om dette", ["Kari Eksempel"]),
        ("Kari Eksempel kan dette", ["Kari Eksempel"]),
        ("Inviter Ola neste gang", ["Ola"]),
        ("Prata med Åsa-Lena i morgon", ["Åsa-Lena"]),
        ("Det går bra, säger Örjan", ["Örjan"]),
        ("Somebody should ask Mary Q. Sample", ["Mary Q. Sample"]),
        ("Takk til Kari Eksempel og Ola Prøve. Vi kommer igjen.", ["Kari Eksempel", "Ola Prøve"]),
    ],
)
def test_names_are_found(text, found):
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "IT, KI og AI må snakke sammen, sier NAV og EU",
        "GDPR og HR: hva må vi vite?",
        "Det ER vanskelig, og vi MÅ øve",
        "I fjor lærte vi mye. Vi gjør det igjen.",
        "Plan A og B",
        "Lean Coffee på biblioteket med One Team Gov",
        "Møt Eksempelby kommune i mars",
        "Vi bruker Google Docs og GitHub",
        "Git kan brukes med Excel",
        "Prata med kollegor på måndag",
        "Ask the next team on Monday",
        "Å lede uten å bestemme alt. Ting tar tid!",
        "OECD, UNESCO and the European Union say so",
    ],
)
def test_what_is_nobody_is_left_in_peace(text):
    assert words(text) in ([], ["European Union"])


def test_sentence_is_told_alone():
    (mention,) = mentions("Vi delte maler. Hør med Kari! Det gikk fint.")
    assert mention.sentence == "Hør med Kari!"


def test_known_name_is_no_news_but_its_namesake_is():
    assert words("Spør Kari Eksempel, ikke Kari Prøve", "Kari", "Eksempel") == ["Kari Prøve"]


@pytest.mark.parametrize("text", ["AB " * 20_000, "Ab Cd " * 10_000, "A." * 20_000, "med " * 15_000, "AB, " * 15_000])
def test_long_lines_are_read_to_their_end(text):
    # Were the search quadratic, these would keep it busy for hours.
    assert mentions(text * 10) is not None


# In a post


def draft_with(*notes, nickname="Tikka Tavle"):
    event = make_event(starts_in=timedelta(days=-7), venue=make_venue(name="Kafé Perrong"))
    board = make_board(event=event, phase="closed")
    make_participant(board=board, nickname=nickname, name_in_summary=True)
    topic = make_topic(board=board, text="Kaffe", dots=1)
    for note in notes:
        make_takeaway(topic=topic, text=note)
    return summaries.start_summary(event, make_organiser(name="Ola Arrangør"))


def told(post):
    return [(mention.words, mention.sentence) for mention in in_post(post)]


def test_those_in_the_draft_are_told_with_their_sentence():
    assert told(draft_with("Spør *Kari* igjen", "Hør med Kari. Snart.")) == [("Kari", "Hør med Kari.")]


def test_names_that_are_public_on_purpose_are_not_told():
    assert told(draft_with("Takk til Ola Arrangør", "Møt Tikka Tavle", "Spør Kafé Perrong")) == []


def test_only_what_still_stands_is_told_and_only_what_came_from_the_table():
    post = draft_with("Hør med BF og K", "Ring Kari")
    post.body = post.body.replace("Ring Kari", "Ring noen") + "\nTakk til Mona Eksempel. Spør BF!"
    posts.store_text(post)
    assert told(post) == [("BF og K", "Hør med BF og K"), ("BF", "Spør BF!")]


def test_editor_and_publishing_point_them_out_and_neither_refuses(organiser):
    post = draft_with("Hør med <b>BF</b> og BF og K")
    for page in ("edit", "publish"):
        text = organiser.get(f"/en/blog/{post.pk}/{page}/").text
        assert '<strong lang="nb">BF og K</strong>' in text
        assert "Hør med &lt;b&gt;BF&lt;/b&gt; og BF og K" in text
    post.body = "\n".join(line for line in post.body.splitlines() if "✎" not in line)
    posts.store_text(post)
    organiser.post(f"/nb/blog/{post.pk}/publish/", {"when": "now"})
    post.refresh_from_db()
    assert post.is_published


def test_post_without_anything_from_a_table_warns_of_nothing(organiser):
    post = draft_with()
    assert 'id="mentions"' not in organiser.get(f"/en/blog/{post.pk}/edit/").text
