"""The monthly letter: facts, a greeting, and nobody told before an organiser says so."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone

from blog.models import MonthlyLetter
from blog.monthly import actions
from chapter.models import Chapter
from followers.announcing import sending
from followers.announcing.actions import spread_due
from followers.models import Announcement
from tests.factories import make_event, make_follower, make_microaction, make_organiser, make_post
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


def tell():
    Announcement.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    spread_due()
    sending.send_portion()
    deliver_all()


def test_the_letter_says_what_is_coming_and_what_came_of_it(client):
    make_follower(wants_letter=True, rhythm="monthly")
    make_event(title="Gåmøte")
    make_post(title="Fem ord")
    make_microaction(result="Det virket", status="done", visibility="public", result_at=timezone.now())
    client.force_login(make_organiser())
    answer = client.post(reverse("monthly_letter"), {"greeting": "Hei alle", "language": "nb"})
    letter = MonthlyLetter.objects.get()
    assert answer.url == reverse("tell", args=["letter", letter.pk])
    assert "Gåmøte" in client.get(reverse("tell_mail", args=["letter", letter.pk])).content.decode()
    client.post(answer.url, {"when": "now"})
    tell()
    body = outbox.outbox[-1].body
    assert all(words in body for words in ("Hei alle", "Gåmøte", "Fem ord", "?idea="))


def test_an_empty_letter_is_not_sent(client):
    make_follower(wants_letter=True)
    letter = actions.write(greeting="", language="nb", by=make_organiser())
    Announcement.objects.create(kind="letter", object_id=letter.pk, due_at=timezone.now())
    tell()
    assert outbox.outbox == []


def test_it_goes_by_itself_only_if_the_chapter_says_so(time_machine):
    time_machine.move_to(datetime(2026, 12, 1, 9, tzinfo=OSLO))
    make_follower(wants_letter=True)
    assert actions.send_by_itself() is None
    Chapter.load()
    Chapter.objects.update(sends_letter=True)
    assert actions.send_by_itself()
    assert actions.send_by_itself() is None
    assert Announcement.objects.count() == 1


def test_the_desk_asks_until_somebody_has_decided(client):
    make_follower(wants_letter=True)
    client.force_login(make_organiser())
    assert reverse("monthly_letter") in client.get(reverse("desk")).content.decode()
    client.post(reverse("monthly_letter"), {"greeting": "", "language": "nb"})
    client.post(reverse("tell", args=["letter", MonthlyLetter.objects.get().pk]), {"when": "not"})
    assert not actions.is_due()


def test_a_post_is_told_in_the_followers_language(client):
    make_follower(wants_posts=True, language="sv")
    make_follower(wants_posts=False)
    post = make_post(title="Fem ord", language="nb")
    make_post(title="Fem ord på svenska", language="sv", translation_of=post)
    client.force_login(make_organiser())
    page = reverse("tell", args=["post", post.pk])
    assert page in client.get(post.get_absolute_url()).content.decode()
    client.post(page, {"when": "now"})
    tell()
    assert [mail.subject for mail in outbox.outbox] == ["Fem ord på svenska"]


def test_a_post_that_was_taken_back_is_not_told():
    make_follower(wants_posts=True)
    post = make_post(title="Fem ord")
    Announcement.objects.create(kind="post", object_id=post.pk, due_at=timezone.now())
    type(post).objects.update(is_draft=True)
    tell()
    assert outbox.outbox == []


def test_an_empty_letter_has_nothing_to_read(client):
    client.force_login(make_organiser())
    answer = client.post(reverse("monthly_letter"), {"greeting": "", "language": "nb"})
    assert client.get(answer.url).url == reverse("monthly_letter")
    assert client.get(f"{answer.url}mail/").status_code == 404
