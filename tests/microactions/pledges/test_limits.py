"""Limits that let a whole conference through one network, and stop one person or machine."""

import pytest
import time_machine
from django.urls import reverse

from chapter.models import RateHit
from microactions.models import Cheer, Microaction
from tests.factories import make_member, make_microaction

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _still_clock():
    with time_machine.travel("2026-05-05 10:00+00:00", tick=False):
        yield


def tap(client, microaction):
    client.cookies.clear()
    return client.post(reverse("microaction_cheer", args=[microaction.pk]), {"cheer": "yes"}).status_code


@pytest.mark.usefixtures("early_in_the_hour")
def test_member_writes_thirty_pledges_an_hour(client, typed):
    client.force_login(make_member())
    client.post(reverse("pledge"), typed())
    RateHit.objects.filter(count=1).update(count=29)
    assert [client.post(reverse("pledge"), typed()).status_code for _ in range(2)] == [302, 429]
    assert Microaction.objects.count() == 2


def test_one_members_limit_is_not_anothers(client, typed):
    client.force_login(make_member())
    client.post(reverse("pledge"), typed())
    RateHit.objects.update(count=30)
    client.force_login(make_member())
    assert client.post(reverse("pledge"), typed()).status_code == 302


@pytest.mark.usefixtures("early_in_the_hour")
def test_mailbox_is_the_same_in_capitals(client, typed):
    for address in ("kari@example.org", "KARI@example.org"):
        client.post(reverse("pledge"), typed(email=address))
    # Of the network, of the one mailbox, and of the mailbox from this network.
    assert RateHit.objects.filter(count=2).count() == 3


def test_mistyped_pledge_costs_the_mailbox_nothing(client, typed):
    for _ in range(6):
        client.post(reverse("pledge"), typed(what=""))
    assert client.post(reverse("pledge"), typed()).status_code == 302


@pytest.mark.usefixtures("early_in_the_hour")
def test_six_hundred_cheers_an_hour_come_from_one_network(client):
    made = make_microaction(status="done")
    tap(client, made)
    RateHit.objects.update(count=599)
    assert [tap(client, made), tap(client, made)] == [302, 429]
    assert Cheer.objects.count() == 2
