"""One real PostgreSQL for the whole run, with the shipped texts in it."""

import gc
import shutil
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.test import TransactionTestCase, override_settings
from django.utils import translation
from hypothesis import settings as examples

from tests import database
from tests.environment import EVERYTHING

# New examples are for the night: what is found by chance should not stop the one who happens to be there.
examples.register_profile("same", derandomize=not EVERYTHING)
examples.load_profile("same")

pytest_plugins = ["tests.browser.fixtures"]


def pytest_collection_modifyitems(items):
    """Say of each test which part of the suite it is in, for `-m`; `browser` is said where Chromium is found."""
    for item in items:
        if "everywhere" in item.path.parts:
            item.add_marker("everywhere")
        elif not item.get_closest_marker("browser"):
            item.add_marker("race" if _commits(item) else "unit")


def _commits(item):
    marker = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(marker and marker.kwargs.get("transaction"))


def pytest_collection_finish():
    """What has been collected stays: the collector of garbage need not walk over it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """A database with the shipped texts. After a test that commits they are restored; Django would empty all tables."""
    with django_db_blocker.unblock(), database.made_from_template():
        load_texts()
        database.keep("shipped")
        TransactionTestCase._fixture_teardown = lambda self: database.restore("shipped")
        yield


@pytest.fixture(autouse=True)
def _language_of_the_site():
    """The language that the page before was asked in is not the next test's."""
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _files_of_the_run(tmp_path_factory):
    """The folders of pictures and mails; none of what is in them outlasts its test."""
    folder = tmp_path_factory.mktemp("site")
    # Thousands of tests sign in.
    with override_settings(MEDIA_ROOT=folder / "media", EMAIL_FILE_PATH=folder / "mail", BLUR_SECONDS=0):
        yield folder


@pytest.fixture(autouse=True)
def _own_files(_files_of_the_run):
    yield
    for path in _files_of_the_run.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.fixture
def early_in_the_hour(time_machine):
    """The clock goes on from the beginning of this hour: no window of a limit ends in the middle of the test."""
    time_machine.move_to(datetime.now(UTC).replace(minute=0, second=1))


@pytest.fixture(scope="session")
def kept_demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The folder of the demo's pictures. Its rows come with `database.restore("demo")`: loaded once for each process."""
    media = tmp_path_factory.mktemp("demo") / "media"
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media):
        call_command("load_demo", verbosity=0)
        database.keep("demo")
        database.restore("shipped")
    return media


def load_texts():
    """What `manage.py prepare` stores; a test that empties the tables takes it along."""
    from chapter.models import Chapter
    from chapter.pages import texts as pages
    from principles import wordings

    Chapter.load()
    pages.load_shipped()
    wordings.load_shipped()
