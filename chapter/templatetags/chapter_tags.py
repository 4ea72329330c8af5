"""Tags and filters for all apps: language links, dates on the event's clock, query strings, pictures, QR codes, style sheets."""

from functools import lru_cache
from zoneinfo import ZoneInfo

import qrcode
from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.defaultfilters import truncatechars
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode

from .. import addresses, languages, looks, mail, renditions
from ..pages import authorities
from ..pictures import tiles_of, withdrawing
from ..text import dates
from ..web import static_files

register = template.Library()
register.filter("authority", authorities.of)
register.filter("in_language", mail.in_language)
register.filter("with_note", mail.with_note)
register.filter("language_name", languages.name_of)
register.filter("readable", addresses.readable)
register.simple_tag(looks.address, name="accent_sheet")
register.filter("in_the_dark", looks.in_the_dark)
for show in dates.FILTERS:
    register.filter(show.__name__, show)

# The order matters: Edge also says Chrome, Chrome also says Safari, an Android phone also says Linux.
BROWSERS = [("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]
MACHINES = [(name, name) for name in ("iPhone", "iPad", "Android", "Windows")] + [
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
]


@register.simple_tag(takes_context=True)
def language_links(context):
    path = context["request"].get_full_path()
    return [(code, name, languages.translated(path, code)) for code, name in settings.LANGUAGES]


@register.simple_tag(takes_context=True)
def alternates(context):
    """(code, absolute address) for hreflang, and `x-default`.

    A view whose text is not in all three languages passes `page_languages=["nb"]` or, if addresses differ, `alternates=[…]`.
    """
    if "alternates" in context:
        return languages.with_default(context["alternates"])
    codes = context.get("page_languages", languages.CODES)
    path = context["request"].path
    return languages.with_default([(code, settings.SITE_URL + languages.translated(path, code)) for code in codes])


@register.filter
def device_name(user_agent):
    # "Firefox · Windows"
    found = (next((name for mark, name in marks if mark in user_agent), "") for marks in (BROWSERS, MACHINES))
    return " · ".join(filter(None, found)) or user_agent[:60]


@register.filter
def lang(text):
    """The attribute ` lang="sv"` for a row or wording in another language than the page's, else nothing."""
    code = getattr(text, "language", "")
    return format_html(' lang="{}"', code) if code and code != languages.current() else ""


@register.filter
def shortened(text, length):
    """As Django's `truncatechars`, which takes long to see that a text is short."""
    return text if len(text) <= length else truncatechars(text, length)


@register.filter
def on_clock(moment, zone):
    return timezone.localtime(moment, ZoneInfo(zone))


@register.simple_tag(takes_context=True)
def with_query(context, **changes):
    query = dict(context["request"].GET.lists()) | {name: [value] for name, value in changes.items()}
    gone = [name for name, value in changes.items() if value in ("", None)]
    return "?" + urlencode({name: values for name, values in query.items() if name not in gone}, doseq=True)


@register.filter
def without_placeholder(field):
    # allauth repeats the label inside the box.
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.inclusion_tag("includes/_picture.html")
def picture(image, sizes="100vw", css="", loading="lazy", withdrawn=False):
    """An Image in its renditions; `sizes` as in HTML, `loading="eager"` for the top of a page.

    A withdrawn one is drawn only with `withdrawn=True`, on pages for those who decide about it.
    """
    address = withdrawing.address_of(image, withdrawn=withdrawn)
    return {
        "image": image,
        "address": address,
        "alt": "" if image.is_decorative else image.alt,
        "srcset": renditions.srcset(address),
        "sizes": sizes,
        "css": css,
        "loading": loading,
    }


@register.simple_tag
def drawing(key, themes=(), css=""):
    """What stands where a picture could: the same for the same key, of the hues and signs of `themes`."""
    return _drawn(tuple(tiles_of(key, themes)), css)


# Of two kilobytes each; a list has twenty of them.
@lru_cache(maxsize=500)
def _drawn(tiles, css):
    return render_to_string("includes/_drawing.html", {"tiles": tiles, "css": css})


@register.simple_tag
@lru_cache(maxsize=256)
def qr_code(text):
    """Inline SVG of `text`, one path without a margin, that a phone reads across a room (error correction M)."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return format_html(
        '<svg viewBox="0 0 {0} {0}" shape-rendering="crispEdges" aria-hidden="true" focusable="false"><path d="{1}"/></svg>',
        len(rows),
        path,
    )


@register.simple_tag
def stylesheets(bundle="site"):
    if getattr(staticfiles_storage, "is_bundled", False):
        return [(staticfiles_storage.url(static_files.bundle_file(bundle)), "all")]
    media = {static_files.PRINT: "print"}
    return [(staticfiles_storage.url(f"css/{name}"), media.get(name, "all")) for name in static_files.BUNDLES[bundle]]
