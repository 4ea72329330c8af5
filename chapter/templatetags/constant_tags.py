"""What is the same on every page of a language, or wherever the same values are shown: written once, then remembered.

`{% translate "…" %}` and `{% url "…" %}` whose words say all, of which a page has some sixty; `{% url "…" pk %}` and
`{% url "…" as name %}`, whose address follows from its arguments; and `{% include %}` of a file that is nothing but text, such as a sign. Anything else
with a filter, a keyword or `as` is Django's own.

    {% remembered seats.left seats.waiting %}…{% endremembered %}

is for what is drawn again and again in lists: its inside may read nothing but what these values determine, the language,
and nothing of a person.

    {% once_a_page has_session %}…{% endonce_a_page %}

is for what stands in each form of a page, such as its token: its inside may read nothing but the context of every page. The
values tell the page's own context from that of a file that is included with `only`, or with others.
"""

from collections import OrderedDict
from datetime import date
from functools import lru_cache

from django import template
from django.template import loader_tags
from django.template.base import TextNode
from django.template.defaulttags import url as django_url
from django.templatetags import i18n
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Of some hundred bytes each; the second for each place in a template.
ADDRESSES = 4096
REMEMBERED = 512

register = template.Library()
# In the place of Django's library (settings.TEMPLATES), so with all that it has.
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters


class Constant(template.Node):
    """Writes what its node writes, which only depends on the language and on escaping."""

    def __init__(self, node):
        self._node, self._written = node, {}

    def render(self, context):
        key = self._key(context)
        written = self._written.get(key)
        if written is None:
            written = self._written[key] = self._node.render(context)
        return written

    def _key(self, context):
        return get_language(), context.autoescape


class ConstantAddress(Constant):
    """One that also depends on where the site is mounted."""

    def _key(self, context):
        return get_language(), get_script_prefix(), context.autoescape


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
    if node.kwargs or not _is_constant(node.view_name) or ":" in node.view_name.token:
        return node
    return ConstantAddress(node) if not node.asvar and all(map(_is_constant, node.args)) else Address(node)


class Address(template.Node):
    """The address of a page, which follows from its name, its arguments, and the language."""

    def __init__(self, node):
        self._node = node

    def render(self, context):
        args = [arg.resolve(context) for arg in self._node.args]
        if not all(type(arg) in (int, str) for arg in args):
            return self._node.render(context)
        name = self._node.view_name.resolve(context)
        if self._node.asvar:
            context[self._node.asvar] = _reversed_or_nothing(name, args)
            return ""
        address = _reversed(get_language(), get_script_prefix(), name, *args)
        return conditional_escape(address) if context.autoescape else address


def _reversed_or_nothing(name, args):
    # As Django's `as`, which a template may ask whether there is such a page.
    try:
        return _reversed(get_language(), get_script_prefix(), name, *args)
    except NoReverseMatch:
        return ""


@lru_cache(ADDRESSES, typed=True)
def _reversed(_language, _prefix, name, *args):
    return reverse(name, args=args)


@register.tag
def remembered(parser, token):
    _, *values = token.split_contents()
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return Remembered(nodelist, [parser.compile_filter(value) for value in values])


class Remembered(template.Node):
    """Its inside as it was drawn for the same values; drawn anew where one of them is more than a plain value."""

    # No moments: the same one is written differently on two clocks.
    PLAIN = int, str, bool, type(None), SafeString, date

    def __init__(self, nodelist, values):
        self.nodelist, self._values, self._written = nodelist, values, OrderedDict()

    def render(self, context):
        values = [value.resolve(context) for value in self._values]
        if not all(type(value) in self.PLAIN for value in values):
            return self.nodelist.render(context)
        # 1 and True are equal, and drawn differently; so are a text and one that is safe.
        key = *_how(context), *((type(value), value) for value in values)
        written = self._written.get(key)
        if written is None:
            written = self._written[key] = self.nodelist.render(context)
            self._forget_the_oldest()
        return written

    def _forget_the_oldest(self):
        while len(self._written) > REMEMBERED:
            self._written.popitem(last=False)


@register.tag
def once_a_page(parser, token):
    _, *values = token.split_contents()
    nodelist = parser.parse(("endonce_a_page",))
    parser.delete_first_token()
    return OnceAPage(nodelist, [parser.compile_filter(value) for value in values])


class OnceAPage(template.Node):
    def __init__(self, nodelist, values):
        self.nodelist, self._values = nodelist, values

    def render(self, context):
        # The lowest of its dicts is the whole page's, however deep the file is included.
        drawn = context.render_context.dicts[0]
        key = self, *_how(context), *(value.resolve(context) for value in self._values)
        if key not in drawn:
            drawn[key] = self.nodelist.render(context)
        return drawn[key]


@register.tag
def include(parser, token):
    node = loader_tags.do_include(parser, token)
    node.__class__ = Include
    return node


class Include(loader_tags.IncludeNode):
    _included = None

    def render(self, context):
        included = self._included or self._found(context)
        if included is None or self.isolated_context:
            return super().render(context)
        text = _text_of(included)
        if text is not None:
            return text
        if included.once_a_page is not None and not self.extra_context:
            return included.once_a_page.render(context)
        with context.push(**{key: value.resolve(context) for key, value in self.extra_context.items()}):
            return included.render(context)

    def _found(self, context):
        name = self.template.resolve(context)
        if not isinstance(name, str):
            return None
        included = context.template.engine.get_template(name)
        if _is_constant(self.template):
            # Read anew with the file that includes it: the loader forgets all files at once.
            self._included = included
        return included


def _text_of(included):
    """What the file says if it is nothing but text, else None; kept with the template, which is read once.

    In the same way `once_a_page`: the one node of a file that has no other.
    """
    if not hasattr(included, "only_text"):
        nodes = [node for node in included.nodelist if type(node) is not TextNode]
        text = "".join(node.s for node in included.nodelist if type(node) is TextNode)
        included.only_text = None if nodes else text
        is_once = not text.strip() and [type(node) for node in nodes] == [OnceAPage]
        included.once_a_page = nodes[0] if is_once else None
    return included.only_text


def _how(context):
    return get_language(), get_script_prefix(), context.autoescape, context.use_l10n, context.use_tz


def _is_constant(expression):
    if expression is None:
        return True
    literal = expression.var if isinstance(expression.var, str) else expression.var.literal
    return literal is not None and not expression.filters
