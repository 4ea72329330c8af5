"""One real PostgreSQL for the whole run, with the shipped texts in it."""

import pytest
from django.test import TransactionTestCase
from django.utils import translation

from tests import database


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    with django_db_blocker.unblock():
        database.use_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The shipped texts are there in every test; one that commits is followed by what was kept of them, not by a flush."""
    with django_db_blocker.unblock():
        load_texts()
        database.keep("shipped")
    TransactionTestCase._fixture_teardown = lambda self: database.restore("shipped")


@pytest.fixture(autouse=True)
def _language_of_the_site():
    """The language that the page before was asked in is not the next test's."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


def load_texts():
    """What `manage.py prepare` stores; a test that empties the tables takes it along."""
    from chapter.models import Chapter
    from chapter.pages import texts as pages
    from principles import wordings

    Chapter.load()
    pages.load_shipped()
    wordings.load_shipped()
