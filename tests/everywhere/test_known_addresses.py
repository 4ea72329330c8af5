"""Whoever types an address learns nothing of its owner by the clock (ADR 0032 and 0041): every form, by what its answer costs."""

from contextlib import closing, suppress
from difflib import unified_diff
from itertools import takewhile

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from chapter.mail import gate
from chapter.models import Member
from chapter.page_cache import tables
from events.models import Event, Rsvp
from followers.models import Follower
from tests.everywhere.typed_addresses import FORMS, opened
from tests.factories import (
    make_comment,
    make_follower,
    make_member,
    make_microaction,
    make_post,
    make_proposal,
    make_rsvp,
    make_suppression,
)

pytestmark = pytest.mark.django_db
KARI = "kari@example.org"
# The organiser reads the list that they add to.
NOT_ASKED = {"added by an organiser"}
# The answer takes as long as any, since an account is made for one and not for the other.
AS_LONG_AS_ANY = {"sign up", "another address while signing up"}
# A room pledges in the same minute, and nothing is looked up there.
NOT_BLURRED = {"board"}


@pytest.fixture(autouse=True)
def _as_a_site_in_use(settings):
    settings.SIGN_UP_SECONDS = 0
    with translation.override("nb"):
        yield


def _a_guest():
    make_follower(email=KARI), make_proposal(email=KARI), make_microaction(email=KARI)
    make_comment(post=make_post(), name="Kari", email=KARI)
    for event in Event.objects.all():
        make_rsvp(event=event, email=KARI)


def _a_member():
    member = make_member(email=KARI)
    make_follower(member=member)
    for event in Event.objects.all():
        make_rsvp(event=event, member=member)


def _a_tag_of_a_member():
    _a_member()
    return KARI.replace("@", "+news@")


def _somebody_who_left():
    make_suppression(KARI)
    for event in Event.objects.all():
        make_rsvp(event=event, email=KARI, status="cancelled")


def _somebody_who_was_asked():
    make_follower(email=KARI, is_confirmed=False)
    for event in Event.objects.all():
        make_rsvp(event=event, email=KARI, status="pending")


def _nobody_ever_again():
    make_suppression(KARI, is_final=True)


KNOWN = [_a_guest, _a_member, _a_tag_of_a_member, _somebody_who_left, _somebody_who_was_asked, _nobody_ever_again]


def _cost(form, n, *, email, know=lambda: None):
    """The statements of one answer, and its status."""
    client, address, fields = opened(form, n, email=email)
    if typed := know():
        fields |= {name: typed for name in ("email", "login") if name in fields}
    return _answer(client, address, fields)


def _answer(client, address, fields):
    with CaptureQueriesContext(connection) as sent:
        answer = client.post(address, fields)
    # Savepoints apart: a count that is taken back needs one statement more.
    statements = [query["sql"] for query in sent if "SAVEPOINT" not in query["sql"]]
    return [" ".join(statement.split()[:4]) for statement in statements], answer.status_code


def _fill(email):
    with suppress(gate.MailboxFull):
        for _ in range(20):
            gate.pass_one(email)


@pytest.mark.parametrize("know", KNOWN)
@pytest.mark.parametrize("form", sorted(FORMS.keys() - NOT_ASKED - AS_LONG_AS_ANY))
def test_an_answer_costs_the_same_whoever_is_asked_about(form, know):
    _cost(form, 1, email="warm@example.org")
    unknown, status = _cost(form, 2, email="nobody@example.org")
    known, also = _cost(form, 3, email=KARI, know=know)
    assert (len(known), also) == (len(unknown), status), "\n".join(unified_diff(unknown, known, lineterm=""))


@pytest.mark.parametrize("know", [_a_guest, _a_member, _nobody_ever_again])
@pytest.mark.parametrize("form", ["guest's RSVP", "follow"])
@pytest.mark.usefixtures("early_in_the_hour")
def test_a_refusal_costs_the_same_whoever_is_asked_about(form, know):
    costs = [_cost(form, 1, email="warm@example.org")]
    for n, email, then in [(2, "nobody@example.org", lambda: None), (3, KARI, know)]:
        _fill(email)
        costs.append(_cost(form, n, email=email, know=then))
    _warm, (unknown, refused), (known, also) = costs
    assert (len(known), also, refused) == (len(unknown), 429, 429), "\n".join(unified_diff(unknown, known))


@pytest.mark.parametrize("is_full", [False, True])
@pytest.mark.parametrize("form", ["guest's RSVP", "follow"])
@pytest.mark.usefixtures("early_in_the_hour")
def test_an_answer_costs_the_same_whoever_asked_a_minute_ago(form, is_full):
    client, address, fields = opened(form, 1, email=KARI)
    client.post(address, fields)
    if is_full:
        _fill(KARI), _fill("nobody@example.org")
    known, unknown = [_answer(client, address, {**fields, "email": email}) for email in (KARI, "nobody@example.org")]
    assert (len(known[0]), known[1]) == (len(unknown[0]), unknown[1]), "\n".join(unified_diff(unknown[0], known[0]))
    assert (known[1] == 429) == is_full


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", sorted(FORMS.keys() - NOT_ASKED))
def test_pages_that_are_kept_go_stale_alike_whoever_is_asked_about(form):
    """A page that has to be drawn anew takes longer than one from the store."""
    tables.install()
    told = []
    for n, email, know in [(1, "nobody@example.org", lambda: None), (2, KARI, _a_guest), (3, KARI, _a_member)]:
        client, address, fields = opened(form, n, email=email)
        if know == _a_member:
            Follower.objects.all().delete(), Rsvp.objects.all().delete(), Member.objects.filter(email=KARI).delete()
        know()
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as listening:
            listening.execute(f"LISTEN {tables.CHANNEL}")
            client.post(address, fields)
            told.append(_heard(listening))
    assert told[1:] == [told[0], told[0]]


def _heard(listening):
    """All that was told before a last word of our own, which comes after it."""
    connection.cursor().execute(f"NOTIFY {tables.CHANNEL}, 'the end'")
    with closing(listening.notifies()) as notices:
        return {notice.payload for notice in takewhile(lambda notice: notice.payload != "the end", notices)}


@pytest.mark.parametrize("form", sorted(FORMS.keys() - NOT_ASKED - NOT_BLURRED))
def test_what_is_left_of_a_difference_drowns_in_a_pause_of_a_random_length(form, monkeypatch, settings):
    settings.BLUR_SECONDS = settings.SIGN_UP_SECONDS = 9
    client, address, fields = opened(form, 1, email=KARI)
    pauses = []
    monkeypatch.setattr("time.sleep", pauses.append)
    client.post(address, fields)
    assert len(pauses) == 1 and 0 <= pauses[0] < 14
