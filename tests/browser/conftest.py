"""A real Chromium against the real site; skipped, with one line saying so, where there is no Chromium."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.management import call_command

# Playwright keeps an event loop in this thread; Django would refuse the database because of it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium")
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Named by itself, since axe leaves it out unless it is asked for.
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": FLAGS.split()}


@pytest.fixture
def site(live_server, settings):
    """The address of the running site; mails and feeds point to it too."""
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def demo(site):
    """The demo chapter on the running site."""
    call_command("load_demo", verbosity=0)
    return site


@pytest.fixture
def open_page(browser):
    """Open a page as a given reader: width, colours, with or without JavaScript, signed in or not.

    What a reader must never meet is collected on the way, and fails the test at its end: requests to other hosts, and
    messages about the content security policy.
    """
    contexts, troubles = [], []

    def open_page(url, *, width=1280, height=900, scheme="light", script=True, member=None):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        if member:
            sign_in(context, url, member)
        page = context.new_page()
        own = url.split("/")[2]
        page.on(
            "request", lambda r: troubles.append(r.url) if r.url.startswith("http") and own not in r.url else None
        )
        page.on("console", lambda m: troubles.append(m.text) if "Content Security Policy" in m.text else None)
        page.on("pageerror", lambda e: troubles.append(str(e)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def sign_in(context, url, member):
    """Give the browser a member's session, as a sign-in does."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    origin = "/".join(url.split("/")[:3])
    context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": origin}])


@pytest.fixture
def violations():
    """What axe finds on a page, as short lines."""
    axe = Axe()

    def violations(page, rules=None):
        options = {"runOnly": {"type": "rule", "values": rules}} if rules else RULES
        found = axe.run(page, options=options).response["violations"]
        return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]

    return violations


@pytest.fixture
def last_mail(settings):
    """The text of the newest mail, after the queue has been worked off."""
    from django.core import mail

    from tests.mail import deliver_all

    def last_mail():
        deliver_all()
        return mail.outbox[-1].body

    return last_mail
