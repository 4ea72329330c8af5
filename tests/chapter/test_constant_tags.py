"""`{% translate %}` and `{% url %}` are written once for each language; what depends on the page is not remembered."""

import pytest
from django.template import Context, engines
from django.urls import set_script_prefix
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
