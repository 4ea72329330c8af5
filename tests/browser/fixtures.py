"""A real Chromium against the real site; skipped, with one line saying so, where there is no Chromium."""

import os
import shutil
import time

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

# Playwright keeps an event loop in this thread; Django would refuse the database because of it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# As patient as playwright's other waits: this server has no streams, so boards ask every five seconds, the patience that
# expectations have by default.
expect.set_options(timeout=30_000)

CHROMIUM = shutil.which("chromium")
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": FLAGS.split()}


@pytest.fixture(scope="session")
def server():
    """The site, in a thread of this process. What it should show must be committed."""
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def site(server, transactional_db, settings):
    """The address of the running site; mails and feeds point to it too. Its forms may be sent as fast as a test fills them in."""
    settings.SITE_URL = server.url
    settings.FORM_GUARD_SECONDS = 0
    return server.url


@pytest.fixture
def open_page(browser):
    """Open a page as a given reader: width, colours, with or without JavaScript, signed in or not.

    What a reader must never meet is collected on the way, and fails the test at its end.
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
        watch(page, url, troubles)
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def watch(page, url, troubles):
    """Collect requests to other hosts, complaints of the content security policy, and errors of scripts."""
    own = url.split("/")[2]
    page.on("request", lambda r: troubles.append(r.url) if r.url.startswith("http") and own not in r.url else None)
    page.on("console", lambda m: troubles.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("pageerror", lambda e: troubles.append(str(e)))


def sign_in(context, url, member):
    """Give the browser a member's session, as a sign-in does."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    origin = "/".join(url.split("/")[:3])
    context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": origin}])


@pytest.fixture
def last_mail(settings):
    """The text of the newest mail, after the queue has been worked off."""
    from django.core import mail

    from tests.mail import deliver_all

    def last_mail():
        deliver_all()
        return mail.outbox[-1].body

    return last_mail
