"""`{% translate %}` and `{% url %}` are written once for each language; what depends on the page is not remembered."""

import pytest
from django.template import Context, TemplateDoesNotExist, engines
from django.urls import NoReverseMatch, set_script_prefix
from django.utils import translation

from chapter.templatetags.constant_tags import Constant

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
