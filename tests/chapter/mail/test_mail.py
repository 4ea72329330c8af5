"""Mail is sent exactly when its change is stored, once, and in the language of its reader."""

import re
from copy import deepcopy
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail.backends import locmem
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from chapter.mail import queue as mail
from chapter.mail.queue import Attachment, Letter
from chapter.models import Chapter, Delivery
from tests.threads import at_once

pytestmark = pytest.mark.django_db
TEXT = "{% load i18n %}{% get_current_language as now %}\nHello {{ name }} ({{ now }})\n\n<facts>\n{{ name }}\n</facts>\n"


class Crash(Exception):
    pass


@pytest.fixture(autouse=True)
def letters(settings, tmp_path, monkeypatch):
    """A kind "hello" whose letter a test may change, with a template of its own."""
    (tmp_path / "hello.txt").write_text(TEXT)
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"] = [*settings.TEMPLATES[0]["DIRS"], tmp_path]
    monkeypatch.setattr(mail, "_letters", {})
    say(name="Kari")


def say(*, to="kari@example.org", language="en", name="Kari", **more):
    made = Letter(to=to, language=language, template="hello", context={"name": name}, **more)
    mail.letter("hello", unasked=False)(lambda delivery: made)


def sent(mailoutbox, **letter):
    say(**letter)
    mail.send(mail.post("hello", 1).pk)
    return mailoutbox[-1]


class NoSuchMailbox(locmem.EmailBackend):
    """A mail server that refuses the receiver."""

    code = 550

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({"kari@example.org": (self.code, b"5.1.1 no")})


class NoRoom(NoSuchMailbox):
    code = 452


