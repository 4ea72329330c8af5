"""Mail that is caused by a change, and is sent exactly when that change is stored.

`post(kind, object_id)` belongs in the transaction of the change: the Delivery row and the job that sends it are
committed, or rolled back, with it. What a letter says is decided when it is sent, by the function that
the app registered for its kind with `@letter(kind)`:

    @letter("rsvp_going")
    def rsvp_going(delivery):
        rsvp = Rsvp.objects.select_related("event", "member").filter(pk=delivery.object_id).first()
        return rsvp and Letter(to=rsvp.person_email, language=rsvp.language, template="events/mail/going", context={…})

A letter's template is one file, `<template>.txt`; `html.py` says how its subject, text and HTML come out of it.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ..models import Chapter, Delivery
from . import html

_letters = {}
# Eleven tries, the last a day after the first: a mail server may be down for a night.
PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=3)


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class Letter:
    """What one mail says: rendered in `language`, the reader's, not that of the request that caused it."""

    to: str
    language: str
    template: str
    context: dict = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    # The page (GET shows, POST acts) where the reader can stop mails of this sort (RFC 8058), or empty.
    unsubscribe_url: str = ""


def letter(kind):
    """Register the function that turns a Delivery of this kind into a Letter, or None if nothing is left to say."""

    def register(make):
        _letters[kind] = make
        return make

    return register


def post(kind, object_id, *, recipient="", sequence=0):
    """Queue one mail in the current transaction; the same four values queue it only once, whoever calls."""
    delivery, is_new = Delivery.objects.get_or_create(
        kind=kind, object_id=object_id, recipient=recipient, sequence=sequence
    )
    if is_new:
        deliver.defer(delivery_id=delivery.pk)
    return delivery


def post_all(kind, object_ids, *, sequence=0):
    """`post` for the objects of one change, in three statements whatever their number; returns how many were new.

    The caller holds the lock that keeps two of these from running at once for the same objects.
    """
    rows = Delivery.objects.filter(kind=kind, object_id__in=object_ids, recipient="", sequence=sequence)
    queued = set(rows.values_list("object_id", flat=True))
    new = [Delivery(kind=kind, object_id=pk, sequence=sequence) for pk in object_ids if pk not in queued]
    made = Delivery.objects.bulk_create(new)
    if made:
        deliver.batch_defer(*({"delivery_id": delivery.pk} for delivery in made))
    return len(made)


@app.task(name="chapter.deliver", queue="mail", retry=PATIENCE)
def deliver(delivery_id):
    send(delivery_id)


@transaction.atomic
def send(delivery_id):
    """Send one queued mail. Locks its Delivery; one that is sent, or has nothing left to say, is left alone.

    Raises what the mail server raises; the row then stays unsent and the job is tried again. After a crash between
    the server's yes and the commit the mail can go out twice, with the same Message-ID.
    """
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id, sent_at=None, dropped_at=None).first()
    if delivery is None:
        return
    made = _letters[delivery.kind](delivery)
    if made and made.to:
        message(made, delivery).send()
        delivery.sent_at = timezone.now()
    else:
        delivery.dropped_at = timezone.now()
    delivery.save(update_fields=["sent_at", "dropped_at"])


def message(made, delivery):
    """The mail that a letter becomes, not sent."""
    context = {**made.context, "language": made.language}
    with translation.override(made.language):
        written = html.write(render_to_string(f"{made.template}.txt", context), context)
    mail = EmailMultiAlternatives(
        written.subject,
        written.text,
        to=[made.to],
        reply_to=[Chapter.load().contact_email],
        headers=_headers(made, delivery),
    )
    mail.attach_alternative(written.html, "text/html")
    for file in made.attachments:
        mail.attach(file.name, file.content, file.mimetype)
    return mail


def _headers(made, delivery):
    domain = settings.SERVER_EMAIL.rpartition("@")[2]
    headers = {
        "Message-ID": f"<{delivery.kind}.{delivery.pk}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": made.language,
    }
    if made.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{made.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def page_url(view, *args, language):
    """The absolute address of a page in the reader's language, for letters."""
    from django.urls import reverse

    with translation.override(language):
        return settings.SITE_URL + reverse(view, args=args)
