"""One real PostgreSQL for the whole run, with the shipped texts in it."""

import pytest
from django.utils import translation


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load_texts()


@pytest.fixture(autouse=True)
def _ready_database(request):
    """Texts again after a transactional test has emptied the tables, and no job left from the one before."""
    used = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    marker = request.node.get_closest_marker("django_db")
    if not (used or marker):
        return
    transactional = used - {"db"} or (marker and marker.kwargs.get("transaction"))
    request.getfixturevalue("transactional_db" if transactional else "db")
    from principles.models import Principle

    if not Principle.objects.exists():
        load_texts()
    if transactional:
        _empty_what_is_no_model()


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


def _empty_what_is_no_model():
    from django.core.cache import cache
    from django.db import connection

    cache.clear()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
