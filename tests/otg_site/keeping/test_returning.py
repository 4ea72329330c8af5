"""A restored database: who left since is not back, what was withdrawn stays withdrawn, and no mail goes out twice.

The database of a test is the one that was lost and the one that is restored in turn: rows are put back as a backup would.
"""

import json

import pytest
from django.db import connection
from django.utils import timezone

from blog.models import Comment
from chapter import privacy
from chapter.models import Delivery, Gone, Image, Member
from chapter.pictures import withdrawing
from chapter.privacy import gone
from followers import following
from followers.models import Follower
from otg_site import keeping
from tests.factories import make_comment, make_follower, make_member, make_microaction, make_photo

pytestmark = pytest.mark.django_db


def list_of_now():
    """The list as it comes back from its file."""
    return keeping.Since.read(json.loads(json.dumps(keeping.written())))


def put_back(row):
    """The row as the backup has it: with the number that it had."""
    row.save(force_insert=True)


def test_member_who_left_since_is_not_back():
    member = make_member(email="gone@example.org")
    number = member.pk
    privacy.erase(member, keep_texts=False)
    since = list_of_now()
    member.pk = number
    put_back(member)
    keeping.come_back(since)
    assert not Member.objects.filter(pk=number).exists()


def test_member_who_came_later_stays():
    privacy.erase(make_member(email="gone@example.org"), keep_texts=False)
    since = list_of_now()
    again = make_member(email="gone@example.org")
    keeping.come_back(since)
    assert Member.objects.filter(pk=again.pk).exists()


def test_text_that_a_member_left_behind_stays():
    member = make_member()
    comment = make_comment(member=member)
    number = member.pk
    privacy.erase(member, keep_texts=True)
    since = list_of_now()
    member.pk = number
    put_back(member)
    Comment.objects.filter(pk=comment.pk).update(member=member)
    keeping.come_back(since)
    assert list(Comment.objects.filter(pk=comment.pk).values_list("member", flat=True)) == [None]


@pytest.mark.parametrize("make", [make_comment, make_microaction])
def test_what_somebody_took_back_stays_away(make):
    row = make()
    number = row.pk
    row.delete()
    since = list_of_now()
    row.pk = number
    put_back(row)
    keeping.come_back(since)
    assert not type(row).objects.filter(pk=number).exists()


def test_whoever_stopped_following_hears_nothing():
    follower = make_follower()
    number = follower.pk
    following.stop(follower)
    since = list_of_now()
    follower.pk = number
    put_back(follower)
    keeping.come_back(since)
    assert not Follower.objects.filter(pk=number).exists()


def test_withdrawn_picture_is_withdrawn_again():
    image = make_photo().image
    withdrawing.withdraw(image)
    since = list_of_now()
    Image.objects.update(withdrawn_file="")
    assert keeping.come_back(since)["pictures withdrawn again"] == 1
    assert Image.objects.get(pk=image.pk).withdrawn_file != ""


def test_picture_that_was_shown_again_stays():
    image = make_photo().image
    withdrawing.withdraw(image)
    withdrawing.bring_back(image)
    keeping.come_back(list_of_now())
    assert Image.objects.get(pk=image.pk).withdrawn_file == ""


def make_delivery(number, **columns):
    return Delivery.objects.create(kind="rsvp_going", object_id=number, **columns)


def test_mail_that_was_sent_since_is_not_sent_again():
    delivery = make_delivery(1, sent_at=timezone.now())
    since = list_of_now()
    Delivery.objects.filter(pk=delivery.pk).update(sent_at=None)
    keeping.come_back(since)
    assert Delivery.objects.get().dropped_at is not None


def test_mail_that_was_queued_since_cannot_be_queued_again():
    delivery = make_delivery(1, sent_at=timezone.now())
    since = list_of_now()
    delivery.delete()
    keeping.come_back(since)
    assert Delivery.objects.get(object_id=1).sent_at is not None


def test_mail_that_waited_to_the_last_is_sent():
    make_delivery(1)
    keeping.come_back(list_of_now())
    assert Delivery.objects.waiting("rsvp_going").count() == 1


def test_without_a_list_no_mail_of_the_backup_is_sent():
    make_delivery(1)
    keeping.come_back(keeping.Since())
    assert Delivery.objects.waiting("rsvp_going").count() == 0


def test_numbers_that_were_given_since_are_given_to_nobody_else():
    before = make_member().pk
    keeping.come_back(keeping.Since())
    assert make_member().pk > before + 90_000


def test_list_names_nobody():
    member = make_member(email="canary@example.org", name="Canaria Fuglesang")
    privacy.erase(member, keep_texts=False)
    text = json.dumps(keeping.written())
    assert ("canary" in text.lower(), gone.mark("chapter_member", 1) != gone.mark("chapter_member", 2)) == (
        False,
        True,
    )


@pytest.mark.parametrize(
    ("list_", "error"),
    [({"version": 0}, ValueError), ({"version": 1, "written_at": "2020-01-01T00:00:00Z"}, keeping.TooOld)],
)
def test_list_that_says_nothing_of_now_is_refused(list_, error):
    with pytest.raises(error):
        keeping.Since.read(list_)


def test_deleted_by_any_statement_is_noted():
    number = make_comment().pk
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM blog_comment WHERE id = %s", [number])
    assert Gone.objects.filter(place="blog_comment", row=number).exists()
