"""The chapter's own texts, as readers get them."""

import pytest

from chapter.models import Chapter, Page
from chapter.privacy import registry
from chapter.wordings import adopt_wording

pytestmark = pytest.mark.django_db
KEYS = ["about", "code-of-conduct", "privacy", "accessibility"]


def hreflangs(page):
    return [code for code in ("nb", "sv", "en") if f'rel="alternate" hreflang="{code}"' in page]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_shipped_page_is_there_in_each_language(client, key, language):
    title = Page.objects.get(key=key).wordings.in_language(language).get().title
    page = client.get(f"/{language}/{key}/").content.decode()
    assert f"<h1>{title}</h1>" in page
    assert f'<article class="stack stack--l" lang="{language}">' in page
    assert "lang-note" not in page


@pytest.mark.parametrize("address", ["/nb/home/", "/nb/nothing/", "/nb/about/x/"])
def test_no_other_key_is_a_page(client, address):
    assert client.get(address).status_code == 404


def test_text_in_another_language_says_so_and_has_no_hreflang_for_the_missing_one(client):
    Page.objects.get(key="about").wordings.filter(language="sv").delete()
    page = client.get("/sv/about/").content.decode()
    assert '<article class="stack stack--l" lang="nb">' in page
    assert 'class="lang-note" lang="sv"' in page
    assert hreflangs(page) == ["nb", "en"]


def test_page_without_any_text_is_not_found(client):
    Page.objects.get(key="about").wordings.all().delete()
    assert client.get("/nb/about/").status_code == 404


def test_new_wording_shows_at_once(client):
    adopt_wording(Page.objects.get(key="about"), language="nb", title="Vi <er> her", body="Se *her*.")
    page = client.get("/nb/about/").content.decode()
    assert "<h1>Vi &lt;er&gt; her</h1>" in page
    assert "<p>Se <em>her</em>.</p>" in page


def test_privacy_page_prints_the_whole_register(client):
    page = client.get("/en/privacy/").content.decode()
    said = {(str(entry.what), str(entry.kept)) for entry in registry.entries()}
    assert page.count("<tr><td>") == len(said)
    assert page.count('scope="rowgroup"') == len(registry.Basis)
    assert "Until you delete it; 7 days if the address is never confirmed" in page


@pytest.mark.parametrize("key", KEYS)
def test_page_takes_few_queries_and_sets_no_cookie(client, key, django_assert_max_num_queries):
    Chapter.load()
    # The table of the privacy page asks the chapter how long guests are kept, for each process that keeps them.
    with django_assert_max_num_queries(8 if key == "privacy" else 6):
        response = client.get(f"/nb/{key}/")
    assert dict(response.cookies) == {}
