"""What is kept for a moment: sessions without a member, codes and mails on their way, exports to be fetched."""

import json
import re
from urllib.parse import unquote

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from ..addresses import readable
from ..models import WITHOUT_CODE, ImportFile, MailedCode, SealedMail, SiteExport


@transaction.atomic
def expire() -> int:
    """Delete what is too old; returns how many rows. A mail that is being sent is left to its job, which deletes it."""
    mails = list(SealedMail.objects.expired().select_for_update(skip_locked=True).values_list("pk", flat=True))
    old = (
        Session.objects.filter(expire_date__lt=timezone.now()),
        SealedMail.objects.filter(pk__in=mails),
        MailedCode.objects.expired(),
        SiteExport.objects.expired(),
        ImportFile.objects.expired(),
    )
    return sum(rows.delete()[0] for rows in old)


def forget_member(member) -> None:
    """End the member's sessions, and take their addresses out of everybody else's, of mails and of codes."""
    addresses = {member.email.lower(), *member.emailaddress_set.values_list("email", flat=True)}
    for email in addresses:
        SealedMail.objects.to(email).delete()
        for digested in (email, f"{WITHOUT_CODE}{email}"):
            MailedCode.objects.to(digested).delete()
    for session in Session.objects.iterator():
        _forget_in(session, str(member.pk), addresses)


def _forget_in(session, pk, addresses):
    data = session.get_decoded()
    kept = {key: value for key, value in data.items() if not _names(value, addresses)}
    if data.get(SESSION_KEY) == pk or (len(kept) < len(data) and SESSION_KEY not in kept):
        session.delete()
    elif len(kept) < len(data):
        session.session_data = SessionStore().encode(kept)
        session.save(update_fields=["session_data"])


def _names(value, addresses):
    text = unquote(json.dumps(value, ensure_ascii=False, default=str)).lower()
    forms = {form.lower() for email in addresses for form in (email, readable(email))}
    # Whole: o@example.org is not in bo@example.org.
    return any(re.search(rf"(?<![\w.+-]){re.escape(email)}(?![\w-])", text) for email in forms)
