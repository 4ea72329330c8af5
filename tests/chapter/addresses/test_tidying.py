"""What the migrations do to rows from before: spelled anew, nobody's seat taken."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection

from chapter.models import Chapter, Member
from events.models import Rsvp
from microactions.models import Makker, ProposedAddress
from tests.factories import make_event, make_makker, make_member, make_microaction, make_proposal, make_rsvp

pytestmark = pytest.mark.django_db
CHECKS = {
    "chapter_member": ["member_address"],
    "chapter_chapter": ["chapter_address"],
    "account_emailaddress": ["emailaddress_address"],
    "events_rsvp": ["rsvp_address"],
    "events_proposal": ["proposal_address"],
    "blog_comment": ["comment_address"],
    "microactions_microaction": ["microaction_address"],
    "microactions_makker": ["makker_address"],
    "microactions_proposedaddress": ["proposed_address_is_normal"],
}


@pytest.fixture
def old(django_db_blocker):
    """Write a column as it was before; `old.migrate()` runs the three migrations and checks what they leave."""
    made = []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, names in CHECKS.items():
            for name in names:
                cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name])
                made.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {cursor.fetchone()[0]}")
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        cursor.execute("SELECT pg_get_indexdef('rsvp_one_per_mailbox'::regclass)")
        made.append(cursor.fetchone()[0])
        cursor.execute("DROP INDEX rsvp_one_per_mailbox")

    def write(row, email, column="email"):
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [email, row.pk])
        return row

    def migrate():
        for app, name in [
            ("chapter", "0007_addresses_in_one_form"),
            ("events", "0007_one_seat_a_mailbox"),
            ("microactions", "0005_addresses_in_one_form"),
        ]:
            import_module(f"{app}.migrations.{name}").respell(apps, None)
        with connection.cursor() as cursor:
            for statement in made:
                cursor.execute(statement)

    write.migrate = migrate
    return write


def _address_of(row):
    row.refresh_from_db()
    return row.email


def test_accounts_are_spelled_anew(old):
    member = old(make_member(), "kari@blåbær.no")
    old(member.emailaddress_set.get(), "kari@blåbær.no")
    chapter = old(Chapter.load(), "Post@Blåbær.no", "contact_email")
    old.migrate()
    chapter.refresh_from_db()
    assert _address_of(member) == member.emailaddress_set.get().email == "kari@xn--blbr-roah.no"
    assert chapter.contact_email == "post@xn--blbr-roah.no"


def test_two_accounts_of_one_address_stay_two_and_get_their_mail(old):
    first = make_member(email="kari@xn--blbr-roah.no")
    second = old(make_member(), "kari@blåbær.no")
    old(second.emailaddress_set.get(), "kari@blåbær.no")
    seat = make_rsvp(member=second)
    old.migrate()
    expected = f"kari+account{second.pk}@xn--blbr-roah.no"
    assert (_address_of(first), _address_of(second)) == ("kari@xn--blbr-roah.no", expected)
    assert (second.emailaddress_set.get().email, _member_of(seat)) == (expected, second)


def _member_of(rsvp):
    rsvp.refresh_from_db()
    return rsvp.member


def test_account_that_no_mail_ever_reached_keeps_its_rows(old):
    member = old(make_member(), "ſteve@example.org")
    old(member.emailaddress_set.get(), "ſteve@example.org")
    old.migrate()
    assert _address_of(member) == f"account-{member.pk}@address.invalid"
    assert not EmailAddress.objects.filter(user=member).exists() and Member.objects.count() == 1


def test_seats_stay_and_one_row_keeps_the_address(old):
    event = make_event(capacity=4)
    names = ["kari@xn--blbr-roah.no", "kari@blåbær.no", "kari+1@blåbær.no", "ſteve@example.org"]
    seats = [old(make_rsvp(event=event), email) for email in names]
    old.migrate()
    assert [_address_of(seat) for seat in seats] == ["kari@xn--blbr-roah.no", "", "", ""]
    assert Rsvp.objects.going().count() == 4


def test_second_place_in_line_and_second_question_end(old):
    event = make_event()
    going = make_rsvp(event=event, email="kari@example.org")
    waiting = old(make_rsvp(event=event, status="waitlisted"), "kari+1@example.org")
    asked = old(make_rsvp(event=event, status="pending"), "kari+2@example.org")
    nobody = old(make_rsvp(event=event, status="pending"), "ſteve@example.org")
    old.migrate()
    assert [Rsvp.objects.get(pk=row.pk).status for row in (going, waiting, asked, nobody)] == [
        "going",
        "cancelled",
        "expired",
        "expired",
    ]


def test_guests_of_other_kinds_stay(old):
    proposal = old(make_proposal(), "Ola@Blåbær.no")
    microaction = old(make_microaction(email="a@example.org"), "ıvan@example.org")
    makker = old(make_makker(email="b@example.org", status="pending"), "ſteve@example.org")
    proposed = ProposedAddress.objects.create(microaction=microaction, email="c@example.org")
    old(proposed, "кирилл@example.org")
    old.migrate()
    assert _address_of(proposal) == "ola@xn--blbr-roah.no"
    assert [_address_of(row) for row in (microaction, makker, proposed)] == ["", "", ""]
    assert Makker.objects.get().status == "invited"
