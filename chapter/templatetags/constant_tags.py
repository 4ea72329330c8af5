"""`{% translate "…" %}` and `{% url "…" %}` whose words say all: written once for each language, then remembered.

A page has some sixty of them. Anything with a variable, a filter or `as` is Django's own.
"""

from django import template
from django.template.defaulttags import url as django_url
from django.templatetags import i18n
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()
# In the place of Django's library (settings.TEMPLATES), so with all that it has.
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters


class Constant(template.Node):
    """Writes what its node writes, which only depends on the language, where the site is mounted, and on escaping."""

    def __init__(self, node):
        self._node, self._written = node, {}

    def render(self, context):
        key = get_language(), get_script_prefix(), context.autoescape
        if key not in self._written:
            self._written[key] = self._node.render(context)
        return self._written[key]


@register.tag("trans")
@register.tag
def translate(parser, token):
    node = i18n.do_translate(parser, token)
    whole = (node.filter_expression, node.message_context)
    return Constant(node) if not node.asvar and all(map(_is_constant, whole)) else node


@register.tag
def url(parser, token):
    node = django_url(parser, token)
    is_constant = not (node.asvar or node.kwargs) and all(map(_is_constant, [node.view_name, *node.args]))
    # In a namespace the page that is shown decides which of several apps is meant.
    return Constant(node) if is_constant and ":" not in node.view_name.token else node


def _is_constant(expression):
    if expression is None:
        return True
    literal = expression.var if isinstance(expression.var, str) else expression.var.literal
    return literal is not None and not expression.filters
