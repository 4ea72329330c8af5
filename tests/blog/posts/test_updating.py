"""The draft is brought up to date by its button: saved first, filled where nobody wrote, never over a colleague."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from blog import posts, summaries
from blog.models import Post
from tests.blog.conftest import signed_in
from tests.blog.summaries.golden import golden_event
from tests.events.rsvps.crowd import all_at_once
from tests.factories import (
    make_board,
    make_event,
    make_organiser,
    make_post,
    make_retro_item,
    make_takeaway,
    make_topic,
)

pytestmark = pytest.mark.django_db
PAST = datetime(2025, 9, 17, 15, 0, tzinfo=UTC)


@pytest.fixture
def draft():
    return summaries.start_summary(golden_event(), make_organiser(name="Ola Arrangør"))


def update(post):
    return summaries.update_summary(post, version=post.version)


def sent(post, **changes):
    fields = {"title": post.title, "language": post.language, "lead": post.lead, "body": post.body}
    authors = {"authors-TOTAL_FORMS": "3", "authors-INITIAL_FORMS": "0", "authors-0-name": "Ola Arrangør"}
    event = {"summary_of": post.summary_of_id or "", "version": post.version}
    return {**fields, **authors, **event, "update": "1", **changes}


def test_nothing_new_changes_nothing(draft):
    before = draft.title, draft.lead, draft.body, draft.composed
    post = update(draft)
    assert (post.title, post.lead, post.body, post.composed) == before


def test_button_keeps_what_was_just_typed_and_fills_the_rest(draft, organiser):
    make_retro_item(board=draft.summary_of.board, text="Vinduet var åpent")
    typed = draft.body.replace(draft.composed["how_was_it"], "Det var en fin kveld.").replace("\n", "\r\n")
    response = organiser.post(f"/nb/blog/{draft.pk}/edit/", sent(draft, body=typed))
    post = Post.objects.get(pk=draft.pk)
    assert response.url == f"/nb/blog/{draft.pk}/edit/"
    assert post.body == draft.body.replace(draft.composed["how_was_it"], "Det var en fin kveld.").replace(
        "- Vi holdt tiden", "- Vi holdt tiden\n- Vinduet var åpent"
    ).rstrip("\n")
    assert "<li>Vinduet var åpent</li>" in post.body_html


def test_answered_prompt_leaves_the_list_beside_it_as_composed(draft):
    draft.body = draft.body.replace(draft.composed["thanks"], "Takk til kafeen.")
    posts.store_text(draft)
    make_takeaway(topic=draft.summary_of.board.topics.standing().in_queue_order().first(), text="Husk dette også.")
    body = update(draft).body
    assert "Takk til kafeen." in body
    assert "- Husk dette også." in body


def test_title_and_lead_follow_until_somebody_writes_them(draft):
    event = draft.summary_of
    event.starts_at, event.ends_at = PAST + timedelta(days=1), PAST + timedelta(days=1, hours=1)
    event.save()
    draft.lead = "Min egen ingress."
    posts.store_text(draft)
    post = update(draft)
    assert (post.title, post.lead) == ("Neste stopp: Eksempelby, torsdag 18. september 2025", "Min egen ingress.")


def test_name_is_gone_from_the_draft_when_the_tick_is(draft):
    draft.summary_of.board.participants.update(name_in_summary=False)
    assert "Nykommer" not in update(draft).body


def test_board_that_is_opened_afterwards_takes_the_place_of_the_prompts():
    event = make_event(starts_at=PAST)
    post = summaries.start_summary(event, make_organiser())
    board = make_board(event=event, phase="closed")
    make_topic(board=board, text="Kaffe", dots=1)
    post = update(Post.objects.get(pk=post.pk))
    assert {"topics_prompt", "microactions_prompt"}.isdisjoint(post.composed)
    assert "1. Kaffe" in post.body


def test_colleagues_version_is_not_written_over(draft):
    with pytest.raises(posts.ChangedMeanwhile):
        summaries.update_summary(draft, version="2020-01-01T00:00:00+00:00")


def test_what_readers_see_is_not_composed_anew(draft, organiser):
    draft.is_draft, draft.published_at = False, PAST
    posts.store_text(draft)
    make_retro_item(board=draft.summary_of.board, text="Vinduet var åpent")
    with pytest.raises(summaries.NotADraft):
        update(draft)
    response = organiser.post(f"/nb/blog/{draft.pk}/edit/", sent(draft), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["success", "error"]
    assert "Vinduet" not in Post.objects.get(pk=draft.pk).body


def test_text_written_by_hand_is_left_alone(organiser):
    event = make_event(starts_at=PAST)
    post = make_post(is_draft=True, summary_of=event, body="Written by hand")
    with pytest.raises(summaries.NothingComposed):
        update(post)
    assert 'name="update"' not in organiser.get(f"/nb/blog/{post.pk}/edit/").text


def test_form_with_an_error_updates_nothing(draft, organiser):
    make_retro_item(board=draft.summary_of.board, text="Vinduet var åpent")
    response = organiser.post(f"/nb/blog/{draft.pk}/edit/", sent(draft, title=""))
    assert response.status_code == 200
    assert Post.objects.get(pk=draft.pk).body == draft.body


@pytest.mark.django_db(transaction=True)
def test_of_organisers_who_update_at_once_one_wins_and_the_others_see_both_texts():
    post = summaries.start_summary(golden_event(), make_organiser(name="Ola Arrangør"))
    clients = [signed_in(Client(), make_organiser()) for _ in range(4)]
    words = [post.body.replace(post.composed["closing"], f"Ord {number}") for number in range(4)]
    responses = all_at_once(
        lambda client=client, body=body: client.post(f"/nb/blog/{post.pk}/edit/", sent(post, body=body))
        for client, body in zip(clients, words, strict=True)
    )
    assert sorted(response.status_code for response in responses) == [200, 200, 200, 302]
    lost = [(place, page) for place, page in enumerate(responses) if page.status_code == 200]
    assert all(page.context["conflict"] and f"Ord {place}" in page.text for place, page in lost)
