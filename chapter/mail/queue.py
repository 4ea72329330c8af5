"""Mail that a change causes, sent if and only if that change is committed.

`post(kind, object_id)` belongs in the transaction of the change: the Delivery row and the job that sends it are committed,
or rolled back, with it. What a letter says is decided when it is sent, by the function that the app registered for its
kind with `@letter(kind)`:

    @letter("rsvp_going", unasked=False)
    def rsvp_going(delivery):
        rsvp = Rsvp.objects.select_related("event", "member").filter(pk=delivery.object_id).first()
        return rsvp and Letter(to=rsvp.person_email, language=rsvp.language, template="events/mail/going", context={…})

`unasked` says whether anybody can cause the letter by typing an address. Such a letter names it with `to=` when it is
queued, and passes the budget of that mailbox (`gate.py`).

A letter's template is one file, `<template>.txt`; `html.py` says how its subject, text and HTML come out of it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ..models import Chapter, Delivery
from ..web import undone_if
from . import gate, html
from .mime import Mail, is_refused_for_good

logger = logging.getLogger(__name__)
_letters = {}
_unasked = set()
# So long a letter that was asked for is on its way, and is not sent again.
ON_ITS_WAY = timedelta(minutes=10)
# Eleven tries, the last a day after the first: a mail server may be down for a night.
PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=3)


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class Letter:
    """What one mail says, rendered in `language`: the reader's, not that of the request that caused it."""

    to: str
    language: str
    template: str
    context: dict = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    # The page (GET shows, POST acts) where the reader can stop mails of this sort (RFC 8058), or empty.
    unsubscribe_url: str = ""
    # Of a mail that goes to many: its List-Id (RFC 2919) is this name and the site's.
    list_name: str = ""
    # Where the mail comes back to if it cannot be delivered; empty for the address it is from.
    return_path: str = ""
    # Called in the transaction of the sending, if the mail server refuses the receiver for good.
    when_refused: Callable[[], object] | None = None


def letter(kind: str, *, unasked: bool):
    """Register the function that turns a Delivery of this kind into a Letter, or None if the mail is no longer needed."""

    def register(make):
        _letters[kind] = make
        if unasked:
            _unasked.add(kind)
        return make

    return register


def post(kind: str, object_id: int, *, recipient: str = "", sequence: int = 0, to: str = "") -> Delivery:
    """Queue one mail in the current transaction; the same four values are queued only once.

    An unasked letter names its address; raises MailboxFull if it gets no more of them for now.
    """
    _check_declared(kind, to)
    once = {"kind": kind, "object_id": object_id, "recipient": recipient, "sequence": sequence}
    delivery = Delivery.objects.create_once(**once)
    if delivery is None:
        return Delivery.objects.get(**once)
    if kind in _unasked:
        gate.pass_one(to)
    deliver.defer(delivery_id=delivery.pk)
    return delivery


def post_again(kind: str, object_id: int, *, to: str) -> None:
    """`post`, for a letter that may be asked for again: one queued in the last minutes is on its way.

    Raises MailboxFull also then: the answer is what it would be if nobody had asked before.
    """
    queued_at = Delivery.objects.filter(kind=kind, object_id=object_id).values_list("created_at", flat=True)
    with undone_if(any(moment > timezone.now() - ON_ITS_WAY for moment in queued_at)):
        post(kind, object_id, sequence=len(queued_at), to=to)


def _check_declared(kind, to):
    if kind in _unasked and not to:
        raise ValueError(f"{kind} goes to an address that anybody may have typed: say which with to=")


def post_all(kind: str, object_ids, *, sequence: int = 0) -> int:
    """`post` for many objects in three statements; returns how many were new.

    The caller holds a lock that keeps two of these from running at once for the same objects.
    """
    _check_declared(kind, "")
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
def send(delivery_id: int) -> None:
    """Send one queued mail. Locks its Delivery; does nothing if it was sent or dropped. Drops a mail that is no longer needed,
    or whose receiver the mail server refuses for good.

    Raises what else the mail server raises; the row stays unsent and the job is retried. After a crash between the server's reply
    and the commit the mail may go out twice, with the same Message-ID.
    """
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id, sent_at=None, dropped_at=None).first()
    if delivery is None:
        return
    made = _letters[delivery.kind](delivery)
    if made and made.to and _is_taken(made, delivery):
        delivery.sent_at = timezone.now()
    else:
        delivery.dropped_at = timezone.now()
    delivery.save(update_fields=["sent_at", "dropped_at"])


def _is_taken(made, delivery):
    try:
        message(made, delivery).send()
    except SMTPRecipientsRefused as refusal:
        if not is_refused_for_good(refusal):
            raise
        logger.warning("the mail server refused the receiver of %s for good", delivery)
        if made.when_refused:
            made.when_refused()
        return False
    return True


def message(made: Letter, delivery: Delivery) -> Mail:
    context = {**made.context, "language": made.language}
    with translation.override(made.language):
        written = html.write(render_to_string(f"{made.template}.txt", context), context)
    mail = Mail(
        written.subject,
        written.text,
        to=[made.to],
        from_email=made.return_path or None,
        reply_to=[Chapter.load().contact_email],
        headers=_headers(made, delivery),
    )
    mail.attach_html(written.html)
    for file in made.attachments:
        mail.attach(file.name, file.content, file.mimetype)
    return mail


def _headers(made, delivery):
    headers = {
        "Message-ID": f"<{delivery.kind}.{delivery.pk}@{host()}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": made.language,
    }
    if made.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{made.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if made.list_name:
        headers["List-Id"] = f"<{made.list_name}.{host()}>"
    if made.return_path:
        headers["From"] = settings.DEFAULT_FROM_EMAIL
    return headers


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname


def page_url(view: str, *args, language: str) -> str:
    # Absolute, and in the reader's language.
    with translation.override(language):
        return settings.SITE_URL + reverse(view, args=args)
