"""No model holds a person without saying so in the privacy register."""

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

from chapter.models import Member
from chapter.privacy import registry

# No person is in these: what the field is called is not what it holds, or it is the chapter's own.
NOBODY = {
    "auth.Group": "a name of a group of rights",
    "auth.Permission": "a name of a right",
    "events.Venue": "a name of a place",
    "facilitation.SessionRoom": "a name of a room",
    "events.SisterChapter": "a name of another chapter",
    "account.EmailConfirmation": "unused: addresses are confirmed by code",
}


def holds_a_person(model):
    return any(
        isinstance(field, models.EmailField)
        or field.name in ("name", "email")
        or (field.is_relation and field.concrete and not field.many_to_many and field.related_model is Member)
        for field in model._meta.get_fields()
    )


def test_every_model_with_a_person_is_registered():
    registered = {entry.model._meta.label for entry in registry.entries()}
    found = {model._meta.label for model in apps.get_models() if model._meta.managed and holds_a_person(model)}
    assert found - registered - set(NOBODY) == set()


def test_exceptions_are_models_that_exist():
    assert set(NOBODY) <= {model._meta.label for model in apps.get_models()}


@pytest.mark.django_db
@pytest.mark.parametrize("entry", registry.entries(), ids=lambda entry: entry.model._meta.label)
def test_entry_says_what_and_how_long(entry):
    for sentence in (str(entry.what), str(entry.kept)):
        assert sentence[:1] == sentence[:1].upper() and sentence.endswith(".")


@pytest.mark.django_db
def test_the_days_are_in_the_readers_language():
    entry = registry.entry_of("chapter.delivery")
    said = []
    for language in ("en", "nb"):
        with translation.override(language):
            said.append(str(entry.kept))
    assert said[0] == "90 days."
    assert said[1].startswith("90 ") and said[1].endswith(".")


@pytest.mark.django_db
def test_table_of_the_privacy_page_is_read_in_four_minutes():
    """At most 700 words, which entries that say the same share."""
    with translation.override("en"):
        table = registry.by_basis()
        words = [
            word
            for basis, lines in table
            for line in [(basis,), *lines]
            for text in line
            for word in str(text).split()
        ]
    assert len(words) <= 700
    assert sum(len(lines) for _, lines in table) < len(registry.entries())
