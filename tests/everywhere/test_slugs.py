"""Every row with an address made of its title: readable where the letters can be read, and always one that opens."""

import re

import pytest
from django.apps import apps
from django.db import models

from chapter.text import plain_slug
from tests.everywhere.hostile import FORMS
from tests.everywhere.test_hostile import clients, people, prepared  # noqa: F401

pytestmark = pytest.mark.django_db
# The form that makes each, and what its address begins with where the title cannot be read.
MADE = {
    "events.Event": ("event_new", r"\d{4}-\d\d-\d\d"),
    "events.Series": ("series_new", "series"),
    "blog.Post": ("post_new", "post"),
}
TITLES = {
    "Þórður łódź": "thordur-lodz",
    "Завтрак": "zavtrak",
    "Καφές": "kafes",
    "日本": "",
    "😀": "",
    "ا ب": "",
    "第3回": "",
}


def test_every_model_with_such_an_address_is_here():
    # A page's key and a board's code are not made of a title.
    others = {"chapter.Page", "facilitation.Board"}
    slugged = {
        model._meta.label
        for model in apps.get_models()
        if any(isinstance(field, models.SlugField) for field in model._meta.concrete_fields)
    }
    assert slugged == {*MADE, *others}


@pytest.mark.parametrize("label", MADE)
@pytest.mark.parametrize("title", TITLES)
def test_title_in_any_script_has_an_address_that_opens(clients, people, label, title):  # noqa: F811
    form, otherwise = MADE[label]
    row = next(row for row in FORMS if (row[0], row[2]) == (form, "organiser"))
    path, fields = prepared(row[0], row[1], people["organiser"], row[3])
    for _ in range(2):
        response = clients["organiser"].post(path, {**fields, "title": title})
        assert response.status_code == 302, response.context and response.context["form"].errors
    first, second = apps.get_model(label).objects.order_by("-pk")[:2][::-1]
    begins = TITLES[title] or otherwise
    assert re.search(rf"(^|-){begins}(-\d+)?$", first.slug) and first.slug != second.slug
    for made in (first, second):
        assert clients["organiser"].get(made.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("title", [*TITLES, "Lean Coffee", "a-b-2", "2026-12-03-kaffe"])
def test_address_of_an_address_is_itself(title):
    assert plain_slug(plain_slug(title)) == plain_slug(title)
