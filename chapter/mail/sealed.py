"""Mails of the account pages: queued like all others, and unreadable while they wait, since some hold a live code.

The text is encrypted with a key made of SECRET_KEY, the job knows a number alone, and the row goes with the mail.
"""

import base64
import json
import logging
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from cryptography.fernet import Fernet, InvalidToken
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from procrastinate.contrib.django import app

from ..models import SealedMail, hidden_address
from .mime import Mail, is_refused_for_good
from .queue import PATIENCE

logger = logging.getLogger(__name__)
# Before reminders: somebody is looking at a page that asks for the code.
URGENT = 10
FIELDS = ("subject", "body", "from_email", "to", "reply_to")


class NotTaken(Exception):
    """The mail server did not take a mail, and the job tries again. Says not whose: it ends in a log."""


@transaction.atomic
def post_sealed(mail: Mail, *, good_for: timedelta) -> None:
    """Queue one mail to one address, to be sent within `good_for` or never."""
    (to,) = mail.to
    row = SealedMail.objects.create(
        address=hidden_address(to), sealed=_seal(mail), expires_at=timezone.now() + good_for
    )
    deliver_sealed.configure(priority=URGENT).defer(mail_id=row.pk)


@app.task(name="chapter.deliver_sealed", queue="mail", retry=PATIENCE)
def deliver_sealed(mail_id):
    send_sealed(mail_id)


@transaction.atomic
def send_sealed(mail_id: int) -> None:
    """Send one sealed mail and delete it, or delete it if it is too old or refused for good. Locks its row.

    Raises NotTaken if the mail server may take it later.
    """
    row = SealedMail.objects.select_for_update().filter(pk=mail_id).first()
    if row is None:
        return
    mail = _open(row) if row.expires_at > timezone.now() else None
    if mail:
        _hand_over(mail)
    row.delete()


def _hand_over(mail):
    # `from None`: the errors of smtplib name the receiver.
    try:
        mail.send()
    except SMTPRecipientsRefused as refusal:
        if not is_refused_for_good(refusal):
            raise NotTaken("refused for now") from None
        logger.warning("the mail server refused the receiver of a mail; the code's page says to check the address")
    except (SMTPException, OSError) as error:
        raise NotTaken(type(error).__name__) from None


def _seal(mail):
    words = {name: getattr(mail, name) for name in FIELDS}
    words |= {"headers": mail.extra_headers, "html": mail.alternatives[0][0]}
    return _fernet().encrypt(json.dumps(words).encode()).decode()


def _open(row):
    """The mail, or None if SECRET_KEY is another one now."""
    try:
        words = json.loads(_fernet().decrypt(row.sealed))
    except InvalidToken:
        return None
    html = words.pop("html")
    mail = Mail(**words)
    mail.attach_html(html)
    return mail


def _fernet():
    digest = salted_hmac("chapter.mail.sealed", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
