"""A mail as it goes over the wire."""

from contextlib import suppress
from email.header import Header
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives

from ..models import Chapter
from . import logo


class Mail(EmailMultiAlternatives):
    """A mail whose List-Unsubscribe stays on one line, since many mail programs read no folded one."""

    def attach_html(self, html):
        """The letter as HTML, with the chapter's logo if it shows one."""
        self.attach_alternative(html, "text/html")
        image = Chapter.load().logo
        if image and logo.SOURCE in html:
            with suppress(OSError):
                self.attach(logo.part(image.file.name))

    def message(self):
        message = super().message()
        if address := message["List-Unsubscribe"]:
            message.replace_header("List-Unsubscribe", _OneLine(address))
        return message


class _OneLine(Header):
    def encode(self, *args, **kwargs):
        return super().encode(*args, **{**kwargs, "maxlinelen": 0})


def is_refused_for_good(refusal: SMTPRecipientsRefused) -> bool:
    """Whether to try again would be in vain: there is no such mailbox (5xx), rather than no room or no time (4xx)."""
    return all(code >= 500 for code, _answer in refusal.recipients.values())
