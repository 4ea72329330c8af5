"""A mail as it goes over the wire."""

from email.header import Header
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives


class Mail(EmailMultiAlternatives):
    """A mail whose List-Unsubscribe stays on one line, since many mail programs read no folded one."""

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
