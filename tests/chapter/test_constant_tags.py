"""`{% translate %}` and `{% url %}` are written once for each language; what depends on the page is not remembered."""

import pytest
from django.template import Context, TemplateDoesNotExist, engines
from django.urls import NoReverseMatch, set_script_prefix
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

from chapter.templatetags.constant_tags import REMEMBERED, Constant, Remembered

HEAD = "{% load i18n %}"


def _template(text):
    return engines["django"].from_string(HEAD + text).template


def _drawn(template, language, **context):
    with translation.override(language):
        return template.render(Context(context))


def _constants(text):
    return len(_template(text).nodelist.get_nodes_by_type(Constant))


def test_what_is_constant_follows_the_language():
    template = _template('{% translate "Events" %} {% url "events" %} {% url "page" "about" %}')
    drawn = [_drawn(template, language) for language in ("nb", "en", "nb")]
    assert drawn == ["Arrangementer /nb/events/ /nb/about/", "Events /en/events/ /en/about/", drawn[0]]


def test_a_language_inside_a_template_is_followed():
    template = _template('{% translate "Events" %} {% language "en" %}{% translate "Events" %}{% endlanguage %}')
    assert [_drawn(template, "nb") for _ in range(2)] == ["Arrangementer Events"] * 2


def test_the_place_where_the_site_is_mounted_is_followed():
    template = _template('{% url "events" %}')
    drawn = [_drawn(template, "nb")]
    set_script_prefix("/site/")
    try:
        drawn.append(_drawn(template, "nb"))
    finally:
        set_script_prefix("/")
    assert drawn == ["/nb/events/", "/site/nb/events/"]


@pytest.mark.parametrize(
    "text",
    [
        "{% translate word %}",
        '{% translate "Events"|upper %}',
        '{% translate "Events" as word %}{{ word }}',
        '{% url "event" slug %}',
        '{% url "event" slug="kaffe" %}',
        '{% url "admin:index" %}',
    ],
)
def test_what_reads_the_page_is_not_remembered(text):
    assert _constants(text) == 0


def test_what_says_all_itself_is_remembered():
    assert _constants('{% translate "By" context "deadline" %}{% trans "Events" %}{% url "events" %}') == 3


def test_words_with_a_percent_sign_and_markup_are_as_django_writes_them():
    template = _template(
        '{% translate "100% <b>" %}{% autoescape off %}{% translate "100% <b>" %}{% endautoescape %}'
    )
    assert [_drawn(template, "en") for _ in range(2)] == ["100% <b>100% <b>"] * 2


def test_an_address_with_arguments_follows_the_language_and_the_arguments():
    template = _template('{% url "microaction" pk %} {% url "event" slug %}')
    drawn = [
        _drawn(template, language, pk=pk, slug=slug)
        for language, pk, slug in [("nb", 1, "kaffe"), ("en", 1, "kaffe"), ("nb", 2, "te"), ("nb", 1, "kaffe")]
    ]
    assert drawn == [
        "/nb/microactions/1/ /nb/events/kaffe/",
        "/en/microactions/1/ /en/events/kaffe/",
        "/nb/microactions/2/ /nb/events/te/",
        drawn[0],
    ]


def test_an_address_that_is_not_there_is_an_error_each_time():
    template = _template('{% url "microaction" pk %}')
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            _drawn(template, "nb", pk="kaffe")


def test_a_file_of_nothing_but_text_is_written_as_it_is():
    template = _template("{% include sign %}|{% include sign %}")
    one, two = (_drawn(template, "nb", sign=f"principles/signs/{number}.html") for number in (1, 2))
    first, second = one.split("|")
    assert (first == second, first.startswith("<svg"), one == two) == (True, True, False)


@pytest.mark.parametrize("has_session", [True, False])
def test_a_file_that_reads_the_page_is_drawn_anew(has_session):
    template = _template('{% include "includes/_csrf.html" %}')
    drawn = _drawn(template, "nb", has_session=has_session, csrf_token="secret")
    assert ("secret" in drawn) == has_session


def test_a_file_that_is_not_there_is_an_error():
    with pytest.raises(TemplateDoesNotExist):
        _drawn(_template('{% include "no/such/file.html" %}'), "nb")


