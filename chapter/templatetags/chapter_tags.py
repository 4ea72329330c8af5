"""Tags that several rooms draw with: language links, dates on the event's clock, address parameters."""

from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from .. import languages, mail, renditions
from ..pictures import withdrawing
from ..web import static_files

register = template.Library()
register.filter("in_language", mail.in_language)

# In this order: Edge also says Chrome, Chrome also says Safari, an Android phone also says Linux.
BROWSERS = [("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]
MACHINES = [(name, name) for name in ("iPhone", "iPad", "Android", "Windows")] + [
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
]


@register.simple_tag(takes_context=True)
def language_links(context):
    """(code, name, address) of this page in each language, for the switch; it keeps the page and its filters."""
    path = context["request"].get_full_path()
    return [(code, name, translate_url(path, code)) for code, name in settings.LANGUAGES]


@register.simple_tag(takes_context=True)
def alternates(context):
    """(code, absolute address) for hreflang: only the languages that this page really has, and one for all other readers.

    A view whose text is not in all three says so: `page_languages=["nb"]`, or, where the address differs, `alternates=[…]`.
    """
    if "alternates" in context:
        return languages.with_default(context["alternates"])
    codes = context.get("page_languages", languages.CODES)
    path = context["request"].path
    return languages.with_default([(code, settings.SITE_URL + translate_url(path, code)) for code in codes])


@register.filter
def device_name(user_agent):
    """What a person calls the browser and the machine of a User-Agent header: "Firefox · Windows"."""
    found = (next((name for mark, name in marks if mark in user_agent), "") for marks in (BROWSERS, MACHINES))
    return " · ".join(filter(None, found)) or user_agent[:60]


@register.filter
def on_clock(moment, zone):
    """A moment on the wall clock of an IANA zone."""
    return timezone.localtime(moment, ZoneInfo(zone))


@register.filter
def long_date(day):
    """Weekday, day and month, and the year unless it is this one: "torsdag 14. mars"."""
    this_year = day.year == timezone.localdate().year
    pattern = {"nb": "l j. F", "sv": "l j F", "en": "l j F"}[languages.current()]
    return date_format(day, pattern if this_year else f"{pattern} Y")


@register.filter
def clock(moment):
    """Hours and minutes as the page's language writes them."""
    return date_format(moment, "H.i" if get_language() in ("nb", "sv") else "H:i")


@register.filter
def at_clock(moment):
    """The time of day as it stands after a date or alone: "kl. 17.00", in English "17:00"."""
    return clock(moment) if languages.current() == "en" else f"kl. {clock(moment)}"


@register.filter
def long_moment(moment):
    """Date and time of day: "torsdag 14. mars kl. 17.00", in English "Thursday 14 March, 17:00"."""
    comma = "," if languages.current() == "en" else ""
    return f"{long_date(moment)}{comma} {at_clock(moment)}"


@register.simple_tag(takes_context=True)
def with_query(context, **changes):
    """This page's query string with some parameters changed; an empty value removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.filter
def without_placeholder(field):
    """A form field that does not repeat its label inside the box."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.inclusion_tag("includes/_picture.html")
def picture(image, sizes="100vw", css="", loading="lazy", withdrawn=False):
    """An Image in the renditions it has; `sizes` says how wide it is drawn, `loading="eager"` is for the top of a page.

    Nothing of one that is withdrawn, unless the page is for those who decide about it and says `withdrawn=True`.
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
def stylesheets(bundle="site"):
    """(address, media) of a bundle's style sheets: one file where they are collected, the single ones while working on them."""
    if getattr(staticfiles_storage, "is_bundled", False):
        return [(staticfiles_storage.url(static_files.bundle_file(bundle)), "all")]
    media = {static_files.PRINT: "print"}
    return [(staticfiles_storage.url(f"css/{name}"), media.get(name, "all")) for name in static_files.BUNDLES[bundle]]