def test_receiver_refused_for_good_is_not_tried_again(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.NoSuchMailbox"
    delivery = mail.post("hello", 1)
    mail.send(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.sent_at, delivery.dropped_at is None) == (None, False)
    assert ("kari@" in caplog.text, "refused the receiver of hello 1" in caplog.text) == (False, True)


def test_receiver_refused_for_now_is_tried_again(settings):
    settings.EMAIL_BACKEND = f"{__name__}.NoRoom"
    delivery = mail.post("hello", 1)
    with pytest.raises(SMTPRecipientsRefused):
        mail.send(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.sent_at, delivery.dropped_at) == (None, None)


def test_mail_and_job_are_queued_with_the_change():
    delivery = mail.post("hello", 7, recipient="member:5")
    (job,) = ProcrastinateJob.objects.all()
    assert (job.task_name, job.args, job.queue_name) == ("chapter.deliver", {"delivery_id": delivery.pk}, "mail")


def test_change_that_is_rolled_back_queues_nothing():
    with pytest.raises(Crash), transaction.atomic():
        mail.post("hello", 1)
        raise Crash
    assert (Delivery.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_posting_twice_queues_once():
    assert mail.post("hello", 1) == mail.post("hello", 1)
    assert ProcrastinateJob.objects.count() == 1


@pytest.mark.parametrize("other", [{"object_id": 2}, {"recipient": "member:5"}, {"sequence": 1}, {"kind": "bye"}])
def test_another_thing_or_person_is_another_mail(other):
    mail.post("hello", 1)
    mail.post(**{"kind": "hello", "object_id": 1, **other})
    assert ProcrastinateJob.objects.count() == 2


def test_many_are_queued_once_each():
    mail.post("hello", 2)
    assert (mail.post_all("hello", [1, 2, 3]), mail.post_all("hello", [1, 2, 3])) == (2, 0)
    assert ProcrastinateJob.objects.count() == Delivery.objects.count() == 3


def test_nobody_to_write_to_queues_nothing():
    assert (mail.post_all("hello", []), ProcrastinateJob.objects.count()) == (0, 0)


def test_mail_server_that_is_away_is_asked_again_and_sends_once(settings, mailoutbox):
    pk, backend = mail.post("hello", 1).pk, settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError):
        mail.send(pk)
    assert Delivery.objects.get().sent_at is None
    settings.EMAIL_BACKEND = backend
    mail.send(pk)
    mail.send(pk)
    assert (len(mailoutbox), Delivery.objects.get().sent_at is None) == (1, False)


def test_mail_sent_again_after_a_crash_can_be_recognised(mailoutbox):
    pk = mail.post("hello", 1).pk
    with pytest.raises(Crash), transaction.atomic():
        mail.send(pk)
        raise Crash
    mail.send(pk)
    first, second = (message.extra_headers["Message-ID"] for message in mailoutbox)
    assert first == second == f"<hello.{pk}@localhost>"


@pytest.mark.parametrize("made", [None, Letter(to="", language="nb", template="hello")])
def test_letter_with_nothing_left_to_say_is_dropped_for_good(mailoutbox, made):
    mail.letter("hello", unasked=False)(lambda delivery: made)
    pk = mail.post("hello", 1).pk
    mail.send(pk)
    say()
    mail.send(pk)
    delivery = Delivery.objects.get()
    assert (mailoutbox, delivery.sent_at, delivery.dropped_at is None) == ([], None, False)


def test_mail_whose_row_was_deleted_is_left_alone(mailoutbox):
    pk = mail.post("hello", 1).pk
    Delivery.objects.all().delete()
    mail.send(pk)
    assert mailoutbox == []


def test_letter_says_what_is_true_when_it_is_sent(mailoutbox):
    pk = mail.post("hello", 1).pk
    say(name="Kari, who changed her name")
    mail.send(pk)
    assert mailoutbox[0].subject == "Hello Kari, who changed her name (en)"


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_mail_is_in_the_language_of_its_reader(mailoutbox, language):
    message = sent(mailoutbox, language=language)
    assert message.subject == f"Hello Kari ({language})"
    assert message.extra_headers["Content-Language"] == language
    assert f'<html lang="{language}">' in message.alternatives[0].content


def test_mail_has_text_and_html_with_its_styles_inside(mailoutbox):
    message = sent(mailoutbox, name="<b>")
    html, kind = message.alternatives[0]
    assert (message.body.startswith("<b>\n\n-- \nOne Team Gov\n"), kind) == (True, "text/html")
    assert re.search(r'<div class="facts" style="[^"]+">\s*<p style="[^"]+">&lt;b&gt;</p>', html)


def test_answers_go_to_the_chapter(mailoutbox):
    Chapter.objects.update(contact_email="answers@example.org")
    message = sent(mailoutbox)
    assert (message.to, message.reply_to) == (["kari@example.org"], ["answers@example.org"])
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("break_", ["\r", "\r\n", "\n", "\x0b", "\u2028"])
def test_no_name_adds_a_header(mailoutbox, break_):
    message = sent(mailoutbox, name=f"Kari{break_}Bcc: everybody@example.org").message()
    assert (message["Bcc"], "\n" in message["Subject"]) == (None, False)


def test_letter_that_can_be_stopped_says_where(mailoutbox):
    headers = sent(mailoutbox, unsubscribe_url="https://example.org/stop/").extra_headers
    assert headers["List-Unsubscribe"] == "<https://example.org/stop/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_other_letters_cannot_be_stopped(mailoutbox):
    assert "List-Unsubscribe" not in sent(mailoutbox).extra_headers


def test_letter_brings_its_files(mailoutbox):
    message = sent(mailoutbox, attachments=(Attachment("treff.ics", b"BEGIN:VCALENDAR\r\n", "text/calendar"),))
    ((name, content, kind),) = message.attachments
    assert (name, content.startswith("BEGIN:VCALENDAR"), kind) == ("treff.ics", True, "text/calendar")


def test_address_in_a_letter_is_absolute_and_in_the_readers_language(settings):
    assert mail.page_url("page", "about", language="sv") == f"{settings.SITE_URL}/sv/about/"


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_mail_send_it_once(mailoutbox):
    pk = mail.post("hello", 1).pk
    at_once(mail.send, pk, pk, pk)
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_requests_for_the_same_mail_queue_it_once():
    at_once(lambda object_id: mail.post("hello", object_id), 1, 1, 1)
    assert (Delivery.objects.count(), ProcrastinateJob.objects.count()) == (1, 1)


@pytest.mark.parametrize("length", [10, 70, 300, 900])
def test_address_to_unsubscribe_stays_on_one_line_of_what_is_sent(mailoutbox, length):
    say(unsubscribe_url=f"https://chapter.example.org/{'n' * length}/")
    mail.send(mail.post("hello", 1).pk)
    sent = mailoutbox[0].message().as_bytes(linesep="\r\n")
    lines = [line for line in sent.split(b"\r\n") if line.startswith(b"List-Unsubscribe:")]
    assert lines == [f"List-Unsubscribe: <https://chapter.example.org/{'n' * length}/>".encode()]
