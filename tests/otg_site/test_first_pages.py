"""A process has loaded what its first pages need before it takes requests."""

from django.template import engines
from django.urls import get_resolver
from django.utils import translation

from otg_site import first_pages


def test_every_template_of_a_page_is_compiled():
    loaders = engines["django"].engine.template_loaders
    for loader in loaders:
        loader.reset()
    first_pages.load()
    names = {name for loader in loaders for name in loader.get_template_cache}
    ours = {path.relative_to(first_pages.OURS).as_posix() for path in first_pages.OURS.rglob("*.html")}
    assert ours <= names
    assert "django/forms/widgets/text.html" in names


def test_addresses_are_known_in_every_language():
    first_pages.load()
    assert {"nb", "sv", "en"} <= get_resolver()._reverse_dict.keys()


def test_it_reads_no_database():
    # Without the mark for the database, pytest refuses every query.
    with translation.override("sv"):
        first_pages.load()
