"""Signing in as a person does: ask for a code, read the mail, type the code."""

import re
import time

from django.core.cache import cache

from tests.mail import deliver_account_mails

CODE = re.compile(r"\b\d{4}(?: \d{4})+\b")


def ask_for_code(client, email, *, language="nb", query=""):
    cache.clear()  # the limits count across tests
    response = client.post(f"/{language}/accounts/login/{query}", {"login": email})
    deliver_account_mails()
    return response


def code_in(mail):
    return CODE.search(mail.body).group()


def type_code(client, code, *, language="nb", query="", page="login/code/confirm"):
    return client.post(f"/{language}/accounts/{page}/{query}", {"code": code})


def arrive(client, member):
    """`force_login`, as somebody who has typed a code a moment ago and is asked nothing more."""
    client.force_login(member)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()


def sign_in(client, member, mailbox, *, language="nb", query=""):
    ask_for_code(client, member.email, language=language, query=query)
    return type_code(client, code_in(mailbox[-1]), language=language, query=query)
