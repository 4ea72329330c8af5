"""Every address column, and every form that takes an address, keeps to the one form of `chapter/addresses/`."""

import importlib
import pkgutil

import pytest
from allauth.account.models import EmailAddress
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from chapter.fields import AddressField, EmailFormField
from chapter.models import Chapter
from events.models import Proposal, Rsvp
from microactions.models import ProposedAddress
from tests.chapter.addresses.test_keys import REFUSED, SAME
from tests.everywhere.test_rooms import APPS
from tests.factories import (
    make_comment,
    make_follower,
    make_makker,
    make_member,
    make_microaction,
    make_proposal,
    make_rsvp,
)

pytestmark = pytest.mark.django_db
COLUMNS = [
    (model, field.attname)
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    if isinstance(field, models.EmailField)
]
# What PostgreSQL must refuse by itself.
BAD = [
    "Kari@example.org",
    "ſteve@example.org",
    "ıvan@example.org",
    "kari@blåbær.no",
    "user@[127.0.0.1]",
    "a b@example.org",
]
MAKE = {
    "Member": lambda: make_member(),
    "EmailAddress": lambda: make_member().emailaddress_set.get(),
    "Chapter": Chapter.load,
    "Rsvp": lambda: make_rsvp(),
    "Proposal": lambda: make_proposal(),
    "Comment": lambda: make_comment(email="guest@example.org"),
    "Microaction": lambda: make_microaction(email="guest@example.org"),
    "Makker": lambda: make_makker(email="guest@example.org"),
    "Follower": lambda: make_follower(),
    "ProposedAddress": lambda: ProposedAddress.objects.create(microaction=make_microaction(), email="a@example.org"),
}


def _forms():
    for app in APPS:
        package = importlib.import_module(app)
        for found in pkgutil.walk_packages(package.__path__, f"{app}."):
            if found.name.endswith("forms") and "migrations" not in found.name:
                importlib.import_module(found.name)
    todo, seen = [forms.BaseForm], []
    while todo:
        todo += (form := todo.pop()).__subclasses__()
        seen.append(form)
    return [form for form in seen if form.__module__.split(".")[0] in APPS]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column[0].__name__}.{column[1]}")
def test_no_column_takes_another_spelling(column):
    model, name = column
    row, table = MAKE[model.__name__](), connection.ops.quote_name(model._meta.db_table)
    for bad in BAD:
        with pytest.raises(IntegrityError, match="address"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {name} = %s WHERE id = %s", [bad, row.pk])


@pytest.mark.parametrize("column", [c for c in COLUMNS if c[0] is not EmailAddress], ids=str)
@pytest.mark.parametrize(("typed", "stored"), SAME)
def test_every_column_stores_and_finds_the_normal_form(column, typed, stored):
    model, name = column
    row = MAKE[model.__name__]()
    assert isinstance(model._meta.get_field(name), AddressField)
    setattr(row, name, typed)
    row.save()
    assert getattr(row, name) == stored
    assert model.objects.filter(**{name: typed}).get() == row


def test_every_form_that_takes_an_address_is_here():
    found = [form for form in _forms() if any(isinstance(f, forms.EmailField) for f in form.base_fields.values())]
    wrong = [
        (form.__name__, name)
        for form in found
        for name, field in form.base_fields.items()
        if isinstance(field, forms.EmailField)
        and not isinstance(field, EmailFormField)
        # allauth's own fields are replaced when the form is made.
        and not hasattr(form, "label")
    ]
    assert wrong == []
    assert len(found) >= 8


@pytest.mark.parametrize("typed", REFUSED)
def test_a_form_says_why_beside_the_field(typed):
    with pytest.raises(ValidationError) as caught:
        EmailFormField().clean(typed)
    assert len(caught.value.messages) == 1


def test_models_refuse_it_too():
    for model in (Rsvp, Proposal):
        with pytest.raises(ValidationError):
            model._meta.get_field("email").clean("ſteve@example.org", None)
