"""The wording mechanism: append-only, one current per language, fallback in SQL."""

import pytest
from django.db import IntegrityError
from django.utils import translation

from chapter.wordings import adopt_wording
from principles.models import Principle, PrincipleWording

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
