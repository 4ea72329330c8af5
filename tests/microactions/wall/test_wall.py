"""The wall, one microaction and the panels: what is shown, and above all what is not."""

import re
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from chapter.panels import panels_for
from events.models import Event
from microactions import check_ins, pledges
from microactions.models import Microaction
from otg_site.search import search
from principles.models import Principle
from tests.factories import make_event, make_member, make_microaction, make_organiser

pytestmark = pytest.mark.django_db

SECRETS = {
    "private": {"visibility": "me"},
    "private result": {"visibility": "me", "status": "done"},
    "pending": {"status": "pending", "member": None, "email": "kari@example.org"},
    "held": {"held": True},
    "hidden": {"held": True, "hidden_at": timezone.now()},
    "let go": {"status": "let_go"},
}


def make_secret(kind, **fields):
    words = {"what": "Whisper it", "result": "Whisper result", "cue": "Whisper cue", "name": "Whisper name"}
    return make_microaction(**words, **SECRETS[kind], **fields)


def titles(response):
    return [row.what for row in response.context["notes"]]


def panel_of(place, subject, user):
    request = RequestFactory().get("/")
    request.user = user
    return [panel.context for panel in panels_for(place, subject, request) if "microactions" in panel.context]


@pytest.mark.parametrize("kind", SECRETS)
def test_secret_leaks_nowhere(client, read, kind):
    event = make_event(starts_in=timedelta(days=-3))
    secret = make_secret(kind, event=event, principle_id=3)
    make_microaction(what="Shout it", event=event, principle_id=3)
    for user in (None, make_member(), make_organiser()):
        if user:
            client.force_login(user)
        pages = [read("wall"), read("wall", query=f"?event={event.slug}"), read("wall_feed")]
        assert all("Shout it" in page and "Whisper" not in page for page in pages)
        read("microaction", secret.pk, status=404)


@pytest.mark.parametrize("kind", SECRETS)
def test_secret_is_in_no_panel_and_no_search(kind):
    event = make_event(starts_in=timedelta(days=-3))
    make_secret(kind, event=event, principle_id=3)
    make_microaction(what="Shout it", event=event, principle_id=3)
    for place, subject in (("event", event), ("principle", Principle.objects.get(number=3))):
        (context,) = panel_of(place, subject, make_organiser())
        assert [row.what for row in context["microactions"]] == ["Shout it"]
    assert ([hit.title for hit in search("whisper")], len(search("shout"))) == ([], 1)


def test_draft_event_is_not_named(read):
    event = make_event(title="Secret meetup", state=Event.State.DRAFT)
    made = make_microaction(event=event)
    assert "Secret meetup" not in read("microaction", made.pk) + read("wall")


def test_own_private_one_is_seen_by_its_member_alone(client, read):
    made = make_microaction(visibility="me")
    client.force_login(made.member)
    assert made.what in read("microaction", made.pk)
    client.force_login(make_organiser())
    read("microaction", made.pk, status=404)


def test_results_come_first_then_the_newest(client):
    make_microaction(what="old")
    make_microaction(what="told", status="done")
    make_microaction(what="new")
    assert titles(client.get(reverse("wall"))) == ["told", "new", "old"]


def test_filters_combine(client):
    event = make_event()
    make_microaction(what="match", event=event, principle_id=2, status="done")
    make_microaction(what="open", event=event, principle_id=2)
    make_microaction(what="other principle", event=event, principle_id=3, status="done")
    make_microaction(what="no event", principle_id=2, status="partly")
    for query, expected in (
        (f"?state=done&principle=2&event={event.slug}", ["match"]),
        ("?state=open", ["open"]),
        ("?principle=3", ["other principle"]),
    ):
        assert titles(client.get(reverse("wall") + query)) == expected


@pytest.mark.parametrize("query", ["?principle=8", "?principle=" + "9" * 41, "?state=x", "?event=%00", "?page=abc"])
def test_senseless_filter_is_left_out(client, query):
    make_microaction(what="still here")
    assert titles(client.get(reverse("wall") + query)) == ["still here"]


def test_wall_is_paged(client):
    for number in range(25):
        make_microaction(what=f"note {number}")
    first = client.get(reverse("wall"))
    assert len(titles(first)) == 24
    assert titles(client.get(reverse("wall"), {"page": first.context["page"].after})) == ["note 0"]


@pytest.mark.parametrize("rows", [1, 3])
def test_wall_takes_eight_queries(client, django_assert_num_queries, rows):
    for number in range(1, rows + 1):
        make_microaction(principle_id=number, event=make_event(), status="done")
    client.get(reverse("wall"))
    with django_assert_num_queries(8):
        client.get(reverse("wall"))


@pytest.mark.parametrize("rows", [1, 3])
def test_queue_takes_the_same_queries(client, django_assert_num_queries, rows):
    for number in range(1, rows + 1):
        make_microaction(principle_id=number, held=True)
    client.force_login(make_organiser())
    client.get(reverse("microactions_waiting"))
    with django_assert_num_queries(7):
        client.get(reverse("microactions_waiting"))


