"""A pledge outside the table: two questions, and right after saving a small celebration with what comes next."""

import re
from datetime import timedelta

import pytest
import time_machine as clock
from django.urls import reverse
from django.utils import timezone

from microactions import dates, pledges
from microactions.models import Microaction
from microactions.pledges import kept
from principles.models import Principle
from tests.factories import make_event, make_member, make_microaction

pytestmark = pytest.mark.django_db
EARLY = "Done already? Tell us how it went"


def asked(page):
    form = page.partition('<form class="form check-in"')[2].partition("</form>")[0]
    names = re.findall(
        r'<(?:input|select|textarea)[^>]* name="(\w+)"', re.sub(r'<input type="hidden"[^>]*>', "", form)
    )
    return [name for name in names if name != "website"]


def own_page(client, made):
    return client.get(reverse("microaction_manage", args=[made.token]))


@pytest.fixture
def written(client, typed):
    """The page that follows when a member has written one."""
    client.force_login(make_member())

    def write(**fields):
        return client.get(client.post(reverse("pledge"), typed(**fields)).url).text

    return write


def test_form_asks_what_and_when_and_whether_a_buddy_is_wanted(client, read):
    assert asked(read("pledge")) == ["what", "due_on", "email", "wants_makker", "event"]
    client.force_login(make_member())
    assert asked(read("pledge")) == ["what", "due_on", "wants_makker", "event"]


def test_principle_of_the_page_one_came_from_goes_along(client, typed, read):
    third = Principle.objects.get(number=3)
    assert f'name="principle" value="{third.pk}"' in read("pledge", query="?principle=3")
    client.post(reverse("pledge"), typed(principle=third.pk))
    assert Microaction.objects.get().principle == third


def test_new_one_is_celebrated_with_calendar_buddy_and_another(written):
    page = written(event=make_event().pk)
    made = Microaction.objects.get()
    celebration = page.partition('id="kept"')[2].partition("</section>")[0]
    assert "confetti" in celebration and made.what in celebration
    assert reverse("microaction_ics", args=[made.token]) in celebration
    assert f"{reverse('pledge')}?event={made.event.slug}" in celebration
    assert "Invite a buddy" in page and "Let others see it" in page
    assert page.count("<h1") == 1


def test_guest_is_celebrated_once_confirmed_and_not_again(client):
    made = make_microaction(status="pending", member=None, email="kari@example.org", visibility="me")
    page = reverse("microaction_manage", args=[made.token])
    assert 'id="kept"' not in client.get(page).text
    first = client.post(page, {"action": "confirm"}).url
    assert 'id="kept"' in client.get(first).text
    assert client.post(page, {"action": "confirm"}).url == page
    assert 'id="kept"' not in client.get(page).text


@pytest.mark.parametrize(
    "mark", ["", "x", kept.mark("board", 1), kept.mark("page", 0)], ids=["none", "nonsense", "board", "another"]
)
def test_other_marks_celebrate_nothing(client, mark):
    made = make_microaction()
    assert 'id="kept"' not in client.get(reverse("microaction_manage", args=[made.token]) + f"?kept={mark}").text


def test_celebration_is_over_after_a_quarter_of_an_hour(client):
    made = make_microaction()
    page = f"{reverse('microaction_manage', args=[made.token])}?kept={kept.mark('page', made.pk)}"
    with clock.travel(timezone.now() + timedelta(seconds=kept.SECONDS + 1), tick=False):
        assert 'id="kept"' not in client.get(page).text


@pytest.mark.parametrize(("days", "is_early"), [(3, True), (1, True), (0, False), (-1, False)])
def test_how_it_went_is_asked_from_the_day_on(client, days, is_early):
    made = make_microaction(due_on=dates.today() + timedelta(days=days))
    page = own_page(client, made).text
    assert (EARLY in page, '<section class="panel" id="report"' in page) == (is_early, not is_early)
    assert page.count('name="outcome"') == 4


def test_early_answer_is_taken(client):
    made = make_microaction(due_on=dates.today() + timedelta(days=3))
    client.post(
        reverse("microaction_manage", args=[made.token]),
        {"action": "report", "outcome": "done", "visibility": "me"},
    )
    made.refresh_from_db()
    assert made.status == "done"


@pytest.mark.parametrize("query", ["?outcome=done", "?outcome=nothing"])
def test_link_in_a_mail_opens_the_early_form(client, query):
    made = make_microaction(due_on=dates.today() + timedelta(days=3))
    page = client.get(reverse("microaction_manage", args=[made.token]) + query).text
    assert '<details class="fold" id="report" open>' in page


def test_where_it_came_from_is_told_afterwards(client):
    made, event = make_microaction(), make_event()
    page = reverse("microaction_manage", args=[made.token])
    refused = client.post(page, {"action": "origin", "event": "0", "principle": "x"})
    assert list(refused.context["origin_form"].errors) == ["event", "principle"]
    second = Principle.objects.get(number=2)
    client.post(page, {"action": "origin", "event": event.pk, "principle": second.pk})
    made.refresh_from_db()
    assert (made.event, made.principle) == (event, second)


def test_whoever_waits_for_a_buddy_waits_among_those_of_the_new_event():
    waiting = make_microaction(event=make_event(), wants_makker=True)
    made = make_microaction(event=make_event(), wants_makker=True)
    made = pledges.tell_origin(made, event=waiting.event, principle=None)
    assert (made.makker.paired_with, made.wants_makker) == (waiting, False)
    assert not pledges.tell_origin(
        make_microaction(event=make_event(), wants_makker=True), event=None, principle=None
    ).wants_makker
