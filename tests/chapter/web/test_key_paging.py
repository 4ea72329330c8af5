"""Pages of a list by key."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from chapter.web import key_page_of
from events.models import Event
from tests.factories import make_event

BY = ("starts_at", "id")


def page_at(place="", *, rows=None, per_page=2, **how):
    request = RequestFactory().get("/", {"page": place} if place else {})
    return key_page_of(Event.objects.all() if rows is None else rows, request, per_page=per_page, by=BY, **how)


@pytest.fixture
def events(db):
    """Five, latest first; three of them begin at the same moment."""
    now = timezone.now()
    starts = [now + timedelta(days=2), *[now + timedelta(days=1)] * 3, now]
    made = [make_event(starts_at=start) for start in starts]
    return sorted(made, key=lambda event: (event.starts_at, event.pk), reverse=True)


def test_pages_follow_each_other_there_and_back(events):
    first = page_at()
    second = page_at(first.after)
    third = page_at(second.after)
    assert ([*first, *second, *third], third.after, first.before) == (events, "", "")
    assert page_at(third.before) == second
    assert (page_at(second.before), page_at(second.before).before) == (first, "")


def test_list_that_ascends_is_paged_the_other_way(events):
    first = page_at(descending=False)
    second = page_at(first.after, descending=False)
    assert [*first, *second] == events[::-1][:4]
    assert page_at(page_at(second.after, descending=False).before, descending=False) == second


def test_row_that_is_gone_leaves_its_place(events):
    place = page_at().after
    events[1].delete()
    assert page_at(place) == events[2:4]


def test_page_before_the_second_is_a_full_first_page(events):
    second = page_at(page_at().after)
    second[0].delete()
    assert page_at(second.before) == events[:2]


def test_new_row_moves_nothing_on_the_pages_after_it(events):
    place = page_at().after
    make_event(starts_at=timezone.now() + timedelta(days=9))
    assert page_at(place) == events[2:4]


@pytest.mark.parametrize(
    "place",
    [
        *("2", "-1", "x", "after-", "after-1", "after-1_2_3", "after-1_2_", "after-1_x", "before-0_0", "after-٢_1"),
        *(
            "\x00",
            "after-1_\x00",
            "after-" + "9" * 18 + "_1",
            "after--" + "9" * 18 + "_1",
            "after-" + "9" * 99 + "_1",
        ),
        "after-1_2 OR 1=1",
    ],
)
def test_any_other_word_leads_to_the_first_page(events, place):
    page = page_at(place, descending=False)
    assert (page, page.place) == (events[::-1][:2], "")


def test_place_behind_the_last_row_is_an_empty_page(events):
    page = page_at("after-0_0")
    assert (list(page), page.before, page.after) == ([], "", "")


def test_every_page_is_one_query(events, django_assert_num_queries):
    place = page_at().after
    with django_assert_num_queries(1):
        page_at(place)