def test_wall_counts_results_and_not_pledges(read):
    make_microaction(status="done")
    make_microaction(status="partly")
    make_microaction()
    page = read("wall")
    assert "2 shared results" in page
    assert "3 " not in page.partition("<main")[2].partition("</header>")[0]


def test_empty_wall_says_what_to_do(read):
    page = read("wall")
    assert "The wall is still empty" in page
    assert reverse("pledge") in page


def test_reading_sets_no_cookie(client):
    made = make_microaction(status="done")
    for address in (reverse("wall"), reverse("microaction", args=[made.pk]), reverse("pledge"), reverse("wall_feed")):
        assert client.get(address).cookies == {}


def test_text_in_another_language_is_marked(read):
    make_microaction(what="Bjuda in grannteamet", language="sv")
    page = read("wall")
    assert '<p class="note__what" lang="sv">' in page
    assert "In Swedish" in page


def test_words_are_escaped(read):
    made = make_microaction(what="<script>alert(1)</script>", status="done", result="<b>x</b>\n\njavascript:alert(1)")
    page = read("microaction", made.pk)
    assert "<script>alert" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert 'href="javascript:' not in page


def test_share_links_carry_address_and_hashtag(client):
    made = make_microaction(status="done", result="One report less & more time")
    share = client.get(reverse("microaction", args=[made.pk])).context["share"]
    assert share.linkedin.endswith(f"url=http%3A%2F%2Flocalhost%3A8000%2Fen%2Fmicroactions%2F{made.pk}%2F")
    assert "text=One+report+less+%26+more+time+%23mikrohandling&url=http" in share.mastodon


def test_private_one_has_no_share_links(client):
    made = make_microaction(visibility="me")
    client.force_login(made.member)
    assert client.get(reverse("microaction", args=[made.pk])).context["share"] is None


def test_event_panel_waits_for_the_first_note_or_the_end():
    coming, over = make_event(), make_event(starts_in=timedelta(days=-2))
    assert (panel_of("event", coming, make_member()), len(panel_of("event", over, make_member()))) == ([], 1)
    make_microaction(event=coming)
    assert len(panel_of("event", coming, make_member())) == 1


def test_my_panel_has_mine_and_nobody_elses():
    member = make_member()
    mine = [make_microaction(member=member, visibility="me"), make_microaction(member=member, status="done")]
    make_microaction()
    (context,) = panel_of("me", member, member)
    assert context["microactions"] == mine


def test_organiser_approves_from_the_queue(client):
    held = pledges.change_visibility(make_microaction(what="www.example.org", visibility="me"), visibility="public")
    client.force_login(make_organiser())
    assert [row.pk for row in client.get(reverse("microactions_waiting")).context["page"]] == [held.pk]
    client.post(reverse("microaction_review", args=[held.pk]), {"decision": "approve"})
    assert Microaction.objects.public().get() == held


def test_organiser_puts_a_hidden_one_up_again(client):
    made = make_microaction(what="Once more on the wall")
    pledges.hide(made)
    client.force_login(make_organiser())
    assert "Once more on the wall" in client.get(reverse("microactions_waiting")).text
    client.post(reverse("microaction_review", args=[made.pk]), {"decision": "approve"})
    assert list(Microaction.objects.public()) == [made]


def test_organiser_hides_a_result(client):
    made = check_ins.report(make_microaction(), outcome="done", result="Not for here")
    client.force_login(make_organiser())
    client.post(reverse("microaction_review", args=[made.pk]), {"decision": "hide"})
    assert not Microaction.objects.public().exists()


def test_member_cannot_review(client):
    held = make_microaction(held=True)
    client.force_login(make_member())
    assert client.post(reverse("microaction_review", args=[held.pk]), {"decision": "approve"}).status_code == 403
    assert not Microaction.objects.public().exists()


def test_draft_event_filters_everything_away(client):
    event = make_event(state=Event.State.DRAFT)
    make_microaction(event=event)
    assert titles(client.get(reverse("wall") + f"?event={event.slug}")) == []


def test_only_events_with_shared_notes_can_be_chosen_latest_first(client):
    make_event(title="Nobody pledged")
    make_microaction(event=make_event(title="Private ones"), visibility="me")
    for title, days in (("Early", 2), ("Late", 9)):
        make_microaction(event=make_event(title=title, starts_in=timedelta(days=days)))
    chosen = client.get(reverse("wall")).context["events"]
    assert [wording.title for wording in chosen] == ["Late", "Early"]


def test_second_page_keeps_the_filters(client):
    for number in range(25):
        make_microaction(what=f"note {number}", principle_id=2)
    first = client.get(reverse("wall") + "?state=open&principle=2")
    after = f"page={first.context['page'].after}"
    links = re.findall(r'href="[^"]*\?([^"]*)"', first.text)
    assert any({after, "state=open", "principle=2"} <= set(link.replace("&amp;", "&").split("&")) for link in links)
