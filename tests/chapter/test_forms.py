"""The guard of forms that anyone may send, and fields that take what a person types and no more."""

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from chapter.fields import CONTROLS, LineFormField, TextFormField, clean_line, clean_text
from chapter.forms import MAX_SECONDS, GuardedForm
from chapter.templatetags.form_tags import attributes

NOON = 1_800_000_000


class Greeting(GuardedForm):
    name = LineFormField(max_length=20)


def greeting(*, prefix=None, **changes):
    """A form that was opened at noon, filled in and sent."""
    stem = f"{prefix}-" if prefix else ""
    opened = Greeting(prefix=prefix).initial["opened"]
    query = QueryDict(mutable=True)
    query.update({f"{stem}{name}": value for name, value in {"name": "Kari", "opened": opened, **changes}.items()})
    query._mutable = False
    return Greeting(query, prefix=prefix)


def sent_again(form):
    """The same form as the page shows it the second time."""
    return Greeting({field.html_name: field.value() or "" for field in form})


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.mark.parametrize(("seconds", "is_taken"), [(0, False), (1, False), (2, True), (MAX_SECONDS, True)])
def test_a_person_takes_more_than_two_seconds(clock, seconds, is_taken):
    form = greeting()
    clock.shift(seconds)
    assert form.is_valid() is is_taken


def test_form_of_yesterday_is_refused(clock):
    form = greeting()
    clock.shift(MAX_SECONDS + 2)
    assert not form.is_valid()


@pytest.mark.parametrize("opened", ["", "forged", "1:2:3", "ÿ\x00", "of another form"])
def test_forged_time_is_refused(clock, opened):
    opened = signing.dumps(NOON, salt="another form") if opened == "of another form" else opened
    form = greeting(opened=opened)
    clock.shift(60)
    assert form.has_error("__all__", "guard")


def test_what_was_typed_stays_and_goes_through_the_second_time(clock):
    again = sent_again(greeting())
    clock.shift(2)
    assert again.is_valid()
    assert again.cleaned_data["name"] == "Kari"


def test_a_browser_that_filled_the_trap_goes_through_the_second_time(clock):
    form = greeting(website="https://example.org")
    clock.shift(60)
    assert form.has_error("__all__", "guard")
    again = sent_again(form)
    clock.shift(60)
    assert again.is_valid()


def test_machines_are_not_told_what_gave_them_away(clock):
    hasty, trapped = greeting(), greeting(website="x")
    assert list(hasty.non_field_errors()) == list(trapped.non_field_errors()) != []


def test_guard_works_beside_another_form_on_the_page(clock):
    form = greeting(prefix="guest")
    assert form.has_error("__all__", "guard")
    assert form["opened"].value() == form.initial["opened"]
    clock.shift(2)
    assert greeting(prefix="guest").has_error("__all__", "guard")


@given(st.text(st.characters(), max_size=60))
def test_no_control_character_survives_and_cleaning_twice_is_cleaning_once(text):
    for clean in (clean_text, clean_line):
        once = clean(text)
        assert not CONTROLS.search(once)
        assert clean(once) == once
        once.encode()


@given(st.text(max_size=60))
def test_line_is_one_line_without_space_around_it(text):
    line = clean_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


@given(st.text(st.sampled_from("\x00\ufeff\r\n\t\u2028 ab\ud800"), max_size=12))
def test_what_a_form_took_it_takes_again_unchanged(text):
    for field in (TextFormField(required=False), LineFormField(required=False)):
        try:
            value = field.clean(text)
        except ValidationError:
            continue
        assert field.clean(value) == value


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Kari \t Eksempel\r\n", "Kari Eksempel"),
        ("Ka\x00ri", "Kari"),
        ("\u202eirak", "irak"),
        ("A\u030ase", "Åse"),
        ("Linje\u2028skift", "Linje skift"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("\ud800x", "x"),
    ],
)
def test_line_keeps_what_can_be_seen(typed, kept):
    assert LineFormField().clean(typed) == kept


def test_text_keeps_its_lines():
    assert TextFormField().clean("En\r\n\r\nto\rtre\tfire") == "En\n\nto\ntre\tfire"


@pytest.mark.parametrize("field", [LineFormField(), LineFormField(required=False), TextFormField(required=False)])
@pytest.mark.parametrize("letter", ["\u200b", "\u200d", "\u00ad", "\u034f", "\u3164", "\u115f", "\uffa0", "\u2800"])
def test_nobody_has_an_invisible_name(field, letter):
    with pytest.raises(ValidationError) as refused:
        field.clean(letter * 3)
    assert refused.value.code == "invisible"


def test_length_counts_what_is_kept():
    assert LineFormField(max_length=4).clean("\x00K\x01a\x02r\x03i\x04") == "Kari"
    with pytest.raises(ValidationError):
        LineFormField(max_length=3).clean("Kari")


@pytest.mark.parametrize("typed", ["", "   ", "\x00\x01", None])
def test_nothing_is_not_enough_where_something_is_needed(typed):
    assert LineFormField(required=False).clean(typed) == ""
    with pytest.raises(ValidationError):
        LineFormField().clean(typed)


VALUES = st.one_of(
    st.booleans(), st.none(), st.integers(), st.text(), st.text().map(SafeString), st.just(gettext_lazy("Name"))
)


@given(st.dictionaries(st.from_regex(r"[a-z-]{1,9}", fullmatch=True), VALUES))
def test_attributes_are_written_as_django_writes_them(given_attributes):
    assert attributes(given_attributes) == flatatt(given_attributes)
