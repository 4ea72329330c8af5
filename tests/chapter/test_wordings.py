"""The wording mechanism: append-only, one current per language, fallback in SQL."""

from datetime import date

import pytest
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone, translation

from chapter.models import Chapter
from chapter.wordings import adopt_wording
from principles.models import Principle, PrincipleWording
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def only(*languages):
    """Principle 1 with current wordings in these languages alone."""
    principle = Principle.objects.get(number=1)
    principle.wordings.all().delete()
    for language in languages:
        adopt_wording(principle, language=language, title=f"Title {language}")
    return principle


@pytest.mark.parametrize(
    ("reader", "there", "shown"),
    [
        ("nb", ["nb", "sv", "en"], "nb"),
        ("nb", ["sv", "en"], "sv"),
        ("nb", ["en"], "en"),
        ("sv", ["nb", "en"], "nb"),
        ("en", ["nb", "sv"], "nb"),
        ("en", ["sv"], "sv"),
    ],
)
def test_reader_gets_the_nearest_language(reader, there, shown):
    only(*there)
    with translation.override(reader):
        principle = Principle.objects.with_wordings().get(number=1)
        assert (principle.wording.language, principle.wording.is_own_language) == (shown, reader == shown)


def test_list_of_principles_takes_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len([p.wording.title for p in Principle.objects.with_wordings("sv")]) == 7


def test_adopting_keeps_the_old_wording_as_history():
    principle = only("nb")
    adopt_wording(principle, language="nb", title="Newer")
    assert [(w.title, w.version, w.is_current) for w in principle.wordings.history("nb")] == [
        ("Newer", 2, True),
        ("Title nb", 1, False),
    ]


def test_adopting_the_same_text_twice_adds_nothing():
    principle = only("nb")
    adopt_wording(principle, language="nb", title="Title nb")
    assert principle.wordings.count() == 1


def test_database_refuses_two_current_wordings_in_a_language():
    principle = only("nb")
    with pytest.raises(IntegrityError, match="principle_wording_one_current"):
        PrincipleWording.objects.create(
            principle=principle, language="nb", version=9, title="Second", adopted_on="2020-01-01"
        )


def test_each_language_has_its_own_history():
    principle = only("nb", "sv")
    adopt_wording(principle, language="sv", title="Nyare")
    assert [(w.language, w.version) for w in principle.wordings.current().order_by("language")] == [
        ("nb", 1),
        ("sv", 2),
    ]


@pytest.mark.parametrize(
    "change", [{"title": "B"}, {"body": "B"}, {"source_name": "B"}, {"source_url": "https://example.org/b"}]
)
def test_any_change_of_text_or_source_is_a_new_wording(change):
    principle = only()
    text = {"title": "A", "body": "A", "source_name": "A", "source_url": "https://example.org/a"}
    first = adopt_wording(principle, language="nb", **text)
    assert adopt_wording(principle, language="nb", **{**text, **change}).version == first.version + 1


def test_old_text_can_be_taken_up_again_as_a_new_version():
    principle = only("nb")
    adopt_wording(principle, language="nb", title="Newer")
    adopt_wording(principle, language="nb", title="Title nb")
    assert list(principle.wordings.history("nb").values_list("version", "title", "is_current")) == [
        (3, "Title nb", True),
        (2, "Newer", False),
        (1, "Title nb", False),
    ]


def test_wording_is_adopted_today_unless_it_says_when():
    principle = only()
    now = adopt_wording(principle, language="nb", title="Now")
    then = adopt_wording(principle, language="sv", title="Then", adopted_on=date(2016, 6, 29))
    assert (now.adopted_on, then.adopted_on) == (timezone.localdate(), date(2016, 6, 29))


def test_text_is_stored_with_the_html_and_words_it_makes():
    wording = adopt_wording(only(), language="nb", title="A", body="Se *her* <script>x</script>")
    assert ("<em>her</em>" in wording.body_html, "<script" in wording.body_html) == (True, False)
    assert wording.body_text.startswith("Se her")


def test_failed_adoption_leaves_the_old_wording_in_place():
    principle = only("nb")
    with pytest.raises(DataError), transaction.atomic():
        adopt_wording(principle, language="nb", title="x" * 201)
    assert [w.title for w in principle.wordings.current()] == ["Title nb"]


@pytest.mark.django_db(transaction=True)
def test_texts_adopted_at_once_all_stay_and_one_is_current():
    principle = only("nb")
    made = at_once(lambda title: adopt_wording(principle, language="nb", title=title), *"abcdef")
    history = principle.wordings.history("nb")
    assert [w.version for w in history] == [7, 6, 5, 4, 3, 2, 1]
    assert [w.pk for w in history.filter(is_current=True)] == [max(made, key=lambda w: w.version).pk]


@pytest.mark.django_db(transaction=True)
def test_the_same_text_adopted_at_once_is_one_wording():
    principle = only("nb")
    made = at_once(lambda title: adopt_wording(principle, language="nb", title=title), *["Same"] * 4)
    assert (len({w.pk for w in made}), principle.wordings.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_first_visitors_make_one_chapter():
    Chapter.objects.all().delete()
    assert {chapter.pk for chapter in at_once(lambda _: Chapter.load(), *range(4))} == {1}