TWICE = "{% remembered a b %}{{ a }}-{{ c }}{% endremembered %}"


def test_what_is_remembered_is_drawn_once_for_the_same_values():
    template = _template(TWICE)
    drawn = [
        _drawn(template, "nb", a=a, b=b, c=c) for a, b, c in [(1, "x", 1), (1, "x", 2), (1, "y", 3), (2, "x", 4)]
    ]
    assert drawn == ["1-1", "1-1", "1-3", "2-4"]


def test_what_is_remembered_follows_the_language_and_escaping():
    template = _template('{% remembered 1 %}{% translate "Events" %}{% endremembered %}')
    assert [_drawn(template, language) for language in ("nb", "en", "nb")] == [
        "Arrangementer",
        "Events",
        "Arrangementer",
    ]
    words = _template("{% remembered a %}{{ a }}{% endremembered %}|{% autoescape off %}{% remembered a %}{{ a }}{% endremembered %}{% endautoescape %}")  # fmt: skip
    assert [_drawn(words, "nb", a=text) for text in ("<b>", mark_safe("<b>"), "<b>")] == [
        "&lt;b&gt;|<b>",
        "<b>|<b>",
        "&lt;b&gt;|<b>",
    ]


def test_equal_values_that_are_drawn_differently_are_kept_apart():
    template = _template("{% remembered a %}{{ a }}{% endremembered %}")
    assert [_drawn(template, "en", a=a) for a in (1, True, 0, False, None, "", "1")] == [
        "1", "True", "0", "False", "None", "", "1",
    ]  # fmt: skip


@pytest.mark.parametrize("value", [timezone.now(), [1], {"a": 1}])
def test_what_is_no_plain_value_is_drawn_anew(value):
    template = _template(TWICE)
    drawn = [_drawn(template, "nb", a=value, b=1, c=c).rsplit("-", 1)[1] for c in (1, 2)]
    assert drawn == ["1", "2"]


def test_the_oldest_is_forgotten():
    template = _template("{% remembered a %}{{ c }}{% endremembered %}")
    assert _drawn(template, "nb", a=0, c="old") == "old"
    for number in range(1, REMEMBERED + 1):
        _drawn(template, "nb", a=number, c="")
    assert _drawn(template, "nb", a=0, c="new") == "new"
    assert len(template.nodelist.get_nodes_by_type(Remembered)[0]._written) == REMEMBERED


@pytest.mark.parametrize(("given", "is_drawn"), [("", True), ("only", False), ("with has_session=False", False)])
def test_an_included_file_reads_what_it_is_given(given, is_drawn):
    template = _template('{% include "includes/_csrf.html" ' + given + " %}{{ has_session }}")
    drawn = _drawn(template, "nb", has_session=True, csrf_token="secret")
    assert ("secret" in drawn, drawn.endswith("True")) == (is_drawn, True)


def test_an_address_that_gets_a_name_follows_the_language():
    template = _template('{% url "events" as there %}{{ there }}')
    assert [_drawn(template, code) for code in ("nb", "en", "nb")] == ["/nb/events/", "/en/events/", "/nb/events/"]


def test_an_address_that_is_not_there_leaves_its_name_empty():
    template = _template('{% url "nowhere" as there %}[{{ there }}]')
    assert [_drawn(template, "nb") for _ in range(2)] == ["[]", "[]"]


def test_once_a_page_is_drawn_anew_for_the_next_page():
    template = _template("{% for n in numbers %}{% once_a_page %}{{ n }}{% endonce_a_page %}{% endfor %}")
    assert [_drawn(template, "nb", numbers=numbers) for numbers in ("12", "34")] == ["11", "33"]


def test_once_a_page_reaches_into_included_files(rf):
    template = _template('{% include "includes/_csrf.html" %}{% include "includes/_csrf.html" %}')
    first, second = (_drawn(template, "nb", has_session=True, csrf_token=token) for token in ("one", "two"))
    assert (first.count("one"), second.count("one"), second.count("two")) == (2, 0, 2)


def test_a_file_without_the_page_does_not_decide_for_the_others():
    template = _template('{% include "includes/_csrf.html" only %}{% include "includes/_csrf.html" %}')
    assert _drawn(template, "nb", has_session=True, csrf_token="secret").count("secret") == 1
