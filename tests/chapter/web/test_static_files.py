"""Style sheets are sent as one file, and every component's file is in it."""

import pytest
from django.core.management import call_command
from django.template import Context, Template

from chapter.web import static_files


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "chapter.web.static_files.BundlingStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0, ignore=["admin", "markdownx"])
    return settings.STATIC_ROOT


def test_every_component_is_listed(settings):
    folder = settings.BASE_DIR / "static" / "css"
    of_one_page = {"poster-page.css", "paper-card-page.css"}
    listed = {name for styles in static_files.BUNDLES.values() for name in styles}
    assert {str(path.relative_to(folder)) for path in folder.rglob("*.css")} - of_one_page == listed


def test_collected_styles_are_one_hashed_file(collected):
    page = Template("{% include 'includes/_styles.html' %}").render(Context())
    assert page.count("<link") == 1
    name = page.split('href="/static/')[1].split('"')[0]
    bundle = (collected / name).read_text("utf-8")
    assert bundle.count("@layer components") >= 20
    assert (collected / f"{name}.br").exists()


def test_a_board_has_a_second_file_of_its_own(collected):
    links = Template("{% include 'includes/_styles.html' with bundle='board' %}").render(Context())
    assert links.count("<link") == 1
    name = links.split('href="/static/')[1].split('"')[0]
    assert ".stepper" in (collected / name).read_text("utf-8")
