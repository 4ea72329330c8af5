"""What is the same on every page of a language: written once, then remembered.

`{% translate "…" %}` and `{% url "…" %}` whose words say all, of which a page has some sixty; `{% url "…" pk %}`, whose
address follows from its arguments; and `{% include %}` of a file that is nothing but text, such as a sign. Anything with
a filter, a keyword or `as` is Django's own.
"""

from functools import lru_cache

from django import template
from django.template import loader_tags
from django.template.base import TextNode
from django.template.defaulttags import url as django_url
from django.templatetags import i18n
from django.urls import get_script_prefix, reverse
from django.utils.html import conditional_escape
from django.utils.translation import get_language

# Of some hundred bytes each.
ADDRESSES = 4096

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
    # In a namespace the page that is shown decides which of several apps is meant.
    if node.asvar or node.kwargs or not _is_constant(node.view_name) or ":" in node.view_name.token:
        return node
    return Constant(node) if all(map(_is_constant, node.args)) else Address(node)


class Address(template.Node):
    """The address of a page, which follows from its name, its arguments, and the language."""

    def __init__(self, node):
        self._node = node

    def render(self, context):
        args = [arg.resolve(context) for arg in self._node.args]
        if not all(type(arg) in (int, str) for arg in args):
            return self._node.render(context)
        address = _reversed(get_language(), get_script_prefix(), self._node.view_name.resolve(context), *args)
        return conditional_escape(address) if context.autoescape else address


@lru_cache(ADDRESSES, typed=True)
def _reversed(_language, _prefix, name, *args):
    return reverse(name, args=args)


@register.tag
def include(parser, token):
    node = loader_tags.do_include(parser, token)
    node.__class__ = Include
    return node


class Include(loader_tags.IncludeNode):
    def render(self, context):
        name = self.template.resolve(context)
        text = _text_of(context.template.engine.get_template(name)) if isinstance(name, str) else None
        return super().render(context) if text is None else text


def _text_of(included):
    """What the file says if it is nothing but text, else None; kept with the template, which is read once."""
    if not hasattr(included, "only_text"):
        is_text = all(type(node) is TextNode for node in included.nodelist)
        included.only_text = "".join(node.s for node in included.nodelist) if is_text else None
    return included.only_text


def _is_constant(expression):
    if expression is None:
        return True
    literal = expression.var if isinstance(expression.var, str) else expression.var.literal
    return literal is not None and not expression.filters
