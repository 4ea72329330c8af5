"""The demo's mailbox: mails become files that a page can show, since a demo has no mail server."""

from django.core.mail.backends.filebased import EmailBackend


class FileBackend(EmailBackend):
    """One .eml file per mail in settings.EMAIL_FILE_PATH."""
