"""Several organisers at once: one summary, and a message for the others."""

from datetime import timedelta

import pytest
from django.test import Client

from blog.models import Post
from tests.blog.conftest import signed_in
from tests.events.rsvps.crowd import all_at_once
from tests.factories import make_event, make_organiser

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_summaries_sent_at_once_one_is_stored_and_the_others_are_told(typed):
    event = make_event(starts_in=timedelta(days=-2))
    clients = [signed_in(Client(), make_organiser()) for _ in range(6)]
    sent = typed(summary_of=str(event.pk))
    responses = all_at_once(lambda client=client: client.post("/nb/blog/new/", sent) for client in clients)
    assert sorted(response.status_code for response in responses) == [200] * 5 + [302]
    assert Post.objects.count() == 1
    refused = [response for response in responses if response.status_code == 200]
    assert all(response.context["form"].errors and "Kaffe i høst" in response.text for response in refused)
