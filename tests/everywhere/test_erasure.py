"""Somebody uses every form and every row of the site, as a guest and as a member, and deletes the account: nothing names them."""

import hashlib
import json
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.test import Client

from blog.models import Comment
from chapter import privacy
from chapter.addresses import readable
from chapter.models import Member
from events.models import Proposal, Rsvp
from microactions.models import Makker, Microaction, ProposedAddress
from tests.chapter.accounts.sign_in import arrive
from tests.everywhere.hostile import FORMS, ON_THE_SPOT
from tests.everywhere.test_hostile import prepared
from tests.factories import make_comment, make_makker, make_microaction, make_organiser, make_proposal, make_rsvp

pytestmark = pytest.mark.django_db
EMAIL, NAME = "canary.bird@blåbær.example", "Canaria Fuglesang"
# With these she would be gone before.
LEAVES = {"me_delete", "account_logout", "account_email", "account_change_email"}
# What is nobody's account: names that are given at a door and at a table, and the chapter's own address.
NOBODYS = {"events_walkin.name", "facilitation_participant.nickname", "chapter_chapter.contact_email"}
# Every column of every table as text, bytes included.
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables USING (table_name, table_schema)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
"""


def mine(value):
    """A form's value, said by her."""
    if isinstance(value, str) and "@" in value:
        return EMAIL
    return NAME if value in ("Kari", "Ola Arrangør") else value


def fill(kari):
    """All forms, each in a savepoint: what the site refuses or breaks on is not the question here."""
    member = Client(raise_request_exception=False, headers={"origin": "http://testserver"})
    arrive(member, kari)
    for name, arguments, who, fields in FORMS + ON_THE_SPOT:
        if name in LEAVES:
            continue
        client = Client(headers={"origin": "http://testserver"}) if who == "visitor" else member
        # Some rows keep others of their kind out: two seasons do not overlap.
        with suppress(IntegrityError), transaction.atomic():
            path, filled_in = prepared(name, arguments, kari, fields)
            client.post(path, {key: mine(value) for key, value in (filled_in or {}).items()})


def as_guest():
    """The same address before it had an account, in every state."""
    for status in Rsvp.Status.values:
        make_rsvp(status=status, name=NAME, email=EMAIL)
    for state in Proposal.State.values:
        make_proposal(state=state, name=NAME, email=EMAIL)
    for status in Comment.Status.values:
        make_comment(status=status, name=NAME, email=EMAIL)
    for status in Microaction.Status.values:
        for visibility in Microaction.Visibility.values:
            made = make_microaction(status=status, visibility=visibility, member=None, name=NAME, email=EMAIL)
            if status == "open":
                make_makker(microaction=made)
    for status in Makker.Status.values:
        if status != "invited":
            make_makker(microaction=make_microaction(), status=status, name=NAME, email=EMAIL)
    ProposedAddress.objects.create(microaction=make_microaction(member=None, email=""), email=EMAIL)


def hints(kari):
    forms = {EMAIL, readable(EMAIL), kari.email, NAME, EMAIL.split("@")[0], *kari.verified_addresses()}
    for form in forms:
        yield form
        for algorithm in ("md5", "sha1", "sha256", "sha512"):
            yield hashlib.new(algorithm, form.lower().encode()).hexdigest()


def places(texts):
    """{table.column: how often} of what is stored."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')
            rows = [row[0].lower() for row in cursor.fetchall()]
            hits = {text for text in texts for row in rows if text.lower() in row or text.encode().hex() in row}
            if hits:
                found[f"{table}.{column}"] = hits
    sessions = json.dumps([session.get_decoded() for session in Session.objects.all()], ensure_ascii=False).lower()
    if hits := {text for text in texts if text.lower() in sessions}:
        found["sessions"] = hits
    return found


@pytest.mark.parametrize("keep_texts", [True, False])
def test_nothing_names_who_has_left(keep_texts):
    kari = make_organiser(email=EMAIL, name=NAME)
    as_guest()
    fill(kari)
    texts = set(hints(kari))
    assert len(places(texts)) > 15
    privacy.erase(Member.objects.get(pk=kari.pk), keep_texts=keep_texts)
    left = places(texts)
    assert {place: hits for place, hits in left.items() if place not in NOBODYS} == {}
