"""Summaries: composed from facts, once, and shown on the event."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from blog.models import Post
from blog.summaries import actions as summaries
from blog.summaries.words import quoted
from chapter.panels import panels_for
from events.models import Event
from microactions.models import Microaction
from tests.factories import (
    make_board,
    make_event,
    make_member,
    make_microaction,
    make_organiser,
    make_post,
    make_rsvp,
    make_venue,
)

pytestmark = pytest.mark.django_db


def make_past(**fields):
    fields.setdefault("starts_at", datetime(2025, 3, 13, 16, 0, tzinfo=UTC))
    return make_event(**{"venue": make_venue(), **fields})


def start(event):
    return summaries.start_summary(event, make_organiser(name="Ola Arrangør"))


def panel_for(event, person, rf):
    request = rf.get("/")
    request.user = person
    return [panel for panel in panels_for("event", event, request) if panel.template == "blog/posts/_on_event.html"]


def test_facts_of_the_event_are_filled_in():
    event = make_past(title="Kaffe", language="en", principles=[2])
    make_rsvp(event=event)
    make_rsvp(event=event)
    make_rsvp(event=event, status="cancelled")
    post = start(event)
    assert (post.title, post.language, post.is_draft) == ("Kaffe, Thursday 13 March 2025", "en", True)
    assert post.lead == "We met on Thursday 13 March 2025 at Kafé Eksempel, Eksempelby. 2 people had a seat."
    assert [principle.number for principle in post.principles.all()] == [2]
    assert event.principles.with_wordings("en").get().wording.title in post.body_text
    assert [line.name for line in post.bylines.all()] == ["Ola Arrangør"]


def test_only_public_microactions_are_listed_and_without_names():
    event = make_past()
    make_microaction(event=event, what="Ring *Kari*", name="Navn Navnesen")
    make_microaction(event=event, what="Private", visibility=Microaction.Visibility.ME)
    make_microaction(event=event, what="Held", held=True)
    html = start(event).body_html
    assert "<li>Ring *Kari*</li>" in html
    assert not any(word in html for word in ("Navnesen", "Private", "Held"))


@pytest.mark.parametrize("what", ["[x](https://evil.example)", "# big", "1. one", "- dash", "<b>b</b>", "`code`", "a_b_c ~~d~~", "a &lt; b &amp; c"])  # fmt: skip
def test_quoted_line_shows_exactly_itself(what):
    from chapter.text.markdown import render

    assert render(f"- {quoted(what)}").text == what


def test_second_click_opens_the_same_draft_and_keeps_what_was_written():
    event = make_past()
    first = start(event)
    Post.objects.filter(pk=first.pk).update(body="Written by hand")
    assert start(event).body == "Written by hand"
    assert Post.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_clicks_at_the_same_moment_make_one_draft():
    event, person = make_past(), make_organiser()

    def click(_):
        try:
            return summaries.start_summary(event, person).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clicks:
        assert len(set(clicks.map(click, range(4)))) == 1


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_draft_is_in_the_events_language_not_the_pages(language):
    event = make_past(language=language)
    with translation.override("sv" if language == "en" else "en"):
        assert start(event).language == language


def test_button_composes_and_opens_the_editor(organiser):
    event = make_past()
    response = organiser.post(f"/nb/blog/summary/{event.slug}/")
    assert response.url == f"/nb/blog/{event.summaries.get().pk}/edit/"


@pytest.mark.parametrize(
    "fields", [{"starts_at": None}, {"state": Event.State.CANCELLED}, {"state": Event.State.DRAFT}]
)
def test_event_that_did_not_happen_has_no_summary(organiser, fields):
    starts_at = fields.pop("starts_at", datetime(2025, 3, 13, 16, 0, tzinfo=UTC))
    event = make_event(**fields, **({"starts_at": starts_at} if starts_at else {}))
    assert organiser.post(f"/nb/blog/summary/{event.slug}/").status_code == 404


def test_event_page_shows_published_summaries(rf):
    event = make_past()
    post = make_post(summary_of=event)
    (panel,) = panel_for(event, make_member(), rf)
    assert panel.context == {"summaries": [post]}


def test_missing_summary_is_said_to_organisers_alone(rf):
    event = make_past()
    assert panel_for(event, make_member(), rf) == []
    (panel,) = panel_for(event, make_organiser(), rf)
    assert panel.context == {"missing_for": event, "draft": None, "board": None}


def test_begun_draft_is_offered(rf):
    event = make_past()
    post = start(event)
    (panel,) = panel_for(event, make_organiser(), rf)
    assert panel.context["draft"] == post


def test_nothing_is_missing_before_the_event_or_when_it_was_cancelled(rf):
    for event in (make_event(), make_past(state=Event.State.CANCELLED), make_event(starts_in=timedelta(minutes=-5))):
        assert panel_for(event, make_organiser(), rf) == []


# In three languages


@pytest.mark.parametrize(
    ("language", "lead", "themes"),
    [
        ("nb", "Vi møttes torsdag 13. mars 2025 på Kafé Eksempel", "Dagens prinsipper: Gjør ting i praksis, "),
        (
            "sv",
            "Vi träffades torsdagen den 13 mars 2025 på Kafé Eksempel",
            "Dagens principer: Göra saker i praktiken, ",
        ),
        (
            "en",
            "We met on Thursday 13 March 2025 at Kafé Eksempel",
            "The principles of the day: Take practical action, ",
        ),
    ],
)
def test_draft_says_its_facts_in_its_language(language, lead, themes):
    post = start(make_past(language=language, principles=[2, 3]))
    assert post.lead.startswith(lead)
    assert themes in post.body


def test_one_principle_is_one():
    assert "The principle of the day: Take practical action." in start(make_past(language="en", principles=[2])).body


@pytest.mark.parametrize("language", ["nb", "sv"])
def test_draft_has_no_english_left(language):
    english = start(make_past(language="en", principles=[2], title="Kaffe")).body
    own = start(make_past(language=language, principles=[2], title="Kaffe")).body
    assert set(english.split("\n")) & set(own.split("\n")) == {""}


@pytest.mark.parametrize(
    ("place", "people", "lead"),
    [
        ({"venue": None}, 0, "We met on Thursday 13 March 2025."),
        ({"venue": None, "online_url": "https://meet.example.org/1"}, 1, "We met online on Thursday 13 March 2025. One person had a seat."),
    ],
)  # fmt: skip
def test_what_is_not_known_is_not_said(place, people, lead):
    event = make_past(language="en", **place)
    for _ in range(people):
        make_rsvp(event=event)
    make_rsvp(event=event, status="waitlisted")
    assert start(event).lead == lead


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_prompts_keep_it_from_being_published_until_they_are_gone(organiser, language):
    post = start(make_past(language=language))
    page = organiser.post(f"/{language}/blog/{post.pk}/publish/", {"when": "now"})
    prompts = [line.removeprefix("> ") for line in post.body.splitlines() if "✎" in line]
    errors = page.context["form"].non_field_errors()
    assert len(errors) == len(prompts) > 2
    assert all(prompt in error for prompt, error in zip(prompts, errors, strict=True))
    written = [line for line in post.body.splitlines() if "✎" not in line]
    Post.objects.update(body="\n".join([*written, "It was good."]), body_text="It was good.")
    organiser.post(f"/{language}/blog/{post.pk}/publish/", {"when": "now"})
    assert Post.objects.published().count() == 1


# Boards


def board_panel(board, person, rf):
    request = rf.get("/")
    request.user = person
    return [
        panel.context
        for panel in panels_for("board", board, request)
        if panel.template == "blog/posts/_on_event.html"
    ]


def test_closed_board_shows_the_summary_to_everybody_and_the_button_to_organisers(rf):
    board = make_board(event=make_past(), phase="closed")
    assert board_panel(board, make_member(), rf) == []
    assert board_panel(board, make_organiser(), rf) == [{"missing_for": board.event, "draft": None, "board": board}]
    post = make_post(summary_of=board.event)
    assert board_panel(board, make_member(), rf) == [{"summaries": [post]}]


@pytest.mark.parametrize("part", ["", "mine/"])
def test_board_event_and_post_link_to_each_other(organiser, part):
    board = make_board(event=make_past(), phase="closed")
    at_board = f"{board.get_absolute_url()}{part}"
    make = f'action="{reverse("post_summary", args=[board.event.slug])}"'
    assert make in organiser.get(at_board).text
    assert f'href="{board.get_absolute_url()}"' in organiser.get(board.event.get_absolute_url()).text
    draft = start(board.event)
    assert f'href="{reverse("post_edit", args=[draft.pk])}"' in organiser.get(at_board).text
    post = make_post(summary_of=board.event, language="sv")
    for page in (at_board, board.event.get_absolute_url()):
        text = organiser.get(page).text
        assert f'href="{post.get_absolute_url()}"' in text and make not in text


def test_reader_of_a_closed_board_finds_the_event_and_what_came_of_it(client):
    board = make_board(event=make_past(), phase="closed")
    assert "/nb/blog/summary/" not in client.get(board.get_absolute_url()).text
    post = make_post(summary_of=board.event)
    text = client.get(board.get_absolute_url()).text
    assert f'href="{post.get_absolute_url()}"' in text and f'href="{board.event.get_absolute_url()}"' in text


def test_button_is_there_when_the_board_is_closed_with_the_script_running(organiser):
    board = make_board(event=make_past(), phase="retro")
    organiser.post(f"{board.get_absolute_url()}join/", {"nickname": "Ola"})
    board.refresh_from_db()
    go = {"from_phase": "retro", "to_phase": "closed", "version": board.version}
    answer = organiser.post(f"{board.get_absolute_url()}do/go/", go, headers={"X-Board": "1"})
    assert f'action="{reverse("post_summary", args=[board.event.slug])}"' in answer.json()["mine"]
    assert answer.json()["mine"].count("button--primary") == 1


def test_open_board_shows_nothing_about_a_summary(rf):
    board = make_board(event=make_event(starts_in=timedelta(minutes=-5)))
    assert board_panel(board, make_organiser(), rf) == []


@pytest.mark.parametrize(("phase", "is_open"), [("talk", True), ("closed", False)])
def test_button_beside_an_open_board_says_so(organiser, phase, is_open):
    board = make_board(event=make_past(language="en"), phase=phase)
    page = organiser.get(f"/en/events/{board.event.slug}/").text
    assert ("The board is still open." in page, "Create the summary" in page) == (is_open, True)


def test_post_links_to_its_event_and_organisers_to_the_board(organiser, client):
    board = make_board(event=make_past(), phase="closed")
    post = start(board.event)
    for page in (f"/nb/blog/{post.slug}/", f"/nb/blog/{post.pk}/edit/"):
        text = organiser.get(page).text
        assert f'href="/nb/events/{board.event.slug}/"' in text
        assert f'href="{board.get_absolute_url()}"' in text
    published = make_post(summary_of=board.event, language="sv")
    organiser.logout()
    assert board.code not in client.get(f"/nb/blog/{published.slug}/").text
